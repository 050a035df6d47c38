"""The sheets of the widgets: each in all the states it can be in."""

from __future__ import annotations

from ui.desktop.gallery import controls, lists, overlays
from ui.desktop.gallery.sheet import Sheet


def sheets() -> list[Sheet]:
    return [*controls.sheets(), *lists.sheets(), *overlays.sheets()]
