"""The editor of an item without widgets: what is typed is kept, looked at and published."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.item_form import ItemForm
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.store.store import Store
from app.usecases import catalogue_editing, item_drafts
from app.usecases.catalogue_editing import CannotPublish, Published, told
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.pages.items.editing import judging
from ui.desktop.pages.items.editing.judging import NEW, Judged, Opening

_TYPING_MS = 400


class EditingPresenter(QObject):
    """`opened` carries an Opening, `judged` a Judged, `published` a Published, `refused` words."""

    opened = Signal(object)
    judged = Signal(object)
    published = Signal(object)
    discarded = Signal()
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._key = ""
        self._form = ItemForm()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.keep)

    @property
    def key(self) -> str:
        """Of the draft that is being edited; empty while none is."""
        return self._key

    def edit(self, item_id: str) -> None:
        """The next version of an item; without an id a new one."""
        self._desk.read(partial(judging.begin, key=item_id or NEW), self._on_opened)

    def touch(self, form: ItemForm) -> None:
        """Something was typed: kept and looked at when the typing pauses."""
        self._form = form
        self._typing.start()

    def keep(self) -> None:
        """Put what was typed on the disk now."""
        self._typing.stop()
        if self._key:
            self._judge(keep=self._key)

    def discard(self) -> None:
        """Throw the draft away."""
        self._typing.stop()
        key, self._key = self._key, ""
        self._desk.read(
            partial(item_drafts.discard, item=key),
            lambda _: self.discarded.emit(),
            self._on_refused,
        )

    def settle(self) -> None:
        """Keep what was typed and is not kept yet."""
        if self._typing.isActive():
            self.keep()

    def leave(self) -> None:
        """The draft stays."""
        self.settle()
        self._key = ""

    def publish(self) -> None:
        self._typing.stop()
        key, form = self._key, self._form

        def act(store: Store, by: OperatorCard) -> Published:
            found = judging.judge(store, form, keep=key, by=by)
            if found.faults:
                raise CannotPublish(map(told, found.faults))
            done = catalogue_editing.publish(
                store, [found.item], by=by, effective=judging.effective_day(form)
            )
            item_drafts.discard(store, key)
            return done

        self._desk.act(act, self._on_published, self._on_refused)

    def _on_opened(self, opening: Opening) -> None:
        self._key, self._form = opening.key, opening.form
        self.opened.emit(opening)
        self._judge(keep=None)

    def _judge(self, keep: str | None) -> None:
        self._desk.read(
            partial(judging.judge, form=self._form, keep=keep, by=self._desk.operator),
            self._on_judged,
            self._on_refused,
            replaces="items.judged" if keep is None else None,
        )

    def _on_judged(self, found: Judged) -> None:
        if self._key:
            self.judged.emit(found)

    def _on_published(self, done: Published) -> None:
        self._key = ""
        self.published.emit(done)

    def _on_refused(self, error: DaibanError) -> None:
        self.refused.emit(wording.sentence_on_screen(error))
