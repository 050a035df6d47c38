"""The ledger in a schema of a PostgreSQL database: for a district with several workers, or a province of districts.

A schema is one district's, and every connection sees that one only (docs/decisions/0023): no query crosses districts.
Each thread has a connection of its own. What a transaction relies on is locked, in this order:

1. the table `district`, shared by those who write `beside` each other, or kept by one who is `alone`.
   Its locks are fair: whoever wants to be alone waits for those at work, and nobody overtakes.
2. the row of the device that sends;
3. the row of the district, from the moment when positions of the feed are taken until the commit.

Nobody goes back in it, so nobody waits in a circle; should the server find one all the same, `beside` begins again.

A commit of `beside` does not wait for the disk, so the last lock is not held so long, and of many that wait in `sync`
one write takes all along. Whoever answers has waited there after the last thing that he read.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

import peewee
import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from psycopg import sql

from app.errors import Refused
from app.store.database import DiskFull, StoreBusy, StoreTooNew
from app.store.keyslots import WrongKey
from sync.centre.database import Conflict
from sync.centre.postgresql_connections import ERRORS, Connections, named_as_ours, numbered

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_THREADS: Final = 4
_TRIES: Final = 8
_NONCE: Final = 12
_BESIDE: Final = (
    "BEGIN; SET LOCAL synchronous_commit = off; LOCK TABLE district IN ROW EXCLUSIVE MODE"
)
_ALONE: Final = "BEGIN; LOCK TABLE district IN SHARE ROW EXCLUSIVE MODE"
_Done = TypeVar("_Done")


class NoSuchSchema(Refused):
    """The database holds nothing of this district (fact: place)."""

    code = "no_such_schema"


class _AloneNeeded(Exception):
    """No error: the transaction begins again, alone."""


class PostgresqlDatabase:
    """Stands behind `sync.centre.database.Database`."""

    threads: Final = _THREADS

    def __init__(self, url: str, schema: str, key: bytes) -> None:
        """`key` is the centre's, of whose key slots the folder holds; private keys are sealed by one made of it."""
        self.schema = schema
        self._peewee = Connections(url, schema)
        self._seal = ChaCha20Poly1305(sha256(b"daiban ledger secrets 1\x00" + key).digest())

    @classmethod
    def open(cls, url: str, schema: str, key: bytes, *, new: bool = False) -> PostgresqlDatabase:
        """Connect, and bring the district's tables up to date; a `new` district's are made.

        Raises BadDatabaseUrl, DatabaseAway, StoreTooNew, NoSuchSchema.
        """
        database = cls(url, schema, key)
        try:
            if new:
                database._make_schema()
            database._bring_up_to_date()
        except BaseException:
            database.close()
            raise
        return database

    @property
    def place(self) -> str:
        return f"{self._peewee.host}/{self._peewee.name}#{self.schema}"

    def rows(self, sql: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        with self._named():
            return self._peewee.execute_sql(sql, parameters).fetchall()  # type: ignore[no-any-return]

    def row(self, sql: str, parameters: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 - a tuple
        with self._named():
            return self._peewee.execute_sql(sql, parameters).fetchone()

    def held(self, sql: str, parameters: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 - a tuple
        return self.row(f"{sql} FOR NO KEY UPDATE", parameters)

    def run(self, sql: str, parameters: tuple[object, ...] = ()) -> int:
        with self._named():
            return int(self._peewee.execute_sql(sql, parameters).rowcount)

    def run_many(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        with self._named():
            self._peewee.cursor().executemany(numbered(sql), parameters)

    def add(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        copied = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with self._named(), self._peewee.cursor().copy(copied) as copy:
            for row in rows:
                copy.write_row(row)

    def count_on(self) -> None:
        counted = self.rows(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = ? AND is_identity = 'YES'",
            (self.schema,),
        )
        for table, column in counted:
            self.row(
                f"SELECT setval(pg_get_serial_sequence(?, ?), coalesce(max({column}), 1), max({column}) IS NOT NULL) "
                f"FROM {table}",
                (table, column),
            )

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._named():
            if self._peewee.in_transaction():
                self.alone()
                with self._peewee.atomic():
                    yield
            else:
                with self._peewee.atomic(_ALONE):
                    yield

    def beside(self, work: Callable[[], _Done]) -> _Done:
        if self._peewee.in_transaction():
            return work()
        way, tries = _BESIDE, 0
        while True:
            try:
                with self._named(), self._peewee.atomic(way):
                    return work()
            except _AloneNeeded:
                way = _ALONE
            except (Conflict, peewee.IntegrityError, psycopg.IntegrityError):
                # What two wrote first at the same moment is there at the second try; a mistake of ours still is one.
                tries += 1
                if tries == _TRIES:
                    raise
                time.sleep(random.uniform(0, 0.02 * tries))

    def sync(self) -> None:
        """An empty message in the log, whose commit waits for the disk: the log reaches there in its order."""
        self.row("SELECT 1 FROM pg_logical_emit_message(true, 'daiban', '')")

    def alone(self) -> None:
        if self._peewee.way != _ALONE:
            raise _AloneNeeded

    def sealed(self, name: str, secret: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._seal.encrypt(nonce, secret, name.encode())

    def unsealed(self, name: str, kept: bytes) -> bytes:
        """Raises WrongKey: the folder's key slots are another district's."""
        try:
            return self._seal.decrypt(kept[:_NONCE], kept[_NONCE:], name.encode())
        except InvalidTag as error:
            raise WrongKey from error

    def clear(self, most_bytes: int | None = None) -> bool:
        """The room of erased bodies is given free; how long their bytes last there, docs/security.md tells."""
        (size,) = self.row("SELECT pg_total_relation_size('entry')")
        if most_bytes is not None and size > most_bytes:
            return False
        try:
            self.run("VACUUM entry")
        except (StoreBusy, DiskFull):  # it stays due
            return False
        return True

    def settle(self) -> None:
        """The server sees to it."""

    def close(self) -> None:
        self._peewee.close_all()

    def _bring_up_to_date(self) -> None:
        from playhouse.migrations import Runner

        with self._named():
            if not self._has_schema():
                raise NoSuchSchema(place=self.place)
            if self._missing() == 0:
                return
            with self._peewee.atomic("BEGIN"):
                self._take_turn()
                Runner(self._peewee, directory=str(_MIGRATIONS)).up()

    def _make_schema(self) -> None:
        with self._named(), self._peewee.atomic("BEGIN"):
            self._take_turn()
            if not self._has_schema():
                make = sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(self.schema))
                self._peewee.connection().execute(make)

    def _take_turn(self) -> None:
        """Whoever else defines tables of this district now waits, as long as this transaction takes."""
        waits = "SELECT pg_advisory_xact_lock(hashtext(?))"
        self._peewee.execute_sql(waits, (f"daiban {self.schema}",))

    def _has_schema(self) -> bool:
        known = "SELECT 1 FROM pg_namespace WHERE nspname = ?"
        return self._peewee.execute_sql(known, (self.schema,)).fetchone() is not None

    def _missing(self) -> int:
        """How many migrations are missing. Raises StoreTooNew."""
        ours = {path.stem for path in _MIGRATIONS.glob("[0-9]*.py")}
        found = "SELECT to_regclass('schema_migration') IS NOT NULL"
        if not self._peewee.execute_sql(found).fetchone()[0]:
            return len(ours)
        names = self._peewee.execute_sql("SELECT name FROM schema_migration").fetchall()
        have = {name for (name,) in names}
        if have - ours:
            newest = max(int(name[:4]) for name in have)
            raise StoreTooNew(database=newest, program=max(int(name[:4]) for name in ours))
        return len(ours - have)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Give the database library's errors our names."""
        try:
            yield
        except ERRORS as error:
            named = named_as_ours(error, self._peewee.host)
            if named is None:
                raise
            raise named from error
