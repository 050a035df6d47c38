"""The system's printers: which there are, and pages put on one of them. The one use of Qt outside the desktop.

Nothing here needs the GUI thread, and all of it may keep its caller waiting:
CUPS takes half a minute to give up on a server that does not answer.
Source: Qt, "Painting in Threads" (QPainter may draw on a QPrinter in any thread).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QMarginsF, QRectF, QSizeF, QStandardPaths, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from printing import cups
from printing.choice import Paper, PrinterChoice
from printing.cups import JobNews, Refusal
from printing.filing import file_pdf
from printing.pages import (
    SMALLEST_SCALE,
    Pages,
    PageSize,
    lies_across,
    paper_width_mm,
    scale_on,
)
from printing.sides import sides
from printing.troubles import (
    NoPrinter,
    PaperNotTaken,
    PaperTooSmall,
    PrinterDenied,
    PrinterGone,
    PrinterHalted,
    PrinterRefused,
    PrinterState,
    PrinterStopped,
)

Told = Callable[[int, int], object]
"""Which side is being printed, from 1, and of how many; called on the thread that prints."""

FINEST_DPI = 600
"""What a counter's printer can show; a picture of more dots only takes longer."""

_ROWS = 256  # of a page at once, in grey, before they become black and white
_BLACK, _WHITE = 0xFF000000, 0xFFFFFFFF
_MM = 72 / 25.4


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
    """Where the pages are: at a printer (its name), or in a file.

    `job` is the system's number of it, by which it can be followed; 0 where there is none.
    """

    printer: str = ""
    file: Path | None = None
    pages: int
    job: int = 0


def printers() -> list[SystemPrinter]:
    """The system's default first, then by name."""
    found = [
        SystemPrinter(
            name=info.printerName(),
            title=info.description() or info.printerName(),
            default=info.isDefault(),
            state=cups.printer_state(info.printerName()) or _STATES[info.state()],
        )
        for info in QPrinterInfo.availablePrinters()
    ]
    return sorted(found, key=lambda printer: (not printer.default, printer.name))


def usual_folder() -> Path:
    """Where documents go that are printed to a file and have no folder of their own."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(documents) or Path.home()) / "代办文书"


def print_pages(
    pdf: bytes,
    choice: PrinterChoice,
    *,
    title: str,
    folder: Path,
    sets: int = 1,
    told: Told = lambda _side, _of: None,
) -> Printed:
    """Put the pages on the chosen printer; without one, their PDF into the folder.

    `sets`: the copies (联) that the pages contain.
    Returns when the system has taken them: the sheets come later.
    Raises the errors of `troubles`, UnreadablePages, and PapersUnwritable for the folder.
    """
    with Pages(pdf) as pages:
        if choice.direct:
            # python-escpos is loaded where there is such a printer.
            from printing.escpos_printer import print_slip

            print_slip(pages, choice, title=title, told=told)
            return Printed(printer=choice.name, pages=len(pages) * choice.copies)
        if not choice.printer:
            return Printed(file=file_pdf(pdf, title=title, folder=folder), pages=len(pages))
        draw_on(system_printer(choice), pages, choice, title=title, sets=sets, told=told)
        return Printed(
            printer=choice.printer,
            pages=len(pages) * choice.copies,
            job=cups.newest_job(choice.printer, title),
        )


def follow(jobs: Sequence[tuple[str, int]]) -> list[JobNews | None]:
    """How far what was sent has come: printer and the system's number of each. None: it tells nothing."""
    return [cups.job_news(printer, job) for printer, job in jobs]


def take_back(printer: str, job: int) -> None:
    """What was sent and has not come out yet stays in: it is about to be sent again."""
    if job:
        cups.cancel_job(printer, job)


def system_printer(choice: PrinterChoice) -> QPrinter:
    """Raises NoPrinter, PrinterGone, PrinterHalted."""
    info = QPrinterInfo.printerInfo(choice.printer)
    if not info.isNull():
        _check_taking(choice.printer)
        return QPrinter(info, QPrinter.PrinterMode.HighResolution)
    if QPrinterInfo.availablePrinterNames():
        raise PrinterGone(printer=choice.printer)
    raise NoPrinter(printer=choice.printer)


