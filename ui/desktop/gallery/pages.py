"""The sheets of the pages: each in the states that matter."""

from __future__ import annotations

from ui.desktop.gallery import (
    pages_archive,
    pages_cases,
    pages_counter,
    pages_filters,
    pages_home,
    pages_items,
    pages_practice,
    pages_rest,
    pages_scans,
    pages_start,
    pages_supervision,
)
from ui.desktop.gallery.scene import sheets_of
from ui.desktop.gallery.sheet import Sheet


def sheets() -> list[Sheet]:
    modules = (
        pages_start,
        pages_home,
        pages_supervision,
        pages_counter,
        pages_cases,
        pages_scans,
        pages_filters,
        pages_items,
        pages_archive,
        pages_rest,
        pages_practice,
    )
    return [sheet for module in modules for sheet in sheets_of(module.scenes())]
