"""The ledger in one encrypted SQLite file: a district without a database server needs nothing more.

One connection, one thread: SQLite lets one writer in at a time, so every write transaction is alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from app.store import database as files
from app.store.backup import check_pages
from app.store.database import DiskFull, StoreBusy, forget_copies

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_Done = TypeVar("_Done")


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

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self.file.writing():
            yield

    def beside(self, work: Callable[[], _Done]) -> _Done:
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

    def settle(self) -> None:
        """The write-ahead log is emptied into the file."""
        self.file.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.file.close()
