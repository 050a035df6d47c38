"""A centre in a process of its own, stations over TLS; processes that die without warning."""

import signal
import threading
import time
from contextlib import suppress

import pytest

from app.store import exchange as station_side
from app.store.opening import open_store
from sync.centre import office
from sync.centre.ledger import FILE
from sync.centre.placing import ELSEWHERE
from sync.client import engine
from sync.client.transport import Line
from sync.refusals import Offline
from tests.builders import a_case
from tests.sync.builders import TOWNSHIP, UNLOCK, VILLAGE, own_entries
from tests.sync.processes import EXCHANGE, CentreProcess, a_process, a_station, exchange, said_by


@pytest.fixture
def centre(tmp_path):
    process = CentreProcess.founded(tmp_path / "centre")
    yield process
    if process.running:
        process.end(signal.SIGKILL)


@pytest.fixture(params=["sqlite", "postgresql"])
def each_centre(request, tmp_path):
    """One process on a file, or three on a PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("centre")
        return
    server = request.getfixturevalue("postgresql_server")
    database = server.create()
    process = CentreProcess.founded(tmp_path / "centre", database=server.url(database), workers=2)
    yield process
    if process.running:
        process.end(signal.SIGKILL)
    server.drop(database)


def test_a_case_goes_up_and_comes_down_over_tls(each_centre, tmp_path):
    centre = each_centre
    village = a_station(centre, VILLAGE, tmp_path / "village")
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    case = a_case(village)

    exchange(village.store)
    exchange(township.store)

    assert township.case(case) == village.case(case)
    (listed,) = [
        one
        for one in office.devices(centre.data, unlock=UNLOCK)
        if one.device == village.device.hex()
    ]
    assert listed.entries == 2
    assert abs(listed.clock_off_s or 0) < 60


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_centre_that_is_told_to_stop_stops_cleanly(each_centre, tmp_path, number):
    centre = each_centre
    village = a_station(centre, VILLAGE, tmp_path / "village")
    line = engine.open_line(village.store)
    engine.exchange(village.store, line)  # an idle connection stays open meanwhile

    assert centre.end(number) == 0
    ledger = FILE if centre.workers == 1 else ELSEWHERE
    assert {path.name for path in centre.data.iterdir()} == {ledger, "keys"}
    line.close()


def test_a_centre_that_dies_has_what_it_said_it_has(each_centre, tmp_path):
    centre = each_centre
    village = a_station(centre, VILLAGE, tmp_path / "village")
    a_case(village)
    exchange(village.store)

    centre.end(signal.SIGKILL)

    assert centre.entries_of(village.device) == own_entries(village.store)


class Deadly(Line):
    """A line that kills somebody as soon as a request is on its way."""

    def kill(self, process, after_s):
        self.victim, self.after_s = process, after_s

    def post(self, path, body, token=b""):
        if not self.victim.running:
            return super().post(path, body, token)
        knife = threading.Timer(self.after_s, self.victim.end, [signal.SIGKILL])
        knife.start()
        try:
            return super().post(path, body, token)
        finally:
            knife.join()


@pytest.mark.parametrize("after_s", [0, 0.002, 0.005, 0.01, 0.02])
def test_a_centre_that_dies_amid_an_exchange_is_sent_the_rest(centre, tmp_path, after_s):
    village = a_station(centre, VILLAGE, tmp_path / "village")
    for place in range(20):
        a_case(village, name=f"第{place}人")
    line = Deadly(village.store.identity.url, village.store.identity.ca)
    line.kill(centre, after_s)

    with suppress(Offline):  # or it was quicker than the knife
        engine.exchange(village.store, line)
    line.close()
    centre.start()
    exchange(village.store)

    assert station_side.pending(village.store) == 0
    assert centre.entries_of(village.device) == own_entries(village.store)


@pytest.mark.parametrize("after_s", [0, 0.01, 0.03, 0.06, 0.1])
def test_a_station_that_dies_amid_an_exchange_goes_on_where_it_was(centre, tmp_path, after_s):
    village = a_station(centre, VILLAGE, tmp_path / "village")
    for place in range(20):
        a_case(village, name=f"第{place}人")
    village.store.close()
    process = a_process(EXCHANGE, tmp_path / "village")
    assert said_by(process) == "open\n"
    time.sleep(after_s)
    process.kill()
    process.communicate()

    store = open_store(tmp_path / "village", UNLOCK)
    exchange(store)

    assert station_side.pending(store) == 0
    assert centre.entries_of(store.device) == own_entries(store)
    store.close()
