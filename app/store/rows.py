"""Rows made from cases: for lists, search and deadlines. Written in the transaction of the entry that changed them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Any

import msgspec

from app.domain.case import Case
from app.domain.publications import Publications
from app.journal.refs import DeviceId, Ref
from app.store.archive_rows import ArchiveRows
from app.store.database import Database
from app.store.duplicates import DuplicateRows
from app.store.finding import first
from app.store.journal import ASKED_AT_ONCE, Journal
from app.store.paper_rows import PaperRows
from app.store.row_drafts import ClockRow, RowDraft, clock_rows, draft
from app.store.search import SEARCHED, Searched
from app.store.selection import Condition, Order, Place, count, places
from app.store.side_rows import SideRows
from app.store.unread import Unread

__all__ = ("COLUMNS", "ROWS", "CaseRow", "ClockRow", "Rows", "clock_rows")

ROWS = 6
"""Raised when rows hold more or other things than before: a store is then read anew (`app.store.learning`)."""
COLUMNS = (
    "subject_device", "subject_seq", "head_device", "head_seq", "region", "station", "place", "item",
    "item_version", "state", "urgent", "received_on", "local_number", "official_number", "other_numbers",
    "external_id", "applicant", "id_number", "phone", "due", "clocks", "out_of_place", "misfits", "needs_upgrade",
    "todo", "todo_at", "notices", "green", "owner", "parent", "visit", "cards", "kin",
    "card_from", "last_day",
)  # fmt: skip
_INSERT = f"INSERT INTO case_row ({', '.join(COLUMNS)}, n)"
_UPDATE = f"UPDATE case_row SET {', '.join(f'{name} = ?' for name in COLUMNS)} WHERE n = ?"
_INSERT_TEXT = "INSERT INTO case_text (rowid, terms)"
# FTS5 without content forgets a row when it is told again what the row was made of.
_FORGET_TEXT = "INSERT INTO case_text (case_text, rowid, terms) VALUES ('delete', ?, ?)"


_decode_clocks = msgspec.msgpack.Decoder(tuple[ClockRow, ...]).decode
_decode_refs = msgspec.msgpack.Decoder(tuple[Ref, ...]).decode


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows of a case.

    `other_numbers` are official numbers without effect, and that of a refused registration which this one corrects;
    `misfits` are the `out_of_place` entries.
    `todo` is what the case waits for, at the station of the region `todo_at`; both empty if it waits for nothing.
    `notices` counts the supplement notices and returns for defects (一次性告知).
    `owner` is the operator whose matter it is, `parent` the case it is a part of, `visit` the one that opened
    its visit: entries, as text, or empty. `cards` counts those that were not withdrawn.
    `kin`: of somebody on the staff. `card_from` is the first day on which a card may be due that nobody has issued;
    what is published for days after `last_day` changes nothing that has ended.
    """

    n: int
    subject: Ref
    head: Ref
    region: str
    station: str
    place: str
    item: str
    item_version: int
    state: str
    urgent: bool
    received_on: date
    local_number: str
    official_number: str | None
    other_numbers: tuple[str, ...]
    external_id: str | None
    applicant: str
    id_number: str
    phone: str
    due: date | None
    clocks: tuple[ClockRow, ...]
    out_of_place: int
    misfits: tuple[Ref, ...]
    needs_upgrade: bool
    todo: str
    todo_at: str
    notices: int
    green: bool
    owner: str
    parent: str
    visit: str
    cards: int
    kin: bool
    card_from: date | None
    last_day: date


