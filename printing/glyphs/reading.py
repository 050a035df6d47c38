"""A character taken out of somebody's font file, which is hostile until it has been read.

Only a few tables are looked into, by numbers that are checked first; no program in the font is run,
and what is taken is its outline alone.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Final

from fontTools.ttLib import TTLibError
from fontTools.ttLib.sfnt import SFNTReader
from fontTools.ttLib.tables._g_l_y_f import Glyph

from app.errors import Refused
from printing.glyphs.making import MOST_POINTS, UNITS, Contour, Shape

LARGEST: Final = 60 * 2**20
"""Bytes: fonts of all Chinese characters have 10 to 40 MB."""
_TRUETYPE: Final = (b"\0\1\0\0", b"true", b"ttcf")
_NEEDED: Final = ("head", "maxp", "hhea", "hmtx", "loca", "glyf", "cmap")
_RESTRICTED, _NO_SUBSETS, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
_DEEPEST: Final = 6
"""Of parts that are made of parts."""
_MOST_PARTS: Final = 200
"""In all: parts of parts may not multiply."""
_LONGEST_GLYPH: Final = 2**16
"""Bytes of one outline."""
_WIDEST: Final = 4 * UNITS

# What reading damaged tables may raise, in fontTools and here.
_UNREADABLE: Final = (
    TTLibError, struct.error, AssertionError, AttributeError, IndexError, KeyError, LookupError,
    OverflowError, TypeError, ValueError, ZeroDivisionError, EOFError, RecursionError,
)  # fmt: skip


class BadGlyphFont(Refused):
    """Nothing can be taken from this file.

    Fact why: large, kind (not a font of TrueType outlines), embedding (its maker forbids it), damaged,
    absent (it has not the character), crowded (more points than a character has).
    """

    code = "bad_glyph_font"

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


def taken(font: bytes, code: int) -> Shape:
    """The character of this code point in a font file (TTF, OTF or TTC with TrueType outlines). Raises BadGlyphFont."""
    if len(font) > LARGEST:
        raise BadGlyphFont("large")
    if font[:4] not in _TRUETYPE:
        raise BadGlyphFont("kind")
    try:
        tables = SFNTReader(BytesIO(font), checkChecksums=0, fontNumber=0)
        if any(tag not in tables for tag in _NEEDED):
            raise BadGlyphFont("kind")
        if "OS/2" in tables and not _may_embed(tables["OS/2"]):
            raise BadGlyphFont("embedding")
        return _Outlines(tables).of(code)
    except _UNREADABLE as error:
        raise BadGlyphFont("damaged") from error


def _may_embed(table: bytes) -> bool:
    """Source: OpenType, OS/2.fsType: of several permissions the least restrictive counts."""
    (permissions,) = struct.unpack_from(">H", table, 8)
    only_restricted = permissions & 0x000E == _RESTRICTED
    return not (only_restricted or permissions & (_NO_SUBSETS | _BITMAPS_ONLY))


class _Numbered:
    """What fontTools asks of a table of outlines: here a part of a glyph is called by its number."""

    extended = True

    def getGlyphName(self, number: int) -> str:  # noqa: N802 -- fontTools' hook
        return str(number)


_NUMBERED: Final = _Numbered()


class _Outlines:
    """The outlines of a font, one glyph at a time."""

    def __init__(self, tables: SFNTReader) -> None:
        self._loca, self._glyf, self._hmtx = tables["loca"], tables["glyf"], tables["hmtx"]
        self._cmap = tables["cmap"]
        self._parts = 0
        head = tables["head"]
        (self._units,) = struct.unpack_from(">H", head, 18)
        (self._long,) = struct.unpack_from(">h", head, 50)
        (self._glyphs,) = struct.unpack_from(">H", tables["maxp"], 4)
        (self._advances,) = struct.unpack_from(">H", tables["hhea"], 34)
        if not 16 <= self._units <= 16384:
            raise ValueError(self._units)

    def of(self, code: int) -> Shape:
        glyph = _glyph_of(self._cmap, code)
        contours = self._contours(glyph, 0) if glyph else []
        if not contours:
            raise BadGlyphFont("absent")
        if sum(map(len, contours)) > MOST_POINTS:
            raise BadGlyphFont("crowded")
        scale = UNITS / self._units
        fitted: list[Contour] = [
            [(round(x * scale), round(y * scale), on) for x, y, on in contour]
            for contour in contours
        ]
        if any(max(abs(x), abs(y)) > _WIDEST for line in fitted for x, y, _ in line):
            raise ValueError("outside")
        return Shape(fitted, min(round(self._advance(glyph) * scale), _WIDEST))

    def _advance(self, glyph: int) -> int:
        place = min(glyph, self._advances - 1)
        (advance,) = struct.unpack_from(">H", self._hmtx, 4 * place)
        return int(advance)

    def _data(self, glyph: int) -> bytes:
        if glyph >= self._glyphs:
            raise IndexError(glyph)
        if self._long:
            start, end = struct.unpack_from(">LL", self._loca, 4 * glyph)
        else:
            start, end = (2 * place for place in struct.unpack_from(">HH", self._loca, 2 * glyph))
        if not start <= end <= min(len(self._glyf), start + _LONGEST_GLYPH):
            raise IndexError(end)
        return bytes(self._glyf[start:end])

    def _contours(self, glyph: int, depth: int) -> list[list[tuple[float, float, bool]]]:
        data = self._data(glyph)
        if not data:
            return []
        (many,) = struct.unpack_from(">h", data)
        _check_points(data, many)
        read = Glyph(data)
        read.expand(_NUMBERED)
        if many >= 0:
            return _simple(read)
        self._parts += len(read.components)
        if depth == _DEEPEST or self._parts > _MOST_PARTS:
            raise RecursionError
        found: list[list[tuple[float, float, bool]]] = []
        for part in read.components:
            (a, b), (c, d) = getattr(part, "transform", ((1, 0), (0, 1)))
            for line in self._contours(int(part.glyphName), depth + 1):
                found.append(
                    [(a * x + c * y + part.x, b * x + d * y + part.y, on) for x, y, on in line]
                )
            if sum(map(len, found)) > MOST_POINTS:
                raise BadGlyphFont("crowded")
        return found


def _check_points(data: bytes, contours: int) -> None:
    """So many points as the glyph says it has are not made room for before they are counted."""
    if contours > MOST_POINTS:
        raise BadGlyphFont("crowded")
    if contours > 0:
        (last,) = struct.unpack_from(">H", data, 10 + 2 * (contours - 1))
        if last >= MOST_POINTS:
            raise BadGlyphFont("crowded")


def _simple(read: Glyph) -> list[list[tuple[float, float, bool]]]:
    found, first = [], 0
    for end in read.endPtsOfContours:
        points = range(first, end + 1)
        found.append([(*read.coordinates[n], bool(read.flags[n] & 1)) for n in points])
        first = end + 1
    return [line for line in found if line]


def _glyph_of(cmap: bytes, code: int) -> int:
    """The glyph of a code point in the first table that knows it, 0 if none does."""
    (tables,) = struct.unpack_from(">H", cmap, 2)
    for n in range(min(tables, 40)):
        platform, encoding, start = struct.unpack_from(">HHL", cmap, 4 + 8 * n)
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            (kind,) = struct.unpack_from(">H", cmap, start)
            look = {4: _in_segments, 12: _in_groups}.get(kind)
            glyph = look(cmap, start, code) if look else 0
            if glyph:
                return glyph
    return 0


def _in_groups(cmap: bytes, start: int, code: int) -> int:
    (groups,) = struct.unpack_from(">L", cmap, start + 12)
    for n in range(min(groups, (len(cmap) - start - 16) // 12)):
        first, last, glyph = struct.unpack_from(">LLL", cmap, start + 16 + 12 * n)
        if first <= code <= last:
            return int(glyph + code - first)
    return 0


def _in_segments(cmap: bytes, start: int, code: int) -> int:
    if code > 0xFFFF:
        return 0
    (twice,) = struct.unpack_from(">H", cmap, start + 6)
    ends, firsts = start + 14, start + 16 + twice
    for at in range(0, twice, 2):
        (last,) = struct.unpack_from(">H", cmap, ends + at)
        if code <= last:
            (first,) = struct.unpack_from(">H", cmap, firsts + at)
            (delta,) = struct.unpack_from(">H", cmap, firsts + twice + at)
            place = firsts + 2 * twice + at
            (offset,) = struct.unpack_from(">H", cmap, place)
            if code < first:
                return 0
            if not offset:
                return int(code + delta) & 0xFFFF
            (glyph,) = struct.unpack_from(">H", cmap, place + offset + 2 * (code - first))
            return int(glyph + delta) & 0xFFFF if glyph else 0
    return 0
