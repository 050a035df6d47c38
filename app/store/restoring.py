"""Restoring a backup: a store that begins a new life, in an empty folder or in the place of what stood there.

1. The file is read whole, into a folder of its own; nothing else is touched until all of it has proved itself.
2. The databases are opened and looked at; scans that stand here, under the same key, and are younger than the backup
   are kept: nobody else may have them yet. The journal notes that it was restored: nobody writes in it before the
   centre has been heard, for what the old one wrote since the backup is there, and numbers are not given twice.
3. The swap (`app.store.swap`).

Where this machine still has the identity of that very device, the next exchange begins the new life.
Elsewhere the computer is enrolled again with a code of its station.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from app.domain.days import CHINA
from app.errors import Refused
from app.store import (
    attachment_upkeep,
    backup_file,
    database,
    identity,
    keyslots,
    lives,
    opening,
    practice,
    swap,
)
from app.store.backup import DATABASE, DATABASE_KEY, check_pages
from app.store.backup_file import About, BackupTooNew, DamagedBackup, Opening
from app.store.backup_notes import NOTE, BackupNote
from app.store.database import DamagedDatabase, DiskFull
from app.store.files import sync_folder
from app.store.identity import DamagedIdentity
from app.store.journal import Journal
from app.store.keyslots import DamagedSlots, Unlock
from app.store.store import ATTACHMENT_MIGRATIONS, ATTACHMENTS, RESTORED, wall_clock

_MEMBERS: Final = (DATABASE_KEY, keyslots.FILE, DATABASE, ATTACHMENTS)
_LARGEST_KEYS: Final = 1024 * 1024
_LOCK: Final = "restore.lock"
Told = Callable[[float], object]
"""Hears how far it is, 0 to 1; what it raises ends it, and nothing was changed."""


class StoreHere(Refused):
    """A sound store stands where the backup should go (fact: folder)."""

    code = "store_here"


class BackupNotRead(Refused):
    """The file cannot be read: it is not there, or the stick gives nothing (fact: file)."""

    code = "backup_not_read"


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """`aside`: the folder with what stood there before, or None. `has_identity`: no enrolment code is needed."""

    about: About
    aside: Path | None
    has_identity: bool


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A backup that somebody has opened; `operators` have passwords in it."""

    path: Path
    header: Opening
    file_key: bytes
    database_key: bytes
    keys: bytes
    operators: tuple[str, ...]


def look(path: Path) -> About:
    """What a file says it is, before anybody opens it.

    Raises BackupNotRead, NotABackup, BackupTooNew, DamagedBackup.
    """
    return _header(path).about


def open_backup(path: Path, passphrase: str) -> Opened:
    """Raises WrongBackupKey besides what `look` raises."""
    header = _header(path)
    file_key = backup_file.key_by_passphrase(header, passphrase)
    names = tuple(one.name for one in header.about.members)
    if names not in (_MEMBERS, _MEMBERS[:-1]):  # one that an older program made has no scans
        raise BackupTooNew(file=str(path))
    database_key, keys = header.about.members[:2]
    if database_key.size != keyslots.KEY_SIZE or keys.size > _LARGEST_KEYS:
        raise DamagedBackup(file=str(path), why="changed")
    held = {DATABASE_KEY: b"", keyslots.FILE: b""}
    try:
        with path.open("rb") as file:
            for member, part in backup_file.pieces(file, header, file_key):
                if member.name == DATABASE:
                    break
                held[member.name] += part
        operators = keyslots.operators_in(held[keyslots.FILE])
    except OSError as error:
        raise BackupNotRead(file=str(path)) from error
    except DamagedSlots as error:
        raise DamagedBackup(file=str(path), why="changed") from error
    return Opened(
        path=path,
        header=header,
        file_key=file_key,
        database_key=held[DATABASE_KEY],
        keys=held[keyslots.FILE],
        operators=operators,
    )


def restore(
    backup: Opened,
    folder: Path,
    unlock: Unlock,
    *,
    replace: bool = False,
    told: Told = lambda _share: None,
) -> Restored:
    """Put a backup into a data folder; `unlock` opens the store there from now on, besides who opened it before.

    What stood there moves aside. A sound store does only with `replace`.
    Raises StoreHere, StoreInUse, StoreTooNew, DamagedBackup, BackupNotRead, DiskFull, PracticeMixed, NoKey.
    """
    from filelock import FileLock

    opening.private_folder(folder)
    swap.finish(folder)
    if practice.is_place(folder):
        raise practice.PracticeMixed(folder=str(folder))
    with FileLock(folder / _LOCK, mode=0o600):
        _refuse_sound(folder, backup.database_key, unlock, replace=replace)
        ready = folder / swap.READY
        shutil.rmtree(ready, ignore_errors=True)
        try:
            device = _made_ready(backup, folder, ready, unlock, told)
        except BaseException:
            shutil.rmtree(ready, ignore_errors=True)
            raise
        has_identity = _has_identity(folder, backup.database_key, device)
        aside = _aside(folder) if swap.old_files(folder) else ""
    swap.begin(folder, swap.Swap(aside=aside, keeps_identity=has_identity))
    return Restored(
        about=backup.header.about,
        aside=folder / aside if aside else None,
        has_identity=has_identity,
    )


# --- the file -------------------------------------------------------------------------------------


def _header(path: Path) -> Opening:
    try:
        with path.open("rb") as file:
            return backup_file.read_header(file, str(path))
    except OSError as error:
        raise BackupNotRead(file=str(path)) from error


