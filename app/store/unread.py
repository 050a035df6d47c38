"""Cases whose entries are here and whose rows are not made yet: a first download takes in all entries before it reads.

What stands here survives a power cut, and whoever opens the store next reads on. A case is struck out in the
transaction that writes its rows, whoever does so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import msgspec

from app.journal.refs import Ref
from app.store.database import Database
from app.store.journal import Journal

_NOTE = (
    "INSERT INTO unread (subject_device, subject_seq) VALUES (?, ?) "
    "ON CONFLICT (subject_device, subject_seq) DO UPDATE SET times = times + 1"
)


class Mark(NamedTuple):
    """A line as it stood when the case's entries were looked up: another one says that more has come since."""

    n: int
    device: int
    seq: int
    times: int


class Portion(msgspec.Struct, frozen=True):
    """Some cases in their order, and every entry of theirs as (device's number here, number, bytes)."""

    marks: Sequence[Mark]
    pieces: Sequence[tuple[int, int, bytes]]


class Unread:
    """Writes and reads them for one store. Writing belongs in the caller's transaction."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def note(self, subjects: Collection[Ref]) -> None:
        self._database.run_many(_NOTE, [self._journal.pair(subject) for subject in subjects])

    def note_all(self) -> None:
        """All there is: those that have rows first, and in their order."""
        self._database.run(
            "INSERT OR IGNORE INTO unread (subject_device, subject_seq) "
            "SELECT subject_device, subject_seq FROM case_row ORDER BY n"
        )
        self._database.run(
            "INSERT OR IGNORE INTO unread (subject_device, subject_seq) "
            "SELECT DISTINCT subject_device, subject_seq FROM entry WHERE NOT publication"
        )

    def strike(self, subjects: Iterable[Ref]) -> None:
        """These are read."""
        if not self.is_empty():
            self.strike_pairs(map(self._journal.pair, subjects))

    def strike_pairs(self, subjects: Iterable[tuple[int, int]]) -> None:
        """The same, as the tables name them."""
        self._database.run_many(
            "DELETE FROM unread WHERE subject_device = ? AND subject_seq = ?", list(subjects)
        )

    def is_empty(self) -> bool:
        return self._database.row("SELECT 1 FROM unread LIMIT 1") is None

    def count(self) -> int:
        return int(self._database.row("SELECT count(*) FROM unread")[0])

    def last(self) -> int:
        """Where the last of them stands; 0 if there is none."""
        return int(self._database.row("SELECT coalesce(max(n), 0) FROM unread")[0])

    def any_to(self, last: int) -> bool:
        """Whether one stands up to that place."""
        return self._database.row("SELECT 1 FROM unread WHERE n <= ? LIMIT 1", (last,)) is not None

    def portion(self, after: int, last: int, most: int) -> Portion:
        """The next cases behind a place, up to the last."""
        marks = [
            Mark(*row)
            for row in self._database.rows(
                "SELECT n, subject_device, subject_seq, times FROM unread "
                "WHERE n > ? AND n <= ? ORDER BY n LIMIT ?",
                (after, last, most),
            )
        ]
        pieces = (
            self._database.rows(
                "SELECT e.device, e.seq, e.wire FROM unread u "
                "JOIN entry e ON e.subject_device = u.subject_device AND e.subject_seq = u.subject_seq "
                "WHERE u.n BETWEEN ? AND ? ORDER BY u.n",
                (marks[0].n, marks[-1].n),
            )
            if marks
            else []
        )
        return Portion(marks, pieces)

    def unchanged(self, marks: Sequence[Mark]) -> set[tuple[int, int]]:
        """Those of which nothing came since they were looked up, as the tables name them."""
        now = self._database.rows(
            "SELECT n, subject_device, subject_seq, times FROM unread WHERE n BETWEEN ? AND ?",
            (marks[0].n, marks[-1].n),
        )
        return {row[1:3] for row in set(now).intersection(marks)}
