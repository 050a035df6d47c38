"""The archive's catalogue: a row for every archived case, and what is left of the destroyed ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from app.domain.archive import ArchiveNumber
from app.domain.items import Retention
from app.journal.refs import Ref
from app.store.database import Database
from app.store.journal import ASKED_AT_ONCE, Journal
from app.store.row_drafts import RowDraft

COLUMNS: Final = (
    "number", "year", "retention", "archived_on", "keeper", "kept_until", "pages", "appraisal", "appraiser",
    "destroyed_on",
)  # fmt: skip
_INSERT: Final = (
    f"INSERT OR REPLACE INTO archive_row (case_n, {', '.join(COLUMNS)}) "
    f"VALUES (?, {', '.join('?' * len(COLUMNS))})"
)
_OF_THE_CASE: Final = (
    "c.n", "c.subject_device", "c.subject_seq", "c.region", "c.station", "c.item", "c.item_version",
    "c.local_number", "c.applicant", "c.received_on",
)  # fmt: skip


class ArchiveRow(msgspec.Struct, frozen=True, kw_only=True):
    """An archived case in a list. `n` is its place among the cases; `appraiser` an operator's entry as text.

    `applicant` and `keeper` are empty once it is destroyed, and erased.
    """

    n: int
    subject: Ref
    region: str
    station: str
    item: str
    item_version: int
    local_number: str
    applicant: str
    received_on: date
    number: str
    year: int
    retention: Retention
    archived_on: date
    keeper: str
    kept_until: date | None
    pages: int
    appraisal: str
    appraiser: str
    destroyed_on: date | None


class ArchiveRows:
    """Writes and reads them for one store."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def save(self, drafts: Iterable[tuple[int, RowDraft]], had: Sequence[int]) -> None:
        """Bring the rows of these cases up to date, each with its place; only those in `had` may have some."""
        wanted = {n: drawn.archived for n, drawn in drafts if drawn.archived is not None}
        gone = [(n,) for n in self._having(had) if n not in wanted]
        if gone:
            self._database.run_many("DELETE FROM archive_row WHERE case_n = ?", gone)
        if wanted:
            self._database.run_many(_INSERT, [(n, *values) for n, values in wanted.items()])

    def forget(self, n: int) -> None:
        self._database.run("DELETE FROM archive_row WHERE case_n = ?", (n,))

    def _having(self, places: Sequence[int]) -> list[int]:
        found: list[int] = []
        for start in range(0, len(places), ASKED_AT_ONCE):
            some = places[start : start + ASKED_AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows = self._database.rows(
                f"SELECT case_n FROM archive_row WHERE case_n IN ({marks})", tuple(some)
            )
            found += [n for (n,) in rows]
        return found

    # --- reading ----------------------------------------------------------------------------------

    def where(
        self,
        condition: str,
        parameters: tuple[object, ...] = (),
        *,
        order: str = "a.year, a.retention, a.number",
        limit: int = -1,
    ) -> list[ArchiveRow]:
        """Rows that meet a condition of ours on archive_row (a) and case_row (c)."""
        rows = self._database.rows(
            f"SELECT {', '.join([*_OF_THE_CASE, *(f'a.{name}' for name in COLUMNS)])} "
            f"FROM archive_row a JOIN case_row c ON c.n = a.case_n WHERE {condition} "
            f"ORDER BY {order} LIMIT ?",
            (*parameters, limit),
        )
        return [self._row(row) for row in rows]

    def last_running(self, series: str) -> int:
        """The highest number among those that begin so, 0 before the first."""
        rows = self._database.rows(
            "SELECT number FROM archive_row WHERE number >= ? AND number < ?",
            (series, series[:-1] + chr(ord(series[-1]) + 1)),
        )
        given = [ArchiveNumber.read(number) for (number,) in rows]
        return max((one.running for one in given if one is not None), default=0)

    def _row(self, row: Sequence[Any]) -> ArchiveRow:
        n, device, seq, region, station, item, version, number, applicant, received, *rest = row
        named = dict(zip(COLUMNS, rest, strict=True))
        until, destroyed = named.pop("kept_until"), named.pop("destroyed_on")
        return ArchiveRow(
            n=n,
            subject=self._journal.ref(device, seq),
            region=region,
            station=station,
            item=item,
            item_version=version,
            local_number=number,
            applicant=applicant,
            received_on=date.fromisoformat(received),
            retention=Retention(named.pop("retention")),
            archived_on=date.fromisoformat(named.pop("archived_on")),
            kept_until=None if until is None else date.fromisoformat(until),
            destroyed_on=None if destroyed is None else date.fromisoformat(destroyed),
            **named,
        )
