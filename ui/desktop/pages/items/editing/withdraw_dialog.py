"""An item is cancelled, or merged into another, from a day on."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.items import Item
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.store.store import Store
from app.usecases import catalogue_editing
from app.usecases.catalogue_editing import Published
from ui import wording
from ui.desktop import words
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.day_edit import DayEdit
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.text_area import TextArea


class WithdrawDialog(FormDialog):
    """`others` are the items into which this one could be merged."""

    def __init__(
        self,
        desk: Desk,
        item: Item,
        others: tuple[Item, ...],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        note = desk.tr(
            "已经收的件照常办完。从那天起不能再登记；查到它的名称会看到原因，或者被带到并入的事项。"
        )
        super().__init__(
            desk.tr("取消或合并“{name}”").format(name=item.name),
            desk.tr("取消这一项"),
            parent,
            kind=ButtonKind.DANGER,
            note=note,
        )
        self._desk, self._item, self._today = desk, item, today
        self.day = DayEdit(today)
        self.day.set_day(today)
        self.day_field = Field(self.tr("从哪天起"), self.day)
        self.into = Choice(
            [
                (self.tr("取消，不并入别的事项"), ""),
                *(
                    (self.tr("并入 {id} {name}").format(id=one.id, name=one.name), one.id)
                    for one in others
                ),
            ]
        )
        self.into_field = Field(self.tr("并入哪一项"), self.into)
        self.reason = TextArea(self.tr("依据和原因，查到旧名的人会看到"))
        self.reason_field = Field(self.tr("原因"), self.reason)
        for field in (self.day_field, self.into_field, self.reason_field):
            self.add(field)
        self.into.chosen.connect(self._on_into)
        self.ok_requested.connect(self._on_ok)

    def _on_into(self, into: object) -> None:
        self.yes.set_text(self.tr("合并") if into else self.tr("取消这一项"))

    def _on_ok(self) -> None:
        day, reason = self.day.day(), self.reason.text().strip()
        self.day_field.quiet()
        self.reason_field.quiet()
        if day is None or day < self._today:
            self.day_field.say(Mood.BAD, self.tr("请填今天或者以后的一天"))
            self.day.setFocus()
        elif not reason:
            self.reason_field.say(Mood.BAD, self.tr("请写明原因"))
            self.reason.setFocus()
        else:
            self.set_busy(True)
            into = str(self.into.value() or "")
            self._desk.act(
                partial(_withdraw, item=self._item.id, day=day, reason=reason, into=into),
                partial(self._on_done, day),
                self._on_refused,
            )

    def _on_done(self, day: date, done: Published) -> None:
        told = (
            self.tr("“{name}”{day}起并入“{into}”。")
            if done.items
            else self.tr("“{name}”{day}起取消。")
        )
        into = done.items[0].name if done.items else ""
        self._desk.say(Mood.GOOD, told.format(name=self._item.name, day=words.day(day), into=into))
        self.accept()

    def _on_refused(self, error: DaibanError) -> None:
        self.set_busy(False)
        self.say(Mood.BAD, wording.sentence_on_screen(error))


def _withdraw(
    store: Store, by: OperatorCard, *, item: str, day: date, reason: str, into: str
) -> Published:
    return catalogue_editing.withdraw(store, item, on=day, reason=reason, by=by, into=into)
