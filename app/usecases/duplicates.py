"""Possible duplicates: what a case, or a form that is being filled in, may repeat, and what a person says of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import msgspec

from app.domain import events
from app.domain.case import Case
from app.domain.events import Party
from app.domain.names import plain_lines
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.journal.refs import Ref
from app.store.duplicates import Judged as Judged
from app.store.likeness import WITHOUT_RESULT, Asked, Likeness
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases.lookup import UnknownNumber
from app.usecases.today import today


class Duplicate(msgspec.Struct, frozen=True, kw_only=True):
    """A case that another, or a form, may repeat.

    `row` is None for a case of a station whose cases are not seen here: somebody above compared the two.
    `likeness` is None where a person found what the program did not.
    """

    row: CaseRow | None
    likeness: Likeness | None
    judged: Judged = Judged.OPEN


def of(store: Store, case: Case) -> list[Duplicate]:
    """What a case may repeat or repeats, what nobody has judged first; what is different is no more listed."""
    row = store.rows.by_subject(case.subject)
    pairs = [] if row is None else store.rows.duplicates.of(row.n)
    shown = [pair for pair in pairs if pair.judged is not Judged.DIFFERENT]
    rows = store.rows.at([pair.other_n for pair in shown])
    found = [
        Duplicate(row=other, likeness=pair.likeness, judged=pair.judged)
        for other, pair in zip(rows, shown, strict=True)
    ]
    paired = {one.row.subject for one in found if one.row is not None}
    if case.state not in WITHOUT_RESULT:
        said = [one.other for one in case.compared if one.same and one.other not in paired]
        found += [told for other in said if (told := _said(store, other)) is not None]
    return sorted(found, key=lambda one: one.judged is not Judged.OPEN)


def _said(store: Store, other: Ref) -> Duplicate | None:
    """One that a person found; None once it has ended without a result, for then nothing is done twice."""
    row = store.rows.by_subject(other)
    if row is not None and row.state in WITHOUT_RESULT:
        return None
    return Duplicate(row=row, likeness=None, judged=Judged.SAME)


def of_form(
    store: Store, *, item: str, on: date, parties: tuple[Party, ...], limit: int = 20
) -> list[Duplicate]:
    """What a request that is being filled in may repeat, the surest and newest first."""
    asked = Asked(item=item, on=on, region=store.region, parties=parties)
    alike = dict(store.rows.duplicates.like(asked, store.publications)[:limit])
    rows = store.rows.at(list(alike))
    return [Duplicate(row=row, likeness=alike[row.n]) for row in rows]


def judge(
    store: Store, subject: Ref, other: Ref, *, same: bool, note: str = "", by: OperatorCard
) -> Case:
    """Record that two cases are one request, or are not; on both, where this person may write on the other too.

    Nothing else happens: which of them is withdrawn or voided, and by whom, is an act of its own.
    Raises UnknownNumber if the other is not here, and what `Transaction.record` raises for the first.
    """
    words = plain_lines(note)
    with store.writing() as tx:
        if store.rows.by_subject(other) is None:
            raise UnknownNumber(number=str(other))
        day = today(store)
        told = tx.record(
            events.CaseCompared(on=day, other=other, same=same, note=words),
            by=by,
            case=tx.case(subject),
        )
        with suppress(Refused):
            tx.record(
                events.CaseCompared(on=day, other=subject, same=same, note=words),
                by=by,
                case=tx.case(other),
            )
    return told
