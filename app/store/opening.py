"""Making and opening a store in its folder."""

from __future__ import annotations

from pathlib import Path

from app.errors import Refused
from app.store import database, identity, keyslots, lives
from app.store.database import DamagedDatabase
from app.store.identity import Identity
from app.store.keyslots import Unlock
from app.store.learning import learn
from app.store.store import NotEnrolled, Store, WallClock, wall_clock

FILE = "daiban.db"
SMALLEST_SIZE = 4096
"""Bytes: one page, which a database has from its first moment."""
MIGRATIONS = Path(__file__).parent / "migrations"


class AlreadyEnrolled(Refused):
    code = "already_enrolled"


def create_store(folder: Path, key: bytes, who: Identity, *, wall: WallClock = wall_clock) -> Store:
    """A new store for an enrolled device; its key slots are in the folder already. Raises AlreadyEnrolled."""
    if (folder / FILE).exists():
        raise AlreadyEnrolled(folder=str(folder))
    store = _opened(folder, key, who, wall)
    identity.keep(folder, who, key)
    return store


def open_store(folder: Path, unlock: Unlock, *, wall: WallClock = wall_clock) -> Store:
    """Raises NotEnrolled, NoKey, WrongKey, StoreTooNew, DamagedDatabase."""
    if not (folder / FILE).exists():
        raise NotEnrolled(folder=str(folder))
    key = keyslots.open_key(folder, unlock)
    who = identity.kept(folder, key)
    if who is None:
        raise NotEnrolled(folder=str(folder))
    if (folder / FILE).stat().st_size < SMALLEST_SIZE:
        # SQLite would take it for empty and start from nothing.
        raise DamagedDatabase(detail="empty")
    return _opened(folder, key, who, wall)


def adopt(folder: Path, unlock: Unlock, who: Identity) -> Store:
    """Open a store whose identity is gone under a new one: its next life."""
    key = keyslots.open_key(folder, unlock)
    identity.keep(folder, who, key)
    return _opened(folder, key, who, wall_clock)


def _opened(folder: Path, key: bytes, who: Identity, wall: WallClock) -> Store:
    db = database.connect(folder / FILE, key)
    database.bring_up_to_date(db, MIGRATIONS)
    store = Store(folder, key, db, who, wall)
    lives.move_in(store)
    learn(store)
    return store
