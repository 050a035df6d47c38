"""Characters under the private codes that GBK and older GB 18030 gave them before Unicode had them.

Files and databases of ten years ago still hold them; a font of today draws the characters' own codes only.
Source: GB 18030-2022, annex E, and the tables of GBK 1.0 and GB 18030-2005.
"""

from __future__ import annotations

from typing import Final

_LATER: Final = {
    0xE7C7: 0x1E3F,
    # Vertical punctuation and parts of characters, which GB 18030-2022 moved.
    **dict(zip(range(0xE78D, 0xE797), (0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A)), strict=True)),
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6,
    0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F, 0xE843: 0x9FB9, 0xE854: 0x9FBA,
    0xE855: 0x241FE, 0xE864: 0x9FBB,
}  # fmt: skip
_SERIES: Final = (
    (0xE7C8, 0xA8BF, 1),
    (0xE7E7, 0xA989, 13),
    (0xE815, 0xFE50, 80),
)
"""First private code, the two bytes of the same character, how many follow one another."""


def _by_bytes() -> dict[int, int]:
    found: dict[int, int] = {}
    for private, start, many in _SERIES:
        lead, trail = divmod(start, 0x100)
        for n in range(many):
            one = trail + n + (1 if trail <= 0x7E < trail + n else 0)  # 7F is no trail byte
            found[private + n] = ord(bytes((lead, one)).decode("gb18030"))
    return {code: own for code, own in found.items() if not 0xE000 <= own <= 0xF8FF}


OLD_CODES: Final = {**_by_bytes(), **_LATER}
"""Private code: the character's own."""


def in_own_codes(text: str) -> str:
    """The text with each of them under its own code; other private codes stay what somebody here made them."""
    return text.translate(OLD_CODES)
