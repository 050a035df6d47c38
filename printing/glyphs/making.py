"""From outlines to a TrueType font, the same bytes for the same outlines."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import Final, NamedTuple

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates

FAMILY: Final = "Daiban Supplied"
UNITS: Final = 1000
"""Of the em box, which reaches from `DESCENT` to `ASCENT`."""
ASCENT: Final = 880
DESCENT: Final = ASCENT - UNITS
MOST_POINTS: Final = 6000
"""The most crowded ideographs of the shipped fonts have about 600."""

_ON_CURVE: Final = 1
_DAY: Final = 3_660_681_600
"""2020-01-01 in seconds since 1904, as fonts count them."""

Contour = list[tuple[int, int, bool]]
"""A closed line of points: x, y (up), whether it lies on the curve or pulls at it (TrueType's quadratic curves)."""


class Shape(NamedTuple):
    """Outlines in an em box of 1000 units, and how far the next character stands."""

    contours: list[Contour]
    advance: int = UNITS


def made(code: int, shape: Shape) -> bytes:
    """A TrueType font with this one character.

    Its name is its own, by code and outline: reportlab takes fonts of one name for one font.
    """
    told = sha256(repr(shape).encode()).hexdigest()
    return _font({code: (_glyph(shape), shape.advance)}, f"-{code:04X}-{told[:12]}")


def joined(fonts: Mapping[int, bytes]) -> bytes:
    """One font of several that `made` gave, for the screen.

    Its family's name is its own: a screen that knows a family of that name would not look into it anew.
    """
    glyphs: dict[int, tuple[Glyph, int]] = {}
    for code in sorted(fonts):
        with TTFont(BytesIO(fonts[code])) as font:
            name = font.getBestCmap()[code]
            glyphs[code] = (font["glyf"][name], font["hmtx"][name][0])
    told = sha256(b"".join(fonts[code] for code in sorted(fonts))).hexdigest()
    return _font(glyphs, f"-{told[:12]}")


def _font(glyphs: Mapping[int, tuple[Glyph, int]], sign: str = "") -> bytes:
    names = {code: f"u{code:05X}" for code in glyphs}
    builder = FontBuilder(UNITS, isTTF=True)
    builder.updateHead(created=_DAY, modified=_DAY)  # the clock has no part in what a font is
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf(
        {".notdef": Glyph(), **{names[code]: glyph for code, (glyph, _) in glyphs.items()}}
    )
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics(
        {
            ".notdef": (UNITS, 0),
            **{
                names[code]: (advance, getattr(table[names[code]], "xMin", 0))
                for code, (_, advance) in glyphs.items()
            },
        }
    )
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable(
        {
            "familyName": FAMILY + sign,
            "styleName": "Regular",
            "psName": FAMILY.replace(" ", "") + sign,
        }
    )
    builder.setupOS2(
        sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT,
        fsType=0, sCapHeight=733,
    )  # fmt: skip
    builder.setupPost(keepGlyphNames=False)
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def _glyph(shape: Shape) -> Glyph:
    glyph = Glyph()
    points = [point for contour in shape.contours for point in contour]
    glyph.numberOfContours = len(shape.contours)
    glyph.coordinates = GlyphCoordinates([(x, y) for x, y, _ in points])
    glyph.flags = bytearray(_ON_CURVE if on else 0 for *_, on in points)
    ends, last = [], -1
    for contour in shape.contours:
        last += len(contour)
        ends.append(last)
    glyph.endPtsOfContours = ends
    glyph.recalcBounds(None)
    glyph.program = _no_program()
    return glyph


def _no_program() -> object:
    from fontTools.ttLib.tables.ttProgram import Program

    empty = Program()
    empty.fromBytecode(b"")
    return empty
