"""The look that is on: a theme at a scale."""

from __future__ import annotations

from dataclasses import dataclass

from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import ORDINARY, Ink, Theme, Tone


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    theme: Theme
    scale_percent: int

    def px(self, units: float) -> int:
        """Pixels for a size in units; what is not nothing is never less than one pixel."""
        if not units:
            return 0
        return max(1, round(units * self.scale_percent / 100))

    def tone(self, mood: Mood) -> Tone:
        return self.theme.tones[mood]

    def colour(self, ink: Ink) -> str:
        return self.theme.colour(ink)


_on = Look(theme=ORDINARY, scale_percent=100)


def current() -> Look:
    return _on


def put_on(look: Look) -> None:
    """Let `current` answer this look; `appearance.apply` calls it and tells the widgets."""
    global _on
    _on = look
