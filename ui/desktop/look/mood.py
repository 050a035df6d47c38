"""How something stands, told by shape, word and colour together."""

from __future__ import annotations

from enum import StrEnum


class Mood(StrEnum):
    PLAIN = "plain"
    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    PAUSED = "paused"

    @property
    def icon(self) -> str:
        """The name of the icon that is its shape."""
        return _ICONS[self]


_ICONS = {
    Mood.PLAIN: "circle",
    Mood.INFO: "info",
    Mood.GOOD: "circle-check",
    Mood.WARN: "triangle-alert",
    Mood.BAD: "circle-alert",
    Mood.PAUSED: "pause",
}
