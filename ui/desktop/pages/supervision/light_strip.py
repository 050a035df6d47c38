"""How many open cases show each light today: shape, word and number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain.lights import Light
from ui.desktop import look
from ui.desktop.look import Mood, Space
from ui.desktop.widgets.chip import Chip

_MOODS: Final = {
    Light.RED: Mood.BAD,
    Light.YELLOW: Mood.WARN,
    Light.WARNING: Mood.INFO,
    Light.NORMAL: Mood.PLAIN,
}
"""The gravest first."""


class LightStrip(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = look.flow(Space.S, parent=self)
        self._chips = {light: Chip() for light in _MOODS}
        for chip in self._chips.values():
            self._row.addWidget(chip)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_lights(dict.fromkeys(Light, 0))

    def show_lights(self, lights: Mapping[Light, int]) -> None:
        for light, chip in self._chips.items():
            many = lights.get(light, 0)
            mood = _MOODS[light] if many else Mood.PLAIN
            chip.say(mood, f"{light.shape} {light.label} {many:,}", "")
        words = "，".join(f"{light.label} {lights.get(light, 0):,}" for light in _MOODS)
        self.setAccessibleName(words)
        self._row.invalidate()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._row.invalidate()
