"""TrueType faces for reportlab that open in milliseconds and know every plane of Unicode.

reportlab reads a font's tables number by number, and writes characters beyond U+FFFF
in a form of the ToUnicode map that no reader understands.
Both are put right here; the rest is reportlab's.
"""

from __future__ import annotations

import mmap
import sys
from array import array
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import ttfonts

_CMAP_SEGMENTED = 12  # the cmap format that covers all planes


class _Table:
    """A table of the font file that is read in slices, never as a whole."""

    def __init__(self, data: mmap.mmap | bytes, start: int) -> None:
        self._data = data
        self._start = start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


class _Metrics:
    """(advance, left side bearing) of each glyph, in font units."""

    def __init__(self, numbers: array[int], full: int) -> None:
        self._numbers = numbers
        self._full = full  # glyphs after these have the last of their advances

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        if glyph < self._full:
            return self._numbers[2 * glyph], self._numbers[2 * glyph + 1]
        return self._numbers[2 * self._full - 2], self._numbers[self._full + glyph]


class _Widths:
    """Advance of a character in thousandths of the font size."""

    def __init__(self, glyphs: dict[int, int], metrics: _Metrics, units_per_em: int) -> None:
        self._glyphs = glyphs
        self._metrics = metrics
        self._scale = 1000 / units_per_em

    def get(self, code: int, default: float) -> float:
        glyph = self._glyphs.get(code)
        return default if glyph is None else self._metrics[glyph][0] * self._scale


class Face(ttfonts.TTFontFace):
    """A font: a file, mapped into memory, or its bytes; its tables are taken over whole."""

    _ttf_data: mmap.mmap | bytes

    def __init__(self, source: Path | bytes) -> None:
        super().__init__(source)

    def readFile(self, f: Path | bytes) -> None:  # noqa: N802 -- reportlab's hook
        self._pos = 0
        if isinstance(f, bytes):
            self.filename, self._ttf_data = "", f
            return
        self.filename = f.name  # the folder is nobody's business, and must not change the PDF
        with f.open("rb") as file:
            self._ttf_data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 -- reportlab's hook
        super().extractInfo(charInfo=0)
        cmap = self._segmented_cmap()
        if cmap is None:
            super().extractInfo(charInfo=1)
            return
        full = self.get_ushort(self.get_table_pos("hhea")[0] + 34)
        self.charToGlyph = _glyph_of_character(cmap)
        self.hmetrics = _Metrics(_numbers("H", self.get_table("hmtx")), full)
        self.charWidths = _Widths(self.charToGlyph, self.hmetrics, self.unitsPerEm)
        self.defaultWidth = self.hmetrics[0][0] * 1000 / self.unitsPerEm
        self.glyphPos = self._glyph_positions()

    def get_table(self, tag: str) -> Any:  # noqa: ANN401 -- bytes, or what is sliced like bytes
        """A copy of the table, but for the outlines: megabytes, of which a document needs a few."""
        if tag == "glyf":
            return _Table(self._ttf_data, self.get_table_pos(tag)[0])
        return super().get_table(tag)  # type: ignore[no-untyped-call]

    def _segmented_cmap(self) -> bytes | None:
        start = self.get_table_pos("cmap")[0]
        for n in range(self.get_ushort(start + 2)):
            table = start + self.get_ulong(start + 4 + 8 * n + 4)
            if self.get_ushort(table) == _CMAP_SEGMENTED:
                return self.get_chunk(table + 16, 12 * self.get_ulong(table + 12))
        return None

    def _glyph_positions(self) -> list[int] | array[int]:
        long_positions = self.get_ushort(self.get_table_pos("head")[0] + 50) == 1
        loca = self.get_table("loca")
        return _numbers("I", loca) if long_positions else [2 * n for n in _numbers("H", loca)]


class Font(ttfonts.TTFont):
    """A face under a name, written into each document as subsets of what was drawn."""

    face: Face

    def __init__(self, name: str, source: Path | bytes) -> None:
        # Not reportlab's own constructor, which would read the file with its own parser.
        self.fontName = name
        self.face = Face(source)
        self.encoding = ttfonts.TTEncoding()
        self.state = WeakKeyDictionary()
        self._asciiReadable = False  # no ASCII glyphs that nobody drew
        self.shapable = False

    def addObjects(self, doc: Any) -> None:  # noqa: N802, ANN401 -- reportlab's hook
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for n, subset in enumerate(subsets):
            name = f"{ttfonts.SUBSETN(n).decode()}+{self.face.name.decode()}"
            doc.idToObject[f"toUnicodeCMap:{name}"].content = _to_unicode(name, subset)


def _numbers(kind: str, table: bytes) -> array[int]:
    numbers = array(kind, table)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _glyph_of_character(cmap: bytes) -> dict[int, int]:
    groups = _numbers("I", cmap)
    glyphs: dict[int, int] = {}
    for n in range(0, len(groups), 3):
        first, last, glyph = groups[n : n + 3]
        glyphs.update(
            zip(range(first, last + 1), range(glyph, glyph + last + 1 - first), strict=True)
        )
    return glyphs


def _to_unicode(name: str, subset: list[int]) -> str:
    """The map from a subset's codes back to text: UTF-16, so two units beyond U+FFFF."""
    lines = [f"<{n:02X}> <{chr(code).encode('utf-16-be').hex()}>" for n, code in enumerate(subset)]
    blocks = [lines[n : n + 100] for n in range(0, len(lines), 100)]  # a block may have 100 lines
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(
                line
                for block in blocks
                for line in (f"{len(block)} beginbfchar", *block, "endbfchar")
            ),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
