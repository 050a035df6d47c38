"""The next answer is on its way while one is taken in; what comes of it is the same."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from unittest.mock import patch

import pytest

from app.store import intake
from app.store.tellers import Tellers
from sync.client import asking, engine, pace
from sync.client.pace import Pace
from sync.refusals import ExchangeStopped, Offline
from tests.builders import Station, a_case
from tests.sync.builders import (
    TOWNSHIP,
    VILLAGE,
    ACentre,
    Line,
    Weather,
    a_centre,
    a_station,
    exchange,
)

CASES = 60


@dataclass
class Noting(Line):
    """Notes from which threads it is used, and whether ever from two at once."""

    def __post_init__(self) -> None:
        self.busy = threading.Lock()
        self.threads: list[str] = []

    def post(self, path: str, body: bytes, token: bytes = b"") -> bytes:
        assert self.busy.acquire(blocking=False)
        try:
            self.threads.append(threading.current_thread().name)
            return super().post(path, body, token)
        finally:
            self.busy.release()


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture(params=[1, 2_000], ids=["read later", "read at once"])
def township(request, centre, tmp_path, monkeypatch):
    """One that has much to receive, in small answers."""
    monkeypatch.setattr(intake, "_MANY", request.param)
    monkeypatch.setattr(Tellers, "are_of_use", lambda: False)
    village = a_station(centre, VILLAGE, tmp_path / "village")
    station = a_station(centre, TOWNSHIP, tmp_path / "township")
    exchange(station, centre)
    for place in range(CASES):
        a_case(village, name=f"第{place}人")
    exchange(village, centre)
    station.store.remember("pace", pace.to_remember(Pace(wire=256, ceiling=256)))
    return station


def exchanged(station: Station, line: Line) -> engine.ExchangeReport:
    """As over a real line, on which asking ahead is worth while."""
    with patch.object(asking, "Line", Line):
        return engine.exchange(station.store, line)


def cases(station: Station) -> int:
    return int(station.store.database.row("SELECT count(*) FROM case_row")[0])


def left(station: Station) -> int:
    """Cases that are here and not read."""
    return station.store.rows.unread.count()


def test_much_comes_down_with_the_next_answer_asked_for_ahead(centre: ACentre, township: Station):
    line = Noting(centre)

    report = exchanged(township, line)

    assert cases(township) == CASES
    assert report.round_trips == len(line.threads) > 3
    assert len(set(line.threads)) == 2  # the first is asked for here, those after it beside


@pytest.mark.parametrize("place", range(1, 5))
@pytest.mark.parametrize("spell", [Weather.LOST_REQUEST, Weather.LOST_ANSWER])
def test_an_answer_that_was_asked_for_ahead_and_lost_is_asked_for_again(
    centre: ACentre, township: Station, place: int, spell: Weather
):
    line = Noting(centre, [*[Weather.CLEAR] * place, spell, spell])

    exchanged(township, line)

    assert cases(township) == CASES


def test_on_a_line_that_breaks_for_good_what_came_before_stays(centre: ACentre, township: Station):
    with pytest.raises(Offline) as broken:
        exchanged(township, Noting(centre, [*[Weather.CLEAR] * 3, *[Weather.LOST_ANSWER] * 20]))

    assert left(township) == 0
    assert 0 < cases(township) < CASES
    assert broken.value.facts["received"] == cases(township) + 1  # the operator's card
    exchanged(township, Noting(centre))
    assert cases(township) == CASES


def test_whoever_stops_waits_for_the_line_and_goes_on_later(centre: ACentre, township: Station):
    line = Noting(centre)

    def stop(progress: engine.Progress) -> None:
        raise ExchangeStopped

    with patch.object(asking, "Line", Line), pytest.raises(ExchangeStopped):
        engine.exchange(township.store, line, after_round=stop)

    assert not line.busy.locked()
    assert 0 < cases(township) + left(township) < CASES
    exchanged(township, line)
    assert (cases(township), left(township)) == (CASES, 0)


def test_what_is_registered_meanwhile_goes_up_too(centre: ACentre, township: Station):
    def register(progress: engine.Progress) -> None:
        if not told:
            told.append(a_case(township, name="柜台"))

    told: list[object] = []
    with patch.object(asking, "Line", Line):
        report = engine.exchange(township.store, Noting(centre), after_round=register)

    assert report.sent == 1
    assert report.pending == 0
    assert cases(township) == CASES + 1


def test_a_program_that_ends_waits_for_no_answer(centre: ACentre, township: Station):
    """Its threads that wait for the line are left behind."""
    others: set[bool] = set()

    class Looking(Noting):
        def post(self, path: str, body: bytes, token: bytes = b"") -> bytes:
            if threading.current_thread() is not threading.main_thread():
                others.add(threading.current_thread().daemon)
            return super().post(path, body, token)

    exchanged(township, Looking(centre))

    assert others == {True}
