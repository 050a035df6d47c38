"""What a store remembers of its backups: the last one, what closes them, where they go. No entries."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from app.store.backup_file import PassphraseLock
from app.store.store import Store

NOTE: Final = "last_backup"
"""The setting that holds the last BackupNote."""
_LOCK: Final = "backup_lock"
_FOLDER: Final = "backup_folder"


class BackupNote(msgspec.Struct, frozen=True, kw_only=True):
    """The last backup, as its store remembers it."""

    at_ms: int
    file: str
    size: int
    entries: int
    head_seq: int


def last_backup(store: Store) -> BackupNote | None:
    kept = store.recall(NOTE)
    try:
        return None if kept is None else msgspec.msgpack.decode(kept, type=BackupNote)
    except msgspec.MsgspecError:  # a newer program's
        return None


def note_backup(store: Store, note: BackupNote) -> None:
    store.remember(NOTE, msgspec.msgpack.encode(note))


def passphrase_lock(store: Store) -> PassphraseLock | None:
    """What closes this store's backups, where somebody has set a passphrase for them."""
    kept = store.recall(_LOCK)
    return None if kept is None else msgspec.msgpack.decode(kept, type=PassphraseLock)


def set_passphrase_lock(store: Store, lock: PassphraseLock) -> None:
    """From the next backup on; those that were made before open as they did."""
    store.remember(_LOCK, msgspec.msgpack.encode(lock))


def chosen_folder(store: Store) -> Path | None:
    """Where this computer's backups go, if somebody has chosen."""
    kept = store.recall(_FOLDER)
    return None if kept is None else Path(os.fsdecode(kept))


def choose_folder(store: Store, folder: Path) -> None:
    store.remember(_FOLDER, os.fsencode(folder))
