"""Sheets of paper and what is put on them: blocks from the top down, a new sheet for what is over.

All measures are points; y runs down from the top edge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from operator import itemgetter

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing.fonts import SANS, Style, font_of, runs, visible, width
from printing.lines import gaps
from printing.watermark import draw_watermark, in_words

rl_config.useA85 = 0  # pages as bytes: a quarter less than as text
_ASCENT = 0.88
"""Of the em box, above the baseline: the same in all the shipped fonts."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How a text is set: style, size and leading in points, extra space after each character."""

    style: Style
    size: float
    leading: float
    spacing: float = 0.0

    def width(self, text: str) -> float:
        return width(text, self.style, self.size) + self.spacing * len(text)


class Pen:
    """Draws in black on the current sheet, no line finer than `finest`."""

    def __init__(self, canvas: Canvas, sheet_height: float, *, finest: float = 0.0) -> None:
        self._canvas = canvas
        self._height = sheet_height
        self._finest = finest

    def text(
        self, x: float, y: float, text: str, setting: Setting, *, stretch: float = 0.0
    ) -> None:
        """One line of text in a band of the setting's leading whose top is `y`.

        `stretch` is added where the line may be spread, to fill it.
        """
        text = visible(text)
        if not text.strip():
            return  # an empty cell: room to write in
        baseline = y + (setting.leading - setting.size) / 2 + _ASCENT * setting.size
        drawing = self._canvas.beginText(x, self._height - baseline)
        for font, part, widened in _equally_spaced(text, setting.style, stretch):
            drawing.setFont(font, setting.size)
            drawing.setCharSpace(setting.spacing + (stretch if widened else 0.0))
            drawing.textOut(part)
        self._canvas.drawText(drawing)

    def line(self, x: float, y: float, x_end: float, y_end: float, *, weight: float = 0.5) -> None:
        self._canvas.setLineWidth(max(weight, self._finest))
        self._canvas.line(x, self._height - y, x_end, self._height - y_end)

    def dashes(self, x: float, y: float, x_end: float, y_end: float) -> None:
        """A line to tear along."""
        self._canvas.saveState()
        self._canvas.setDash(4, 3)
        self.line(x, y, x_end, y_end, weight=0.8)
        self._canvas.restoreState()

    def box(
        self, x: float, y: float, box_width: float, height: float, *, weight: float = 0.5
    ) -> None:
        self._canvas.setLineWidth(max(weight, self._finest))
        self._canvas.rect(x, self._height - y - height, box_width, height)

    def outline(
        self,
        corners: Sequence[tuple[float, float]],
        *,
        closed: bool = True,
        filled: bool = False,
        dashed: bool = False,
        weight: float = 0.5,
    ) -> None:
        """Lines from corner to corner, and back to the first if it is closed."""
        path = self._canvas.beginPath()
        (x, y), *rest = corners
        path.moveTo(x, self._height - y)
        for x, y in rest:
            path.lineTo(x, self._height - y)
        if closed:
            path.close()
        self._canvas.saveState()
        self._canvas.setLineWidth(weight)
        if dashed:
            self._canvas.setDash(3, 2)
        self._canvas.drawPath(path, stroke=not filled, fill=filled)
        self._canvas.restoreState()

    def rounded(
        self, x: float, y: float, box_width: float, height: float, *, radius: float, weight: float
    ) -> None:
        self._canvas.setLineWidth(weight)
        self._canvas.roundRect(x, self._height - y - height, box_width, height, radius)

    def dots(self, x: float, y: float, module: float, rows: Sequence[Sequence[bool]]) -> None:
        """A pattern of black squares, as one shape, so that no seams show between them.

        Every copy of a document has it: it is written once and shown where it is wanted.
        """
        place = x, self._height - y, module
        name = sha256(repr((place, rows)).encode()).hexdigest()[:16]
        if not self._canvas.hasForm(name):
            self._canvas.beginForm(name)
            self._draw_dots(*place, rows)
            self._canvas.endForm()
        self._canvas.doForm(name)

    def _draw_dots(
        self, left: float, top: float, module: float, rows: Sequence[Sequence[bool]]
    ) -> None:
        path = self._canvas.beginPath()
        for n, row in enumerate(rows):
            for first, last in _dark_runs(row):
                path.rect(first, -n - 1, last - first, 1)
        self._canvas.translate(left, top)
        self._canvas.scale(module, module)
        self._canvas.drawPath(path, stroke=0, fill=1)


