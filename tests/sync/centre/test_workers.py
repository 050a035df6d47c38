"""Several processes on one PostgreSQL behind one address."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sync.centre import office
from sync.centre.workers import WorkersUnsupported
from sync.client import engine
from sync.refusals import CentreRefusal, Offline
from tests.builders import a_case
from tests.sync.builders import OTHER_VILLAGE, TOWNSHIP, UNLOCK, VILLAGE, own_entries
from tests.sync.processes import CentreProcess, a_station, exchange

PATIENCE_S = 30


@pytest.fixture
def centre(postgresql_server, tmp_path):
    database = postgresql_server.create()
    process = CentreProcess.founded(
        tmp_path / "centre", database=postgresql_server.url(database), workers=2
    )
    yield process
    if process.running:
        process.end(signal.SIGKILL)
    _wait(lambda: not workers_of(process))
    postgresql_server.drop(database)


def workers_of(centre):
    """The processes that it let out of itself, and that live."""
    everybody = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
    return [pid for pid in everybody if _is_child(pid, centre.pid)]


def _is_child(pid, parent):
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    state, of = stat.rpartition(")")[2].split()[:2]
    return int(of) == parent and state != "Z"


def _wait(until):
    end = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_worker_that_is_killed_is_replaced_and_nobody_waits_for_it(centre, tmp_path):
    village = a_station(centre, VILLAGE, tmp_path / "village")
    before = workers_of(centre)
    assert len(before) == 2

    os.kill(before[0], signal.SIGKILL)
    a_case(village)
    exchange(village.store)  # the other one answers
    assert centre.entries_of(village.device) == own_entries(village.store)

    _wait(lambda: len(set(workers_of(centre)) - {before[0]}) == 2)
    os.kill(before[1], signal.SIGKILL)
    a_case(village)
    _exchange_at_last(village)
    assert centre.entries_of(village.device) == own_entries(village.store)


def _exchange_at_last(station):
    """A connection that was open to the killed one may be lost: the station comes again."""
    try:
        exchange(station.store)
    except (Offline, CentreRefusal):
        exchange(station.store)


def test_workers_end_when_the_parent_is_killed(centre):
    workers = workers_of(centre)
    centre.end(signal.SIGKILL)

    _wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def test_stations_that_talk_to_several_workers_while_they_are_killed_agree_in_the_end(
    centre, tmp_path
):
    stations = [
        a_station(centre, place, tmp_path / f"station-{number}")
        for number, place in enumerate((VILLAGE, OTHER_VILLAGE, TOWNSHIP))
    ]
    over = threading.Event()

    def kill():
        while not over.wait(0.4):
            for pid in workers_of(centre)[:1]:
                os.kill(pid, signal.SIGKILL)

    def work(station):
        for _ in range(6):
            a_case(station)
            line = engine.open_line(station.store)
            try:
                engine.exchange(station.store, line)
            except (Offline, CentreRefusal):
                continue
            finally:
                line.close()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with ThreadPoolExecutor(len(stations)) as threads:
            list(threads.map(work, stations))
    finally:
        over.set()
        killer.join()
    _wait(lambda: len(workers_of(centre)) == 2)
    for _ in range(2):
        for station in stations:
            _exchange_at_last(station)

    for station in stations:
        assert centre.entries_of(station.device) == own_entries(station.store)
    township = stations[2].store
    assert township.database.row("SELECT count(*) FROM case_row") == (18,)


def test_a_ledger_in_a_file_has_one_worker(tmp_path):
    office.init(tmp_path, region="450305", unlock=UNLOCK)
    with pytest.raises(WorkersUnsupported) as refused:
        office.serve(tmp_path, unlock=UNLOCK, port=0, workers=2)
    assert refused.value.facts == {"why": "sqlite"}