class Rows:
    """Writes and reads the rows of one store."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal
        self.papers = PaperRows(database, journal)
        self.beside = SideRows(database)
        self.duplicates = DuplicateRows(database, journal)
        self.archive = ArchiveRows(database, journal)
        self.unread = Unread(database, journal)

    # --- writing ----------------------------------------------------------------------------------

    def save(
        self, cases: Sequence[Case], publications: Publications, new: Collection[Ref] = ()
    ) -> None:
        """Bring the rows of these cases up to date; those whose subject is among `new` have none."""
        have = self._indexed([case.subject for case in cases if case.subject not in new])
        drafts = []
        for case in cases:
            _, told = have.get(case.subject, (None, None))
            drafts.append(draft(case, publications, known=told))
        self._write(drafts, have, publications, {case.subject: case for case in cases})

    def save_drafts(self, drafts: Sequence[RowDraft], publications: Publications) -> None:
        """The same of cases that were read by these publications elsewhere."""
        have = self._indexed([drawn.subject for drawn in drafts])
        self._write(drafts, have, publications)

    def _write(
        self,
        drafts: Sequence[RowDraft],
        have: Mapping[Ref, tuple[int, Searched]],
        publications: Publications,
        known: Mapping[Ref, Case] = MappingProxyType({}),
    ) -> None:
        (last,) = self._database.row("SELECT coalesce(max(n), 0) FROM case_row")
        inserted: list[tuple[object, ...]] = []
        updated: list[tuple[object, ...]] = []
        forgotten: list[tuple[int, str]] = []
        found_by: list[tuple[int, str]] = []
        placed: list[tuple[int, RowDraft]] = []
        pair = self._journal.pair
        for drawn in drafts:
            n, told = have.get(drawn.subject, (None, None))
            refs = (*pair(drawn.subject), *pair(drawn.head))
            if n is None:
                n = last = last + 1
                inserted.append((*refs, *drawn.values, n))
            else:
                updated.append((*refs, *drawn.values, n))
            if drawn.terms is not None and drawn.words != told:
                if told is not None:
                    forgotten.append((n, told.terms))
                found_by.append((n, drawn.terms))
            placed.append((n, drawn))
        self._database.insert_rows(_INSERT, inserted)
        self._database.run_many(_UPDATE, updated)
        self._database.run_many(_FORGET_TEXT, forgotten)
        self._database.insert_rows(_INSERT_TEXT, found_by)
        had = [n for n, _ in have.values()]
        self.papers.save(placed, had)
        self.beside.save(placed, had)
        self.duplicates.save(placed, publications, had, known)
        self.archive.save(placed, had)
        self.unread.strike([drawn.subject for drawn in drafts])

    def forget(self, subject: Ref) -> None:
        """Take away the row of a case whose opening entry is read no more."""
        for n, old in self._indexed([subject]).values():
            self._database.run(_FORGET_TEXT, (n, old.terms))
            self._database.run("DELETE FROM case_row WHERE n = ?", (n,))
            self.papers.forget(n)
            self.beside.forget(n)
            self.duplicates.forget(n)
            self.archive.forget(n)

    def clear(self) -> None:
        """Empty every table made from the journal."""
        for table in (
            "case_row",
            "paper_row",
            "side_task",
            "card_row",
            "archive_row",
            "running",
            "waiting",
            "unread",
        ):
            self._database.run(f"DELETE FROM {table}")
        self._database.run("INSERT INTO case_text (case_text) VALUES ('delete-all')")
        self.duplicates.clear()

    # --- reading ----------------------------------------------------------------------------------

    def by_subject(self, subject: Ref) -> CaseRow | None:
        found = self.where(
            "subject_device = ? AND subject_seq = ?", self._journal.pair(subject), limit=1
        )
        return found[0] if found else None

    def having(self, subjects: Sequence[Ref]) -> set[Ref]:
        """Those of these subjects that have a row."""
        return set(self._indexed(subjects))

    def _indexed(self, subjects: Sequence[Ref]) -> dict[Ref, tuple[int, Searched]]:
        """The place in lists, and what the search was made from, of those subjects that have a row."""
        found = {}
        for start in range(0, len(subjects), ASKED_AT_ONCE):
            some = subjects[start : start + ASKED_AT_ONCE]
            rows = self._database.rows(
                f"SELECT subject_device, subject_seq, n, {SEARCHED} FROM case_row "
                f"WHERE (subject_device, subject_seq) IN (VALUES {', '.join(['(?, ?)'] * len(some))})",
                tuple(chain.from_iterable(map(self._journal.pair, some))),
            )
            found.update(
                {self._journal.ref(*row[:2]): (row[2], Searched(*row[3:])) for row in rows}
            )
        return found

    def where(
        self,
        condition: str,
        parameters: tuple[object, ...] = (),
        *,
        order: str = "n DESC",
        limit: int = 100,
        offset: int = 0,
    ) -> list[CaseRow]:
        """Rows that meet a condition of ours (never of a user's making), newest first."""
        rows = self._database.rows(
            f"SELECT n, {', '.join(COLUMNS)} FROM case_row WHERE {condition} "
            f"ORDER BY {order} LIMIT ? OFFSET ?",
            (*parameters, limit, offset),
        )
        return [self._row(row) for row in rows]

    def page(
        self, conditions: Sequence[Condition], order: Order, after: Place | None, limit: int
    ) -> list[CaseRow]:
        """The next rows of a list after a place in it."""
        return self.at(places(self._database, conditions, order, after, limit))

    def count(self, conditions: Sequence[Condition], most: int) -> int:
        """How many rows meet these conditions; `most` if that many or more."""
        return count(self._database, conditions, most)

    def at(self, chosen: Sequence[int]) -> list[CaseRow]:
        """The rows at these places, in this order."""
        among = f"n IN ({', '.join('?' * len(chosen))})"
        by_n = {row.n: row for row in self.where(among, tuple(chosen), limit=len(chosen))}
        return [by_n[n] for n in chosen]

    def numbers_given_twice(self, devices: Collection[DeviceId]) -> set[str]:
        """Local numbers that more than one case opened by these devices bears."""
        marks = ", ".join("?" * len(devices))
        rows = self._database.rows(
            f"SELECT local_number FROM case_row WHERE subject_device IN ({marks}) "
            "GROUP BY local_number HAVING count(*) > 1",
            tuple(map(self._journal.number_of, devices)),
        )
        return {number for (number,) in rows}

    def found(self, text: str, *, items: Sequence[str] = (), limit: int = 20) -> list[CaseRow]:
        """Cases by number, then by name or pinyin, then by item, each newest first.

        `items` are the ids of items whose name or alias the text is part of.
        """
        return self.at(first(self._database, text, items, limit))

    def _row(self, row: Sequence[Any]) -> CaseRow:
        n, *values = row
        named = dict(zip(COLUMNS, values, strict=True))
        subject = self._journal.ref(named.pop("subject_device"), named.pop("subject_seq"))
        head = self._journal.ref(named.pop("head_device"), named.pop("head_seq"))
        due, card_from = named.pop("due"), named.pop("card_from")
        return CaseRow(
            n=n,
            subject=subject,
            head=head,
            received_on=date.fromisoformat(named.pop("received_on")),
            due=None if due is None else date.fromisoformat(due),
            clocks=_decode_clocks(named.pop("clocks")),
            misfits=_decode_refs(named.pop("misfits")),
            other_numbers=tuple(named.pop("other_numbers").split()),
            urgent=bool(named.pop("urgent")),
            needs_upgrade=bool(named.pop("needs_upgrade")),
            green=bool(named.pop("green")),
            kin=bool(named.pop("kin")),
            card_from=None if card_from is None else date.fromisoformat(card_from),
            last_day=date.fromisoformat(named.pop("last_day")),
            **named,
        )
