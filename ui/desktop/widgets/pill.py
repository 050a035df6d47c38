"""A chip that can be pressed, as in the top bar."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.button import Button


class Pill(Button):
    """`name` says what it is about to a screen reader: 与中心的连接."""

    def __init__(
        self,
        text: str = "",
        mood: Mood = Mood.PLAIN,
        icon: str | None = None,
        *,
        name: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, icon=icon, tip=tip, parent=parent)
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.say(mood, text, icon)

    def say(self, mood: Mood, text: str, icon: str | None = None) -> None:
        self._mood = mood
        self.set_text(text)
        self.set_icon(painting.chip_icon(mood, icon))
        self.setAccessibleName(f"{self._name} {text}".strip())

    @override
    def sizeHint(self) -> QSize:
        px = look.current().px
        icon = px(Size.SMALL_ICON) + px(Space.XS) if self._icon else 0
        width = painting.width_of(self.text(), TextKind.PILL) + icon + 2 * px(Space.M) + 2
        return QSize(width, px(Size.SMALL_CONTROL))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        px, tone = now.px, now.tone(self._mood)
        painter = QPainter(self)
        inset = px(2)
        body = self.rect().adjusted(0, inset, 0, -inset)
        painting.plate(
            painter,
            body,
            fill=now.theme.pressed if self.isDown() else tone.tint,
            edge=tone.ink if self.underMouse() else tone.edge,
            edge_px=px(now.theme.edge_units),
            corner_px=body.height() / 2,
        )
        if self.hasFocus():
            painting.ring(painter, body, corner_px=body.height() / 2)
        left = px(Space.M)
        if self._icon:
            middle = body.center().y() + 1
            painting.icon_at(painter, left, middle, self._icon, Size.SMALL_ICON, tone.ink)
            left += px(Size.SMALL_ICON) + px(Space.XS)
        room = body.adjusted(left, 0, -px(Space.M) + 2, 0)
        painting.line_of_text(painter, room, self.text(), TextKind.PILL, tone.ink)
