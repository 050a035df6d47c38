"""Putting another store in the place of one, in one step as far as anybody can see.

The new files stand ready in a folder of their own; a note says so; then the old ones move aside, the new ones in.
Whoever is killed in between leaves the note, and the next to open the folder ends what was begun.
The database moves last: as long as it stands ready, what is in its place is the old one.
Nothing is deleted: what stood there is in a folder `before-restore-…` beside its successor.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import msgspec

from app.errors import UNREADABLE, Damaged, Refused
from app.store import enrolling, identity, keyslots, machine
from app.store.files import FileNotWritten, sync_folder, why_not, write_durably

NOTE: Final = "restoring"
READY: Final = "restore-ready"
"""The folder in which the new files stand ready."""
_DATABASE: Final = "daiban.db"
_SCANS: Final = "attachments.db"
_LOCK: Final = "restore.lock"
_IN_KEYRING: Final = ("machine", identity.FILE)


class StoreInUse(Refused):
    """The store that is to be put aside is open somewhere (fact: folder)."""

    code = "store_in_use"


class DamagedNote(Damaged):
    """Nobody can tell how far a restoration had come (fact: file)."""

    code = "damaged_restoring"


class Swap(msgspec.Struct, frozen=True, kw_only=True):
    """`aside` is the folder for what stood there, "" if nothing did.

    `keeps_identity`: the device's identity on this machine is that of the new store too.
    """

    aside: str
    keeps_identity: bool


def begin(folder: Path, swap: Swap) -> None:
    """From here on the new store counts; nothing is asked any more. Raises FileNotWritten, StoreInUse."""
    write_durably(folder / NOTE, msgspec.msgpack.encode(swap))
    finish(folder)


def finish(folder: Path) -> None:
    """End what was begun, if something was. Raises FileNotWritten, StoreInUse, DamagedNote."""
    if not (folder / NOTE).exists():
        return
    from filelock import FileLock

    with FileLock(folder / _LOCK, mode=0o600):
        try:
            swap = msgspec.msgpack.decode((folder / NOTE).read_bytes(), type=Swap)
        except FileNotFoundError:  # another program has
            return
        except UNREADABLE as error:
            raise DamagedNote(file=NOTE) from error
        try:
            _move(folder, swap)
        except PermissionError as error:  # Windows: somebody has it open
            raise StoreInUse(folder=str(folder)) from error
        except OSError as error:
            raise FileNotWritten(file=str(folder), why=why_not(error)) from error


def old_files(folder: Path) -> list[Path]:
    """What belongs to the store that stands there."""
    patterns = (f"{_DATABASE}*", f"{_SCANS}*", keyslots.FILE, identity.FILE, enrolling.FILE)
    return sorted(found for pattern in patterns for found in folder.glob(pattern))


def _move(folder: Path, swap: Swap) -> None:
    ready = folder / READY
    if (ready / _DATABASE).exists():
        _move_aside(folder, ready, swap)
        for name in (keyslots.FILE, _SCANS, _DATABASE):
            if (ready / name).exists():
                (ready / name).replace(folder / name)
                sync_folder(folder)
    (folder / NOTE).unlink()
    sync_folder(folder)
    shutil.rmtree(ready, ignore_errors=True)


def _move_aside(folder: Path, ready: Path, swap: Swap) -> None:
    if machine.has_keyring() and not swap.keeps_identity:
        _forget_keyring(folder, swap)
    if not swap.aside:
        return
    aside = folder / swap.aside
    aside.mkdir(mode=0o700, exist_ok=True)
    for old in old_files(folder):
        if old.name in (keyslots.FILE, _SCANS) and not (ready / old.name).exists():
            continue  # the new ones, which moved in before somebody was killed
        if old.name == identity.FILE and swap.keeps_identity:
            write_durably(aside / old.name, old.read_bytes())
        else:
            old.replace(aside / old.name)
    sync_folder(aside)
    sync_folder(folder)


def _forget_keyring(folder: Path, swap: Swap) -> None:
    """The identity of the old store goes with it: its files open where they stand then."""
    for name in _IN_KEYRING:
        value = machine.kept(folder, name)
        if value is not None and swap.aside:
            machine.keep(folder / swap.aside, name, value)
    machine.forget(folder, identity.FILE)
