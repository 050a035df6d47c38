"""A message that stays on the page, with something to press."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space
from ui.desktop.widgets import painting
from ui.desktop.widgets.button import Button, IconButton
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.text import Text


class Banner(QWidget):
    acted = Signal()
    closed = Signal()

    def __init__(
        self,
        mood: Mood,
        text: str,
        action_text: str | None = None,
        *,
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._mood = mood
        self._icon = Icon(mood.icon, Size.ICON, mood)
        self._text = Text(text, mood=mood)
        self._action = Button("")
        self._action.clicked.connect(self.acted)
        self._close = IconButton("x", self.tr("关闭这条提示"))
        self._close.clicked.connect(self._on_closed)
        row = look.row(Space.S, (Space.M, Space.XS, Space.XS, Space.XS), self)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._close.setVisible(closable)  # not before: without a parent it would be a window
        look.sized(self, min_height=Size.CONTROL + Space.S)
        self.say(mood, text, action_text)

    def say(self, mood: Mood, text: str, action_text: str | None = None) -> None:
        self._mood = mood
        self._icon.set_icon(mood.icon, mood)
        self._icon.setVisible(mood is not Mood.PLAIN)
        self._text.set_mood(mood)
        self._text.set_text(text)
        self._action.set_text(action_text or "")
        self._action.setVisible(bool(action_text))
        self.setAccessibleName(text)
        self.update()

    def text(self) -> str:
        return self._text.text()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        tone = now.tone(self._mood)
        painting.plate(
            QPainter(self),
            self.rect(),
            fill=tone.tint,
            edge=tone.edge,
            edge_px=now.px(now.theme.edge_units),
            corner_px=now.px(Size.CORNER),
        )

    def _on_closed(self) -> None:
        self.hide()
        self.closed.emit()
