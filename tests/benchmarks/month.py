"""A district's month lived through on three tiers: fold, rebuild, lists, on cases that went every way."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from app.domain import events
from app.domain.history import replay
from app.journal.entry import Entry
from app.store.rebuild import rebuild
from app.store.store import Store
from app.store.verify import verify
from app.usecases import lookup, supervision, work
from app.usecases.filters import CaseFilter
from app.usecases.today import shown_today
from tests.benchmarks.results import Result, seconds, timed
from ui.demo.month.month import Month, Size

_WHOLE = Size(townships=6, villages=50, cases=3_000)
_PART = Size(townships=2, villages=6, cases=300)
_PAGES = 200


def measure(*, large: bool) -> Iterator[Result]:
    size = _WHOLE if large else _PART
    with TemporaryDirectory() as folder:
        started = time.perf_counter()
        month = Month(Path(folder) / "month", size)
        told = month.live()
        took = time.perf_counter() - started
        store = month.district.stations[0].store
        acts = sum(told.acts.values())
        yield Result(
            what=f"a month: {size.townships} townships, {size.villages} villages, {told.registered:,} cases",
            measured=f"{took:.0f} s, {acts:,} acts of {len(told.acts)} kinds, {told.entries:,} entries",
            floor=f"{len(told.problems)} problems in {len(month.district.stations)} stores",
            target="verify clean everywhere",
            met=not told.problems,
        )
        yield from _of_store(store)
        month.close()


def _of_store(store: Store) -> Iterator[Result]:
    subjects = [row.subject for row in store.rows.where("1", limit=-1)]
    histories = list(store.journal.of_subjects(subjects).values())
    entries = sum(map(len, histories))
    decode_s = seconds(lambda: _decode(histories))
    fold_s = seconds(lambda: [replay(one, store.publications) for one in histories])
    yield Result(
        what=f"fold of {len(subjects):,} cases, {entries:,} entries",
        measured=f"{fold_s * 1e6 / entries:.0f} µs an entry, {fold_s:.2f} s",
        floor=f"decoding their bodies {decode_s * 1e6 / entries:.1f} µs",
        ratio=fold_s / decode_s,
    )
    rebuild_s = seconds(lambda: _rebuilt(store))
    yield Result(
        what="rebuild of every row and the search",
        measured=f"{rebuild_s:.2f} s, {len(subjects) / rebuild_s:,.0f} cases a second",
        floor=f"the fold alone {fold_s:.2f} s",
        ratio=rebuild_s / fold_s,
    )
    verify_s = seconds(lambda: verify(store))
    yield Result(
        what="verify",
        measured=f"{verify_s:.2f} s",
        floor=f"rebuild {rebuild_s:.2f} s",
        ratio=verify_s / rebuild_s,
    )
    yield from _lists(store)


def _lists(store: Store) -> Iterator[Result]:
    day = shown_today(store)
    wanted = [
        CaseFilter(),
        CaseFilter(mine=True),
        CaseFilter(carded=True),
        CaseFilter(green=True),
        CaseFilter(text="韦"),
    ]
    floor = timed(
        lambda _: store.database.rows("SELECT n FROM case_row ORDER BY n DESC LIMIT 50"),
        range(_PAGES),
    )
    pages = timed(
        lambda one: lookup.page(store, wanted[one % len(wanted)], day, limit=50), range(_PAGES)
    )
    yield Result(
        what="a page of a list, five filters in turn (p95)",
        measured=f"{_p95(pages) * 1000:.1f} ms",
        floor=f"50 bare keys {_p95(floor) * 1000:.2f} ms",
        ratio=_p95(pages) / _p95(floor),
    )
    desk = timed(lambda _: (work.counts(store, day), work.tasks(store, day)), range(20))
    yield Result(what="the district's 工作台 (p95)", measured=f"{_p95(desk) * 1000:.0f} ms")
    lights = timed(lambda _: supervision.lights(store, day), range(5))
    yield Result(
        what="效能监督: lights and cards of the district", measured=f"{_p95(lights) * 1000:.0f} ms"
    )


def _decode(histories: Sequence[Sequence[Entry]]) -> None:
    for history in histories:
        for entry in history:
            if entry.body is not None:
                events.decode_body(entry.kind, entry.version, entry.body)


def _rebuilt(store: Store) -> None:
    with store.changing():
        rebuild(store)


def _p95(took: Sequence[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]
