"""What a benchmark found, and the table that shows it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import TypeVar

import click
import msgspec


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One line. `floor` is the cheapest thing of the same kind, measured in the same run; `ratio` is to it.

    `target` is the design's number and `met` whether it was reached; a line without one is there for its own sake.
    """

    what: str
    measured: str
    floor: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None
    runs: str = ""


_Asked = TypeVar("_Asked")
_HEADINGS = ("what", "measured", "floor, same run", "× floor", "target", "", "runs")
_WIDTHS = (51, 48, 36, 8, 30, 5, 10)


def heading() -> None:
    _line(_HEADINGS)
    click.echo("-" * (sum(_WIDTHS) + len(_WIDTHS)))


def show(results: Iterable[Result]) -> None:
    """Print each line as soon as it is found."""
    for one in results:
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        verdict = {True: "ok", False: "MISS", None: ""}[one.met]
        _line((one.what, one.measured, one.floor, ratio, one.target, verdict, one.runs))


def _line(cells: Sequence[str]) -> None:
    click.echo(
        " ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()
    )


def seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def timed(act: Callable[[_Asked], object], over: Iterable[_Asked]) -> list[float]:
    """Seconds that `act` took for each."""
    found = []
    for one in over:
        started = time.perf_counter()
        act(one)
        found.append(time.perf_counter() - started)
    return found


def percentile(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def typical(rounds: Sequence[Sequence[float]], percent: int) -> float:
    """The median of the rounds' percentiles: one round that the machine disturbed does not count."""
    return median(percentile(values, percent) for values in rounds)


def ms(value_s: float) -> str:
    return f"{value_s * 1000:.2f} ms" if value_s < 0.1 else f"{value_s * 1000:.0f} ms"
