"""The system's printers: which there are, and pages put on one of them. The one use of Qt outside the desktop.

Nothing here needs the GUI thread, and all of it may keep its caller waiting:
CUPS takes half a minute to give up on a server that does not answer.
Source: Qt, "Painting in Threads" (QPainter may draw on a QPrinter in any thread).
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec
from PySide6.QtCore import QMarginsF, QRectF, QSizeF, QStandardPaths, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.errors import Refused
from printing.choice import Paper, PrinterChoice
from printing.filing import file_pdf
from printing.pages import Pages, PageSize

FINEST_DPI = 600
"""What a counter's printer can show; a picture of more dots only takes longer."""

_SMALLEST_SCALE = 0.6
"""An A4 page on A5 is 0.7 of its size and well read; the next smaller paper is the slip."""

_ROWS = 256  # of a page at once, in grey, before they become black and white
_BLACK, _WHITE = 0xFF000000, 0xFFFFFFFF
_MM = 72 / 25.4
_EDGE = 0.5  # points by which a page may be larger than its paper: A4 is rounded differently


class NoPrinter(Refused):
    """This computer has no printer at all (fact: printer, the one that was meant)."""

    code = "no_printer"


class PrinterGone(Refused):
    """The chosen printer is not among this computer's (fact: printer)."""

    code = "printer_gone"


class PrinterRefused(Refused):
    """The printer took no pages (fact: printer)."""

    code = "printer_refused"


class PrinterStopped(Refused):
    """The printer broke off (facts: printer, page)."""

    code = "printer_stopped"


class PaperNotTaken(Refused):
    """The printer does not know the paper (facts: printer, paper)."""

    code = "paper_not_taken"


class PaperTooSmall(Refused):
    """The document cannot be read on so small a paper (facts: document, paper)."""

    code = "paper_too_small"


class PrinterState(StrEnum):
    READY = "ready"
    BUSY = "busy"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return {
            PrinterState.READY: "就绪",
            PrinterState.BUSY: "正在打印",
            PrinterState.STOPPED: "已停止",
        }[self]


_STATES = {
    QPrinter.PrinterState.Idle: PrinterState.READY,
    QPrinter.PrinterState.Active: PrinterState.BUSY,
    QPrinter.PrinterState.Aborted: PrinterState.STOPPED,
    QPrinter.PrinterState.Error: PrinterState.STOPPED,
}


class SystemPrinter(msgspec.Struct, frozen=True, kw_only=True):
    """`name` is the system's; `title` is what people are shown."""

    name: str
    title: str
    default: bool
    state: PrinterState


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """Where the pages are: at a printer (its name), or in a file."""

    printer: str = ""
    file: Path | None = None
    pages: int


def printers() -> list[SystemPrinter]:
    """The system's default first, then by name."""
    found = [
        SystemPrinter(
            name=info.printerName(),
            title=info.description() or info.printerName(),
            default=info.isDefault(),
            state=_STATES[info.state()],
        )
        for info in QPrinterInfo.availablePrinters()
    ]
    return sorted(found, key=lambda printer: (not printer.default, printer.name))


