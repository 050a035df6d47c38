"""The register of papers: a row for every issued copy, made from the cases that they are about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from app.journal.refs import Ref
from app.store.database import Database
from app.store.journal import ASKED_AT_ONCE, Journal
from app.store.row_drafts import RowDraft

COLUMNS = (
    "issued_on", "device", "seq", "paper", "number", "issuer", "reprint", "template", "stands",
)  # fmt: skip
_INSERT = (
    f"INSERT INTO paper_row ({', '.join(COLUMNS)}, case_n) "
    f"VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
)
_DELETE = "DELETE FROM paper_row WHERE issued_on = ? AND device = ? AND seq = ?"
_SHOWN = (
    f"SELECT {', '.join(f'p.{name}' for name in COLUMNS)}, "
    "c.subject_device, c.subject_seq, c.applicant, c.item, c.item_version, c.local_number, c.region "
    "FROM paper_row p JOIN case_row c ON c.n = p.case_n"
)


class PaperPlace(NamedTuple):
    """Where a page of the register ends."""

    issued_on: str
    device: int
    seq: int


class PaperRow(msgspec.Struct, frozen=True, kw_only=True):
    """One issued copy. `entry` says that it was issued; `paper` may be a kind of a newer program.

    `issuer` is the region of the station that issued it; `region`, `applicant`, `item`, `local_number` are the case's.
    `stands`: the act that it rests on has effect.
    """

    entry: Ref
    subject: Ref
    paper: str
    number: str
    issued_on: date
    issuer: str
    reprint: int
    template: int
    stands: bool
    applicant: str
    item: str
    item_version: int
    local_number: str
    region: str
    place: PaperPlace


class PaperRows:
    """Writes and reads the register of one store."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def save(self, drafts: Iterable[tuple[int, RowDraft]], had: Sequence[int]) -> None:
        """Bring the papers of these cases up to date, each with its place; only those in `had` may have some."""
        wanted: set[tuple[Any, ...]] = {
            (paper.issued_on, *self._journal.pair(paper.entry), *paper.values, n)
            for n, drawn in drafts
            if drawn.papers
            for paper in drawn.papers
        }
        before = self._of_places(had)
        if wanted == before:
            return
        self._database.run_many(_DELETE, [row[:3] for row in before - wanted])
        self._database.run_many(_INSERT, sorted(wanted - before))

    def forget(self, n: int) -> None:
        """Take away the papers of a case."""
        self._database.run("DELETE FROM paper_row WHERE case_n = ?", (n,))

    def _of_places(self, places: Sequence[int]) -> set[tuple[Any, ...]]:
        found: set[tuple[Any, ...]] = set()
        for start in range(0, len(places), ASKED_AT_ONCE):
            some = places[start : start + ASKED_AT_ONCE]
            found.update(
                self._database.rows(
                    f"SELECT {', '.join(COLUMNS)}, case_n FROM paper_row "
                    f"WHERE case_n IN ({', '.join('?' * len(some))})",
                    tuple(some),
                )
            )
        return found

    # --- reading ----------------------------------------------------------------------------------

    def page(
        self,
        conditions: Collection[str],
        parameters: tuple[object, ...],
        *,
        after: PaperPlace | None,
        limit: int,
    ) -> list[PaperRow]:
        """Copies that meet conditions of ours on paper_row (p) and case_row (c), the newest first."""
        words = list(conditions)
        if after is not None:
            words.append("(p.issued_on, p.device, p.seq) < (?, ?, ?)")
            parameters = (*parameters, *after)
        rows = self._database.rows(
            f"{_SHOWN} WHERE {' AND '.join(words) or '1'} "
            "ORDER BY p.issued_on DESC, p.device DESC, p.seq DESC LIMIT ?",
            (*parameters, limit),
        )
        return [self._row(row) for row in rows]

    def _row(self, row: Sequence[Any]) -> PaperRow:
        named = dict(zip(COLUMNS, row, strict=False))
        subject_device, subject_seq, applicant, item, version, local_number, region = row[
            len(COLUMNS) :
        ]
        place = PaperPlace(*row[:3])
        return PaperRow(
            entry=self._journal.ref(place.device, place.seq),
            subject=self._journal.ref(subject_device, subject_seq),
            paper=named["paper"],
            number=named["number"],
            issued_on=date.fromisoformat(place.issued_on),
            issuer=named["issuer"],
            reprint=named["reprint"],
            template=named["template"],
            stands=bool(named["stands"]),
            applicant=applicant,
            item=item,
            item_version=version,
            local_number=local_number,
            region=region,
            place=place,
        )
