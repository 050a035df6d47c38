"""Violet where only practice can be. Light to load: the first page of all waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.store import practice
from ui.desktop.look import PRACTICE_THEMES, THEMES, Theme, ThemeName


def themes_in(folder: Path) -> Mapping[ThemeName, Theme]:
    return PRACTICE_THEMES if practice.is_place(folder) else THEMES
