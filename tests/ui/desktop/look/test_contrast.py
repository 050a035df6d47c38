"""Every text can be read on whatever it stands on, in both themes (WCAG 2.2, 1.4.3 and 1.4.6)."""

from __future__ import annotations

import pytest

from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import PRACTICE_THEMES, THEMES, Theme, ThemeName

LEAST = {ThemeName.ORDINARY: 4.5, ThemeName.CONTRAST: 7.0}


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_pairs(theme: Theme) -> list[tuple[str, str, str]]:
    """(what it is, ink, ground) for all that is written in this theme."""
    pairs = [
        (f"{ink} on {ground}", getattr(theme, ink), getattr(theme, ground))
        for ink in ("text", "secondary", "primary")
        for ground in ("paper", "ground", "hover")
    ]
    pairs += [
        ("placeholder", theme.faint, theme.paper),
        ("pressed button", theme.text, theme.pressed),
        ("selected row", theme.on_selected, theme.selected),
        ("second line of a selected row", theme.secondary_on_selected, theme.selected),
        ("tooltip", theme.paper, theme.text),
    ]
    pairs += [
        (f"{fill} button", theme.on_primary, getattr(theme, fill))
        for fill in ("primary", "primary_hover", "primary_pressed")
    ]
    pairs += [
        (f"{fill} button", theme.on_bad, getattr(theme, fill)) for fill in ("bad", "bad_hover")
    ]
    for mood in Mood:
        tone = theme.tones[mood]
        pairs += [
            (f"{mood} on its tint", tone.ink, tone.tint),
            (f"{mood} on paper", tone.ink, theme.paper),
            (f"{mood} on ground", tone.ink, theme.ground),
        ]
    return pairs


@pytest.mark.parametrize("themes", [THEMES, PRACTICE_THEMES], ids=["real", "practice"])
@pytest.mark.parametrize("name", ThemeName)
def test_every_text_stands_out_from_its_ground(name, themes):
    theme = themes[name]
    weak = [
        f"{what}: {contrast(ink, ground):.2f}"
        for what, ink, ground in text_pairs(theme)
        if contrast(ink, ground) < LEAST[name]
    ]
    assert weak == []


@pytest.mark.parametrize("themes", [THEMES, PRACTICE_THEMES], ids=["real", "practice"])
@pytest.mark.parametrize("name", ThemeName)
def test_the_ring_of_the_focus_stands_out_from_paper_and_ground(name, themes):
    theme = themes[name]
    assert min(contrast(theme.focus, theme.paper), contrast(theme.focus, theme.ground)) >= 3.0
    assert contrast(theme.box_edge, theme.paper) >= 3.0


@pytest.mark.parametrize("name", ThemeName)
def test_whoever_practises_sees_another_colour(name):
    assert PRACTICE_THEMES[name].primary != THEMES[name].primary


def test_the_contrast_theme_needs_no_tint():
    theme = THEMES[ThemeName.CONTRAST]
    assert all(theme.tones[mood].tint == theme.paper for mood in Mood)
    assert all(theme.tones[mood].edge == theme.tones[mood].ink for mood in Mood)
    assert theme.line == theme.edge == "#000000"


def test_the_measure_of_contrast_is_the_standard_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