def _parts(backup: Opened) -> Iterator[tuple[str, bytes]]:
    """What the file holds; its reading fails under another name than the disk's it is written to."""
    try:
        with backup.path.open("rb") as file:
            for member, part in backup_file.pieces(file, backup.header, backup.file_key):
                yield member.name, part
    except OSError as error:
        raise BackupNotRead(file=str(backup.path)) from error


def _made_ready(backup: Opened, folder: Path, ready: Path, unlock: Unlock, told: Told) -> bytes:
    """The new files, durable in a folder of their own; the device that wrote them."""
    try:
        ready.mkdir(mode=0o700)
        _write(ready / keyslots.FILE, backup, folder, unlock)
        _extract(backup, ready, told)
        device = _checked(backup, ready / DATABASE)
        _scans_checked(backup, ready / ATTACHMENTS, folder / ATTACHMENTS)
        sync_folder(ready)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull from error
        raise database.StoreOutOfReach from error
    return device


def _write(path: Path, backup: Opened, folder: Path, unlock: Unlock) -> None:
    slots = keyslots.with_slot(backup.keys, folder, backup.database_key, unlock)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(slots)
        file.flush()
        os.fsync(file.fileno())


def _extract(backup: Opened, into: Path, told: Told) -> None:
    """The two databases, as files in a folder."""
    done, at = 0, ""
    written: BinaryIO | None = None
    try:
        for name, part in _parts(backup):
            done += len(part)
            if name not in (DATABASE, ATTACHMENTS):
                continue
            if written is None or name != at:
                _finish(written)
                written, at = _created(into / name), name
            written.write(part)
            told(0.8 * done / backup.header.about.size)
        _finish(written)
    finally:
        if written is not None:
            written.close()


def _created(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _finish(written: BinaryIO | None) -> None:
    if written is not None:
        written.flush()
        os.fsync(written.fileno())
        written.close()


def _checked(backup: Opened, path: Path) -> bytes:
    """Raises DamagedBackup, StoreTooNew, PracticeMixed."""
    about = backup.header.about
    try:
        db = database.connect(path, backup.database_key)
        try:
            check_pages(db)
            database.refuse_newer(db, opening.MIGRATIONS)
            device = lives.last_life(db)
            head = None if device is None else Journal(db).head(device)
            if device != about.device or (head or (0, b"")) != (about.head_seq, about.head_digest):
                raise DamagedBackup(file=str(backup.path), why="changed")
            practice.check(db, None)
            for name, value in ((RESTORED, b""), (NOTE, _noted(backup))):
                db.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))
            db.run("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            db.close()
    except DamagedDatabase as error:
        raise DamagedBackup(file=str(backup.path), why="changed") from error
    return about.device


def _scans_checked(backup: Opened, path: Path, there: Path) -> None:
    """Raises DamagedBackup, StoreTooNew."""
    try:
        db = database.connect(path, backup.database_key)
        try:
            check_pages(db)
            database.refuse_newer(db, ATTACHMENT_MIGRATIONS)
            database.bring_up_to_date(db, ATTACHMENT_MIGRATIONS)
            attachment_upkeep.take_over(db, there, backup.database_key, wall_clock())
            db.run("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            db.close()
    except DamagedDatabase as error:
        raise DamagedBackup(file=str(backup.path), why="changed") from error


def _noted(backup: Opened) -> bytes:
    """What is restored now is the last backup there is of it."""
    about = backup.header.about
    note = BackupNote(
        at_ms=about.created_ms,
        file=str(backup.path),
        size=backup.header.start + backup_file.sealed_size(about.size),
        entries=about.entries,
        head_seq=about.head_seq,
    )
    return msgspec.msgpack.encode(note)


# --- what stands there ----------------------------------------------------------------------------


def _refuse_sound(folder: Path, key: bytes, unlock: Unlock, *, replace: bool) -> None:
    """Raises StoreHere for a store that is whole, unless it is to be replaced; StoreInUse if it is open somewhere."""
    there = folder / opening.FILE
    if not there.exists() or there.stat().st_size < opening.SMALLEST_SIZE:
        return
    for tried in (key, _own_key(folder, unlock)):
        if tried is None:
            continue
        try:
            is_sound = _is_sound(there, tried)
        except database.StoreBusy as error:
            raise swap.StoreInUse(folder=str(folder)) from error
        except (DamagedDatabase, database.StoreOutOfReach):
            continue
        if is_sound and not replace:
            raise StoreHere(folder=str(folder))
        return


def _is_sound(path: Path, key: bytes) -> bool:
    """Whether it opens and is whole. Raises DamagedDatabase, StoreBusy if somebody else has it open."""
    db = database.connect(path, key)
    try:
        db.run("PRAGMA busy_timeout = 0")
        # SQLite leaves its log only when nobody else has the database open.
        db.row("PRAGMA journal_mode = delete")
        check_pages(db)
        return lives.last_life(db) is not None
    finally:
        db.close()


def _own_key(folder: Path, unlock: Unlock) -> bytes | None:
    try:
        return keyslots.open_key(folder, unlock)
    except (Refused, DamagedSlots):
        return None


def _has_identity(folder: Path, key: bytes, device: bytes) -> bool:
    """Whether this machine is still the device that the backup is of."""
    try:
        who = identity.kept(folder, key)
    except DamagedIdentity:
        return False
    return who is not None and who.device == device


def _aside(folder: Path) -> str:
    moment = datetime.fromtimestamp(wall_clock() / 1000, CHINA)
    name = f"before-restore-{moment:%Y%m%d-%H%M%S}"
    n = 1
    while (folder / name).exists():
        n += 1
        name = f"before-restore-{moment:%Y%m%d-%H%M%S}-{n}"
    return name
