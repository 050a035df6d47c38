"""The ledger in one encrypted SQLite file: a district without a database server needs nothing more.

One connection, one thread: SQLite lets one writer in at a time, so every write transaction is alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from app.store import database as files
from app.store.backup import check_pages
from app.store.database import DiskFull, StoreBusy, forget_copies

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_BOOKKEEPING: Final = "schema_migration"
_PATIENCE_MS: Final = 1_000
_Done = TypeVar("_Done")


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """`key` are the columns of its primary key, `largest_row` is in bytes; `refers`: to rows of another table."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    refers: bool
    largest_row: int


class SqliteDatabase:
    """Stands behind `sync.centre.database.Database`."""

    threads: Final = 1

    def __init__(self, database: files.Database) -> None:
        self.file = database

    @classmethod
    def open(cls, path: Path, key: bytes) -> SqliteDatabase:
        """Open the file, making or bringing up to date its tables. Raises DamagedDatabase, StoreTooNew."""
        database = files.connect(path, key)
        files.bring_up_to_date(database, _MIGRATIONS)
        files.remove_copies(path, time.time_ns() // 1_000_000)
        return cls(database)

    @property
    def place(self) -> str:
        return str(self.file.database)

    def rows(self, sql: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        return self.file.rows(sql, parameters)

    def row(self, sql: str, parameters: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 - a tuple
        return self.file.row(sql, parameters)

    def held(self, sql: str, parameters: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 - a tuple
        return self.file.row(sql, parameters)

    def run(self, sql: str, parameters: tuple[object, ...] = ()) -> int:
        return int(self.file.run(sql, parameters).rowcount)

    def run_many(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        self.file.run_many(sql, list(parameters))

    def add(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        marks = ", ".join("?" * len(columns))
        self.file.run_many(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", list(rows)
        )

    def count_on(self) -> None:
        """It looks at what is there."""

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self.file.writing():
            yield

    def beside(self, work: Callable[[], _Done]) -> _Done:
        if self.file.in_transaction():  # no savepoint: on a full disk SQLite takes back all of it
            return work()
        with self.file.writing():
            return work()

    def sync(self) -> None:
        """Every commit waits for the disk."""

    def alone(self) -> None:
        """Every writer is."""

    def sealed(self, name: str, secret: bytes) -> bytes:
        """As it is: all of the file is encrypted."""
        return secret

    def unsealed(self, name: str, kept: bytes) -> bytes:
        return kept

    def clear(self, most_bytes: int | None = None) -> bool:
        """`secure_delete` does not reach the copies that SQLite leaves in the slack of pages when it moves entries."""
        pages, size = (
            int(self.file.row(f"PRAGMA {name}")[0]) for name in ("page_count", "page_size")
        )
        if most_bytes is not None and pages * size > most_bytes:
            return False
        try:
            self.file.run("VACUUM")
            (busy, _, _) = self.file.row("PRAGMA wal_checkpoint(TRUNCATE)")
        except (StoreBusy, DiskFull):  # it stays due
            return False
        if busy:
            return False
        forget_copies(Path(self.file.database))
        return True

    def copy_to(self, path: Path) -> None:
        """A whole copy under the same key, of one moment; others may write meanwhile."""
        path.touch(mode=0o600)
        self.file.run("VACUUM INTO ?", (str(path),))

    def look_at_pages(self) -> None:
        """Raises DamagedDatabase unless every page is what it was written as, and the trees hold."""
        check_pages(self.file)

    def keep_others_out(self) -> None:
        """Until this is closed nobody else opens the file. Raises StoreBusy if somebody has it open now."""
        self.file.run(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        self.file.run("PRAGMA journal_mode = delete")  # to leave WAL one has to be alone
        self.file.run("PRAGMA locking_mode = exclusive")
        with self.file.writing():  # takes the lock, which is then kept
            self.file.run("PRAGMA user_version = " + str(self.file.row("PRAGMA user_version")[0]))

    def tables(self) -> list[Table]:
        """Every table of the ledger; one that refers to another after it."""
        names = self.file.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> ? "
            "ORDER BY name",
            (_BOOKKEEPING,),
        )
        return sorted(map(self._table, (name for (name,) in names)), key=lambda one: one.refers)

    def _table(self, name: str) -> Table:
        columns = self.file.rows("SELECT name, pk FROM pragma_table_info(?)", (name,))
        refers = self.file.row("SELECT count(*) FROM pragma_foreign_key_list(?)", (name,))
        size = " + ".join(f"coalesce(length({column}), 0)" for column, _ in columns)
        (largest,) = self.file.row(f"SELECT max({size}) FROM {name}")
        return Table(
            name=name,
            columns=tuple(column for column, _ in columns),
            key=tuple(column for column, pk in sorted(columns, key=lambda one: one[1]) if pk),
            refers=refers != (0,),
            largest_row=largest or 0,
        )

    def settle(self) -> None:
        """The write-ahead log is emptied into the file."""
        self.file.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.file.close()
