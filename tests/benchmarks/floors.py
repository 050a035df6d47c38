"""The least that a disk and a database ask for, whatever a program does with them."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from sqlcipher3 import dbapi2

from tests.benchmarks.results import seconds

_SAFE = ("PRAGMA journal_mode = wal", "PRAGMA synchronous = full")


def encrypted(path: Path) -> Any:
    """A bare SQLCipher database with one table of bytes, as safe as the product's."""
    database = dbapi2.connect(str(path), isolation_level=None)
    database.execute(f"PRAGMA key = \"x'{secrets.token_hex(32)}'\"")
    for pragma in _SAFE:
        database.execute(pragma)
    database.execute("CREATE TABLE kept (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
    return database


def insert_one(database: Any, content: bytes) -> None:
    """One row, on the disk when this returns."""
    database.execute("INSERT INTO kept (bytes) VALUES (?)", (content,))


def raw_copy_s(url: str, contents: Sequence[bytes]) -> float:
    """The same for PostgreSQL, by its quickest way in."""
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("CREATE TABLE kept (n BIGINT PRIMARY KEY, bytes BYTEA NOT NULL)")

        def insert() -> None:
            with (
                database.transaction(),
                database.cursor().copy("COPY kept (n, bytes) FROM STDIN") as copy,
            ):
                for row in enumerate(contents):
                    copy.write_row(row)

        took = seconds(insert)
        database.execute("DROP TABLE kept")
    return took


def raw_insert_s(path: Path, contents: Sequence[bytes]) -> float:
    """How long plain SQLite takes to put these bytes into one table, durably, in one transaction."""
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in _SAFE:
        database.execute(pragma)
    database.execute("CREATE TABLE kept (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")

    def insert() -> None:
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO kept (bytes) VALUES (?)", ((one,) for one in contents))
        database.execute("COMMIT")

    took = seconds(insert)
    database.close()
    path.unlink()
    return took
