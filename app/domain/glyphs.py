"""Characters that a station supplies because no font of the program has them."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import Final

MOST: Final = 500
"""At one station: who needs more needs a font of the program to have them."""

_USUAL: Final = (
    r"[^ -~·\u2014\u2018-\u201d\u2026\u3001-\u3011\u3400-\u4db5\u4e00-\u9fef\uff01-\uff5e]"
)
"""What is not among the characters that every text holds, and every font of the program has."""
_NEVER_DRAWN: Final = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"}


class GlyphOrigin(Enum):
    FONT = "font"
    PICTURE = "picture"

    @property
    def label(self) -> str:
        return {GlyphOrigin.FONT: "字库文件", GlyphOrigin.PICTURE: "图片"}[self]


def named(code: int) -> str:
    """U+31234, as it is written in tables of characters."""
    return f"U+{code:04X}"


def code_in(typed: str) -> int | None:
    """The code point that was typed as itself or as U+31234; None if it is none that has a shape."""
    text = typed.strip()
    if len(text) == 1:
        return _drawable(ord(text))
    if text[:2].upper() == "U+":
        try:
            return _drawable(int(text[2:], 16))
        except ValueError:
            return None
    return None


def unusual(text: str) -> str:
    """The characters of which only the fonts can tell whether they are drawn: none in nearly every text."""
    return "".join(dict.fromkeys(re.findall(_USUAL, text)))


def is_private(code: int) -> bool:
    """Whether the code means what somebody agreed upon: another computer may know another character by it."""
    return unicodedata.category(chr(code)) == "Co"


def _drawable(code: int) -> int | None:
    if not 0x21 <= code <= 0x10FFFF or unicodedata.category(chr(code)) in _NEVER_DRAWN:
        return None
    return code
