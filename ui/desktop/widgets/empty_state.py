"""What an empty place says: what will be here, and what to press."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size, Space, TextKind
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.text import Text


class EmptyState(QWidget):
    acted = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        action_text: str | None = None,
        *,
        shown_key: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = Icon(icon, Size.LARGE_ICON)
        self._title = Text("", TextKind.HEADING)
        self._text = Text("", TextKind.SECONDARY)
        self._action = Button("", kind=ButtonKind.PRIMARY, shown_key=shown_key)
        self._action.clicked.connect(self.acted)
        centre = Qt.AlignmentFlag.AlignHCenter
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        stack = look.column(Space.S, (Space.XL,) * 4, self)
        stack.addStretch(1)
        stack.addWidget(self._icon, 0, centre)
        stack.addWidget(self._title)
        stack.addWidget(self._text)
        stack.addSpacing(look.current().px(Space.S))
        stack.addWidget(self._action, 0, centre)
        stack.addStretch(1)
        self.say(icon, title, text, action_text)

    def say(self, icon: str, title: str, text: str = "", action_text: str | None = None) -> None:
        self._icon.set_icon(icon)
        self._title.set_text(title)
        self._text.set_text(text)
        self._text.setVisible(bool(text))
        self._action.set_text(action_text or "")
        self._action.setVisible(bool(action_text))
        self.setAccessibleName(title)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a low place the words and the button are worth more than the picture.
        self._icon.setVisible(self.height() >= self._height_with_icon())

    def _height_with_icon(self) -> int:
        px = look.current().px
        without = 0 if self._icon.isVisibleTo(self) else px(Size.LARGE_ICON) + px(Space.S)
        return self.sizeHint().height() + without
