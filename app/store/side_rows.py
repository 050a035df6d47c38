"""Rows beside a case's own: what is to be done beside its way, and the cards on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from app.store.database import Database
from app.store.journal import ASKED_AT_ONCE
from app.store.row_drafts import RowDraft

CARD_COLUMNS: Final = (
    "cause", "since", "grade", "state", "issued_on", "station", "post", "person", "due",
)  # fmt: skip
_TASK: Final = "INSERT INTO side_task (case_n, kind, at, who) VALUES (?, ?, ?, ?)"
_CARD: Final = (
    f"INSERT INTO card_row (case_n, {', '.join(CARD_COLUMNS)}) "
    f"VALUES (?, {', '.join('?' * len(CARD_COLUMNS))})"
)


class CardRow(msgspec.Struct, frozen=True, kw_only=True):
    """A card in a list; `n` is the place of its case."""

    n: int
    cause: str
    since: date
    grade: str
    state: str
    issued_on: date
    station: str
    post: str
    person: str
    due: date | None


class SideRows:
    """Writes and reads them for one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, drafts: Iterable[tuple[int, RowDraft]], had: Sequence[int]) -> None:
        """Bring the rows of these cases up to date, each with its place; only those in `had` may have some."""
        tasks: set[tuple[Any, ...]] = set()
        cards: set[tuple[Any, ...]] = set()
        for n, drawn in drafts:
            if drawn.tasks or drawn.cards:
                tasks.update([(n, *task) for task in drawn.tasks])
                cards.update([(n, *card) for card in drawn.cards])
        self._change("side_task", "case_n, kind, at, who", _TASK, tasks, had)
        self._change("card_row", f"case_n, {', '.join(CARD_COLUMNS)}", _CARD, cards, had)

    def forget(self, n: int) -> None:
        for table in ("side_task", "card_row"):
            self._database.run(f"DELETE FROM {table} WHERE case_n = ?", (n,))

    def _change(
        self,
        table: str,
        columns: str,
        insert: str,
        wanted: set[tuple[Any, ...]],
        had: Sequence[int],
    ) -> None:
        before: set[tuple[Any, ...]] = set()
        for start in range(0, len(had), ASKED_AT_ONCE):
            some = had[start : start + ASKED_AT_ONCE]
            marks = ", ".join("?" * len(some))
            before.update(
                self._database.rows(
                    f"SELECT {columns} FROM {table} WHERE case_n IN ({marks})", tuple(some)
                )
            )
        if wanted == before:
            return
        changed = {row[0] for row in wanted ^ before}
        self._database.run_many(
            f"DELETE FROM {table} WHERE case_n = ?", [(n,) for n in sorted(changed)]
        )
        self._database.run_many(insert, sorted((r for r in wanted if r[0] in changed), key=repr))

    def cards(
        self, condition: str, parameters: tuple[object, ...] = (), limit: int = 500
    ) -> list[CardRow]:
        """Cards that meet a condition of ours on card_row, the newest first."""
        rows = self._database.rows(
            f"SELECT case_n, {', '.join(CARD_COLUMNS)} FROM card_row WHERE {condition} "
            "ORDER BY issued_on DESC, case_n DESC, cause, since, grade LIMIT ?",
            (*parameters, limit),
        )
        return [_card_row(row) for row in rows]


def _card_row(row: Sequence[Any]) -> CardRow:
    n, *values = row
    named = dict(zip(CARD_COLUMNS, values, strict=True))
    due = named.pop("due")
    return CardRow(
        n=n,
        since=date.fromisoformat(named.pop("since")),
        issued_on=date.fromisoformat(named.pop("issued_on")),
        due=None if due is None else date.fromisoformat(due),
        **named,
    )