def _check_taking(printer: str) -> None:
    """A queue that somebody stopped keeps what it gets; what else is wrong may be old news to CUPS."""
    state = cups.printer_state(printer)
    if state in (PrinterState.STOPPED, PrinterState.REFUSING):
        raise PrinterHalted(printer=printer, why=state)


def draw_on(
    printer: QPrinter,
    pages: Pages,
    choice: PrinterChoice,
    *,
    title: str,
    sets: int = 1,
    told: Told = lambda _side, _of: None,
) -> None:
    """The pages as often as chosen, each at its size; smaller where the paper is, as far as it can be read."""
    tallest = max(size.height for size in pages.sizes)
    _set_up(printer, choice, PageSize(width=pages.sizes[0].width, height=tallest), title)
    order = sides(len(pages), sets=sets, copies=choice.copies, two_sided=choice.two_sided)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefused(printer=choice.printer)
    try:
        _draw_all(printer, painter, pages, choice, order, told)
    except PrinterStopped:
        printer.abort()
        raise
    finally:
        painter.end()
    _check_taken(printer, choice.printer, len(order))


def _check_taken(printer: QPrinter, name: str, last: int) -> None:
    if printer.outputFormat() is QPrinter.OutputFormat.NativeFormat:
        refusal = cups.refusal()
        if refusal is Refusal.DENIED:
            raise PrinterDenied(printer=name)
        if refusal is Refusal.NOT_ACCEPTING:
            raise PrinterHalted(printer=name, why=PrinterState.REFUSING)
        if refusal is not None:
            raise PrinterRefused(printer=name)
    if _STATES[printer.printerState()] is PrinterState.STOPPED:
        raise PrinterStopped(printer=name, page=last)


def _set_up(printer: QPrinter, choice: PrinterChoice, largest: PageSize, title: str) -> None:
    if scale_on(choice.paper, largest) < SMALLEST_SCALE:
        raise PaperTooSmall(document=title, paper=choice.paper.label)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setDuplex(
        QPrinter.DuplexMode.DuplexLongSide if choice.two_sided else QPrinter.DuplexMode.DuplexNone
    )
    layout = QPageLayout(
        _page_size(choice.paper, largest), _orientation(choice.paper, largest), QMarginsF()
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    if not printer.setPageLayout(layout):
        raise PaperNotTaken(printer=choice.printer, paper=choice.paper.label)


_STANDARD = {
    Paper.A3: QPageSize.PageSizeId.A3,
    Paper.A4: QPageSize.PageSizeId.A4,
    Paper.A5: QPageSize.PageSizeId.A5,
}


def _orientation(paper: Paper, page: PageSize) -> QPageLayout.Orientation:
    across = lies_across(paper, page)
    return QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait


def _page_size(paper: Paper, largest: PageSize) -> QPageSize:
    if paper in _STANDARD:
        return QPageSize(_STANDARD[paper])
    height = largest.height / _MM if paper.height_mm is None else paper.height_mm
    return QPageSize(
        QSizeF(paper.width_mm, height),
        QPageSize.Unit.Millimeter,
        paper.label,
        QPageSize.SizeMatchPolicy.ExactMatch,
    )


def _draw_all(
    printer: QPrinter,
    painter: QPainter,
    pages: Pages,
    choice: PrinterChoice,
    order: Sequence[int | None],
    told: Told,
) -> None:
    # A renderer that blends pixels would make black on white into grey; a printer then prints a raster.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    for side, page in enumerate(order, 1):
        told(side, len(order))
        if side > 1 and not printer.newPage():
            raise PrinterStopped(printer=choice.printer, page=side)
        if page is not None:
            _draw(printer, painter, pages, page, choice)


def _draw(
    printer: QPrinter, painter: QPainter, pages: Pages, page: int, choice: PrinterChoice
) -> None:
    """In the middle of the paper's width, from its top, moved by the printer's offsets."""
    size = pages.sizes[page]
    scale = scale_on(choice.paper, size)
    dots_per_mm = printer.resolution() / 25.4
    wide = size.width / _MM * scale
    left = max(0.0, paper_width_mm(choice.paper, size) - wide) / 2 + choice.right_mm
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
