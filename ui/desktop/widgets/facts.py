"""A few facts under one another: what each is at the left, its value at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.widgets.text import Text


class Facts(QWidget):
    """Values can be selected with the mouse: somebody reads a device's number over the telephone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = look.grid(Space.S, parent=self)
        self._grid.setColumnStretch(1, 1)
        self._values: dict[str, Text] = {}

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Facts of a name that stood here before only change their value."""
        if [name for name, _ in facts] != list(self._values):
            self._lay_out([name for name, _ in facts])
        for name, value in facts:
            self._values[name].set_text(value)

    def _lay_out(self, names: list[str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            part = item.widget()
            assert part is not None
            part.hide()
            part.deleteLater()
        self._values = {}
        for line, name in enumerate(names):
            value = Text("")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._values[name] = value
            self._grid.addWidget(Text(name, mood=Mood.PAUSED), line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, line, 1)
