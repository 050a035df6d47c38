"""Names as they are typed: never refused for a character, only cleared of what nobody can see."""

from __future__ import annotations

import unicodedata

_BREAKING = {"Cc", "Zl", "Zp"}  # control characters, line and paragraph separators


def plain(typed: str) -> str:
    """One line of text without control characters, and without blanks around it."""
    seen = "".join(" " if unicodedata.category(one) in _BREAKING else one for one in typed)
    return " ".join(seen.split())
