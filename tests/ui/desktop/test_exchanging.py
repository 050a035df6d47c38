"""The exchange in the background, over real sockets to a real centre."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.store import exchange as kept
from app.store import opening
from app.store.exchange_log import exchange_log
from sync.client import engine
from tests.builders import VILLAGE, Station, a_case
from tests.sync.builders import ACentre, a_centre, a_station, listening
from tests.ui.desktop.desks import WAIT_MS
from ui.desktop.exchanging import Exchanger, ExchangeState, Reach

NOBODY_THERE = "https://127.0.0.1:9"


@pytest.fixture
def centre(tmp_path: Path) -> ACentre:
    return a_centre(tmp_path / "centre")


@pytest.fixture
def station(tmp_path: Path, centre: ACentre) -> Iterator[Station]:
    made = a_station(centre, VILLAGE, tmp_path / "village")
    yield made
    made.store.close()


@pytest.fixture
def exchanger(station: Station) -> Iterator[Exchanger]:
    made = Exchanger(lambda: opening.beside(station.store))
    yield made
    made.stop()


def move_centre(station: Station, address: str) -> None:
    """What the next connection of this store takes for the centre's address."""
    station.store.identity = msgspec.structs.replace(station.store.identity, url=address)


def until(qtbot: QtBot, exchanger: Exchanger, true: Callable[[ExchangeState], bool]) -> None:
    qtbot.waitUntil(lambda: true(exchanger.state), timeout=WAIT_MS)


def test_what_was_recorded_goes_up_at_once_when_somebody_rings(
    qtbot: QtBot, station: Station, centre: ACentre, exchanger: Exchanger
) -> None:
    with listening(centre) as address:
        move_centre(station, address)
        exchanger.start()
        until(qtbot, exchanger, lambda state: state.reach is Reach.ONLINE)
        a_case(station)
        exchanger.exchange_now()
        until(qtbot, exchanger, lambda state: state.report is not None and state.report.sent == 1)
    assert exchanger.state.pending == 0
    assert kept.pending(station.store) == 0


def test_a_centre_that_is_away_is_a_state_and_its_return_another(
    qtbot: QtBot, station: Station, centre: ACentre, exchanger: Exchanger
) -> None:
    a_case(station)
    pending = kept.pending(station.store)
    move_centre(station, NOBODY_THERE)
    exchanger.start()
    until(qtbot, exchanger, lambda state: state.reach is Reach.OFFLINE and not state.working)
    assert exchanger.state.pending == pending
    assert exchanger.state.error is not None
    exchanger.stop()

    back = Exchanger(lambda: opening.beside(station.store))
    with listening(centre) as address:
        move_centre(station, address)
        back.start()
        until(qtbot, back, lambda state: state.reach is Reach.ONLINE and not state.working)
        back.stop()
    assert back.state.pending == 0
    assert back.state.error is None
    assert back.state.since_ms > 0


def test_what_comes_down_is_brought_to_the_pages(
    qtbot: QtBot, station: Station, centre: ACentre, exchanger: Exchanger, tmp_path: Path
) -> None:
    neighbour = a_station(centre, VILLAGE, tmp_path / "neighbour")
    a_case(neighbour, name="覃小军")
    with listening(centre) as address:
        for one in (neighbour, station):
            move_centre(one, address)
        line = engine.open_line(neighbour.store)
        engine.exchange(neighbour.store, line)
        line.close()
        with qtbot.waitSignal(exchanger.brought, timeout=WAIT_MS):
            exchanger.start()
        until(qtbot, exchanger, lambda state: not state.working)
    assert station.store.rows.found("覃小军")
    neighbour.store.close()


def test_a_bug_of_ours_is_told_and_does_not_end_the_exchange(
    qtbot: QtBot, station: Station, monkeypatch: pytest.MonkeyPatch, exchanger: Exchanger
) -> None:
    tries: list[None] = []
    again = threading.Event()

    def broken(*_: object) -> None:
        tries.append(None)
        if len(tries) > 1:
            again.set()
        raise ZeroDivisionError

    monkeypatch.setattr(engine, "exchange", broken)
    with qtbot.waitSignal(exchanger.broke, timeout=WAIT_MS):
        exchanger.start()
    until(qtbot, exchanger, lambda state: state.reach is Reach.REFUSED)
    exchanger.exchange_now()
    qtbot.waitUntil(again.is_set, timeout=WAIT_MS)


def test_the_desktop_closes_in_the_middle_of_an_exchange(
    qtbot: QtBot, station: Station, centre: ACentre, exchanger: Exchanger
) -> None:
    for number in range(30):
        a_case(station, name=f"韦小妹{number}")
    station.store.remember("pace", b"")
    with listening(centre) as address:
        move_centre(station, address)
        stopped: list[ExchangeState] = []

        def stop_after_a_round(state: ExchangeState) -> None:
            if state.progress is not None and not stopped:
                stopped.append(state)
                exchanger.stop()

        exchanger.changed.connect(stop_after_a_round)
        exchanger.start()
        qtbot.waitUntil(lambda: bool(stopped), timeout=WAIT_MS)
        # What had gone up before stays, and the rest goes up when somebody exchanges again.
        line = engine.open_line(station.store)
        engine.exchange(station.store, line)
        line.close()
    assert kept.pending(station.store) == 0


def test_an_exchange_that_somebody_stopped_begins_again_when_somebody_rings(
    qtbot: QtBot, station: Station, centre: ACentre, exchanger: Exchanger
) -> None:
    for number in range(30):
        a_case(station, name=f"韦小妹{number}")
    tried: list[ExchangeState] = []

    def interrupt_once(state: ExchangeState) -> None:
        if state.progress is not None and not tried:
            tried.append(state)
            exchanger.interrupt()

    exchanger.changed.connect(interrupt_once)
    with listening(centre) as address:
        move_centre(station, address)
        exchanger.start()
        qtbot.waitUntil(lambda: bool(tried), timeout=WAIT_MS)
        until(qtbot, exchanger, lambda state: not state.working)
        exchanger.exchange_now()
        until(qtbot, exchanger, lambda state: state.report is not None and state.pending == 0)
    assert kept.pending(station.store) == 0


def test_a_failure_stands_in_the_log_of_exchanges(
    qtbot: QtBot, station: Station, exchanger: Exchanger
) -> None:
    move_centre(station, NOBODY_THERE)
    exchanger.start()
    until(qtbot, exchanger, lambda state: state.reach is Reach.OFFLINE)
    assert exchange_log(station.store)[0].outcome == "offline"


def test_a_centre_certificate_that_cannot_be_read_is_told_and_is_no_end(
    qtbot: QtBot, station: Station, exchanger: Exchanger, caplog: pytest.LogCaptureFixture
) -> None:
    station.store.identity = msgspec.structs.replace(station.store.identity, ca=b"nothing")
    with qtbot.waitSignal(exchanger.broke, timeout=WAIT_MS):
        exchanger.start()
    until(qtbot, exchanger, lambda state: state.error is not None)
    assert exchanger.state.error is not None
    assert exchanger.state.error.code == "exchange_broke"
    assert caplog.records
