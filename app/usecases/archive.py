"""The archive: files closed and numbered, proposed when their period is over, appraised, destroyed, registered.

Source: DA/T 22—2015 归档文件整理规则; 机关档案管理规定 (国家档案局令第13号) on appraisal and destruction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from app.domain.archive import ArchiveNumber, longest, series
from app.domain.case import Case
from app.domain.events import Appraisal
from app.domain.items import Retention
from app.domain.regions import place_name
from app.domain.staff import OperatorCard
from app.domain.tasks import TaskKind, present
from app.errors import Refused
from app.journal.refs import Ref
from app.store.archive_rows import ArchiveRow
from app.store.rows import CaseRow
from app.store.store import Store
from app.store.transaction import CaseUnreadable
from app.usecases import acts
from app.usecases.today import shown_today


class RetentionMissing(Refused):
    """The item says no period, and nobody was asked for one (facts: number, item)."""

    code = "retention_missing"


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """A file of several with which it was not done, and why."""

    number: str
    error: Refused


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What became of several files: each is done for itself, and one that is refused stops no other."""

    done: tuple[ArchiveRow, ...]
    left: tuple[Left, ...]


class Destroyed(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the destruction register (销毁清册). Nothing of it is about the people of the file.

    `awaits_centre`: approved, and erased as soon as the centre has answered.
    """

    subject: Ref
    archive_number: str
    local_number: str
    item: str
    item_name: str
    station: str
    year: int
    retention: Retention
    archived_on: date
    pages: int
    appraised_by: str
    reason: str
    approved_by: str
    destroyed_on: date
    awaits_centre: bool


# --- archiving --------------------------------------------------------------------------------------


def to_archive(store: Store, *, limit: int = 500) -> list[CaseRow]:
    """The cases that wait for this station's archive, those that have waited longest first."""
    own = present(store.publications, store.region)
    words = "todo_at = ? AND todo = ? AND todo <> ''"
    return store.rows.where(words, (own, TaskKind.ARCHIVE.value), order="n", limit=limit)


def archive(
    store: Store,
    subjects: Sequence[Ref],
    *,
    retention: Retention | None = None,
    number: str = "",
    by: OperatorCard,
) -> Batch:
    """Archive cases (归档): each is locked under a file number, the next of its year and period unless one is given.

    `retention` is for items that say none, and may be longer than an item's own, never shorter.
    What is refused of one is in `Batch.left`; RetentionMissing is among it.
    """

    def one(case: Case) -> dict[str, object]:
        item = store.publications.item(case.item, case.item_version)
        period = longest(item.retention, retention)
        if period is None:
            raise RetentionMissing(number=case.local_number.text, item=item.name)
        given = number.strip() or next_number(store, ended_on(case).year, period).text
        return {"number": given, "retention": period.value}

    return _each(store, subjects, "archive", one, by)


def next_number(store: Store, year: int, retention: Retention) -> ArchiveNumber:
    """The file number that comes next in this computer's series of a year and a period."""
    slot = store.certificate.slot_text
    last = store.rows.archive.last_running(series(year, retention, slot))
    return ArchiveNumber(year=year, retention=retention, slot=slot, running=last + 1)


def ended_on(case: Case) -> date:
    """The day on which the matter itself ended, which gives the file its year (年度)."""
    told = (
        case.decision, case.completed, case.concluded, case.refused, case.withdrawn, case.voided, case.returned,
    )  # fmt: skip
    return max((one.on for one in told if one is not None), default=case.received_on)


def catalogue(
    store: Store, *, year: int | None = None, retention: Retention | None = None
) -> list[ArchiveRow]:
    """The catalogue of archived files (归档目录), by year, period and number; destroyed ones are in the register."""
    words = ["a.destroyed_on IS NULL"]
    values: list[object] = []
    if year is not None:
        words.append("a.year = ?")
        values.append(year)
    if retention is not None:
        words.append("a.retention = ?")
        values.append(retention.value)
    return store.rows.archive.where(" AND ".join(words), tuple(values))


def years(store: Store) -> tuple[int, ...]:
    """The years of the catalogue, the newest first."""
    rows = store.database.rows("SELECT DISTINCT year FROM archive_row ORDER BY year DESC")
    return tuple(year for (year,) in rows)


# --- the end of a period ----------------------------------------------------------------------------


def proposal(store: Store, today: date | None = None) -> list[ArchiveRow]:
    """The files of this station's archive whose period ended before today: the program proposes, a person decides."""
    own = present(store.publications, store.region)
    day = (today or shown_today(store)).isoformat()
    words = "a.kept_until < ? AND a.destroyed_on IS NULL AND a.keeper = ?"
    return store.rows.archive.where(words, (day, own), order="a.kept_until, a.number")


def appraise(
    store: Store,
    subjects: Sequence[Ref],
    appraisal: Appraisal,
    reason: str,
    *,
    years: int = 0,
    by: OperatorCard,
) -> Batch:
    """Appraise files whose period is over, one or several for the same reason (鉴定): destroy, or keep."""
    facts: dict[str, object] = {"appraisal": appraisal.value, "reason": reason, "years": years}
    return _each(store, subjects, "appraise", lambda _case: facts, by)


def destroy(store: Store, subjects: Sequence[Ref], reason: str, *, by: OperatorCard) -> Batch:
    """Approve that appraised files are destroyed (批准销毁), by a head who did not appraise them.

    What they say is erased, here and everywhere, once the centre has this; that cannot be taken back.
    """
    return _each(store, subjects, "destroy", lambda _case: {"reason": reason}, by)


def _each(
    store: Store,
    subjects: Sequence[Ref],
    verb: str,
    facts: Callable[[Case], dict[str, object]],
    by: OperatorCard,
) -> Batch:
    done: list[ArchiveRow] = []
    left: list[Left] = []
    for subject in subjects:
        try:
            with store.writing() as tx:
                acts.perform(store, subject, verb, facts(tx.case(subject)), by=by)
        except Refused as error:
            left.append(Left(number=_number_of(store, subject), error=error))
        else:
            done += of_subject(store, subject)
    return Batch(done=tuple(done), left=tuple(left))


def of_subject(store: Store, subject: Ref) -> list[ArchiveRow]:
    """The file of a case, if it has one."""
    return store.rows.archive.where(
        "c.subject_device = ? AND c.subject_seq = ?", store.journal.pair(subject)
    )


def by_number(store: Store, number: str) -> list[ArchiveRow]:
    """The files that bear an archive number."""
    return store.rows.archive.where("a.number = ?", (number.strip(),))


def _number_of(store: Store, subject: Ref) -> str:
    row = store.rows.by_subject(subject)
    return str(subject) if row is None else row.local_number


# --- the register -----------------------------------------------------------------------------------


def register(store: Store) -> list[Destroyed]:
    """The destruction register, readable for ever: who appraised, who approved, when, of what."""
    rows = store.rows.archive.where(
        "a.destroyed_on IS NOT NULL", order="a.destroyed_on, a.number, a.case_n"
    )
    return [_line(store, row) for row in rows]


def _line(store: Store, row: ArchiveRow) -> Destroyed:
    case = store.case(row.subject)
    if not isinstance(case, Case) or case.destroyed is None:
        raise CaseUnreadable(missing="redacted")
    body = case.destroyed
    item = store.publications.item(row.item, row.item_version)
    return Destroyed(
        subject=row.subject,
        archive_number=row.number,
        local_number=row.local_number,
        item=row.item,
        item_name=item.name,
        station=_station(store, row.station),
        year=row.year,
        retention=row.retention,
        archived_on=row.archived_on,
        pages=row.pages,
        appraised_by=_name(store, body.appraised_by),
        reason=body.reason,
        approved_by=_name(store, case.destroyer),
        destroyed_on=body.on,
        awaits_centre=bool(row.applicant),
    )


def _name(store: Store, ref: Ref | None) -> str:
    card = None if ref is None else store.publications.operators.get(ref)
    return "" if card is None else card.name


def _station(store: Store, region: str) -> str:
    tree = store.publications.tree
    return next((place_name(row) for row in tree.rows if row.code == region), region)
