"""Pages on a printer. A QPrinter that writes PDF stands for the device: what it wrote is drawn and compared."""

from pathlib import Path
from threading import Thread

import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from typing_extensions import override

from printing import printer, render
from printing.choice import Paper, PrinterChoice
from printing.filing import PapersUnwritable
from printing.pages import Pages, UnreadablePages
from printing.printer import print_pages, printers
from printing.troubles import (
    NoPrinter,
    PaperNotTaken,
    PaperTooSmall,
    PrinterGone,
    PrinterRefused,
    PrinterState,
    PrinterStopped,
)
from tests.printing.reading import MM, Printed
from tests.printing.samples import LONG_NAME, a_receipt, a_slip, thirty_materials
from tests.printing.samples_sheets import a_catalogue

LASER = "湖塘激光"
ON_A4 = PrinterChoice(printer=LASER)
ON_A5 = PrinterChoice(printer=LASER, paper=Paper.A5)
ON_A_ROLL = PrinterChoice(printer=LASER, paper=Paper.SLIP)

pytestmark = pytest.mark.usefixtures("qapp")


class Device(QPrinter):
    """A printer whose sheets are pages of a PDF; `stops_at` sheets it breaks off."""

    def __init__(self, sheets: Path, *, stops_at: int | None = None) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(sheets))
        self.sheets = sheets
        self.stops_at = stops_at
        self.drawn = 1
        self.aborted = False
        self.sides = None

    @override
    def setDuplex(self, sides):
        self.sides = sides  # a PDF has none

    @override
    def newPage(self):
        self.drawn += 1
        return self.drawn != self.stops_at and super().newPage()

    @override
    def abort(self):
        self.aborted = True
        return super().abort()


class BrokenDevice(Device):
    """It takes everything and says afterwards that something went wrong."""

    @override
    def printerState(self):
        return QPrinter.PrinterState.Error


class PickyDevice(Device):
    @override
    def setPageLayout(self, _):
        return False


@pytest.fixture
def device(tmp_path, monkeypatch):
    device = Device(tmp_path / "sheets.pdf")
    use(monkeypatch, device)
    return device


def use(monkeypatch, device):
    monkeypatch.setattr(printer, "system_printer", lambda _: device)


def on_paper(pdf, choice, device, tmp_path):
    """What lies in the tray afterwards."""
    printed = print_pages(pdf, choice, title="收件回执", folder=tmp_path)
    sheets = Printed(device.sheets.read_bytes())
    assert printed.printer == LASER
    assert printed.file is None
    assert printed.pages == len(sheets.pages)
    return sheets


def ink(picture):
    """The smallest box around what is dark, in mm, for a picture of 2 dots a point."""
    box = picture.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    return [edge / 2 / MM for edge in box]


def has_ink(page):
    return page.render(scale=1).to_pil().convert("L").getextrema()[0] < 128


def unlike(one: Image.Image, other: Image.Image) -> int:
    """How many dots are black in one where there is nothing near in the other."""
    black = one.point(lambda grey: 255 if grey < 64 else 0)
    nothing = other.filter(ImageFilter.MinFilter(3)).point(lambda grey: 255 if grey > 192 else 0)
    return ImageChops.multiply(black, nothing).histogram()[255]


# --- what comes out ---------------------------------------------------------------------------------


def test_a_receipt_lies_on_a4_as_it_was_made(device, tmp_path):
    pdf = render(a_receipt())
    sheets = on_paper(pdf, ON_A4, device, tmp_path)
    assert [sheets.size_mm(page) for page in (0, 1)] == [(210, 297)] * 2
    for page in (0, 1):
        before = Printed(pdf).picture(page)
        after = sheets.picture(page).resize(before.size)
        assert unlike(after, before) == 0
        assert unlike(before, after) == 0
        assert ink(after) == pytest.approx(ink(before), abs=0.4)


