"""Each page before the desk, in every state, can be used without a mouse and without seeing well."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from app.errors import DaibanError
from app.store.database import DamagedDatabase, StoreTooNew
from app.store.keyslots import KeysLost, Unlock
from app.store.store import Store
from sync.client.enrolment_packets import AskedByPacket
from sync.packet import DamagedPacket
from sync.refusals import CodeUsed, Offline
from tests.ui.desktop import walks
from tests.ui.desktop.start.codes import a_code
from ui.desktop import look
from ui.desktop.exchanging import Exchanger, ExchangeState, Reach
from ui.desktop.start import date_settings
from ui.desktop.start.arrival_step import ArrivalStep
from ui.desktop.start.asking_step import AskingStep
from ui.desktop.start.clock_page import ClockPage
from ui.desktop.start.code_step import CodeStep
from ui.desktop.start.enrolling import Enrolling
from ui.desktop.start.head_step import HeadStep
from ui.desktop.start.packet_step import PacketStep
from ui.desktop.start.printer_step import PrinterStep
from ui.desktop.start.seat import AheadOf
from ui.desktop.start.steps import Steps
from ui.desktop.start.trouble_page import TroublePage
from ui.desktop.widgets.banner import Banner

LOST = KeysLost(file="keys", folder="/home/某人/很长的文件夹名字/daiban")


def never_opened() -> Store:
    raise AssertionError


@pytest.fixture
def make(jobs, tmp_path, monkeypatch):
    """Makes a page by its name."""
    monkeypatch.setattr(date_settings, "can_open", lambda: True)
    enrolling = Enrolling(jobs, tmp_path)
    monkeypatch.setattr(enrolling, "enrol", lambda unlock: None)

    def asking(error: DaibanError | None = None):
        page = AskingStep(enrolling)
        enrolling.read_text(a_code())
        page.ask(Unlock())
        if error is not None:
            enrolling._on_refused(error)  # noqa: SLF001
        return page

    def going_on():
        page = CodeStep(enrolling)
        page.say_going_on()
        return page

    def arrival(state: ExchangeState):
        exchanger = Exchanger(never_opened)
        exchanger.state = state
        page = ArrivalStep("湖塘村政务服务站", exchanger)
        exchanger.setParent(page)
        return page

    def by_packet(unlock: Unlock | None, error: DaibanError | None = None):
        enrolling.read_text(a_code())
        asked = AskedByPacket(
            station="湖塘村政务服务站",
            region="450305200201",
            tier=1,
            url="https://centre.example:8750",
            expires_ms=4_000_000_000_000,
        )
        page = PacketStep(enrolling, asked, unlock, ("韦代办",))
        if error is not None:
            enrolling._on_refused(error)  # noqa: SLF001
        return page

    pages = {
        "by packet": lambda: by_packet(Unlock()),
        "packet again": lambda: by_packet(None),
        "packet refused": lambda: by_packet(None, DamagedPacket(why="cut")),
        "code again": going_on,
        "head": HeadStep,
        "asking": asking,
        "offline": lambda: asking(Offline(why="x")),
        "used": lambda: asking(CodeUsed()),
        "printer": lambda: PrinterStep(jobs, "湖塘村政务服务站", date(2026, 11, 21)),
        "arriving": lambda: arrival(ExchangeState(working=True)),
        "arrived": lambda: arrival(ExchangeState(reach=Reach.ONLINE)),
        "not arrived": lambda: arrival(ExchangeState(reach=Reach.OFFLINE, error=Offline(why="x"))),
        "clock": lambda: ClockPage(AheadOf(today=date(2015, 1, 1), last=date(2026, 11, 21))),
        "keys lost": lambda: TroublePage(LOST, tmp_path),
        "too new": lambda: TroublePage(StoreTooNew(database=9, program=2), tmp_path),
        "damaged": lambda: TroublePage(DamagedDatabase(detail="x"), tmp_path),
    }
    return lambda name: pages[name]()


@pytest.mark.parametrize(
    "name",
    [
        "code again", "head", "asking", "offline", "used", "printer", "arriving", "arrived",
        "not arrived", "clock", "keys lost", "too new", "damaged", "by packet", "packet again",
        "packet refused",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("size", "scale"), [((1366, 768), 100), ((900, 500), 150)])
def test_a_page_is_whole(qtbot, qapp, make, name, size, scale):
    look.apply(qapp, "ordinary", scale)
    page = make(name)
    page.add_above(Steps(1))
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    for _ in range(3):
        QApplication.processEvents()
    assert walks.faults(page) == []


@pytest.mark.parametrize(
    "name", ["used", "offline", "packet refused", "clock", "keys lost", "too new", "damaged"]
)
def test_a_page_says_what_is_wrong_and_has_something_to_press(qtbot, make, name):
    page = make(name)
    qtbot.addWidget(page)
    page.show()
    page.focus_first()
    (said,) = [one.text() for one in page.findChildren(Banner) if one.isVisible()]
    assert len(said) > 10
    assert walks.stops(page)


def test_a_clock_that_is_far_off_is_told_when_the_first_exchange_has_come(qtbot, make):
    page = make("arrived")
    qtbot.addWidget(page)
    page.show()
    from sync.client.engine import ExchangeReport

    report = ExchangeReport(
        sent=1, received=9, refused=0, pending=0, bytes_up=1, bytes_down=1, round_trips=1,
        seconds=0.1, clock_off_s=-3 * 3600,
    )  # fmt: skip
    page._on_changed(ExchangeState(reach=Reach.ONLINE, report=report))  # noqa: SLF001
    said = [one.text() for one in page.findChildren(Banner) if one.isVisible()]
    assert any("慢了 3 小时" in text for text in said)
