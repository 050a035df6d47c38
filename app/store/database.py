"""The encrypted SQLite database: how it is opened, written to and brought up to date."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from app.errors import DaibanError, Damaged, Refused
from app.store.files import sync_folder
from app.store.lean_peewee import DatabaseError, Savepoint, SqlCipherDatabase

_DAMAGE = ("not a database", "malformed", "vtable constructor failed")
_AWAY = ("disk I/O error", "readonly database", "unable to open database file")
BUSY_TIMEOUT_MS = 20_000
GAP_S = 0.01
"""What whoever writes slice after slice leaves between two, so that others come to their turn."""
_GLANCE_S = 0.003
_VALUES_AT_ONCE = 16_384
"""In one statement; SQLite takes twice as many."""
COPY_KEPT_MS = 30 * 86_400_000
_COPY = ".before-"
_ROOM_FACTOR = 2  # the copy, and what the upgrade itself writes
_MB = 2**20
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
_ROOM = {"cache_size": -64_000, "wal_autocheckpoint": 16_000}

# The driver takes whole numbers and text as they are. What else it is given, None and bytes too, it first looks for
# in a table and, when it is not there, asks about at ten times the cost: so here they are, none of them changed.
dbapi2.register_adapter(type(None), {}.get)
dbapi2.register_adapter(bool, int)
dbapi2.register_adapter(bytes, memoryview)


class StoreTooNew(Refused):
    """A newer program wrote this database (facts: database, program: schema numbers)."""

    code = "store_too_new"


class StoreBusy(Refused):
    """Another program holds the database longer than we wait."""

    code = "store_busy"


class DiskFull(Refused):
    """The disk has no room; what was being written was not written."""

    code = "disk_full"


class StoreOutOfReach(Refused):
    """The disk or the folder is gone, or cannot be written to any more; what was being written was not written."""

    code = "store_out_of_reach"


class NoRoomToUpgrade(Refused):
    """There is no room for the copy that is made before an upgrade; nothing was changed (facts: needed_mb, free_mb)."""

    code = "no_room_to_upgrade"


class DamagedDatabase(Damaged):
    code = "damaged_database"


class _Part(Savepoint):
    """A part of a transaction; of a full disk's SQLite has taken back the whole, and this with it."""

    def rollback(self, begin: bool = True) -> None:
        if self.db.connection().in_transaction:
            super().rollback(begin)


