"""What the rows of a case say: from the case and the publications alone, before its place in lists is known.

So it can be drawn in another process, while the store is written to by this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec

from app.domain.archive import ArchiveNumber
from app.domain.calendar import WorkCalendar
from app.domain.case import CardState, Case
from app.domain.clocks import Clock, ClockName
from app.domain.limits import Unit, deadline
from app.domain.numbers import DocumentNumber
from app.domain.publications import Publications
from app.domain.rules import kept_until
from app.domain.tasks import keeping, next_task, side_tasks
from app.domain.watching import due_from, last_day_told
from app.journal.refs import Ref
from app.store import likeness
from app.store.likeness import Key
from app.store.search import Searched

Value = Any
"""What a column holds: text, bytes, a number, or nothing. (msgspec reads no union of text and bytes.)"""
_LARGEST: Final = 2**31  # what somebody hostile counts beyond is not ours to keep


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


class PaperDraft(NamedTuple):
    """A line of the register of papers (`app.store.paper_rows`): `entry` says that the copy was issued."""

    issued_on: str
    entry: Ref
    values: tuple[Value, ...]


class RowDraft(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All that the tables say of one case.

    `values` are those of the columns after the subject's and the head's, in their order.
    `terms` is what the search is told, or None where it was told the same before; `keys` are what duplicates are
    found by, with the day and the item. `tasks`, `cards` and `archived` are rows without the place of their case.
    `waits_for` says what has to come first before all of its entries have effect, or is empty.
    """

    subject: Ref
    head: Ref
    words: Searched
    values: tuple[Value, ...]
    terms: str | None
    day: int
    item: str
    keys: tuple[Key, ...]
    papers: tuple[PaperDraft, ...] = ()
    tasks: tuple[tuple[str, str, str], ...] = ()
    cards: tuple[tuple[Value, ...], ...] = ()
    archived: tuple[Value, ...] | None = None
    waits_for: str = ""


_encode_clocks = msgspec.msgpack.Encoder().encode
_encode_refs = msgspec.msgpack.Encoder().encode


def draft(case: Case, publications: Publications, *, known: Searched | None = None) -> RowDraft:
    """What the rows of this case are to say; `known` is what the search was told of it before."""
    words = _searched(case)
    return RowDraft(
        subject=case.subject,
        head=case.head,
        words=words,
        values=_values(case, words, publications),
        terms=words.terms if words != known else None,
        day=case.received_on.toordinal(),
        item=case.item,
        keys=likeness.keys_of(case),
        papers=_papers(case, publications) if case.papers else (),
        tasks=_tasks(case, publications),
        cards=_cards(case) if case.cards else (),
        archived=None if case.archived is None else _archived(case, publications),
        waits_for=case.waits_for,
    )


def _values(case: Case, words: Searched, publications: Publications) -> tuple[Value, ...]:
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


def _papers(case: Case, publications: Publications) -> tuple[PaperDraft, ...]:
    return tuple(
        [
            PaperDraft(
                paper.on.isoformat(),
                ref,
                (
                    paper.paper,
                    DocumentNumber(paper.word, paper.slot, paper.year, paper.running).text,
                    publications.device(ref.device).certificate.region,
                    min(paper.reprint, _LARGEST),
                    min(paper.template, _LARGEST),
                    int(case.stands(paper)),
                ),
            )
            for ref, paper in zip(case.paper_refs, case.papers, strict=True)
        ]
    )


def _tasks(case: Case, publications: Publications) -> tuple[tuple[str, str, str], ...]:
    if case.hand_over is None and not case.originals and not case.cards:
        return ()
    return tuple(
        dict.fromkeys(
            [
                (task.kind.value, task.at, "" if task.who is None else str(task.who))
                for task in side_tasks(case, publications)
            ]
        )
    )


def _cards(case: Case) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        [
            (
                card.cause,
                card.since.isoformat(),
                card.grade.value,
                card.state.value,
                card.issued_on.isoformat(),
                card.station,
                card.post,
                card.person,
                None if card.by is None else card.by.isoformat(),
            )
            for card in case.cards
        ]
    )


def _archived(case: Case, publications: Publications) -> tuple[Value, ...]:
    archived, appraised, destroyed = case.archived, case.appraised, case.destroyed
    assert archived is not None
    number = ArchiveNumber.read(archived.number)
    until = kept_until(case)
    return (
        archived.number,
        archived.on.year if number is None else number.year,
        archived.retention.value,
        archived.on.isoformat(),
        "" if destroyed else keeping(case, publications),
        None if until is None else until.isoformat(),
        destroyed.pages if destroyed else sum(taken.pages for taken in case.materials),
        "" if appraised is None else appraised.appraisal.value,
        "" if case.appraiser is None else str(case.appraiser),
        None if destroyed is None else destroyed.on.isoformat(),
    )
