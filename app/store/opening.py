"""Making and opening a store in its folder."""

from __future__ import annotations

import logging
from pathlib import Path

from app.errors import Refused
from app.store import (
    attachment_upkeep,
    database,
    enrolling,
    identity,
    keyslots,
    lives,
    practice,
    redaction,
    swap,
)
from app.store.database import DamagedDatabase
from app.store.files import sync_folder
from app.store.identity import Identity
from app.store.keyslots import Unlock
from app.store.learning import learn
from app.store.store import Connect, NotEnrolled, Store, WallClock, wall_clock

_log = logging.getLogger(__name__)

FILE = "daiban.db"
CENTRE_FILE = "ledger.db"
CENTRE_FILES = "ledger.*"
"""The ledger of a district's centre, which never shares a folder with a station: `keys` would be one file."""
SMALLEST_SIZE = 4096
"""Bytes: one page, which a database has from its first moment."""
MIGRATIONS = Path(__file__).parent / "migrations"


class AlreadyEnrolled(Refused):
    code = "already_enrolled"


class IdentityLost(NotEnrolled):
    """The store is whole, but the device's identity is gone: it goes on when it is enrolled again."""

    code = "identity_lost"


def holds_station(folder: Path) -> bool:
    """Whether a folder holds a store, or the beginning of one."""
    names = (enrolling.FILE, swap.NOTE)
    return any((folder / name).exists() for name in names) or any(folder.glob(f"{FILE}*"))


def holds_centre(folder: Path) -> bool:
    """Whether a folder holds a district's ledger, or the beginning of one."""
    return any(folder.glob(CENTRE_FILES))


def private_folder(folder: Path) -> None:
    """Make the folder its owner's only; one that holds something already stays as somebody made it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        folder.chmod(0o700)


def sweep(folder: Path) -> None:
    """Remove what writers that were killed left half written; nobody else may be writing here."""
    for name in (enrolling.FILE, keyslots.FILE, identity.FILE):
        for rest in folder.glob(f"{name}.*.new"):
            rest.unlink()


def is_unfinished(folder: Path, key: bytes) -> bool:
    """Whether the database there was never given to a device: its making was cut off."""
    db = database.connect(folder / FILE, key)
    try:
        return lives.last_life(db) is None
    finally:
        db.close()


def create_store(
    folder: Path,
    key: bytes,
    who: Identity,
    *,
    wall: WallClock = wall_clock,
    connect: Connect = database.connect,
) -> Store:
    """A new store for an enrolled device; its key slots are in the folder already.

    Raises AlreadyEnrolled; PracticeMixed for a real device where practice has its place.
    """
    if practice.is_place(folder) and not _is_practice(who):
        raise practice.PracticeMixed(folder=str(folder))
    if (folder / FILE).exists() and not is_unfinished(folder, key):
        raise AlreadyEnrolled(folder=str(folder))
    fresh = folder / f"{FILE}.new"
    for rest in [*folder.glob(f"{fresh.name}*"), *folder.glob(f"{FILE}-*")]:
        rest.unlink()
    attachment_upkeep.put_foreign_aside(folder, key)
    store = _opened(fresh, key, who, wall, connect)
    store.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    identity.keep(folder, who, key)  # first: a database that has its name has had an identity
    fresh.replace(folder / FILE)
    sync_folder(folder)
    return _opened(folder / FILE, key, who, wall, connect)


def open_store(folder: Path, unlock: Unlock, *, wall: WallClock = wall_clock) -> Store:
    """Raises NotEnrolled, IdentityLost, NoKey, KeysLost, WrongKey, StoreTooNew, DamagedDatabase, PracticeMixed."""
    swap.finish(folder)
    if not (folder / FILE).exists():
        raise NotEnrolled(folder=str(folder))
    return open_with_key(folder, keyslots.open_key(folder, unlock), wall=wall)


def open_with_key(
    folder: Path,
    key: bytes,
    *,
    wall: WallClock = wall_clock,
    connect: Connect = database.connect,
) -> Store:
    """The same, for whoever has the key itself."""
    if not (folder / FILE).exists():
        raise NotEnrolled(folder=str(folder))
    who = identity.kept(folder, key)
    if who is None and is_unfinished(folder, key):
        raise NotEnrolled(folder=str(folder))
    if who is None:
        raise IdentityLost(folder=str(folder))
    practice.check_place(folder, who.certificate)
    enrolling.forget(folder)
    if (folder / FILE).stat().st_size < SMALLEST_SIZE:
        # SQLite would take it for empty and start from nothing.
        raise DamagedDatabase(detail="empty")
    return _opened(folder / FILE, key, who, wall, connect)


def beside(store: Store) -> Store:
    """The same store once more, for another thread: the key and the identity are shared, the connection is not.

    What one of them writes the other sees; whoever asked for it closes it. Raises DamagedDatabase.
    """
    other = Store(
        store.folder,
        store.key,
        database.connect(store.folder / FILE, store.key),
        store.identity,
        store.wall,
    )
    other.follow_life()
    return other


def adopt(folder: Path, unlock: Unlock, who: Identity) -> Store:
    """Open a store whose identity is gone under a new one: its next life. Raises PracticeMixed."""
    key = keyslots.open_key(folder, unlock)
    check_own(folder, key, who)
    identity.keep(folder, who, key)
    return _opened(folder / FILE, key, who, wall_clock)


def check_own(folder: Path, key: bytes, who: Identity | None = None) -> None:
    """Whether a database without an identity is no practice store, and may get one. Raises PracticeMixed."""
    db = database.connect(folder / FILE, key)
    try:
        if lives.last_life(db) is not None:
            practice.check(db, None if who is None else who.certificate)
    finally:
        db.close()


def _opened(
    path: Path,
    key: bytes,
    who: Identity,
    wall: WallClock,
    connect: Connect = database.connect,
) -> Store:
    db = connect(path, key)
    try:
        database.bring_up_to_date(db, MIGRATIONS)
        if lives.last_life(db) is not None:
            practice.check(db, who.certificate)
        elif _is_practice(who):
            practice.mark(db)
    except BaseException:
        db.close()
        raise
    store = Store(path.parent, key, db, who, wall, connect)
    lives.move_in(store)
    learn(store)
    if not store.rows.unread.is_empty():
        from app.store.catching_up import catch_up

        try:
            catch_up(store)
        except Exception:  # it may be looked at and saved all the same; the next exchange reads on
            _log.exception("cases that came cannot be read")
    redaction.finish(store)
    attachment_upkeep.finish(store)
    database.remove_copies(path, wall())
    return store


def _is_practice(who: Identity) -> bool:
    own = who.certificate
    return own is not None and own.is_practice
