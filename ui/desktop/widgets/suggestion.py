"""What a field offers, a line in the list under it."""

from __future__ import annotations

from dataclasses import dataclass

from ui.desktop.look import Mood


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """`mark` is a chip at the right. One without a value is shown but cannot be chosen."""

    title: str
    detail: str = ""
    mark: str = ""
    value: object = None
    mood: Mood = Mood.PLAIN
    icon: str | None = None
    group: str = ""
