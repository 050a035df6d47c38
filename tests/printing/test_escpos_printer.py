"""Slips by ESC/POS. What went over the line is decoded again into the picture that the head prints."""

from __future__ import annotations

import os
import socket
import tty
from contextlib import contextmanager, suppress
from threading import Thread

import pytest
import zxingcpp
from PIL import Image

from printing import escpos_printer, render
from printing.choice import Paper, PrinterChoice
from printing.escpos_line import is_device
from printing.escpos_printer import DOTS, DOTS_PER_MM, print_slip
from printing.pages import Pages
from printing.printer import print_pages
from printing.troubles import (
    PaperNotTaken,
    PaperTooSmall,
    PrinterDenied,
    PrinterGone,
    PrinterHalted,
    PrinterState,
    PrinterStopped,
)
from tests.printing.samples import LONG_NAME, a_receipt, a_slip, thirty_materials

CUT = b"\x1dVB"
ONLINE, PAPER_IN, COVER_UP, PAPER_OUT = 0x12, 0x12, 0x16, 0x32


def decoded(commands: bytes) -> list[Image.Image]:
    """The pieces of paper; fails over a command that is not expected."""
    papers: list[Image.Image] = []
    bands: list[Image.Image] = []
    rest = commands
    while rest:
        if rest.startswith((b"\x10\x04", b"\x1dr")):
            rest = rest[3:]
        elif rest.startswith(b"\x1b@"):
            rest = rest[2:]
        elif rest.startswith(b"\x1dv0\x00"):
            width = int.from_bytes(rest[4:6], "little") * 8
            height = int.from_bytes(rest[6:8], "little")
            size = width * height // 8
            dots = bytes(255 - byte for byte in rest[8 : 8 + size])
            bands.append(Image.frombytes("1", (width, height), dots))
            rest = rest[8 + size :]
        else:
            assert rest.startswith(CUT)
            papers.append(joined(bands))
            bands = []
            rest = rest[4:]
    assert not bands, "the last paper is not cut"
    return papers


def joined(bands: list[Image.Image]) -> Image.Image:
    whole = Image.new("L", (bands[0].width, sum(band.height for band in bands)), 255)
    top = 0
    for band in bands:
        whole.paste(band, (0, top))
        top += band.height
    return whole


def codes(paper: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(paper)]


def ink(paper: Image.Image) -> tuple[int, int, int, int]:
    box = paper.point(lambda dot: 255 - dot).getbbox()
    assert box is not None
    return box


def whole(pages: Pages) -> Image.Image:
    """The page with its edges, in the head's dots."""
    drawn = pages.picture(0, DOTS_PER_MM * 25.4 / 72)
    return Image.frombuffer(
        "L", (drawn.width, drawn.height), drawn.dots, "raw", "L", drawn.stride, 1
    ).point(lambda grey: 255 if grey > 160 else 0)


def corner(paper: Image.Image) -> zxingcpp.Point:
    (code,) = zxingcpp.read_barcodes(paper)
    return code.position.top_left


def slip_on(paper: Paper, **changes):
    return render(a_slip(**changes), paper=paper)


def sent_to_file(pdf: bytes, tmp_path, **changes) -> list[Image.Image]:
    device = tmp_path / "lp0"
    device.touch()
    choice = PrinterChoice(direct=str(device), paper=Paper.SLIP, **changes)
    print_pages(pdf, choice, title="收件回执", folder=tmp_path)
    return decoded(device.read_bytes())


