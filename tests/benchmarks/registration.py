"""Registering a case, from the click to the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

from app.domain.regions import RegionCode
from app.store.store import Store
from app.usecases import operators, registration
from tests.benchmarks import floors, stores
from tests.benchmarks.people import LAST_DAY, People, form_of
from tests.benchmarks.results import Result, ms, seconds, typical

_ROUNDS = 3
_WARMING = 20
_EACH = 300
_SEED = 7
_TARGET_S = 0.010
_GROWTH = 1.5


def measure(sizes: list[int]) -> Iterator[Result]:
    """In each round all sizes and the floor take turns, so what else the machine does falls on all alike."""
    product: dict[int, list[list[float]]] = {size: [] for size in sizes}
    floor: list[list[float]] = []
    for turn in range(_ROUNDS):
        with ExitStack() as open_now:
            copies = {size: open_now.enter_context(stores.copy_with(size)) for size in sizes}
            found, bare = _round(copies, _SEED + turn)
            floor.append(bare)
            for size in sizes:
                product[size].append(found[size])
    floor_p95 = typical(floor, 95)
    for size in sizes:
        p50, p95 = typical(product[size], 50), typical(product[size], 95)
        growth = p95 / typical(product[sizes[0]], 95)
        first = size == sizes[0]
        yield Result(
            what=f"register, click to durable, {size:,} cases",
            measured=f"p50 {ms(p50)}  p95 {ms(p95)}" + ("" if first else f"  ({growth:.2f} ×)"),
            floor=f"one row: p50 {ms(typical(floor, 50))}  p95 {ms(floor_p95)}",
            ratio=p95 / floor_p95,
            target="p95 ≤ 10 ms" + ("" if first else f", ≤ {_GROWTH} × at {sizes[0]:,}"),
            met=p95 <= _TARGET_S and growth <= _GROWTH,
            runs=f"{_ROUNDS} × {_EACH}",
        )


def _round(copies: dict[int, Store], seed: int) -> tuple[dict[int, list[float]], list[float]]:
    found: dict[int, list[float]] = {size: [] for size in copies}
    bare: list[float] = []
    some = next(iter(copies.values()))
    database = floors.encrypted(some.folder / "floor.db")
    clerks = {size: operators.acting(store, None) for size, store in copies.items()}
    for place, form in enumerate(forms(some, seed, _WARMING + _EACH)):
        for size, store in copies.items():
            took = seconds(partial(registration.register, store, form, by=clerks[size]))
            if place >= _WARMING:
                found[size].append(took)
        (wire,) = some.journal.wires(some.device, some.head().seq, 1)
        bare.append(seconds(partial(floors.insert_one, database, wire)))
    database.close()
    return found, bare


def forms(store: Store, seed: int, number: int) -> list[registration.RegistrationForm]:
    items = [versions[-1] for versions in store.publications.items.values()]
    village = store.publications.tree.region(RegionCode("450305200201"))
    people = People(seed, items)
    requests = (people.request(village, LAST_DAY, "A1", 1) for _ in range(number))
    return [form_of(request, items) for request in requests]
