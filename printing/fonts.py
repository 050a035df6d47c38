"""Which font draws a character: a chain for each style, so that a rare one is drawn, never a box.

Noto (Song and Hei) draws the unified ideographs, extension A and some of the later ones;
HanaMinB draws extensions B to F; small fonts draw Yi, Lisu, both Dai alphabets and Hangul.
Last come the characters that the station supplied itself (`printing.supplied`), each a font of its own,
so that a document looks the same whatever else is supplied later.
A face is opened when the first character needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import cache
from hashlib import sha256
from itertools import groupby
from threading import Lock
from typing import Final

from reportlab.pdfbase import pdfmetrics

import resources
from app.domain.private_use import in_own_codes
from app.errors import Refused
from printing import supplied
from printing.truetype import Face, Font

SERIF = "NotoSerifSC-Regular"
SANS = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
RARE = "HanaMinB"
YI = "NotoSansYi-Regular"
LISU = "NotoSansLisu-Regular"
TAI_LE = "NotoSansTaiLe-Regular"
NEW_TAI_LUE = "NotoSansNewTaiLue-Regular"
HANGUL = "NanumGothicCoding"

_SCRIPTS: Final = {
    YI: (range(0xA000, 0xA4D0),),
    LISU: (range(0xA4D0, 0xA500),),
    TAI_LE: (range(0x1950, 0x1980),),
    NEW_TAI_LUE: (range(0x1980, 0x19E0),),
    HANGUL: (range(0x2252, 0x2253), range(0x3130, 0x3190), range(0xAC00, 0xD7A4)),
}
"""Fonts of one script, and the codes for which they are asked: they are not opened for others.

≒ (U+2252), which the standard has among its symbols, only the last of them draws.
"""

_FONTS: dict[str, Font] = {}
_OPENING = Lock()


class Style(Enum):
    """A way of writing: the fonts that are asked, in this order."""

    BODY = (SERIF, SANS, RARE, *_SCRIPTS)  # official text
    FORM = (SANS, SERIF, RARE, *_SCRIPTS)  # forms and slips
    HEAD = (BOLD, SANS, SERIF, RARE, *_SCRIPTS)  # titles, labels and what must not be overlooked


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
    """The text as it is drawn.

    Without what has no shape, control characters a space, old private codes of the standard the characters' own.
    """
    return _BLANK.sub(" ", _UNSEEN.sub("", in_own_codes(text)))


def missing_characters(text: str) -> tuple[str, ...]:
    """The characters that no font of the chain has, each once, in order of appearance."""
    return tuple(char for char in dict.fromkeys(visible(text)) if font_of(char, Style.FORM) is None)


def width(text: str, style: Style, size: float) -> float:
    """Width in points of the text set at `size` points."""
    return sum(_advance(char, font_of(char, style)) for char in text) * size


def runs(text: str, style: Style) -> list[tuple[str, str]]:
    """The text as (font name, part), each part drawn by one font; raises CannotDraw."""
    parts = [
        (name, "".join(part)) for name, part in groupby(text, lambda char: font_of(char, style))
    ]
    if any(name is None for name, _ in parts):
        raise CannotDraw(missing_characters(text))
    return [(name, part) for name, part in parts if name is not None]


def font_of(char: str, style: Style) -> str | None:
    """The name of the first font of the chain that has a glyph for the character."""
    return _shipped(char, style) or _supplied(ord(char))


def face_of(name: str) -> Face:
    """The font of that name, opened."""
    return _opened(name).face


def is_shipped(char: str) -> bool:
    """Whether the fonts that travel with the program draw it."""
    return _shipped(char, Style.FORM) is not None


@cache
def _shipped(char: str, style: Style) -> str | None:
    code = ord(char)
    asked = (
        name
        for name in style.value
        if name not in _SCRIPTS or any(code in some for some in _SCRIPTS[name])
    )
    return next((name for name in asked if _opened(name).face.charToGlyph.get(code)), None)


def _supplied(code: int) -> str | None:
    font = supplied.font_for(code)
    return None if font is None else _registered(code, font)


@cache
def _registered(code: int, font: bytes) -> str:
    name = f"supplied-{code:X}-{sha256(font).hexdigest()[:16]}"  # reportlab's, not the document's
    with _OPENING:
        _FONTS[name] = Font(name, font)
        pdfmetrics.registerFont(_FONTS[name])
    return name


@cache
def _advance(char: str, name: str | None) -> float:
    return 1.0 if name is None else _opened(name).face.charWidths.get(ord(char), 0) / 1000


def _opened(name: str) -> Font:
    if name in _FONTS:
        return _FONTS[name]
    with _OPENING:  # two threads may ask for the first character of a font
        if name not in _FONTS:
            _FONTS[name] = Font(name, resources.path(f"fonts/{name}.ttf"))
            pdfmetrics.registerFont(_FONTS[name])
        return _FONTS[name]
