"""An icon that stands by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Ink, Mood, Size


class Icon(QLabel):
    """Decoration beside words: a screen reader is told nothing of it."""

    def __init__(
        self,
        name: str,
        units: int = Size.ICON,
        mood: Mood | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._units = units
        self._mood = mood
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._dress()

    def set_icon(self, name: str, mood: Mood | None = None) -> None:
        self._name, self._mood = name, mood
        self._dress()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        now = look.current()
        colour = Ink.SECONDARY if self._mood is None else now.tone(self._mood).ink
        side = now.px(self._units)
        self.setFixedSize(side, side)
        self.setPixmap(look.pixmap(self._name, side, colour))
