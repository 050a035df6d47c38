"""Which font draws a character: a chain for each style, so that a rare one is drawn, never a box.

Noto (Song and Hei) draws the unified ideographs, extension A and some of the later ones;
HanaMinB draws extensions B to F.
A face is opened when the first character needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import cache
from itertools import groupby
from threading import Lock

from reportlab.pdfbase import pdfmetrics

import resources
from app.errors import Refused
from printing.truetype import Font

SERIF = "NotoSerifSC-Regular"
SANS = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
RARE = "HanaMinB"


_FONTS: dict[str, Font] = {}
_OPENING = Lock()


class Style(Enum):
    """A way of writing: the fonts that are asked, in this order."""

    BODY = (SERIF, SANS, RARE)  # official text
    FORM = (SANS, SERIF, RARE)  # forms and slips
    HEAD = (BOLD, SANS, SERIF, RARE)  # titles, labels and what must not be overlooked


class CannotDraw(Refused):
    """No font has these characters: fact `characters`, each once, and `code_points`."""

    code = "cannot_draw"

    def __init__(self, characters: Iterable[str]) -> None:
        found = tuple(characters)
        super().__init__(
            characters="".join(found), code_points=" ".join(f"U+{ord(char):04X}" for char in found)
        )


# Format characters, and selectors that ask for a variant of the character before them:
# they have no shape of their own.
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_BLANK = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def visible(text: str) -> str:
    """The text without what has no shape; control characters become a space."""
    return _BLANK.sub(" ", _UNSEEN.sub("", text))


def missing_characters(text: str) -> tuple[str, ...]:
    """The characters that no font of the chain has, each once, in order of appearance."""
    return tuple(char for char in dict.fromkeys(visible(text)) if font_of(char, Style.FORM) is None)


def width(text: str, style: Style, size: float) -> float:
    """Width in points of the text set at `size` points."""
    return sum(_advance(char, style) for char in text) * size


def runs(text: str, style: Style) -> list[tuple[str, str]]:
    """The text as (font name, part), each part drawn by one font; raises CannotDraw."""
    parts = [
        (name, "".join(part)) for name, part in groupby(text, lambda char: font_of(char, style))
    ]
    if any(name is None for name, _ in parts):
        raise CannotDraw(missing_characters(text))
    return [(name, part) for name, part in parts if name is not None]


@cache
def font_of(char: str, style: Style) -> str | None:
    """The name of the first font of the chain that has a glyph for the character."""
    return next(
        (name for name in style.value if _opened(name).face.charToGlyph.get(ord(char))), None
    )


@cache
def _advance(char: str, style: Style) -> float:
    name = font_of(char, style)
    return 1.0 if name is None else _opened(name).face.charWidths.get(ord(char), 0) / 1000


@cache
def _opened(name: str) -> Font:
    with _OPENING:  # two threads may ask for the first character of a font
        if name not in _FONTS:
            _FONTS[name] = Font(name, resources.path(f"fonts/{name}.ttf"))
            pdfmetrics.registerFont(_FONTS[name])
        return _FONTS[name]