def test_the_code_on_the_sheet_is_still_read(device, tmp_path):
    facts = a_receipt()
    sheets = on_paper(render(facts), ON_A4, device, tmp_path)
    assert sheets.codes(0) == [facts.code]


def test_nothing_is_drawn_that_was_not_there(device, tmp_path):
    """Not a dot in the margins, where each band of the page begins."""
    sheets = on_paper(render(a_receipt()), ON_A4, device, tmp_path)
    fine = sheets.picture(0, dots_per_point=600 / 72)
    assert fine.crop((0, 0, 500, fine.height)).getextrema() == (255, 255)


def test_dots_are_black_or_white(device, tmp_path):
    on_paper(render(a_receipt()), ON_A4, device, tmp_path)
    written = device.sheets.read_bytes()
    assert written.count(b"/BitsPerComponent 1\n") == 2
    assert b"/BitsPerComponent 8" not in written


def test_on_a5_an_a4_page_becomes_smaller_and_stays_whole(device, tmp_path):
    facts = a_receipt()
    pdf = render(facts)
    sheets = on_paper(pdf, ON_A5, device, tmp_path)
    assert sheets.size_mm() == (148, 210)
    before, after = ink(Printed(pdf).picture()), ink(sheets.picture())
    assert after == pytest.approx([edge * 148 / 210 for edge in before], abs=0.7)
    assert sheets.codes(0) == [facts.code]


def test_a_list_that_is_wider_than_high_lies_across_the_paper_at_its_size(device, tmp_path):
    pdf = render(a_catalogue())
    sheets = on_paper(pdf, ON_A4, device, tmp_path)
    assert sheets.size_mm() == (297, 210)
    assert ink(sheets.picture()) == pytest.approx(ink(Printed(pdf).picture()), abs=0.7)


@pytest.mark.parametrize("materials", [a_slip().materials, thirty_materials()])
def test_a_slip_is_cut_where_it_ends(device, tmp_path, materials):
    facts = a_slip(materials=materials, applicant=LONG_NAME)
    pdf = render(facts)
    sheets = on_paper(pdf, ON_A_ROLL, device, tmp_path)
    assert sheets.size_mm() == pytest.approx(Printed(pdf).size_mm(), abs=1)
    assert ink(sheets.picture()) == pytest.approx(ink(Printed(pdf).picture()), abs=0.4)
    assert sheets.codes(0) == [facts.code]


def test_a_slip_on_a4_keeps_its_size_in_the_middle(device, tmp_path):
    pdf = render(a_slip())
    sheets = on_paper(pdf, ON_A4, device, tmp_path)
    left, top, right, bottom = ink(sheets.picture())
    was = ink(Printed(pdf).picture())
    assert [left - 65, top, right - 65, bottom] == pytest.approx(was, abs=0.4)


@pytest.mark.parametrize(("paper", "scale"), [(Paper.A4, 1), (Paper.A5, 148 / 210), (Paper.A3, 1)])
def test_a_printer_that_feeds_askew_is_put_right(device, tmp_path, paper, scale):
    pdf = render(a_receipt())
    moved = PrinterChoice(printer=LASER, paper=paper, right_mm=3.0, down_mm=-2.0)
    sheets = on_paper(pdf, moved, device, tmp_path)
    assert sheets.size_mm() == (paper.width_mm, paper.height_mm)
    aside = max(0.0, paper.width_mm - 210) / 2
    left, top, right, bottom = (edge * scale for edge in ink(Printed(pdf).picture()))
    assert ink(sheets.picture()) == pytest.approx(
        [left + aside + 3, top - 2, right + aside + 3, bottom - 2], abs=0.7
    )


def test_a_slip_is_put_right_too(device, tmp_path):
    pdf = render(a_slip())
    moved = PrinterChoice(printer=LASER, paper=Paper.SLIP, right_mm=2.0, down_mm=1.0)
    sheets = on_paper(pdf, moved, device, tmp_path)
    left, top, _, bottom = ink(Printed(pdf).picture())
    after = ink(sheets.picture())
    assert [after[0], after[1], after[3]] == pytest.approx([left + 2, top + 1, bottom + 1], abs=0.4)


