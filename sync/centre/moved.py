"""Whether a ledger has gone to another database, or has come there and is not in use yet: one row, none at home.

`GONE` in the old ledger is the moment from which the new one counts: one commit, in the old one.
"""

from __future__ import annotations

from enum import Enum

import msgspec

from app.errors import Refused
from sync.centre.database import Database


class LedgerGone(Refused):
    """This file was left behind when the ledger went elsewhere (facts: folder, place)."""

    code = "ledger_gone"


class LedgerComing(Refused):
    """A ledger was being brought here and never got into use (facts: folder, place)."""

    code = "ledger_coming"


class Leg(Enum):
    COMING = "coming"
    GONE = "gone"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """`place` is the other ledger's, without a password."""

    leg: Leg
    place: str
    at_ms: int


def mark(database: Database) -> Mark | None:
    row = database.row("SELECT state, place, at_ms FROM moved")
    return None if row is None else Mark(leg=Leg(row[0]), place=row[1], at_ms=row[2])


def put(database: Database, new: Mark) -> None:
    """In place of another; inside a transaction."""
    take_off(database)
    database.run(
        "INSERT INTO moved (one, state, place, at_ms) VALUES (1, ?, ?, ?)",
        (new.leg.value, new.place, new.at_ms),
    )


def take_off(database: Database) -> None:
    """The ledger is at home; inside a transaction."""
    database.run("DELETE FROM moved")