class Database(SqlCipherDatabase):
    """A peewee database whose write transactions are IMMEDIATE and whose errors are ours."""

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One write transaction: all of it or nothing, on the disk when it ends."""
        with translated(), ExitStack() as held:
            if self.in_transaction():
                held.enter_context(self.atomic())
            else:
                self._take_turn(held)
            yield

    def _take_turn(self, held: ExitStack) -> None:
        """Begin as soon as no other writer is at work.

        SQLite's own waiting looks every tenth of a second, and never meets the short gaps between the slices
        in which an exchange writes.
        """
        (patience_ms,) = self.row("PRAGMA busy_timeout")
        until = time.monotonic() + int(patience_ms) / 1000
        self.execute_sql("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    held.enter_context(self.atomic("IMMEDIATE"))
                except DatabaseError as error:
                    if "is locked" not in str(error) or time.monotonic() > until:
                        raise
                    time.sleep(_GLANCE_S)
                else:
                    return
        finally:
            self.execute_sql(f"PRAGMA busy_timeout = {int(patience_ms)}")

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

    def insert_rows(self, into: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Insert rows in few statements, `into` being what stands before VALUES; inside a transaction.

        While a statement runs other threads have the interpreter, and `executemany` asks for it back after each row.
        Halves and quarters of the largest number make few different texts: each is kept, prepared.
        """
        start = 0
        while start < len(rows):
            width, left = len(rows[0]), len(rows) - start
            number = 1 << (min(left, _VALUES_AT_ONCE // width).bit_length() - 1)
            row = f"({', '.join('?' * width)})"
            self.run(
                f"{into} VALUES {', '.join([row] * number)}",
                tuple(chain.from_iterable(rows[start : start + number])),
            )
            start += number

    def make_room(self) -> None:
        """Let much be written before pages are written back, and keep more of them: for a first download."""
        for name, value in _ROOM.items():
            self.run(f"PRAGMA {name} = {value}")

    def give_room_back(self) -> None:
        """As before; what stands in the log is written back now, if nobody reads there."""
        self.run("PRAGMA busy_timeout = 0")  # whoever waits for readers keeps writers out meanwhile
        try:
            with suppress(DaibanError):
                self.run("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            for name in ("busy_timeout", *_ROOM):
                self.run(f"PRAGMA {name} = {_PRAGMAS[name]}")
            self.run("PRAGMA shrink_memory")

    def savepoint(self) -> _Part:
        return _Part(self)

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
        if any(sign in text for sign in _AWAY):
            raise StoreOutOfReach from error
        if any(sign in text for sign in _DAMAGE):
            raise DamagedDatabase(detail=text) from error
        raise


def connect(path: Path, key: bytes, kind: Callable[..., Database] = Database) -> Database:
    """Open a database with its raw key, making the file if it is not there. Raises DamagedDatabase.

    `kind` makes it: the simulator's is one whose power fails.
    """
    _make_private(path)
    # Threads share the connection; whoever shares it takes turns (the desktop's store queue, the centre's writer).
    database = kind(
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
    """Apply what is missing, after a copy of a database that already holds something: all of it or nothing.

    Raises StoreTooNew if the database knows migrations that this program does not, and NoRoomToUpgrade.
    """
    newest = _newest(migrations)
    if _at(database, newest):
        return
    from playhouse.migrations import Runner

    with database.writing():
        if _at(database, newest):  # another program was quicker
            return
        if database.row("PRAGMA user_version") != (0,):
            _copy(database, Path(f"{database.database}{_COPY}{newest}"))
        Runner(database, directory=str(migrations)).up()
        database.run(f"PRAGMA user_version = {newest}")


def refuse_newer(database: Database, migrations: Path) -> None:
    """Raises StoreTooNew if the database knows migrations that this program does not."""
    _at(database, _newest(migrations))


def remove_copies(path: Path, now_ms: int) -> None:
    """Remove the copies of a database that were made before an upgrade, once it has proved itself.

    What was erased from the database since still stands in them, so they do not stay for ever.
    """
    for copy in path.parent.glob(f"{path.name}{_COPY}*"):
        if now_ms - copy.stat().st_mtime * 1000 > COPY_KEPT_MS:
            copy.unlink(missing_ok=True)


def forget_copies(path: Path) -> None:
    """Remove them all now: something was erased from the database for good."""
    for copy in path.parent.glob(f"{path.name}{_COPY}*"):
        copy.unlink(missing_ok=True)


def _newest(migrations: Path) -> int:
    return max(int(path.name[:4]) for path in migrations.glob("[0-9]*.py"))


def _at(database: Database, newest: int) -> bool:
    """Whether nothing is missing. Raises StoreTooNew."""
    (have,) = database.row("PRAGMA user_version")
    if have > newest:
        raise StoreTooNew(database=have, program=newest)
    return bool(have == newest)


def _copy(database: Database, to: Path) -> None:
    """A whole copy under the same key, in place of an older one; half a copy is never taken for one.

    It is made over a connection of its own, while this one keeps every writer out.
    """
    fresh = to.with_name(to.name + ".new")
    fresh.unlink(missing_ok=True)
    path = Path(database.database)
    pages, size = (int(database.row(f"PRAGMA {name}")[0]) for name in ("page_count", "page_size"))
    needed, free = _ROOM_FACTOR * pages * size, shutil.disk_usage(path.parent).free
    needed_mb, free_mb = -(-needed // _MB), free // _MB
    if free < needed:
        raise NoRoomToUpgrade(needed_mb=needed_mb, free_mb=free_mb)
    other = connect(path, _key_of(database))
    try:
        _make_private(fresh)
        other.run("VACUUM INTO ?", (str(fresh),))
        fresh.replace(to)
        sync_folder(path.parent)
    except DiskFull as error:
        raise NoRoomToUpgrade(needed_mb=needed_mb, free_mb=free_mb) from error
    finally:
        other.close()
        fresh.unlink(missing_ok=True)
    for older in path.parent.glob(f"{path.name}{_COPY}*"):
        if older != to:
            older.unlink()


def _key_of(database: Database) -> bytes:
    return bytes.fromhex(database.connect_params["passphrase"].removeprefix("x'").removesuffix("'"))
