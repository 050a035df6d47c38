"""Who is at the desk, and what they may do about it: 换人, 锁屏, 修改密码."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.widgets.pill import Pill
from ui.desktop.widgets.tips import set_tip
from ui.desktop.window.acts import WindowAct, nature

_ACTS: Final = (WindowAct.SWITCH, WindowAct.LOCK, WindowAct.CHANGE_PASSWORD)
_ICON: Final = "user"


class OperatorPill(Pill):
    """`act_chosen` carries a WindowAct."""

    act_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(icon=_ICON, parent=parent)
        self._operator = ""
        self._menu = QMenu(self)
        for act in _ACTS:
            told = nature(act)
            key = f"\t{told.keys[0].replace('+', ' ')}" if told.keys else ""
            action = self._menu.addAction(look.icon(told.icon), told.label + key)
            action.triggered.connect(lambda *_, act=act: self.act_chosen.emit(act))
        self.clicked.connect(self._on_clicked)

    def menu_shown(self) -> QMenu:
        return self._menu

    def show_operator(self, name: str) -> None:
        self._operator = name
        self.say_fully()

    def say_fully(self) -> None:
        self._tell(self._operator)

    def say_nothing(self) -> None:
        """The icon alone; the name is in the tooltip and for the screen reader."""
        self._tell("")

    def _tell(self, text: str) -> None:
        self.say(Mood.PLAIN, text, _ICON)
        told = self.tr("操作员 {name}").format(name=self._operator)
        self.setAccessibleName(told)
        set_tip(self, self.tr("{told}：换人、锁屏、修改密码").format(told=told))

    def _on_clicked(self) -> None:
        corner = QPoint(self.width() - self._menu.sizeHint().width(), self.height())
        self._menu.popup(self.mapToGlobal(corner))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.click()
        else:
            super().keyPressEvent(event)
