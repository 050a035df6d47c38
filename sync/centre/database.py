"""What the ledger asks of a database, whichever stands behind it: SQLite (`sqlite`) or PostgreSQL (`postgresql`).

SQL is plain and the same for both: `?` for a value, `ON CONFLICT … DO UPDATE`, `RETURNING`; no PRAGMA, no rowid,
no `%`, and no question mark but for values. Blobs come back as something that `bytes` takes.

Whoever writes does it in one of two ways:

- `writing`: alone. Nobody else writes to this ledger meanwhile, so whatever is read stays true until the commit.
- `beside`: while other devices' requests write too. Then only what is `held` stays true, and what a request
  looks at without holding it (the table of regions, the catalogue, who was certified, what was destroyed)
  may be changed by nobody who is not `alone`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

from app.store.database import StoreBusy

Done = TypeVar("Done")


class Conflict(StoreBusy):
    """Two transactions were in each other's way, and this one was taken back; it may be tried again."""

    code = "ledger_conflict"


class DatabaseAway(StoreBusy):
    """The database server does not answer, or does not let us in; what was being written was not (fact: host)."""

    code = "database_away"


class Database(Protocol):
    """Raises StoreBusy, DiskFull, StoreOutOfReach and DamagedDatabase from any of its methods."""

    @property
    def threads(self) -> int:
        """How many threads may use it at a time; those beyond one have a connection each."""

    @property
    def place(self) -> str:
        """Where it is, for people; no password in it."""

    def rows(self, sql: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        """All rows of a query, as tuples."""

    def row(self, sql: str, parameters: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 - a tuple
        """The first row of a query, or None."""

    def held(self, sql: str, parameters: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 - a tuple
        """The row of a query on one table, which nobody else changes before this transaction ends; or None."""

    def run(self, sql: str, parameters: tuple[object, ...] = ()) -> int:
        """One statement; how many rows it changed."""

    def run_many(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        """One statement for many rows; inside a transaction."""

    def add(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Many new rows, the quickest way there is; inside a transaction."""

    def count_on(self) -> None:
        """Rows were added with numbers of their own: the next that is given follows on the last of them."""

    def writing(self) -> AbstractContextManager[None]:
        """One write transaction, alone: all of it or nothing, on the disk when it ends."""

    def beside(self, work: Callable[[], Done]) -> Done:
        """Do `work` in one write transaction beside others', and once more from its beginning where that is needed.

        So `work` changes nothing but the database. It is not on the disk before `sync`.
        """

    def sync(self) -> None:
        """All that was committed until now is on the disk when this returns, and so all that was read."""

    def alone(self) -> None:
        """From here on nobody else writes; inside a transaction, before anything rests on it."""

    def sealed(self, name: str, secret: bytes) -> bytes:
        """A private key as it is to be stored: sealed, unless the whole database is."""

    def unsealed(self, name: str, kept: bytes) -> bytes:
        """What `sealed` was given."""

    def clear(self, most_bytes: int | None = None) -> bool:
        """Clear the files of what was erased from the tables; False if it has to wait.

        A database larger than `most_bytes` is left as it is, since everybody would wait.
        """

    def settle(self) -> None:
        """Everything in its main file, before a clean end."""

    def close(self) -> None:
        """Close the connections of all threads; none of them may be at work."""
