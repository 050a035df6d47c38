"""Where things lie on a printed page: texts, rules and codes, as pdfium reads them.

Measures are points from the page's bottom left corner, as in the PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import byref, c_float
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any, NamedTuple

from pypdfium2 import raw


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """How deep they lie in each other: the smaller of both ways; 0 or less when they do not."""
        across = min(self.right, other.right) - max(self.left, other.left)
        up = min(self.top, other.top) - max(self.bottom, other.bottom)
        return min(across, up)

    def within(self, edge: float) -> Box:
        return Box(self.left + edge, self.bottom + edge, self.right - edge, self.top - edge)


@dataclass(frozen=True)
class Text:
    """What was drawn at once, in one font, and the box of its ink; `slanted` is a watermark."""

    words: str
    ink: Box
    size: float
    slanted: bool


class Rule(NamedTuple):
    x: float
    y: float
    x_end: float
    y_end: float

    def crosses(self, box: Box) -> bool:
        """Whether a part of it lies inside the box. Source: Liang and Barsky 1984."""
        dx, dy = self.x_end - self.x, self.y_end - self.y
        begin, end = 0.0, 1.0
        for step, free in (
            (-dx, self.x - box.left),
            (dx, box.right - self.x),
            (-dy, self.y - box.bottom),
            (dy, box.top - self.y),
        ):
            if step == 0:
                if free <= 0:
                    return False
            elif step < 0:
                begin = max(begin, free / step)
            else:
                end = min(end, free / step)
        return begin < end


@dataclass(frozen=True)
class Drawn:
    """What stands on one page."""

    size: tuple[float, float]
    texts: tuple[Text, ...]
    rules: tuple[Rule, ...]
    codes: tuple[Box, ...]  # QR codes: nothing else may stand in them


def drawn(page: Any) -> Drawn:
    """Of a page of pypdfium2."""
    words = page.get_textpage()
    texts: list[Text] = []
    rules: list[Rule] = []
    codes: list[Box] = []
    for one in page.get_objects():
        if one.type == raw.FPDF_PAGEOBJ_TEXT:
            texts.append(_text(one, words))
        elif one.type == raw.FPDF_PAGEOBJ_PATH:
            if raw.FPDFPath_CountSegments(one.raw) > _OF_A_CODE:
                codes.append(Box(*one.get_bounds()))
            else:
                rules.extend(_rules(one))
    return Drawn(page.get_size(), tuple(texts), tuple(rules), tuple(codes))


_OF_A_CODE = 200
"""Segments of a path; nothing but a QR code has as many."""


def _text(one: Any, words: Any) -> Text:
    matrix = one.get_matrix()
    size = c_float()
    raw.FPDFTextObj_GetFontSize(one.raw, byref(size))
    length = raw.FPDFTextObj_GetText(one.raw, words.raw, None, 0)
    buffer = (raw.FPDF_WCHAR * (length // 2))()
    raw.FPDFTextObj_GetText(one.raw, words.raw, buffer, length)
    said = bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
    return Text(said, Box(*one.get_bounds()), size.value, slanted=abs(matrix.b) > 0.01)


def _rules(one: Any) -> Iterator[Rule]:
    """Its straight parts; a rounded corner counts as the line between its ends."""
    matrix = one.get_matrix()
    corners: list[tuple[float, float]] = []
    x, y = c_float(), c_float()
    for n in range(raw.FPDFPath_CountSegments(one.raw)):
        segment = raw.FPDFPath_GetPathSegment(one.raw, n)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and corners:
            yield from _between(corners)
            corners = []
        corners.append(matrix.on_point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            corners.append(corners[0])
    yield from _between(corners)


def _between(corners: Sequence[tuple[float, float]]) -> Iterator[Rule]:
    for (x, y), (x_end, y_end) in pairwise(corners):
        if hypot(x_end - x, y_end - y) > 1:
            yield Rule(x, y, x_end, y_end)
