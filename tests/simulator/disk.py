"""Disks whose power fails between any two statements, and that run full."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3.dbapi2 import OperationalError

from app.store import database
from app.store.database import Database

KEY = bytes(range(32))
"""Of every database here."""
_PLENTY = 2**30
"""Pages."""
_WRITES = ("INSERT", "UPDATE", "DELETE")


class PowerCut(BaseException):
    """The machine is off from this moment; no handler of the program runs on a machine that is off."""


class Power:
    """The power of one machine, and the room on its disk. `statements` counts what its database was asked.

    `room` is how many writes still fit, None for as many as come: SQLite's own limit, which holds beside it,
    counts in pages, and much fits into those that there are.
    """

    def __init__(self) -> None:
        self.statements = 0
        self.room: int | None = None
        self._left: int | None = None
        self._steady = False

    @contextmanager
    def steady(self) -> Iterator[None]:
        """For who looks on: what is asked meanwhile is not counted, and nothing fails."""
        before, self._steady = self._steady, True
        try:
            yield
        finally:
            self._steady = before

    def fail_after(self, statements: int) -> None:
        """Let so many more statements through, and nothing after them."""
        self._left = statements

    def come_back(self) -> None:
        self._left = None

    @property
    def is_failing(self) -> bool:
        return self._left is not None

    def tick(self) -> None:
        """Before a statement and after a commit. Raises PowerCut."""
        if self._steady:
            return
        self.statements += 1
        if self._left is not None:
            if self._left <= 0:
                raise PowerCut
            self._left -= 1

    def take_room(self) -> None:
        """Before a statement that writes. Raises what SQLite raises."""
        if self.room is not None and not self._steady:
            self.room -= 1
            if self.room < 0:
                raise OperationalError("database or disk is full")


class SimulatedDatabase(Database):
    """The real database, encryption and all, that asks before each statement whether there is power."""

    power: Power

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        self.power.tick()
        if sql.startswith(_WRITES):
            self.power.take_room()
        return super().execute_sql(sql, params)

    def run_many(self, sql: str, parameters: list[Any]) -> None:
        self.power.tick()
        if parameters:
            with database.translated():
                self.power.take_room()
        super().run_many(sql, parameters)

    def begin(self, lock_type: str | None = None) -> None:
        self.power.tick()
        super().begin(lock_type)

    def commit(self) -> None:
        """The power may fail before the commit, or after it, when nobody has heard of it."""
        self.power.tick()
        super().commit()
        self.power.tick()


def powered(power: Power) -> Callable[[Path, bytes], Database]:
    """What opens a database on a machine with this power."""

    def made(*words: Any, **named: Any) -> Database:
        database = SimulatedDatabase(*words, **named)
        database.power = power
        return database

    def connect(path: Path, key: bytes) -> Database:
        return database.connect(path, key, made)

    return connect


def fill(db: Database, spare: int | None) -> None:
    """Leave room for so many writes more, and no page; for None there is plenty."""
    assert isinstance(db, SimulatedDatabase)
    db.power.room = spare
    with db.power.steady():
        (pages,) = db.row("PRAGMA page_count")
        db.run(f"PRAGMA max_page_count = {_PLENTY if spare is None else pages}")


def drop(db: Database) -> None:
    """What a machine that is switched off does with its connection: what was not committed is gone."""
    while db.transaction_depth():
        db.pop_transaction()
    db.close()
