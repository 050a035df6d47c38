"""A written authorisation: whom, for which items, until when, by which document."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from app.domain.events import Role
from app.errors import DaibanError
from app.usecases.catalogue import Suggested
from ui.desktop.look.mood import Mood
from ui.desktop.pages.registration.suggestions import of_item
from ui.desktop.pages.settings.arrangements import Arrangements, ArrangementsPresenter
from ui.desktop.pages.settings.labelled import Labelled
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.day_edit import DayEdit
from ui.desktop.widgets.dialogs import FormDialog, confirm
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.reading_order import follow_layout
from ui.desktop.widgets.row_list import Row, RowList
from ui.desktop.widgets.suggest_box import SuggestBox


class AuthoriseDialog(FormDialog):
    """Accepted when it is published."""

    def __init__(
        self, seen: Arrangements, presenter: ArrangementsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(_tr("写授权"), _tr("公布授权"), parent)
        self._presenter = presenter
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._items: dict[str, str] = {}
        approvers = [one.name for one in seen.people if Role.APPROVER in one.roles]
        self.who = Choice([(name, name) for name in approvers])
        self.item = SuggestBox(_tr("事项名称、拼音首字母"), icon="search")
        self.picked = RowList()
        self.picked.set_empty_text(_tr("没有选事项：授权本站决定的全部事项。"))
        self.since, self.until = DayEdit(seen.today), DayEdit(seen.today)
        self.since.set_day(seen.today)
        self.until.set_day(seen.today.replace(month=12, day=31))
        self.document = LineEdit(_tr("如：朝政授〔2026〕1号"))
        self.since_field = Field(_tr("从哪天起"), self.since)
        self.until_field = Field(_tr("到哪天止"), self.until)
        self.document_field = Field(_tr("授权书文号"), self.document)
        self.add(Labelled(_tr("授权给谁"), self.who))
        self.add(Labelled(_tr("加一个事项"), self.item))
        self.add(self.picked)
        for field in (self.since_field, self.until_field, self.document_field):
            field.spare_message_room()
            self.add(field)
        self._connect()

    def _connect(self) -> None:
        self.item.asked.connect(self._presenter.search)
        self._presenter.found.connect(self._on_found)
        self.item.chosen.connect(self._on_item)
        self.picked.opened.connect(self._on_picked)
        self.ok_requested.connect(self._on_ok)
        self._presenter.done.connect(self._on_done)
        self._presenter.refused.connect(self._on_refused)

    def _on_found(self, text: str, found: list[Suggested]) -> None:
        if text == self.item.text():
            self.item.offer([of_item(one) for one in found])

    def _on_item(self, chosen: Suggested) -> None:
        if chosen.item is not None:
            self.pick(chosen.item.id, chosen.item.name)
            self.item.clear()

    def pick(self, item: str, name: str) -> None:
        """Add an item to those that may be decided."""
        self._items[item] = name
        self._show_items()

    def _on_picked(self, item: object) -> None:
        self._items.pop(str(item), None)
        self._show_items()
        if not self._items:
            self.item.setFocus()

    def _show_items(self) -> None:
        self.picked.show_rows(
            [Row(title=name, key=item, act=_tr("去掉")) for item, name in self._items.items()]
        )
        follow_layout(self)

    def _on_ok(self) -> None:
        since, until = self.since.day(), self.until.day()
        for field, missing, said in (
            (self.document_field, not self.document.text().strip(), _tr("请写授权书的文号。")),
            (self.until_field, until is None, _tr("请写日期，如 12-31。")),
            (self.since_field, since is None, _tr("请写日期，如 11-21。")),
        ):
            field.quiet()
            if missing:
                field.say(Mood.BAD, said)
                field.editor.setFocus()
        if not self.document.text().strip() or since is None or until is None:
            return
        name = str(self.who.value())
        what = (
            _tr("{n} 个事项").format(n=len(self._items))
            if self._items
            else _tr("本站决定的全部事项")
        )
        asked = _tr("{name}可以决定{what}，各站都会收到。收回以前一直有效，到期自动失效。")
        said = asked.format(name=name, what=what)
        if confirm(self, _tr("公布这份授权？"), said, _tr("公布")):
            self.set_busy(True)
            self._presenter.authorise(name, tuple(self._items), since, until, self.document.text())

    def _on_done(self, _act: str) -> None:
        self.accept()

    def _on_refused(self, _error: DaibanError, said: str) -> None:
        self.set_busy(False)
        self.say(Mood.BAD, said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("AuthoriseDialog", text)
