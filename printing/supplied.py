"""The characters that this station supplied, as fonts by code point, for all that is drawn in this process.

Kept apart from `printing.fonts`, so that a program that prints nothing loads nothing to print with.
"""

from __future__ import annotations

from collections.abc import Mapping

_fonts: dict[int, bytes] = {}


def supply(fonts: Mapping[int, bytes]) -> None:
    """From now on these characters are drawn by these fonts, which `printing.glyphs` made, and no others.

    What the shipped fonts draw is drawn by them all the same.
    """
    for code, font in fonts.items():
        _fonts[code] = font
    for code in _fonts.keys() - fonts.keys():
        del _fonts[code]


def font_for(code: int) -> bytes | None:
    return _fonts.get(code)
