"""What the rows of a case are made of: from the case and the publications alone, before its place in lists is known.

So it can be made beside, while the store is written to by somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import msgspec

from app.domain.calendar import WorkCalendar
from app.domain.case import CardState, Case
from app.domain.clocks import Clock, ClockName
from app.domain.limits import Unit, deadline
from app.domain.publications import Publications
from app.domain.tasks import next_task
from app.domain.watching import due_from, last_day_told
from app.journal.refs import Ref
from app.store import likeness
from app.store.finding import Searched
from app.store.likeness import Key


class ClockRow(msgspec.Struct, frozen=True, array_like=True):
    """A clock with the day it is due; `expected` where a calendar it needs is not published yet.

    While it is paused nothing is due. `days` hold what an extension added.
    `tier` is whose limit it is where each tier has one, else 0.
    """

    name: ClockName
    starts: date
    days: int
    unit: Unit
    stopped: date | None
    due: date | None
    expected: bool
    tier: int = 0


class RowDraft(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """`values` are those of the columns after the subject's and the head's, in their order.

    `terms` is what the search is told, or None where nobody asked for it; `keys` are what duplicates are found by.
    """

    words: Searched
    values: tuple[object, ...]
    terms: str | None
    keys: tuple[Key, ...]


_encode_clocks = msgspec.msgpack.Encoder().encode
_encode_refs = msgspec.msgpack.Encoder().encode


def draft(case: Case, publications: Publications, *, known: Searched | None = None) -> RowDraft:
    """What the rows of this case are to say; `known` is what the search was told of it before."""
    words = _searched(case)
    return RowDraft(
        words=words,
        values=_values(case, words, publications),
        terms=words.terms if words != known else None,
        keys=likeness.keys_of(case),
    )


def _values(case: Case, words: Searched, publications: Publications) -> tuple[object, ...]:
    # Only what runs: the day of a clock that has stopped would change with every new calendar.
    clocks = clock_rows(case.running_clocks, publications.calendar(case.region))
    running = [clock.due.isoformat() for clock in clocks if clock.due is not None]
    task = next_task(case, publications)
    card_from = due_from(case, publications)
    return (
        case.region,
        case.station,
        case.place,
        case.item,
        case.item_version,
        case.state.value,
        case.urgent,
        case.received_on.isoformat(),
        words.local_number,
        words.official_number,
        words.other_numbers,
        case.external_id or None,
        words.applicant,
        words.id_number,
        words.phone,
        min(running, default=None),
        _encode_clocks(clocks),
        len(case.out_of_place),
        _encode_refs([misfit.ref for misfit in case.out_of_place]),
        case.needs_upgrade,
        *(("", "") if task is None else (task.kind.value, task.at)),
        case.supplement_notices,
        bool(case.green),
        _named(case.owner),
        _named(case.parent),
        _named(case.visit),
        sum(card.state is not CardState.WITHDRAWN for card in case.cards),
        bool(case.staff_relative),
        None if card_from is None else card_from.isoformat(),
        last_day_told(case).isoformat(),
    )


def clock_rows(clocks: Iterable[Clock], calendar: WorkCalendar) -> tuple[ClockRow, ...]:
    """Each clock with the day it is due by this calendar."""
    return tuple([_clock_row(clock, calendar) for clock in clocks])


@lru_cache(maxsize=2_000)  # what comes in on one day falls due on a few
def _clock_row(clock: Clock, calendar: WorkCalendar) -> ClockRow:
    days = clock.days + clock.extended
    limit = deadline(clock.starts, days, clock.unit, calendar, clock.pauses)
    return ClockRow(
        clock.name,
        clock.starts,
        days,
        clock.unit,
        clock.stopped,
        None if limit is None else limit.due,
        limit is not None and limit.expected,
        0 if clock.tier is None else clock.tier.value,
    )


def _named(ref: Ref | None) -> str:
    return "" if ref is None else str(ref)


def _searched(case: Case) -> Searched:
    applicant = case.applicant
    official = case.official_number
    return Searched(
        applicant=applicant.name,
        local_number=case.local_number.text,
        official_number=None if official is None else official.text,
        other_numbers=" ".join(
            [
                number.text
                for number in (case.instead_of, *[one.number for one in case.out_of_place])
                if number is not None
            ]
        ),
        id_number=applicant.id_number,
        phone=applicant.phone,
    )
