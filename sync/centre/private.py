"""What the district keeps to itself: the private keys of its authority, its recovery, its own device."""

from __future__ import annotations

from sync.centre.database import Database


def kept(database: Database, name: str) -> bytes | None:
    """None where nothing of that name is kept."""
    row = database.row("SELECT value FROM secret WHERE name = ?", (name,))
    return None if row is None else database.unsealed(name, bytes(row[0]))


def keep(database: Database, name: str, value: bytes) -> None:
    """In place of what was kept under that name; inside a transaction."""
    sealed = database.sealed(name, value)
    database.run("DELETE FROM secret WHERE name = ?", (name,))
    database.run("INSERT INTO secret (name, value) VALUES (?, ?)", (name, sealed))