@dataclass(frozen=True, kw_only=True)
class Block:
    """Something of a known height that is not cut: a line of text, a row of a table."""

    height: float
    draw: Callable[[Pen, float, float], None]  # pen, left edge, top edge
    keep: bool = False  # stays on the sheet of the block after it
    head: Block | None = None  # drawn again above it when it begins a sheet
    fresh: bool = False  # begins a sheet


@dataclass(frozen=True, kw_only=True)
class Place:
    """Which sheet of which copy of which document one is looking at."""

    document: str  # title and number
    copy: str
    sheet: int
    sheets: int
    reprint: int

    @property
    def copy_mark(self) -> str:
        """The copy's name, that it is a reprint, and the watermark in black: a printer of slips knows no grey."""
        again = f"（补打第{self.reprint}次）" if self.reprint else ""
        return f"{in_words()}{self.copy}{again}"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A sheet and the area on it where blocks go; `dress` draws what stands around that area.

    `height` None: the sheet is cut where the blocks end (a roll of paper).
    `coarse`: for needles and carbon, which draw no fine line and no grey.
    """

    sheet_width: float
    sheet_height: float | None
    left: float
    top: float
    height: float | None
    dress: Callable[[Pen, Place], None]
    coarse: bool = False


def put_on_sheets(
    frame: Frame, blocks: Sequence[Block], *, copies: Sequence[str], reprint: int, document: str
) -> bytes:
    """A PDF with the blocks once for each copy. The same input gives the same bytes."""
    return put_several(frame, [(document, blocks)], copies=copies, reprint=reprint, title=document)


def put_several(
    frame: Frame,
    documents: Sequence[tuple[str, Sequence[Block]]],
    *,
    copies: Sequence[str],
    title: str,
    reprint: int = 0,
) -> bytes:
    """A PDF of documents, each with its name, one after the other, each once for each of its copies."""
    font_of("一", Style.FORM)  # opened, so that the canvas may name it instead of Helvetica
    out = BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1, initialFontName=SANS, lang="zh-CN")  # type: ignore[arg-type] # the stub says float
    canvas.setTitle(title)
    for document, blocks in documents:
        sheets = list(_sheets(blocks, frame.height))
        for copy in copies:
            for n, sheet in enumerate(sheets, start=1):
                place = Place(
                    document=document, copy=copy, sheet=n, sheets=len(sheets), reprint=reprint
                )
                _draw_sheet(canvas, frame, sheet, place)
    canvas.save()
    return out.getvalue()


def _draw_sheet(canvas: Canvas, frame: Frame, sheet: Sequence[Block], place: Place) -> None:
    drawn = sum(block.height for block in sheet)
    height = frame.sheet_height or frame.top * 2 + drawn
    canvas.setPageSize((frame.sheet_width, height))
    pen = Pen(canvas, height, finest=_COARSE if frame.coarse else 0.0)
    if not frame.coarse:
        draw_watermark(canvas, frame.sheet_width, height)
    frame.dress(pen, place)
    y = frame.top
    for block in sheet:
        block.draw(pen, frame.left, y)
        y += block.height
    canvas.showPage()


_COARSE = 1.0  # points: two needles of a head with 180 to the inch

_TOLERANCE = 0.01  # points, for sums of floats


def _sheets(blocks: Sequence[Block], height: float | None) -> Iterator[list[Block]]:
    if height is None:
        yield list(blocks)
        return
    sheet: list[Block] = []
    left = height
    for group in _groups(blocks):
        over = sum(block.height for block in group) > left + _TOLERANCE
        if sheet and (over or group[0].fresh):
            yield sheet
            head = group[0].head
            sheet = [head] if head else []
            left = height - sum(block.height for block in sheet)
        for block in group:  # a group longer than a sheet is parted after all
            if sheet and block.height > left + _TOLERANCE:
                yield sheet
                sheet, left = [], height
            sheet.append(block)
            left -= block.height
    yield sheet


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        if block.fresh and group:
            yield group
            group = []
        group.append(block)
        if not block.keep:
            yield group
            group = []
    if group:
        yield group


def _equally_spaced(text: str, style: Style, stretch: float) -> Iterator[tuple[str, str, bool]]:
    """(font name, part, whether the space after each of its characters is widened)."""
    widened = gaps(text) if stretch else [False] * len(text)
    done = 0
    for font, part in runs(text, style):
        for wide, chars in groupby(zip(part, widened[done:], strict=False), itemgetter(1)):
            yield font, "".join(char for char, _ in chars), wide
        done += len(part)


def _dark_runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    first = None
    for n, dark in enumerate([*row, False]):
        if dark and first is None:
            first = n
        elif not dark and first is not None:
            yield first, n
            first = None


A4 = (210 * mm, 297 * mm)
