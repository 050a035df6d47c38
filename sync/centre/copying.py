"""All rows of a ledger into another one, and a look whether they are there.

Every table that the ledger has, whichever program made it, in portions of some megabytes. Each table has a sum
that does not depend on the order of its rows: their number, and the SHA-256 of each added up.
Private keys are read and written as the ledger does it: sealed in one database, plain in an encrypted file.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

import msgspec

from app.errors import Damaged
from sync.centre.database import Database
from sync.centre.sqlite import SqliteDatabase, Table

_PORTION: Final = 8 * 1024 * 1024
"""Bytes in memory at a time, if no single row is larger."""
_MOST_ROWS: Final = 2_000
_SEALED: Final = "secret"


class CopyDiffers(Damaged):
    """What was copied is not what is there now; nothing of it is used (facts: table)."""

    code = "copy_differs"


class Sum(msgspec.Struct, frozen=True, kw_only=True):
    rows: int
    digests: int


def copy(source: SqliteDatabase, target: Database, tables: list[Table]) -> None:
    """All tables, in place of what the target has, and compared; inside a transaction of both. Raises CopyDiffers."""
    for table in reversed(tables):
        target.run(f"DELETE FROM {table.name}")
    sums = {table.name: _copied(source, target, table) for table in tables}
    target.count_on()
    for table in tables:
        target.run(f"ANALYZE {table.name}")
        if _sum(row for part in portions(target, table) for row in part) != sums[table.name]:
            raise CopyDiffers(table=table.name)


def _copied(source: SqliteDatabase, target: Database, table: Table) -> Sum:
    def passing() -> Iterator[tuple[Any, ...]]:
        for part in portions(source, table):
            target.add(table.name, table.columns, [_as_kept(target, table, row) for row in part])
            yield from part

    return _sum(passing())


def portions(database: Database, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a table by its key, some at a time, private keys plain."""
    columns, key = ", ".join(table.columns), ", ".join(table.key)
    most = max(1, min(_MOST_ROWS, _PORTION // max(1, table.largest_row)))
    after = f"WHERE ({key}) > ({', '.join('?' * len(table.key))})"
    where, last = "", ()
    while rows := database.rows(
        f"SELECT {columns} FROM {table.name} {where} ORDER BY {key} LIMIT ?", (*last, most)
    ):
        where, last = after, tuple(rows[-1][table.columns.index(name)] for name in table.key)
        yield [_plain(database, table, row) for row in rows]


def _sum(rows: Iterator[tuple[Any, ...]]) -> Sum:
    count = digests = 0
    for row in rows:
        count += 1
        digests += int.from_bytes(sha256(msgspec.msgpack.encode(row)).digest())
    return Sum(rows=count, digests=digests)


def _plain(database: Database, table: Table, row: tuple[Any, ...]) -> tuple[Any, ...]:
    plain = tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)
    if table.name != _SEALED:
        return plain
    named: dict[str, Any] = dict(zip(table.columns, plain, strict=True))
    named["value"] = database.unsealed(named["name"], named["value"])
    return tuple(named.values())


def _as_kept(database: Database, table: Table, row: tuple[Any, ...]) -> tuple[Any, ...]:
    if table.name != _SEALED:
        return row
    named: dict[str, Any] = dict(zip(table.columns, row, strict=True))
    named["value"] = database.sealed(named["name"], named["value"])
    return tuple(named.values())
