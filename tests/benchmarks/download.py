"""A new station receives what a district has, and makes rows and search of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from statistics import median

from app.domain.events import Body, Role
from app.domain.regions import RegionCode
from app.journal import chain, entry
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import operators
from sync.client.engine import ExchangeReport
from tests.benchmarks import centre, floors, histories, stores
from tests.benchmarks.centre import Centre
from tests.benchmarks.district import drafted
from tests.benchmarks.histories import Histories
from tests.benchmarks.people import People
from tests.benchmarks.results import Result

_ENTRIES = 100_000
_ACTS = 6
_RUNS = (centre.TOWNSHIP, centre.TOWNSHIP, centre.DISTRICT)
_SEED = 29
_TARGET_S = 10.0


def measure() -> Iterator[Result]:
    with centre.running() as district:
        cases = _ENTRIES // _ACTS
        wires = _write_lives(district, cases)
        yield _downloaded(district, f"first download of {len(wires):,} entries", cases, wires)
    with centre.running() as district:
        wires = _register(district)
        what = f"first download of {_ENTRIES:,} entries, each a new case"
        yield _downloaded(district, what, _ENTRIES, wires)


def _downloaded(district: Centre, what: str, cases: int, wires: list[bytes]) -> Result:
    """New devices receive all there is, one after another; `wires` are inserted to compare."""
    reports: list[ExchangeReport] = []
    cpu: list[float] = []
    for region in _RUNS:
        store = district.device(region)
        before = _cpu_s()
        reports.append(centre.exchanged(store))
        cpu.append(_cpu_s() - before)
        assert store.database.row("SELECT count(*), sum(out_of_place) FROM case_row") == (cases, 0)
        store.close()
    floor = median(floors.raw_insert_s(district.folder / "floor.db", wires) for _ in _RUNS)
    took = median(report.seconds for report in reports)
    size, trips = reports[0].bytes_down / 1e6, reports[0].round_trips
    return Result(
        what=what,
        measured=f"{took:.1f} s (CPU {median(cpu):.1f}), {cases:,} cases, {size:.1f} MB, {trips} round trips",
        floor=f"raw insert in SQLite: {floor:.2f} s",
        ratio=took / floor,
        target=f"≤ {_TARGET_S:.0f} s, rows and search",
        met=took <= _TARGET_S,
        runs=f"{len(_RUNS)}",
    )


def _cpu_s() -> float:
    """Of this process, and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _register(district: Centre) -> list[bytes]:
    """The most rows that so many entries can make."""
    village = district.device(centre.VILLAGE)
    by = operators.add(village, stores.OPERATOR, Role.AGENT)
    centre.exchanged(village)
    first = village.head().seq + 1
    items = [versions[-1] for versions in village.publications.items.values()]
    stores.register_many(village, People(_SEED, items), _ENTRIES, by)
    centre.exchanged(village)
    wires = village.journal.wires(village.device, first, _ENTRIES)
    village.close()
    return wires


def _write_lives(district: Centre, cases: int) -> list[bytes]:
    """Six entries a case, mixed as a township's days mix them: its own, and those of a village."""
    village, town = (district.device(region) for region in (centre.VILLAGE, centre.TOWNSHIP))
    pens = [
        _Pen(village, operators.add(village, stores.OPERATOR, Role.AGENT).ref),
        _Pen(town, operators.add(town, stores.OPERATOR, Role.CLERK).ref),
    ]
    for pen in pens:
        centre.exchanged(pen.store)
    tree = village.publications.tree
    windows = [(tree.region(RegionCode(centre.VILLAGE)), pens[0])]
    versions = village.publications.items.values()
    items = histories.decided_in_townships(tuple(every[-1] for every in versions))
    feed = Histories(windows, {RegionCode(centre.TOWNSHIP): pens[1]}).feed(
        cases, People(_SEED, items)
    )
    for pen in pens:
        pen.put_down()
        centre.exchanged(pen.store)
        pen.store.close()
    return [wire for _, _, wire in feed]


class _Pen:
    """Writes a real station's journal, thousands of entries in one transaction and without rows."""

    def __init__(self, store: Store, operator: Ref) -> None:
        self.store = store
        self.device = store.device
        self.wires: list[bytes] = store.journal.wires(store.device, 1, _ENTRIES)
        self._operator = operator
        self._digest, self._clock = store.head().digest, store.head().clock
        self._written: list[tuple[Entry, bytes, bool]] = []

    def write(
        self,
        body: Body,
        *,
        clock: int,
        region: str | None = None,
        subject: Ref | None = None,
        after: tuple[Ref, ...] = (),
    ) -> Ref:
        self._clock = max(self._clock + 1, clock)
        one = entry.write(
            drafted(body, region or self.store.region, self._operator, subject, after),
            device=self.device,
            seq=len(self.wires) + 1,
            clock=self._clock,
            lineage={},
        )
        self._digest = chain.link(self._digest, one)
        self._written.append((one, self._digest, False))
        self.wires.append(one.wire)
        return one.ref

    def put_down(self) -> None:
        with self.store.changing():
            self.store.journal.add(self._written)
