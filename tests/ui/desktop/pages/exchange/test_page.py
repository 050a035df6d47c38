"""同步 with real widgets over a real store; once with a real centre."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.journal.refs import Ref
from app.store import exchange, exchange_log
from app.usecases import repairs
from sync.client.engine import Progress
from tests.builders import TOWNSHIP, VILLAGE, a_case, act
from tests.sync.builders import a_centre, listening
from tests.sync.builders import a_station as an_enrolled_station
from tests.ui.desktop import walks
from tests.ui.desktop.desks import WAIT_MS, SomeDesk, a_desk, desk_of, leave
from tests.ui.desktop.pages.exchange import states
from ui.desktop import look
from ui.desktop.desk import Destination
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.pages.exchange.log_table import LogColumn
from ui.desktop.pages.exchange.page import ExchangePage
from ui.desktop.pages.names import PageName

EVERY_STATE = [
    states.ordinary,
    states.empty,
    states.offline,
    states.broken_off,
    states.refused,
    states.working,
    states.crowded,
]


@pytest.fixture(params=[VILLAGE, TOWNSHIP])
def at_any_tier(request, qtbot: QtBot, tmp_path: Path) -> Iterator[SomeDesk]:
    some = a_desk(qtbot, tmp_path, request.param)
    yield some
    leave(some)


def shown(some: SomeDesk, size: tuple[int, int] = (1190, 680)) -> ExchangePage:
    page = ExchangePage(some.desk)
    some.qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    some.settle()
    QApplication.processEvents()
    return page


def cells(page: ExchangePage, row: int = 0) -> list[str]:
    """What a row of the exchanges says; a row that is not there says nothing."""
    model = page.log.model()
    return [model.index(row, column).data() or "" for column in LogColumn]


@pytest.mark.parametrize("state", EVERY_STATE)
@pytest.mark.parametrize("size", [(1190, 680), (844, 420)])
def test_everything_on_it_can_be_read_and_reached(some_desk, state, size):
    state(some_desk)
    assert walks.faults(shown(some_desk, size)) == []


@pytest.mark.parametrize("state", EVERY_STATE)
def test_it_holds_at_large_type_and_high_contrast(qapp, some_desk, state):
    look.apply(qapp, "contrast", 150)
    state(some_desk)
    assert walks.faults(shown(some_desk)) == []


def test_when_all_is_well_it_says_so_and_shows_the_last_exchanges(at_any_tier):
    states.ordinary(at_any_tier)
    page = shown(at_any_tier)
    assert "在线，已全部上报" in walks.texts(page)
    assert cells(page) == ["08:55", "成功", "3 条", "12 条", "1.3 KB", "5.1 KB", "0.4 秒"]
    assert not page.repairs.isVisible()
    assert not page.clock.isVisible()


def test_offline_it_says_what_waits_and_that_nothing_is_lost(some_desk):
    states.offline(some_desk)
    page = shown(some_desk)
    told = " ".join(walks.texts(page))
    assert "登记照常" in told
    assert "待上报 4 条，最早的一条 09:00 记下" in told
    assert "断网、关机都不会丢" in told
    assert cells(page)[:2] == ["08:55", "连不上，18 次"]


def test_the_button_exchanges_and_rests_while_that_lasts(some_desk):
    exchanger = states.empty(some_desk)
    page = shown(some_desk)
    page.state.exchange.click()
    assert exchanger.asked == 1
    progress = Progress(sent=1, received=5, pending=3, bytes_up=900, bytes_down=100)
    exchanger.tell(ExchangeState(working=True, pending=3, progress=progress))
    assert not page.state.exchange.isEnabled()
    assert "已上报 1 条 · 已收到 5 条 · 上行 900 字节，下行 100 字节" in walks.texts(page)
    assert page.state.progress.isVisible()
    exchanger.tell(ExchangeState(reach=Reach.ONLINE, report=states.a_report(sent=4)))
    assert page.state.exchange.isEnabled()
    assert not page.state.progress.isVisible()
    some_desk.settle()


def test_a_long_exchange_can_be_stopped(some_desk):
    exchanger = states.working(some_desk)
    page = shown(some_desk)
    page.state.progress.cancelled.emit()
    assert exchanger.interrupted == 1


def test_the_end_of_an_exchange_is_looked_at_again(some_desk):
    exchanger = states.empty(some_desk)
    page = shown(some_desk)
    assert page.log.model().rowCount() == 0
    exchanger.tell(ExchangeState(working=True))
    exchange_log.note_exchange(some_desk.station.store, states.a_note(0))
    exchanger.tell(ExchangeState(reach=Reach.ONLINE))
    some_desk.settle()
    assert page.log.model().rowCount() == 1


def test_a_wrong_clock_is_told(some_desk):
    report = states.a_report(clock_off_s=1380)
    states.noted(some_desk, ExchangeState(reach=Reach.ONLINE, report=report))
    page = shown(some_desk)
    assert page.clock.isVisible()
    assert "快 23 分钟" in page.clock.text()


def test_what_was_refused_leads_to_its_case(some_desk):
    station = some_desk.station
    subject = a_case(station, name="覃小军")
    act(station, subject, "forward")
    states.refuse(station, Ref(station.device, station.store.head().seq))
    states.empty(some_desk)
    page = shown(some_desk)
    went: list[Destination] = []
    some_desk.desk.destination_asked.connect(went.append)
    page.repairs.case.click()
    assert [(one.page, one.subject) for one in went] == [(PageName.CASES, subject)]
    page.repairs.list.setFocus()
    some_desk.qtbot.keyClick(page.repairs.list, Qt.Key.Key_Return)
    assert len(went) == 2


def test_a_registration_that_was_refused_has_no_case_to_open(some_desk):
    states.refuse(some_desk.station, a_case(some_desk.station, name="覃小军"))
    states.empty(some_desk)
    page = shown(some_desk)
    assert not page.repairs.case.isEnabled()
    assert "区中心没有收下：不属于本站辖区。" in walks.texts(page)
    assert not any("小军" in text for text in walks.texts(page))


def test_what_was_seen_to_goes_and_the_next_one_is_explained(some_desk):
    station = some_desk.station
    states.refuse(station, a_case(station, name="覃小军"), a_case(station, name="韦小妹"))
    states.empty(some_desk)
    page = shown(some_desk)
    page.repairs.done.click()
    some_desk.settle()
    page.refresh()
    some_desk.settle()
    assert page.repairs.list.model().rowCount() == 1
    assert page.repairs.done.isEnabled()
    page.repairs.done.click()
    some_desk.settle()
    assert repairs.listed(station.store) == []
    assert not page.repairs.isVisible()


def test_the_place_in_the_list_stays_when_it_is_looked_at_again(some_desk):
    states.crowded(some_desk)
    page = shown(some_desk)
    page.repairs.list.select_row(7)
    chosen = page.repairs.list.model().index(7, 0).data()
    a_case(some_desk.station)
    some_desk.desk.changed.emit()
    some_desk.settle()
    row = page.repairs.list.current_row()
    assert page.repairs.list.model().index(row, 0).data() == chosen


def test_this_computer_is_told_by_what_the_centre_calls_it(some_desk):
    states.ordinary(some_desk)
    told = " ".join(walks.texts(shown(some_desk)))
    own = some_desk.station.store.certificate
    assert own.station in told
    assert f"{own.slot_text} 号，编号 {own.device.hex()[:8]}" in told
    assert "2026年11月20日" in told
    assert "区中心会知道：程序版本" in told


def test_offline_then_online_everything_has_gone_up_and_the_table_shows_it(
    qtbot: QtBot, tmp_path: Path
):
    centre = a_centre(tmp_path / "centre")
    station = an_enrolled_station(centre, VILLAGE, tmp_path / "village")
    port = a_free_port()
    station.store.identity = msgspec.structs.replace(
        station.store.identity, url=f"https://127.0.0.1:{port}"
    )
    some = desk_of(qtbot, station, station.district)
    exchanger = some.desk.exchanger
    page = shown(some)
    exchanger.start()
    qtbot.waitUntil(lambda: cells(page)[1] == "连不上", timeout=WAIT_MS)
    a_case(station, name="覃小军")
    with listening(centre, port):
        exchanger.exchange_now()
        qtbot.waitUntil(lambda: cells(page)[1] == "成功", timeout=WAIT_MS)
        exchanger.stop()
    some.settle()
    assert exchange.pending(station.store) == 0
    assert len(centre.entries_of(station.device)) == station.store.head().seq
    assert int(cells(page)[LogColumn.SENT].split()[0]) >= 1
    assert "在线，已全部上报" in walks.texts(page)
    leave(some)


def a_free_port() -> int:
    """A port on which nobody listens yet."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
