"""`python -m tests.benchmarks [NAME…]`: every number of the design, or those that are named."""

from __future__ import annotations

import compileall
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from tests.benchmarks import (
    attachments,
    bundle,
    desktop,
    download,
    duplicates,
    exchange,
    fleet,
    fuzz,
    month,
    paper,
    registration,
    search,
    simulator,
    startup,
    working_day,
)
from tests.benchmarks.results import Result, heading, show

_ROOT = Path(__file__).parents[2]
_SIZES = [1_000, 100_000]
_LARGEST = 1_000_000


def _chosen(large: bool) -> dict[str, Callable[[], Iterator[Result]]]:
    sizes = [*_SIZES, _LARGEST] if large else _SIZES
    return {
        "registration": partial(registration.measure, sizes),
        "search": partial(search.measure, sizes[1:]),
        "duplicates": partial(duplicates.measure, sizes[1:]),
        "small": exchange.measure_small,
        "push": exchange.measure_push,
        "cut": exchange.measure_cut,
        "scans": attachments.measure,
        "download": download.measure,
        "faults": simulator.measure,
        "fuzz": fuzz.measure,
        "fleet": fleet.measure,
        "growth": partial(fleet.measure_growth, large=large),
        "month": partial(month.measure, large=large),
        "paper": paper.measure,
        "startup": startup.measure,
        "desktop": desktop.measure,
        "bundle": bundle.measure,
        "desk": partial(working_day.measure, _SIZES[-1]),
    }


@click.command()
@click.argument("names", nargs=-1)
@click.option(
    "--large/--small",
    default=True,
    help="With stores of 1,000,000 cases: minutes more, the first time.",
)
def main(names: tuple[str, ...], large: bool) -> None:
    """Measure what the design promises, each number beside its floor."""
    benchmarks = _chosen(large)
    unknown = set(names) - set(benchmarks)
    if unknown:
        raise click.UsageError(
            f"there are {', '.join(benchmarks)}; not {', '.join(sorted(unknown))}"
        )
    for room in ("app", "ui", "sync", "printing", "resources"):
        compileall.compile_dir(_ROOT / room, quiet=1)
    heading()
    for name, measure in benchmarks.items():
        if not names or name in names:
            show(measure())


if __name__ == "__main__":
    main()
