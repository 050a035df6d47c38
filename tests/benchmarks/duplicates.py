"""Finding what a request may repeat, as the counter asks before each registration."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random

from app.store.likeness import Asked, asked_of
from app.store.store import Store
from app.usecases import duplicates, lookup
from tests.benchmarks import stores
from tests.benchmarks.results import Result, ms, timed, typical

_ROUNDS = 3
_EACH = 200
_SEED = 13
_TARGET_S = 0.005


def measure(sizes: list[int]) -> Iterator[Result]:
    """Of people who were here before, so that there is something to find and to read."""
    for size in sizes:
        with stores.opened(size) as store:
            asked = [_asked(store, turn) for turn in range(_ROUNDS)]
            found = sum(bool(_candidates(store, one)) for each in asked for one in each)
            rounds = [timed(partial(_candidates, store), each) for each in asked]
            floor = [
                timed(partial(store.database.row, "SELECT * FROM case_row WHERE n = ?"), each)
                for each in ([(n,) for n in range(1, _EACH)],) * _ROUNDS
            ]
            p95, floor_p95 = typical(rounds, 95), typical(floor, 95)
            (pairs,) = store.database.row("SELECT count(*) / 2 FROM duplicate_row")
            yield Result(
                what=f"possible duplicates of a form, {size:,} cases",
                measured=f"p50 {ms(typical(rounds, 50))}  p95 {ms(p95)}, "
                f"{found} of {_ROUNDS * _EACH} find one, {pairs:,} pairs stand",
                floor=f"one row by key: p95 {ms(floor_p95)}",
                ratio=p95 / floor_p95,
                target=f"p95 ≤ {_TARGET_S * 1000:.0f} ms",
                met=p95 <= _TARGET_S,
                runs=f"{_ROUNDS} × {_EACH}",
            )


def _candidates(store: Store, asked: Asked) -> list[duplicates.Duplicate]:
    return duplicates.of_form(store, item=asked.item, on=asked.on, parties=asked.parties)


def _asked(store: Store, turn: int) -> list[Asked]:
    random = Random(_SEED + turn)
    (last,) = store.database.row("SELECT max(n) FROM case_row")
    rows = store.rows.at(random.sample(range(1, last + 1), _EACH))
    every = (asked_of(lookup.case_of(store, row)) for row in rows)
    return [one for one in every if one is not None]