class Listener:
    """A printer in the network: what it hears, and what it says or does on it."""

    def __init__(self, *, answers=b"", hears=None, hangs=False) -> None:
        self.answers = answers
        self.hears = hears
        self.hangs = hangs
        self.heard = b""
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._done = False
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._server.getsockname()[1]}"

    def _serve(self) -> None:
        with suppress(OSError):
            connection, _ = self._server.accept()
            with connection:
                while not self._done and (got := connection.recv(4096)):
                    self.heard += got
                    if self.hears is not None and len(self.heard) >= self.hears:
                        if not self.hangs:
                            return  # with more to read, which resets the line
                        while not self._done:
                            os.sched_yield()
                    self._answer(connection, got)

    def _answer(self, connection: socket.socket, got: bytes) -> None:
        if self.answers:
            for question in (b"\x10\x04\x02", b"\x10\x04\x04"):
                if question in got:
                    connection.send(bytes([self.answers[question[2] // 4]]))
            if self.heard.endswith(b"\x1dr\x01"):
                connection.send(b"\x00")

    def stop(self) -> None:
        self._done = True
        self._server.close()
        self._thread.join()


@contextmanager
def listening(**manners):
    listener = Listener(**manners)
    try:
        yield listener
    finally:
        listener.stop()


def send(listener: Listener, pdf: bytes, *, patience_s: float = 10, paper: Paper = Paper.SLIP):
    choice = PrinterChoice(direct=listener.address, paper=paper)
    with Pages(pdf) as pages:
        print_slip(pages, choice, title="收件回执", patience_s=patience_s)


# --- what comes out ---------------------------------------------------------------------------------


@pytest.mark.parametrize("materials", [a_slip().materials, thirty_materials()])
def test_a_slip_is_a_picture_whose_code_is_read_and_is_cut(tmp_path, materials):
    facts = a_slip(materials=materials, applicant=LONG_NAME)
    pdf = render(facts, paper=Paper.SLIP)
    papers = sent_to_file(pdf, tmp_path)
    with Pages(pdf) as pages:
        assert len(papers) == len(pages)
        heights = [size.height / 72 * 25.4 * DOTS_PER_MM for size in pages.sizes]
    for paper, height in zip(papers, heights, strict=True):
        assert paper.width == DOTS[Paper.SLIP]
        assert paper.height == pytest.approx(height, abs=2)
    assert codes(papers[0]) == [facts.code]


def test_on_58_mm_everything_is_within_the_head():
    facts = a_slip()
    pdf = render(facts, paper=Paper.SLIP_58)
    with listening() as listener:
        send(listener, pdf, paper=Paper.SLIP_58)
    paper = decoded(listener.heard)[0]
    assert paper.width == 384
    with Pages(pdf) as pages:
        left, _, right, _ = ink(whole(pages))
    edge = (58 * DOTS_PER_MM - 384) // 2
    assert edge - 1 <= left < right <= edge + 384 + 1
    assert codes(paper) == [facts.code]


def test_the_offsets_move_the_print(tmp_path):
    pdf = slip_on(Paper.SLIP)
    before = corner(sent_to_file(pdf, tmp_path)[0])
    after = corner(sent_to_file(pdf, tmp_path, right_mm=1.0, down_mm=2.0)[0])
    assert [after.x - before.x, after.y - before.y] == pytest.approx([8, 16], abs=1)


def test_copies_are_pieces_of_paper_of_their_own(tmp_path):
    pdf = slip_on(Paper.SLIP)
    once, twice = sent_to_file(pdf, tmp_path), sent_to_file(pdf, tmp_path, copies=2)
    assert len(twice) == 2 * len(once)


def test_each_piece_is_told(tmp_path):
    (tmp_path / "lp0").touch()
    choice = PrinterChoice(direct=str(tmp_path / "lp0"), paper=Paper.SLIP, copies=3)
    told = []
    with Pages(slip_on(Paper.SLIP)) as pages:
        print_slip(pages, choice, title="收件回执", told=lambda *at: told.append(at))
        of = 3 * len(pages)
    assert told == [(side, of) for side in range(1, of + 1)]


# --- over the network -------------------------------------------------------------------------------


def test_a_printer_that_never_answers_gets_everything():
    facts = a_slip()
    with listening() as listener:
        send(listener, render(facts, paper=Paper.SLIP))
    assert codes(decoded(listener.heard)[0]) == [facts.code]


def test_a_printer_that_answers_is_asked_whether_it_is_done():
    with listening(answers=bytes([ONLINE, PAPER_IN])) as listener:
        send(listener, slip_on(Paper.SLIP))
    assert listener.heard.startswith(b"\x10\x04\x02\x10\x04\x04\x1b@")
    assert listener.heard.endswith(b"\x1dr\x01")
    assert decoded(listener.heard)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ((PAPER_OUT, PAPER_IN), PrinterState.NO_PAPER),
        ((ONLINE, 0x72), PrinterState.NO_PAPER),
        ((COVER_UP, PAPER_IN), PrinterState.COVER_OPEN),
        ((0x52, PAPER_IN), PrinterState.STOPPED),
    ],
)
def test_a_printer_that_says_why_not_gets_no_pages(answers, why):
    with listening(answers=bytes(answers)) as listener:
        with pytest.raises(PrinterHalted) as error:
            send(listener, slip_on(Paper.SLIP))
        assert error.value.facts == {"printer": f"小票机 {listener.address}", "why": why}
    assert b"\x1dv0" not in listener.heard


def test_a_printer_that_closes_midway_has_stopped():
    with listening(hears=3000) as listener, pytest.raises(PrinterStopped) as error:
        send(listener, slip_on(Paper.SLIP, materials=thirty_materials()))
    assert error.value.facts["page"] == 1


def test_a_printer_that_hangs_midway_is_not_waited_for_for_ever():
    with listening(hears=3000, hangs=True) as listener, pytest.raises(PrinterStopped):
        send(listener, slip_on(Paper.SLIP, materials=thirty_materials()), patience_s=0.4)


def test_an_address_where_nobody_listens_is_told():
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
    choice = PrinterChoice(direct=address, paper=Paper.SLIP)
    with Pages(slip_on(Paper.SLIP)) as pages, pytest.raises(PrinterHalted) as error:
        print_slip(pages, choice, title="收件回执")
    assert error.value.facts["why"] is PrinterState.OFFLINE


# --- over a device ----------------------------------------------------------------------------------


def test_a_device_that_is_not_there_is_told(tmp_path):
    choice = PrinterChoice(direct=str(tmp_path / "lp0"), paper=Paper.SLIP)
    with Pages(slip_on(Paper.SLIP)) as pages, pytest.raises(PrinterGone):
        print_slip(pages, choice, title="收件回执")
    assert not (tmp_path / "lp0").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_device_that_is_closed_to_this_user_is_told(tmp_path):
    (tmp_path / "lp0").touch(0)
    choice = PrinterChoice(direct=str(tmp_path / "lp0"), paper=Paper.SLIP)
    with Pages(slip_on(Paper.SLIP)) as pages, pytest.raises(PrinterDenied):
        print_slip(pages, choice, title="收件回执")


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
def test_a_device_that_stops_taking_is_not_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr(escpos_printer, "_ANSWER_S", 0.05)
    ours, its = os.openpty()
    tty.setraw(its)
    choice = PrinterChoice(direct=os.ttyname(its), paper=Paper.SLIP)
    try:
        with Pages(slip_on(Paper.SLIP)) as pages, pytest.raises(PrinterStopped):
            print_slip(pages, choice, title="收件回执", patience_s=0.3)
    finally:
        os.close(ours)
        os.close(its)


def test_devices_are_known_from_addresses():
    assert all(map(is_device, ["/dev/usb/lp0", "COM3", "com12:", "LPT1", r"\\.\COM3"]))
    assert not any(
        map(is_device, ["192.168.1.20", "192.168.1.20:9100", "printer.local", "company"])
    )


# --- what does not fit ------------------------------------------------------------------------------


def test_only_slips_go_there(tmp_path):
    with Pages(render(a_receipt())) as pages:
        with pytest.raises(PaperNotTaken):
            print_slip(pages, PrinterChoice(direct="/dev/null"), title="收件回执")
        on_slip = PrinterChoice(direct="/dev/null", paper=Paper.SLIP)
        with pytest.raises(PaperTooSmall):
            print_slip(pages, on_slip, title="收件回执")
