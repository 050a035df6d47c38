"""The encrypted SQLite database: how it is opened, written to and brought up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from peewee import DatabaseError
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2

from app.errors import Damaged, Refused

_DAMAGE = ("not a database", "malformed", "vtable constructor failed")
BUSY_TIMEOUT_MS = 20_000
_PRAGMAS = {
    "cipher_log_level": "none",  # SQLCipher would write to stderr by itself
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "busy_timeout": BUSY_TIMEOUT_MS,
    "secure_delete": 1,
    "temp_store": "memory",
    "cache_size": -32_000,  # KiB
    "wal_autocheckpoint": 4_000,  # pages: what several transactions change is written back once
}


class StoreTooNew(Refused):
    """A newer program wrote this database (facts: database, program: schema numbers)."""

    code = "store_too_new"


class StoreBusy(Refused):
    """Another program holds the database longer than we wait."""

    code = "store_busy"


class DiskFull(Refused):
    """The disk has no room; what was being written was not written."""

    code = "disk_full"


class DamagedDatabase(Damaged):
    code = "damaged_database"


class Database(SqlCipherDatabase):
    """A peewee database whose write transactions are IMMEDIATE and whose errors are ours."""

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One write transaction: all of it or nothing, on the disk when it ends."""
        with translated(), self.atomic("IMMEDIATE"):
            yield

    def rows(self, sql: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        """All rows of a query, as tuples."""
        with translated():
            return list(self.execute_sql(sql, parameters).fetchall())

    def row(self, sql: str, parameters: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 - a tuple
        """The first row of a query, or None."""
        with translated():
            return self.execute_sql(sql, parameters).fetchone()

    def run(self, sql: str, parameters: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 - a cursor
        """One statement; the cursor gives its rows one by one."""
        with translated():
            return self.execute_sql(sql, parameters)

    def run_many(self, sql: str, parameters: list[Any]) -> None:
        """One statement for many rows; inside a transaction."""
        with translated():
            self.cursor().executemany(sql, parameters)

    def rollback(self) -> None:
        """Take a transaction back, unless SQLite has done so itself, as it does when the disk is full."""
        if self.connection().in_transaction:
            super().rollback()


@contextmanager
def translated() -> Iterator[None]:
    """Give the database library's errors our names."""
    try:
        yield
    except (DatabaseError, dbapi2.DatabaseError) as error:
        # peewee translates most of the driver's errors, not those of executemany and of reading on.
        text = str(error)
        if "is locked" in text or "is busy" in text:
            raise StoreBusy from error
        if "disk is full" in text:
            raise DiskFull from error
        if any(sign in text for sign in _DAMAGE):
            raise DamagedDatabase(detail=text) from error
        raise


def connect(path: Path, key: bytes) -> Database:
    """Open a database with its raw key, making the file if it is not there. Raises DamagedDatabase."""
    _make_private(path)
    # Threads share the connection; whoever shares it takes turns (the desktop's store queue, the centre's writer).
    database = Database(
        str(path),
        passphrase=f"x'{key.hex()}'",
        pragmas=_PRAGMAS,
        check_same_thread=False,
        thread_safe=False,
    )
    with translated():
        database.connect()
        database.execute_sql("SELECT count(*) FROM sqlite_master")
    return database


def _make_private(path: Path) -> None:
    """Let a file that SQLite is about to make be its owner's only; its log and index then are too."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def bring_up_to_date(database: Database, migrations: Path) -> None:
    """Apply what is missing, after a copy of a database that already holds something.

    Raises StoreTooNew if the database knows migrations that this program does not.
    """
    newest = max(int(path.name[:4]) for path in migrations.glob("[0-9]*.py"))
    (have,) = database.row("PRAGMA user_version")
    if have > newest:
        raise StoreTooNew(database=have, program=newest)
    if have == newest:
        return
    if have:
        _copy(database, Path(f"{database.database}.before-{newest}"))
    from playhouse.migrations import Runner

    Runner(database, directory=str(migrations)).up()
    database.execute_sql(f"PRAGMA user_version = {newest}")


def _copy(database: Database, to: Path) -> None:
    """A whole copy under the same key, in place of an older one; half a copy is never taken for one."""
    fresh = to.with_name(to.name + ".new")
    fresh.unlink(missing_ok=True)
    _make_private(fresh)
    database.run("VACUUM INTO ?", (str(fresh),))
    fresh.replace(to)