def usual_folder() -> Path:
    """Where documents go that are printed to a file and have no folder of their own."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(documents) or Path.home()) / "代办文书"


def print_pages(pdf: bytes, choice: PrinterChoice, *, title: str, folder: Path) -> Printed:
    """Put the pages on the chosen printer; without one, their PDF into the folder.

    Returns when the system has taken them: the sheets come later.
    Raises the errors above, UnreadablePages, and PapersUnwritable for the folder.
    """
    with Pages(pdf) as pages:
        if not choice.printer:
            return Printed(file=file_pdf(pdf, title=title, folder=folder), pages=len(pages))
        draw_on(system_printer(choice), pages, choice, title=title)
        return Printed(printer=choice.printer, pages=len(pages) * choice.copies)


def system_printer(choice: PrinterChoice) -> QPrinter:
    """Raises NoPrinter, PrinterGone."""
    info = QPrinterInfo.printerInfo(choice.printer)
    if not info.isNull():
        return QPrinter(info, QPrinter.PrinterMode.HighResolution)
    if QPrinterInfo.availablePrinterNames():
        raise PrinterGone(printer=choice.printer)
    raise NoPrinter(printer=choice.printer)


def draw_on(printer: QPrinter, pages: Pages, choice: PrinterChoice, *, title: str) -> None:
    """The pages as often as chosen, each at its size; smaller where the paper is, as far as it can be read."""
    tallest = max(size.height for size in pages.sizes)
    _set_up(printer, choice, PageSize(width=pages.sizes[0].width, height=tallest), title)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefused(printer=choice.printer)
    try:
        _draw_all(printer, painter, pages, choice)
    except PrinterStopped:
        printer.abort()
        raise
    finally:
        painter.end()
    if _STATES[printer.printerState()] is PrinterState.STOPPED:
        raise PrinterStopped(printer=choice.printer, page=len(pages))


def _set_up(printer: QPrinter, choice: PrinterChoice, largest: PageSize, title: str) -> None:
    if _scale(choice.paper, largest) < _SMALLEST_SCALE:
        raise PaperTooSmall(document=title, paper=choice.paper.label)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setDuplex(
        QPrinter.DuplexMode.DuplexLongSide if choice.two_sided else QPrinter.DuplexMode.DuplexNone
    )
    layout = QPageLayout(
        _page_size(choice.paper, largest), QPageLayout.Orientation.Portrait, QMarginsF()
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    if not printer.setPageLayout(layout):
        raise PaperNotTaken(printer=choice.printer, paper=choice.paper.label)


def _page_size(paper: Paper, largest: PageSize) -> QPageSize:
    match paper:
        case Paper.A4:
            return QPageSize(QPageSize.PageSizeId.A4)
        case Paper.A5:
            return QPageSize(QPageSize.PageSizeId.A5)
        case Paper.SLIP:
            size = QSizeF(paper.width_mm, largest.height / _MM)
            return QPageSize(
                size, QPageSize.Unit.Millimeter, paper.label, QPageSize.SizeMatchPolicy.ExactMatch
            )


def _scale(paper: Paper, page: PageSize) -> float:
    """By how much the page is drawn smaller: 1 where it fits."""
    width = paper.width_mm * _MM
    height = page.height if paper.height_mm is None else paper.height_mm * _MM
    wide, tall = width / (page.width - _EDGE), height / (page.height - _EDGE)
    return min(1.0, wide, tall)


def _draw_all(printer: QPrinter, painter: QPainter, pages: Pages, choice: PrinterChoice) -> None:
    # A renderer that blends pixels would make black on white into grey; a printer then prints a raster.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    first = True
    for _ in range(choice.copies):
        for page in range(len(pages)):
            if not first and not printer.newPage():
                raise PrinterStopped(printer=choice.printer, page=page + 1)
            first = False
            _draw(printer, painter, pages, page, choice)


def _draw(
    printer: QPrinter, painter: QPainter, pages: Pages, page: int, choice: PrinterChoice
) -> None:
    """In the middle of the paper's width, from its top, moved by the printer's offsets."""
    size = pages.sizes[page]
    scale = _scale(choice.paper, size)
    dots_per_mm = printer.resolution() / 25.4
    wide = size.width / _MM * scale
    left = max(0.0, choice.paper.width_mm - wide) / 2 + choice.right_mm
    target = QRectF(
        left * dots_per_mm,
        choice.down_mm * dots_per_mm,
        wide * dots_per_mm,
        size.height / _MM * scale * dots_per_mm,
    )
    finest = min(printer.resolution(), FINEST_DPI) / 72 * scale
    painter.drawImage(target, _black_and_white(pages, page, finest))


def _black_and_white(pages: Pages, page: int, dots_per_point: float) -> QImage:
    """One bit a dot: what a printer lays down, and an eighth of the memory."""
    width, height = pages.size_in_dots(page, dots_per_point)
    whole = QImage(width, height, QImage.Format.Format_Mono)
    room = memoryview(whole.bits())
    filled = 0
    for band in pages.bands(page, dots_per_point, rows=_ROWS):
        grey = QImage(
            band.dots, band.width, band.height, band.stride, QImage.Format.Format_Grayscale8
        )
        sharp = grey.convertToFormat(
            QImage.Format.Format_Mono,
            Qt.ImageConversionFlag.MonoOnly | Qt.ImageConversionFlag.ThresholdDither,
        )
        room[filled : filled + sharp.sizeInBytes()] = sharp.constBits()
        filled += sharp.sizeInBytes()
    whole.invertPixels()
    # In this order of colours Qt's PDF keeps one bit a dot; in the other it writes 32.
    whole.setColorTable([_BLACK, _WHITE])
    return whole
