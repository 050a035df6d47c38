"""A new station receives what a district has, and makes rows and search of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from statistics import median

from app.domain.events import Role
from app.usecases import operators
from sync.client.engine import ExchangeReport
from tests.benchmarks import centre, floors, histories, stores
from tests.benchmarks.district import District
from tests.benchmarks.histories import Histories, answers
from tests.benchmarks.people import People
from tests.benchmarks.results import Result, timed

_ENTRIES = 100_000
_ACTS = 6
_ANSWER = 20_000
_RUNS = 3
_SEED = 29
_TARGET_S = 10.0


def measure() -> Iterator[Result]:
    yield _registrations()
    yield _whole_lives()


def _registrations() -> Result:
    """From a real centre, each entry a new case: the most rows that so many entries can make."""
    with centre.running() as district:
        village = district.device(centre.VILLAGE)
        by = operators.add(village, stores.OPERATOR, Role.AGENT)
        centre.exchanged(village)
        first = village.head().seq + 1
        items = [versions[-1] for versions in village.publications.items.values()]
        stores.register_many(village, People(_SEED, items), _ENTRIES, by)
        centre.exchanged(village)
        wires = village.journal.wires(village.device, first, _ENTRIES)
        village.close()
        reports: list[ExchangeReport] = []
        cpu: list[float] = []
        for region in (centre.TOWNSHIP, centre.TOWNSHIP, centre.DISTRICT)[:_RUNS]:
            store = district.device(region)
            before = time.process_time()
            reports.append(centre.exchanged(store))
            cpu.append(time.process_time() - before)
            assert store.database.row("SELECT count(*) FROM case_row") == (_ENTRIES,)
            store.close()
        floor = [floors.raw_insert_s(district.folder / "floor.db", wires) for _ in range(_RUNS)]
    took = median(report.seconds for report in reports)
    size, trips = reports[0].bytes_down / 1e6, reports[0].round_trips
    return _result(
        f"first download of {_ENTRIES:,} entries, all new cases",
        f"{took:.1f} s (CPU {median(cpu):.1f}), {size:.1f} MB, {trips} round trips",
        took,
        median(floor),
    )


def _whole_lives() -> Result:
    """From memory, in answers of a real size: six entries a case, mixed as a district's days mix them."""
    district = District()
    items = histories.decided_in_townships(district.catalogue.items)
    feed = Histories(district).feed(_ENTRIES // _ACTS, People(_SEED, items))
    took: list[float] = []
    cpu: list[float] = []
    floor: list[float] = []
    for _ in range(_RUNS):
        with stores.scratch() as folder:
            store = stores.new_station(folder / "store", district)
            stores.hand_over(store, [district.publications()])
            before = time.process_time()
            took.append(sum(timed(partial(stores.hand_over, store), answers(feed, _ANSWER))))
            cpu.append(time.process_time() - before)
            assert store.database.row("SELECT sum(out_of_place) FROM case_row") == (0,)
            store.close()
            floor.append(floors.raw_insert_s(folder / "floor.db", [wire for _, _, wire in feed]))
    return _result(
        f"{len(feed):,} entries of {_ENTRIES // _ACTS:,} whole lives, no network",
        f"{median(took):.1f} s (CPU {median(cpu):.1f})",
        median(took),
        median(floor),
    )


def _result(what: str, measured: str, took_s: float, floor_s: float) -> Result:
    return Result(
        what=what,
        measured=measured,
        floor=f"raw insert in SQLite: {floor_s:.2f} s",
        ratio=took_s / floor_s,
        target="≤ 10 s, rows and search",
        met=took_s <= _TARGET_S,
        runs=f"{_RUNS}",
    )