def test_copies_are_whole_documents_one_after_the_other(device, tmp_path):
    pdf = render(a_receipt())
    sheets = on_paper(pdf, PrinterChoice(printer=LASER, copies=3), device, tmp_path)
    pictures = [sheets.picture(page).tobytes() for page in range(6)]
    assert pictures[0:2] == pictures[2:4] == pictures[4:6]
    assert pictures[0] != pictures[1]


def test_one_side_only_unless_both_are_chosen(device, tmp_path):
    on_paper(render(a_receipt()), ON_A4, device, tmp_path)
    assert device.sides == QPrinter.DuplexMode.DuplexNone
    two_sided = PrinterChoice(printer=LASER, two_sided=True)
    on_paper(render(a_receipt()), two_sided, device, tmp_path)
    assert device.sides == QPrinter.DuplexMode.DuplexLongSide


def test_each_of_a_documents_copies_begins_a_sheet_when_both_sides_are_printed(device, tmp_path):
    pdf = render(a_receipt())  # two copies of one page
    both = PrinterChoice(printer=LASER, two_sided=True)
    told = []
    print_pages(
        pdf, both, title="收件回执", folder=tmp_path, sets=2, told=lambda *at: told.append(at)
    )
    sheets = Printed(device.sheets.read_bytes())
    assert list(map(has_ink, sheets.pages)) == [True, False, True]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_printers_queue_shows_the_documents_name(device, tmp_path):
    on_paper(render(a_receipt()), ON_A4, device, tmp_path)
    assert device.docName() == "收件回执"


def test_a_thread_of_its_own_prints(device, tmp_path):
    printed = []
    pdf = render(a_receipt())

    def work() -> None:
        printed.append(print_pages(pdf, ON_A4, title="收件回执", folder=tmp_path))

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert [done.pages for done in printed] == [2]
    assert len(Printed(device.sheets.read_bytes()).pages) == 2


# --- where there is no printer ----------------------------------------------------------------------


def test_without_a_printer_the_very_pdf_goes_to_the_folder(tmp_path):
    pdf = render(a_receipt())
    folder = tmp_path / "文书"
    printed = print_pages(pdf, PrinterChoice(), title="收件回执 17号", folder=folder)
    assert printed.file == folder / "收件回执 17号.pdf"
    assert (folder / "收件回执 17号.pdf").read_bytes() == pdf
    assert printed.printer == ""


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(PapersUnwritable):
        print_pages(
            render(a_receipt()), PrinterChoice(), title="收件回执", folder=tmp_path / "file"
        )


def test_what_is_no_pdf_is_neither_printed_nor_filed(device, tmp_path):
    for choice in (ON_A4, PrinterChoice()):
        with pytest.raises(UnreadablePages):
            print_pages(b"no paper", choice, title="收件回执", folder=tmp_path / "文书")
    assert list(tmp_path.iterdir()) == []


# --- what goes wrong --------------------------------------------------------------------------------


class Info:
    """The system's word on its printers."""

    def __init__(self, name="", *, default=False, state=QPrinter.PrinterState.Idle):
        self.printerName = lambda: name
        self.description = lambda: ""
        self.isDefault = lambda: default
        self.isNull = lambda: not name
        self.state = lambda: state


class System:
    def __init__(self, *known):
        self.availablePrinters = lambda: list(known)
        self.availablePrinterNames = lambda: [info.printerName() for info in known]
        self.printerInfo = lambda name: next(
            (info for info in known if info.printerName() == name), Info()
        )


def test_a_computer_without_any_printer_is_told_so(monkeypatch, tmp_path):
    monkeypatch.setattr(printer, "QPrinterInfo", System())
    with pytest.raises(NoPrinter) as error:
        print_pages(render(a_receipt()), ON_A4, title="收件回执", folder=tmp_path)
    assert error.value.facts == {"printer": LASER}


