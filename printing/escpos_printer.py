"""Slips by ESC/POS, without the system's printers: each page one picture, so that every character prints.

A printer that answers is asked first whether it has paper, and at the end whether it has done all.
Source: Epson, ESC/POS Command Reference: GS v 0, GS V 66, DLE EOT, GS r.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from escpos.constants import ESC, GS
from escpos.image import EscposImage
from PIL import Image

from printing.choice import Paper, PrinterChoice
from printing.escpos_line import NoProgress, opened
from printing.pages import SMALLEST_SCALE, Pages, scale_on
from printing.troubles import (
    PaperNotTaken,
    PaperTooSmall,
    PrinterHalted,
    PrinterState,
    PrinterStopped,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from printing.escpos_line import Line

DOTS_PER_MM: Final = 8
"""203 dpi, as nearly every such printer has."""

DOTS: Final = {Paper.SLIP: 576, Paper.SLIP_58: 384}
"""As wide as the head prints; the paper is wider."""

_ROWS: Final = 256  # of a picture in one command: a small printer's memory holds no more
_DARK: Final = (
    200  # grey from which a dot stays white: hairlines of a Song character must not break
)
_START: Final = ESC + b"@"
_CUT: Final = GS + b"VB" + bytes([3 * DOTS_PER_MM])
"""Feed what is below the head to the knife, a little more, and cut."""

_ASK_CAUSE: Final = b"\x10\x04\x02"
_ASK_PAPER: Final = b"\x10\x04\x04"
_ASK_DONE: Final = GS + b"r\x01"
_ANSWER_S: Final = 1.0
_DONE_S: Final = 20.0
_FIXED, _FIXED_BITS = 0x93, 0x12  # how an answer to DLE EOT is known
_COVER, _NO_PAPER, _BROKEN = 0x04, 0x20, 0x40  # of the cause
_PAPER_END: Final = 0x60


def print_slip(
    pages: Pages,
    choice: PrinterChoice,
    *,
    title: str,
    told: Callable[[int, int], object] = lambda _side, _of: None,
    patience_s: float = _DONE_S,
) -> None:
    """Each page on a piece of paper of its own, as often as chosen; returns when the printer has taken all.

    Raises PaperNotTaken and PaperTooSmall before anything is sent;
    PrinterHalted, PrinterGone, PrinterDenied, PrinterStopped.
    """
    if choice.paper not in DOTS:
        raise PaperNotTaken(printer=choice.name, paper=choice.paper.label)
    if min(scale_on(choice.paper, size) for size in pages.sizes) < SMALLEST_SCALE:
        raise PaperTooSmall(document=title, paper=choice.paper.label)
    order = [page for _ in range(choice.copies) for page in range(len(pages))]
    with opened(choice.direct, choice.name, patience_s=patience_s) as line:
        side = 1
        try:
            answers = _check(line, choice.name)
            for side, page in enumerate(order, 1):
                told(side, len(order))
                line.send(commands(picture(pages, page, choice)))
            if answers:
                _hear_done(line, choice.name, patience_s)
            line.finish()
        except OSError as error:
            if error.errno == errno.ENOSPC:  # so Linux says that a printer is out of paper
                raise PrinterHalted(printer=choice.name, why=PrinterState.NO_PAPER) from error
            raise PrinterStopped(printer=choice.name, page=side) from error


def picture(pages: Pages, page: int, choice: PrinterChoice) -> Image.Image:
    """What the head prints, one bit a dot: the middle of the page, moved by the printer's offsets."""
    scale = scale_on(choice.paper, pages.sizes[page])
    drawn = pages.picture(page, DOTS_PER_MM * 25.4 / 72 * scale)
    grey = Image.frombuffer(
        "L", (drawn.width, drawn.height), drawn.dots, "raw", "L", drawn.stride, 1
    )
    width = DOTS[choice.paper]
    left = (width - drawn.width) // 2 + round(choice.right_mm * DOTS_PER_MM)
    top = round(choice.down_mm * DOTS_PER_MM)
    head = Image.new("L", (width, max(1, drawn.height + top)), 255)
    head.paste(grey, (left, top))
    return head.point(lambda dot: 255 if dot > _DARK else 0).convert("1")


def commands(slip: Image.Image) -> bytes:
    """The picture in bands, and the cut."""
    bands = [
        _band(slip.crop((0, top, slip.width, min(slip.height, top + _ROWS))))
        for top in range(0, slip.height, _ROWS)
    ]
    return b"".join([_START, *bands, _CUT])


def _band(part: Image.Image) -> bytes:
    image = EscposImage(part)
    size = image.width_bytes.to_bytes(2, "little") + image.height.to_bytes(2, "little")
    return bytes(GS + b"v0\x00" + size + image.to_raster_format())


def _check(line: Line, printer: str) -> bool:
    """Whether the printer answers at all; many do not. Raises PrinterHalted, OSError."""
    cause = _asked(line, _ASK_CAUSE)
    paper = _asked(line, _ASK_PAPER) if cause is not None else None
    if cause is None:
        return False
    if cause & _NO_PAPER or (paper is not None and paper & _PAPER_END):
        raise PrinterHalted(printer=printer, why=PrinterState.NO_PAPER)
    if cause & _COVER:
        raise PrinterHalted(printer=printer, why=PrinterState.COVER_OPEN)
    if cause & _BROKEN:
        raise PrinterHalted(printer=printer, why=PrinterState.STOPPED)
    return True


def _asked(line: Line, question: bytes) -> int | None:
    line.send(question)
    said = [byte for byte in line.answer(_ANSWER_S) if byte & _FIXED == _FIXED_BITS]
    return said[-1] if said else None


def _hear_done(line: Line, printer: str, patience_s: float) -> None:
    """The question stands behind the pictures, so its answer comes when they are printed."""
    line.send(_ASK_DONE)
    said = line.answer(patience_s)
    if not said:
        raise NoProgress
    if said[-1] & 0x90 == 0 and said[-1] & 0x0C == 0x0C:
        raise PrinterHalted(printer=printer, why=PrinterState.NO_PAPER)
