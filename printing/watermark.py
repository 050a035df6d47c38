"""A word in large grey characters behind everything on a sheet, as often as the sheet has room for it.

It is asked for around the making of a document, and drawn where every sheet is begun (`printing.sheets`),
so no family of documents can forget it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import ceil
from typing import TYPE_CHECKING, Final

from printing.fonts import Style, runs, width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PRACTICE: Final = "练习"
_GREY: Final = 0.82
"""Seen at once, also in a poor copy, and black on it is still read."""
_SHARE: Final = 0.55
"""Of the sheet's width that the word takes."""
_APART: Final = 1.25
"""From one word to the next below it, in widths of a sheet: an A4 sheet shows it twice, a slip every 10 cm."""
_SLANT: Final = 30  # degrees

_words: ContextVar[str] = ContextVar("watermark", default="")


@contextmanager
def watermarked(words: str) -> Iterator[None]:
    """Every sheet that is made inside bears these words; none if they are empty."""
    token = _words.set(words)
    try:
        yield
    finally:
        _words.reset(token)


def in_words() -> str:
    """【练习】, or nothing."""
    words = _words.get()
    return f"【{words}】" if words else ""


def draw_watermark(canvas: Canvas, sheet_width: float, sheet_height: float) -> None:
    """Before anything else is drawn on the sheet. Measures in points."""
    words = _words.get()
    if not words:
        return
    size = _SHARE * sheet_width / width(words, Style.HEAD, 1)
    times = max(1, ceil(sheet_height / (_APART * sheet_width)))
    canvas.saveState()
    canvas.setFillGray(_GREY)
    for n in range(times):
        canvas.saveState()
        canvas.translate(sheet_width / 2, sheet_height * (n + 0.5) / times)
        canvas.rotate(_SLANT)
        drawing = canvas.beginText(-_SHARE * sheet_width / 2, -0.35 * size)
        for font, part in runs(words, Style.HEAD):
            drawing.setFont(font, size)
            drawing.textOut(part)
        canvas.drawText(drawing)
        canvas.restoreState()
    canvas.restoreState()
