"""The pages of a PDF as pictures in grey, for the printer and for the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from types import TracebackType
from typing import Any, Self

from app.errors import Damaged
from app.usecases.pdf_pages import ONE_AT_A_TIME
from printing.choice import Paper

SMALLEST_SCALE = 0.6
"""An A4 page on A5 is 0.7 of its size and well read; the next smaller paper is the slip."""

_POINTS_PER_MM = 72 / 25.4
_EDGE = 0.5  # points by which a page may be larger than its paper: A4 is rounded differently


class UnreadablePages(Damaged):
    """The bytes are not a PDF with pages."""

    code = "unreadable_pages"


@dataclass(frozen=True, kw_only=True)
class PageSize:
    """In points."""

    width: float
    height: float


def lies_across(paper: Paper, page: PageSize) -> bool:
    """Whether an upright sheet is laid across for this page: a list that is wider than high, and than the sheet."""
    if paper.height_mm is None or paper.width_mm > paper.height_mm:
        return False
    return page.width > max(page.height, paper.width_mm * _POINTS_PER_MM + _EDGE)


def paper_width_mm(paper: Paper, page: PageSize) -> float:
    """Of the sheet as it lies for this page."""
    if paper.height_mm is not None and lies_across(paper, page):
        return paper.height_mm
    return paper.width_mm


def scale_on(paper: Paper, page: PageSize) -> float:
    """By how much the page is drawn smaller: 1 where it fits."""
    width = paper_width_mm(paper, page)
    height = page.height / _POINTS_PER_MM
    if paper.height_mm is not None:
        height = paper.width_mm + paper.height_mm - width
    wide = width * _POINTS_PER_MM / (page.width - _EDGE)
    return min(1.0, wide, height * _POINTS_PER_MM / (page.height - _EDGE))


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Rows of `stride` bytes from the top down, one byte a dot: 0 black, 255 white."""

    width: int
    height: int
    stride: int
    dots: bytes


class Pages:
    """An opened PDF, used in a `with`."""

    def __init__(self, pdf: bytes) -> None:
        """Raises UnreadablePages."""
        import pypdfium2

        with ONE_AT_A_TIME:
            try:
                self._document = pypdfium2.PdfDocument(pdf)
            except pypdfium2.PdfiumError as error:
                raise UnreadablePages from error
            sizes = map(self._document.get_page_size, range(len(self._document)))
            self.sizes = tuple(PageSize(width=width, height=height) for width, height in sizes)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        with ONE_AT_A_TIME:
            self._document.close()

    def __len__(self) -> int:
        return len(self.sizes)

    def size_in_dots(self, page: int, dots_per_point: float) -> tuple[int, int]:
        size = self.sizes[page]
        return ceil(size.width * dots_per_point), ceil(size.height * dots_per_point)

    def picture(self, page: int, dots_per_point: float) -> Picture:
        (whole,) = self.bands(page, dots_per_point, rows=2**31)
        return whole

    def bands(self, page: int, dots_per_point: float, *, rows: int) -> Iterator[Picture]:
        """The page from the top down in pictures of at most so many rows: little is held at once."""
        _, height = self.size_in_dots(page, dots_per_point)
        with ONE_AT_A_TIME:
            opened = self._document[page]
        try:
            for top in range(0, height, rows):
                below = max(0, height - top - rows)
                with ONE_AT_A_TIME:
                    band = _drawn(opened, dots_per_point, top, below)
                yield band
        finally:
            with ONE_AT_A_TIME:
                opened.close()


def _drawn(page: Any, dots_per_point: float, top: int, below: int) -> Picture:  # noqa: ANN401 -- pypdfium2 has no types
    """The page without so many rows at its top and below."""
    bitmap = page.render(
        scale=dots_per_point,
        grayscale=True,
        crop=(0, _cut(below, dots_per_point), 0, _cut(top, dots_per_point)),
    )
    picture = Picture(
        width=bitmap.width,
        height=bitmap.height,
        stride=bitmap.stride,
        dots=bytes(bitmap.buffer),
    )
    bitmap.close()
    return picture


def _cut(rows: int, dots_per_point: float) -> float:
    """Points that pypdfium2, rounding up, makes into exactly so many rows."""
    return (rows - 0.5) / dots_per_point if rows else 0.0
