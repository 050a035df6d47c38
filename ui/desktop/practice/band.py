"""The band over the whole window while somebody practises: it is always seen, and leads on and out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.errors import DaibanError
from app.usecases import practice
from app.usecases.practice_turns import Done
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.practice import words
from ui.desktop.practice.crossing import Leave
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.text import Elided

_HEIGHT_UNITS: Final = 52
_LINE_UNITS: Final = 3
_REMARK_UNITS: Final = 900
"""A narrower window keeps the name of the mode and the two buttons."""


class PracticeBand(QWidget):
    went_on = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._name = Elided(self.tr("练习模式"), TextKind.STRONG, Mood.INFO)
        self._remark = Elided(
            self.tr("人和事都是编的，不上报，文书不具效力。放心试。"), TextKind.BODY, Mood.INFO
        )
        self.next = Button(words.partners(desk.station.tier), icon="forward")
        self.next.set_tip(self.tr("转报以后按一下，别的层级就往下办一步"))
        self.leave = Button(self.tr("退出练习"), icon="log-out")
        look.sized(self, height=_HEIGHT_UNITS)
        row = look.row(Space.S, (Space.L, Space.XS, Space.L, Space.S), self)
        row.addWidget(Icon("book-open", Size.ICON, Mood.INFO))
        row.addWidget(self._name)
        row.addWidget(self._remark, 1)
        row.addStretch(0)
        row.addWidget(self.next)
        row.addWidget(self.leave)
        self.setAccessibleName(f"{self._name.text()}：{self._remark.text()}")
        self.next.clicked.connect(self._on_next)
        self.leave.clicked.connect(lambda: desk.crossing_asked.emit(Leave()))

    def _on_next(self) -> None:
        self.next.setEnabled(False)
        self._desk.act(
            lambda store, by: practice.go_on(store, by=by), self._on_done, self._on_failed
        )

    def _on_done(self, done: list[Done]) -> None:
        self.next.setEnabled(True)
        self._desk.say(Mood.GOOD if done else Mood.INFO, words.told(done))
        self.went_on.emit()

    def _on_failed(self, error: DaibanError) -> None:
        self.next.setEnabled(True)
        self._desk.complain(error)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._remark.setVisible(self.width() >= look.current().px(_REMARK_UNITS))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        tone, line = now.tone(Mood.INFO), now.px(_LINE_UNITS)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tone.tint))
        painter.fillRect(0, self.height() - line, self.width(), line, QColor(tone.ink))
