"""Icons are drawn in the colours of the theme, sharp at any pixel ratio, and all those named are there."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

import resources
from ui.desktop import look
from ui.desktop.look import Ink, Mood
from ui.desktop.look.tokens import CONTRAST, ORDINARY


def colours(image: QImage) -> set[str]:
    """Of the pixels that are fully covered."""
    found = set()
    for y in range(image.height()):
        for x in range(image.width()):
            colour = QColor(image.pixelColor(x, y))
            if colour.alpha() == 255:
                found.add(colour.name().upper())
    return found


def test_an_icon_is_drawn_in_the_ink_asked_for(qapp):
    picture = look.pixmap("circle-check", 32, Ink.PRIMARY).toImage()
    assert colours(picture) == {ORDINARY.primary}
    assert colours(look.pixmap("circle-check", 32, "#123456").toImage()) == {"#123456"}


def test_an_icon_follows_a_change_of_theme_by_itself(qapp):
    icon = look.icon("square", Ink.PRIMARY)
    before = colours(icon.pixmap(QSize(48, 48), 1.0).toImage())
    look.apply(qapp, "contrast", 100)
    assert before == {ORDINARY.primary}
    assert colours(icon.pixmap(QSize(48, 48), 1.0).toImage()) == {CONTRAST.primary}


def test_an_icon_that_cannot_be_used_looks_so(qapp):
    icon = look.icon("square")
    off = icon.pixmap(QSize(48, 48), 1.0, QIcon.Mode.Disabled).toImage()
    assert colours(off) == {ORDINARY.disabled}


def test_an_icon_has_all_the_pixels_of_a_sharp_screen(qapp):
    assert look.icon("check").pixmap(QSize(20, 20), 2.0).size() == QSize(40, 40)


def test_a_copied_icon_outlives_the_first(qapp):
    copy = QIcon(look.icon("check"))
    assert not copy.pixmap(QSize(20, 20), 1.0).isNull()


def test_every_mood_has_an_icon_of_its_own(qapp):
    assert len({mood.icon for mood in Mood}) == len(Mood)
    for mood in Mood:
        assert not look.pixmap(mood.icon, 16).isNull()


_NAMED = re.compile(
    r'''(?:icon=|[iI]con\(|pixmap\(|EmptyState\(\s*|IconButton\(\s*)"([a-z0-9-]+)"'''
)


def test_every_icon_that_the_desktop_names_is_there():
    named = {
        name
        for file in Path("ui/desktop").rglob("*.py")
        for name in _NAMED.findall(file.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert named - {file.stem for file in resources.path("icons").glob("*.svg")} == set()


def test_the_licence_of_the_icons_lies_beside_them():
    text = resources.path("icons/LICENSE").read_text(encoding="utf-8")
    assert text.startswith("ISC License")
    assert "Cole Bemis" in text
