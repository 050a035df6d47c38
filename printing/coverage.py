"""What of GB 18030-2022 the fonts draw, block by block. `python -m printing.coverage` prints the table.

A code point counts as drawn if the chain names a font for it, and that font has an outline for it (a blank has none).
The repertoire of the standard is Unicode 11's in these blocks, 87,887 ideographs among them;
its single bytes and its two-byte part are as Python's codec has them, the private codes of older editions
under their own (`app.domain.private_use`). Levels 1 and 2 differ by 196 ideographs of extensions B to E.
Level 3 is asked of what serves government and the public, the scripts of minorities of what says it supports them.
Source: GB 18030-2022, 9 [general knowledge, to be checked against the text of the standard].
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from typing import Final, NamedTuple

from app.domain.glyphs import named
from printing.fonts import Style, face_of, font_of, visible

_BLANK: Final = {"Zs", "Cf"}
_FILLERS: Final = {0x115F, 0x1160, 0x3164}
"""Hangul letters that are blank by their nature."""
_NOT_COUNTED: Final = frozenset({
    *_FILLERS, 0x061D, 0xFBC2, *range(0xFD40, 0xFD50), 0xFDCF, 0xFDFE, 0xFDFF, 0x180F, 0x1ACF,
    *range(0x16F45, 0x16F50), *range(0x16F7F, 0x16F88),
})  # fmt: skip
"""Fillers, and what Unicode added after version 11."""


class Level(Enum):
    ONE = "1"
    TWO = "2"
    THREE = "3"
    SCRIPT = "minority script"
    BEYOND = "not in the standard"


class Block(NamedTuple):
    name: str
    level: Level
    codes: Sequence[int]


class Drawn(NamedTuple):
    """`by`: how many characters each font draws in a form (Style.FORM), in the order of the chain."""

    block: Block
    by: dict[str, int]
    missing: tuple[int, ...]


def blocks() -> list[Block]:
    """The standard in parts; then what Unicode has added since to the blocks of ideographs."""
    two = set(_two_bytes())
    symbols = sorted(code for code in two if not _is_han(code))
    compatible = sorted(code for code in two if 0xF900 <= code <= 0xFAFF)
    return [
        Block("ASCII", Level.ONE, range(0x21, 0x7F)),
        Block("two-byte symbols, Latin, Greek, Cyrillic, kana, bopomofo", Level.ONE, symbols),
        Block("CJK Unified Ideographs to U+9FEF", Level.ONE, range(0x4E00, 0x9FF0)),
        Block("Extension A to U+4DB5", Level.ONE, range(0x3400, 0x4DB6)),
        Block("compatibility ideographs of the two-byte part", Level.ONE, compatible),
        Block("Extension B to U+2A6D6", Level.THREE, range(0x20000, 0x2A6D7)),
        Block("Extension C to U+2B734", Level.THREE, range(0x2A700, 0x2B735)),
        Block("Extension D", Level.THREE, range(0x2B740, 0x2B81E)),
        Block("Extension E", Level.THREE, range(0x2B820, 0x2CEA2)),
        Block("Extension F", Level.THREE, range(0x2CEB0, 0x2EBE1)),
        Block("Kangxi radicals", Level.THREE, range(0x2F00, 0x2FD6)),
        *(Block(name, Level.SCRIPT, _assigned(*parts)) for name, *parts in _SCRIPTS),
        Block("CJK Unified Ideographs U+9FF0–9FFF", Level.BEYOND, range(0x9FF0, 0xA000)),
        Block("Extension A U+4DB6–4DBF", Level.BEYOND, range(0x4DB6, 0x4DC0)),
        Block("Extension B U+2A6D7–2A6DF", Level.BEYOND, range(0x2A6D7, 0x2A6E0)),
        Block("Extension C U+2B735–2B739", Level.BEYOND, range(0x2B735, 0x2B73A)),
        Block("Extension G", Level.BEYOND, range(0x30000, 0x3134B)),
        Block("Extension H", Level.BEYOND, range(0x31350, 0x323B0)),
        Block("Extension I", Level.BEYOND, range(0x2EBF0, 0x2EE5E)),
    ]


_SCRIPTS: Final = (
    ("Hangul syllables, letters U+3130–318F", (0xAC00, 0xD7A3), (0x3130, 0x318F)),
    ("Hangul jamo U+1100–11FF", (0x1100, 0x11FF)),
    ("Yi and its radicals", (0xA000, 0xA4CF)),
    ("Lisu", (0xA4D0, 0xA4FF)),
    ("Tai Le (Dehong Dai)", (0x1950, 0x197F)),
    ("New Tai Lue (Xishuangbanna Dai)", (0x1980, 0x19DF)),
    ("Tai Tham (old Xishuangbanna Dai)", (0x1A20, 0x1AAF)),
    ("Tibetan", (0x0F00, 0x0FFF)),
    ("Mongolian", (0x1800, 0x18AF), (0x11660, 0x1166C)),
    ("Arabic (Uyghur, Kazakh, Kirghiz)", (0x0600, 0x06FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
    ("Miao", (0x16F00, 0x16F9F)),
)


def coverage() -> list[Drawn]:
    found = []
    for block in blocks():
        by: Counter[str] = Counter()
        missing = []
        for code in block.codes:
            name = drawn_by(code, Style.FORM)
            if name is None:
                missing.append(code)
            else:
                by[name] += 1
        order = [name for name in Style.FORM.value if name in by]
        found.append(Drawn(block, {name: by[name] for name in order}, tuple(missing)))
    return found


def drawn_by(code: int, style: Style) -> str | None:
    """The font that draws it with an outline of its own, by the chain of the style; None if it would be blank."""
    name = font_of(visible(chr(code)) or chr(code), style)
    if name is None:
        return None
    face = face_of(name)
    glyph = face.charToGlyph[ord(visible(chr(code)))]
    return name if face.glyphPos[glyph + 1] > face.glyphPos[glyph] else None


def table() -> str:
    """As Markdown."""
    lines = [
        "| Part of GB 18030-2022 | Level | Characters | Drawn | By | Not drawn |",
        "|---|---|---|---|---|---|",
    ]
    for block, by, missing in coverage():
        drawn = len(block.codes) - len(missing)
        fonts = ", ".join(f"{name} {many:,}" for name, many in by.items())
        left = _ranges(missing) if missing else "–"
        lines.append(
            f"| {block.name} | {block.level.value} | {len(block.codes):,} | {drawn:,} | {fonts or '–'} | {left} |"
        )
    return "\n".join(lines)


def _ranges(codes: Sequence[int]) -> str:
    """U+2A6D7–2A6DF; of many that do not follow one another only their number."""
    follow = codes[-1] - codes[0] == len(codes) - 1
    if follow and len(codes) > 1:
        return f"{named(codes[0])}–{codes[-1]:04X}"
    return " ".join(map(named, codes)) if len(codes) <= 8 else f"{len(codes):,}"


@cache
def _two_bytes() -> tuple[int, ...]:
    """The two-byte part, the ranges that users fill themselves left out."""
    found = []
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            code = ord(visible(bytes((lead, trail)).decode("gb18030")))
            if unicodedata.category(chr(code)) not in {"Co", *_BLANK}:
                found.append(code)
    return tuple(found)


def _is_han(code: int) -> bool:
    return (
        0x3400 <= code <= 0x4DBF
        or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or code >= 0x20000
    )


def _assigned(*parts: tuple[int, int]) -> list[int]:
    return list(_in_unicode_11(parts))


def _in_unicode_11(parts: Sequence[tuple[int, int]]) -> Iterator[int]:
    for first, last in parts:
        for code in range(first, last + 1):
            if unicodedata.category(chr(code)) not in {"Cn", *_BLANK} and code not in _NOT_COUNTED:
                yield code


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
