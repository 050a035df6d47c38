"""扫描件 on 同步: how many wait, how far they are, which failed and why; not there when there is nothing to say."""

from __future__ import annotations

import msgspec
import pytest

from app.store.sheet_faults import note_fault
from app.usecases import attachments
from sync.client.engine import Progress
from sync.refusals import Offline
from tests.builders import a_case
from tests.ui.desktop import walks
from tests.ui.desktop.pages.exchange import states
from tests.ui.desktop.pages.exchange.test_page import shown
from tests.ui.desktop.scans.papers import png
from ui.desktop.desk import Destination
from ui.desktop.exchanging import ExchangeState, Reach


@pytest.fixture
def scans(some_desk):
    """Three pages that nobody has sent."""
    station = some_desk.station
    case = a_case(station)
    made = [attachments.read_images(png(mark), "页")[0] for mark in (1, 2, 3)]
    attachments.attach(station.store, case, 0, made, station.head)
    return made


def told(page) -> str:
    return " ".join(walks.texts(page.scans))


def test_without_scans_there_is_no_card(some_desk):
    states.ordinary(some_desk)
    assert not shown(some_desk).scans.isVisible()


def test_what_waits_is_counted_and_sent_when_somebody_asks(some_desk, scans):
    exchanger = states.noted(
        some_desk, ExchangeState(reach=Reach.OFFLINE, pending=2, error=Offline())
    )
    page = shown(some_desk)
    some_desk.settle()
    assert "还有 3 页没有传到区中心" in told(page)
    assert "网络恢复后接着传" in told(page)
    before = exchanger.asked
    page.scans.send.click()
    assert exchanger.asked == before + 1


def test_while_they_go_it_says_how_far(some_desk, scans):
    progress = Progress(
        sent=0, received=0, pending=0, bytes_up=0, bytes_down=0,
        sheets=1, sheet_bytes=100_000, sheets_waiting=2, sheets_waiting_bytes=204_800,
    )  # fmt: skip
    states.noted(some_desk, ExchangeState(reach=Reach.ONLINE, working=True, progress=progress))
    page = shown(some_desk)
    some_desk.settle()
    assert "已传完 1 页" in told(page)
    assert "还剩 200.0 KB" in told(page)
    assert not page.scans.send.isEnabled()


def test_a_page_that_failed_says_why_and_leads_to_its_case(some_desk, scans):
    note_fault(some_desk.station.store, scans[0].sheet.digest, "sheet_damaged")
    states.ordinary(some_desk)
    page = shown(some_desk)
    some_desk.settle()
    (row,) = page.scans.failed.rows()
    assert "在路上损坏" in row.detail
    asked: list[Destination] = []
    some_desk.desk.destination_asked.connect(asked.append)
    page.scans.failed.opened.emit(row.key)
    assert row.key == (0, asked[0].subject)
    assert walks.faults(page) == []


def test_why_the_last_try_gave_up_is_said(some_desk, scans):
    report = msgspec.structs.replace(states.a_report(), sheets_stopped="offline")
    states.noted(some_desk, ExchangeState(reach=Reach.ONLINE, report=report))
    page = shown(some_desk)
    some_desk.settle()
    assert "上次没有传完" in told(page)
