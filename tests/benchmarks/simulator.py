"""Ten thousand seeded schedules of faults: a whole district in one process, on a simulated clock, line and disk."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Final

import msgspec

from tests.benchmarks.results import Result
from tests.simulator.faults import Fault, Tally
from tests.simulator.run import MOST_EXCHANGES, Failed, simulate

_SCHEDULES: Final = 10_000
_AT_A_TIME: Final = 50


class _Ran(msgspec.Struct, kw_only=True):
    failed: list[int] = []
    told: int = 0
    sheets: int = 0
    statements: int = 0
    exchanges: int = 0
    tally: Tally = msgspec.field(default_factory=Tally)


def measure() -> Iterator[Result]:
    """What each fault came to, and whether anything was lost, doubled or stuck."""
    began, all_ran = time.perf_counter(), _Ran()
    with ProcessPoolExecutor() as workers:
        for ran in workers.map(_run, range(0, _SCHEDULES, _AT_A_TIME)):
            all_ran.failed += ran.failed
            all_ran.told += ran.told
            all_ran.sheets += ran.sheets
            all_ran.statements += ran.statements
            all_ran.exchanges = max(all_ran.exchanges, ran.exchanges)
            all_ran.tally += ran.tally
    took = time.perf_counter() - began
    seeds = ", ".join(map(str, all_ran.failed[:9]))
    yield Result(
        what=f"{_SCHEDULES:,} schedules of faults",
        measured=f"{len(all_ran.failed)} lost, doubled or stuck{f': seeds {seeds}' if seeds else ''}",
        floor=f"{all_ran.told:,} entries, {all_ran.sheets:,} scans, {all_ran.statements:,} statements, "
        f"{took:.0f} s on {os.cpu_count()} cores",
        target="0",
        met=not all_ran.failed,
        runs=f"{_SCHEDULES:,}",
    )
    yield Result(
        what="exchanges of each until all agree, after mending",
        measured=f"at most {all_ran.exchanges}",
        floor="2: one to send, one to hear of the others",
        target=f"≤ {MOST_EXCHANGES}",
        met=0 < all_ran.exchanges <= MOST_EXCHANGES,
        runs=f"{_SCHEDULES:,}",
    )
    for fault in Fault:
        yield Result(
            what=f"    {fault.value}",
            measured=f"{all_ran.tally[fault]:,} times",
            floor="",
            target="met",
            met=all_ran.tally[fault] > 0,
            runs="",
        )


def _run(first: int) -> _Ran:
    ran = _Ran()
    for seed in range(first, first + _AT_A_TIME):
        try:
            one = simulate(seed)
        except Failed:
            ran.failed.append(seed)
            continue
        ran.told += one.told
        ran.sheets += one.sheets
        ran.statements += one.statements
        ran.exchanges = max(ran.exchanges, one.exchanges)
        ran.tally += one.tally
    return ran
