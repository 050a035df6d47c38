"""现在该办的: the lines in the order of their limits, or why there are none and what to press."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desktop.pages.home import task_words
from ui.desktop.pages.home.glance import Glance, TaskFacts
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.row_list import RowList
from ui.desktop.window.acts import WindowAct


class NowCard(Card):
    """`opened` carries the TaskFacts of a line, `acted` the WindowAct that an empty card offers."""

    opened = Signal(object)
    acted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("现在该办的"))
        self.set_note(self.tr("按到期先后"))
        self._tasks: dict[object, TaskFacts] = {}
        self._rows = RowList()
        self._empty: EmptyState | None = None
        self._empty_act = WindowAct.REGISTER
        self.add(self._rows)
        self.body.addStretch(1)
        self._rows.opened.connect(self._on_opened)

    def show_tasks(self, seen: Glance) -> None:
        self.set_note(self._order_of(seen))
        self._tasks = {one.key: one for one in seen.tasks}
        self._rows.show_rows([task_words.row_of(one, seen.today) for one in seen.tasks])
        if not seen.tasks:
            self._show_nothing(seen)
        if self._empty is not None:
            self._empty.setVisible(not seen.tasks)
        self._rows.setVisible(bool(seen.tasks))

    def _order_of(self, seen: Glance) -> str:
        if not seen.standing_in:
            return self.tr("按到期先后")
        names = "、".join(seen.standing_in)
        return self.tr("代 {names} 办理，按到期先后").format(names=names)

    def _show_nothing(self, seen: Glance) -> None:
        empty = self._empty or self._made_empty()
        if seen.any_case:
            empty.say(
                "circle-check",
                self.tr("现在没有要办的"),
                self.tr("要转报、要送达、要补正的，会自己出现在这里。"),
            )
        elif seen.catalogued:
            empty.say(
                "file-plus",
                self.tr("还没有办件"),
                self.tr("有人来办事，按 F2 登记。登记以后，要转报、要送达的都会列在这里。"),
                self.tr("登记新办件"),
            )
        else:
            empty.say(
                "book-open",
                self.tr("还没有收到事项目录"),
                self.tr("连上区中心以后会自动收到，收到以后就可以登记。"),
                self.tr("立即交换"),
            )
        self._empty_act = WindowAct.REGISTER if seen.catalogued else WindowAct.EXCHANGE

    def _made_empty(self) -> EmptyState:
        """When there is nothing to do for the first time."""
        self._empty = EmptyState("circle-check", "", parent=self)
        self.body.insertWidget(self.body.indexOf(self._rows) + 1, self._empty)
        self._empty.acted.connect(self._on_acted)
        return self._empty

    def _on_opened(self, key: object) -> None:
        self.opened.emit(self._tasks[key])

    def _on_acted(self) -> None:
        self.acted.emit(self._empty_act)
