"""Names as they are typed: never refused for a character, only cleared of what nobody can see."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.domain.private_use import in_own_codes

_BREAKING = {"Cc", "Zl", "Zp"}  # control characters, line and paragraph separators
_UNSEEN: Final = r"[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
"""Marks of direction and of no width, which copying brings along: they would turn a printed line around.

And halves of characters, from bytes that are no text: they cannot be written.
"""
_HAN: Final = r"[\u3400-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF]"
_BETWEEN_HAN: Final = rf"(?<={_HAN}) (?={_HAN})"


def plain(typed: str) -> str:
    """One line of text without control characters, and without blanks around it.

    Private codes of older standards are put under the characters' own, which fonts draw and search finds.
    """
    typed = in_own_codes(re.sub(_UNSEEN, "", typed))
    seen = "".join(" " if unicodedata.category(one) in _BREAKING else one for one in typed)
    return " ".join(seen.split())


def plain_lines(typed: str) -> str:
    """The same for what may have several lines."""
    return "\n".join(map(plain, typed.splitlines())).strip()


def plain_name(typed: str) -> str:
    """韦 小妹, as forms space it out, is 韦小妹: no blank stands between two characters of a name."""
    return re.sub(_BETWEEN_HAN, "", plain(typed))
