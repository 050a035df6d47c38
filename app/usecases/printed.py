"""The days that stand on paper: a deadline is computed anew when a calendar comes, what was printed stays as it is."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from app.domain.case import Case
from app.domain.clocks import Clock, ClockName
from app.domain.papers import PaperKind
from app.errors import UNREADABLE

_CLOCKS: Final = {
    PaperKind.MATERIALS_RECEIPT: ClockName.FORWARDING,
    PaperKind.MATERIALS_SLIP: ClockName.FORWARDING,
    PaperKind.ACCEPTANCE: ClockName.PROMISED,
    PaperKind.EXTENSION: ClockName.PROMISED,
}
"""Whose day a document bears."""


class PrintedDay(msgspec.Struct, frozen=True, kw_only=True):
    """The last day of the clock of that name, as a document of the day `issued_on` says it."""

    clock: ClockName
    paper: PaperKind
    issued_on: date
    day: date


class _Days(msgspec.Struct, frozen=True, kw_only=True):
    """What of any document's facts is read here."""

    forward_by: date | None = None
    due: date | None = None


_read: Final = msgspec.msgpack.Decoder(_Days).decode


def days(case: Case) -> tuple[PrintedDay, ...]:
    """Every day that was promised on paper, the newest last; what a newer program printed is passed over."""
    found = []
    for paper in case.papers:
        name = _CLOCKS.get(PaperKind(paper.paper)) if paper.paper in set(PaperKind) else None
        if name is None or paper.reprint:
            continue
        try:
            said = _read(paper.facts)
        except UNREADABLE:
            continue
        day = said.forward_by or said.due
        if day is not None:
            kind = PaperKind(paper.paper)
            found.append(PrintedDay(clock=name, paper=kind, issued_on=paper.on, day=day))
    return tuple(found)


def of_clocks(case: Case) -> tuple[PrintedDay | None, ...]:
    """For each clock of the case the day that was printed last: while it ran, before the next of its name began."""
    printed = days(case)
    return tuple(_of(clock, case, printed) for clock in case.clocks)


def _of(clock: Clock, case: Case, printed: tuple[PrintedDay, ...]) -> PrintedDay | None:
    others = [one.starts for one in case.clocks if one.name is clock.name]
    until = min((start for start in others if start > clock.starts), default=date.max)
    fitting = [
        one for one in printed if one.clock is clock.name and clock.starts <= one.issued_on < until
    ]
    return fitting[-1] if fitting else None
