"""A thousand failed tries leave nothing behind: no row, no page, whatever they fail of."""

import pytest

from app.store import exchange as station_side
from sync.client import engine
from sync.refusals import Busy, Offline, Revoked, Unintelligible
from tests.builders import a_case
from tests.sync.builders import VILLAGE, Line, a_centre, a_station, exchange

TRIES = 1000


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def village(centre, tmp_path):
    station = a_station(centre, VILLAGE, tmp_path / "village")
    for place in range(20):
        a_case(station, name=f"第{place}人")
    return station


class Failing(Line):
    """A line that fails in every way in turn: nobody there, cut on the way up or down, rubbish, a centre's no."""

    tried = 0

    def post(self, path, body, token=b""):
        self.tried += 1
        way = self.tried % 6
        if way == 0:
            raise Offline(why="nobody there")
        self.traffic.up += len(body)
        if way == 1:
            raise Offline(why="cut on the way up")
        if way == 2:
            raise Busy
        if way == 3:
            raise Unintelligible(why="rubbish")
        if way == 4:
            raise Revoked
        self.traffic.down += 300
        raise Offline(why="cut on the way down")


def held(store):
    """Rows of every table, and the pages of the file after what is written ahead was written back."""
    store.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    tables = [
        name
        for name, how in store.database.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        )
        if not how.startswith("CREATE VIRTUAL")  # the tables behind it are counted
    ]
    rows = {name: store.database.row(f'SELECT count(*) FROM "{name}"') for name in tables}
    return rows, store.database.row("PRAGMA page_count")


def fail(village, line, tries):
    for _ in range(tries):
        with pytest.raises((Offline, Busy, Unintelligible, Revoked)):
            engine.exchange(village.store, line)


def test_a_thousand_failed_tries_leave_no_growth(centre, village):
    line = Failing(centre)
    fail(
        village, line, 200
    )  # the log of exchanges has its full length, and sizes are as small as they get
    before = held(village.store)

    fail(village, line, TRIES)

    assert held(village.store) == before
    assert line.tried > TRIES
    assert exchange(village, centre).pending == 0
    assert station_side.pending(village.store) == 0