def test_a_printer_that_is_no_longer_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(printer, "QPrinterInfo", System(Info("别的")))
    with pytest.raises(PrinterGone) as error:
        print_pages(render(a_receipt()), ON_A4, title="收件回执", folder=tmp_path)
    assert error.value.facts == {"printer": LASER}


def test_the_real_system_is_asked_too(tmp_path):
    assert [found.name for found in printers()] == QPrinterInfo.availablePrinterNames()
    nowhere = PrinterChoice(printer="这台打印机不存在")
    with pytest.raises((NoPrinter, PrinterGone)):
        print_pages(render(a_receipt()), nowhere, title="收件回执", folder=tmp_path)


def test_printers_are_told_with_their_state_and_the_default_first(monkeypatch):
    state = QPrinter.PrinterState
    system = System(
        Info("甲", state=state.Error),
        Info("丙", state=state.Active),
        Info("乙", default=True),
        Info("丁", state=state.Aborted),
    )
    monkeypatch.setattr(printer, "QPrinterInfo", system)
    assert [(found.name, found.default, found.state) for found in printers()] == [
        ("乙", True, PrinterState.READY),
        ("丁", False, PrinterState.STOPPED),
        ("丙", False, PrinterState.BUSY),
        ("甲", False, PrinterState.STOPPED),
    ]
    assert [(state.label, state.troubled) for state in PrinterState][:3] == [
        ("就绪", False),
        ("正在打印", False),
        ("已停止", True),
    ]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_refuses(monkeypatch, tmp_path):
    use(monkeypatch, Device(tmp_path / "no folder" / "sheets.pdf"))
    with pytest.raises(PrinterRefused):
        print_pages(render(a_receipt()), ON_A4, title="收件回执", folder=tmp_path)


def test_a_printer_that_breaks_off_says_at_which_page(monkeypatch, tmp_path):
    device = Device(tmp_path / "sheets.pdf", stops_at=2)
    use(monkeypatch, device)
    with pytest.raises(PrinterStopped) as error:
        print_pages(render(a_receipt()), ON_A4, title="收件回执", folder=tmp_path)
    assert error.value.facts == {"printer": LASER, "page": 2}
    assert device.aborted


def test_a_printer_that_reports_an_error_at_the_end_is_believed(monkeypatch, tmp_path):
    use(monkeypatch, BrokenDevice(tmp_path / "sheets.pdf"))
    with pytest.raises(PrinterStopped):
        print_pages(render(a_receipt()), ON_A4, title="收件回执", folder=tmp_path)


def test_a_paper_that_the_printer_does_not_know_is_told(monkeypatch, tmp_path):
    use(monkeypatch, PickyDevice(tmp_path / "sheets.pdf"))
    with pytest.raises(PaperNotTaken) as error:
        print_pages(render(a_receipt()), ON_A5, title="收件回执", folder=tmp_path)
    assert error.value.facts == {"printer": LASER, "paper": "A5"}


def test_an_a4_page_is_not_shrunk_onto_a_slip(device, tmp_path):
    with pytest.raises(PaperTooSmall) as error:
        print_pages(render(a_receipt()), ON_A_ROLL, title="受理通知书", folder=tmp_path)
    assert error.value.facts == {"document": "受理通知书", "paper": "80 毫米小票"}
    assert not device.sheets.exists()


def test_the_paper_of_a_roll_is_as_long_as_the_slip(device, tmp_path):
    pdf = render(a_slip())
    on_paper(pdf, ON_A_ROLL, device, tmp_path)
    with Pages(pdf) as pages:
        expected = QSizeF(80, pages.sizes[0].height / MM)
    size = device.pageLayout().pageSize().size(QPageSize.Unit.Millimeter)
    assert size.width() == pytest.approx(expected.width(), abs=0.5)
    assert size.height() == pytest.approx(expected.height(), abs=0.5)
