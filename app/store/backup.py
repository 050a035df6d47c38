"""Making a backup of a store that is in use, and what is remembered of it.

1. `VACUUM INTO` writes a copy under the same key from one snapshot: whoever works meanwhile goes on working.
2. The copy is looked at: its pages, its trees, and that its journal is this one's.
3. It is sealed into the file, under another name; the file is read back from the disk, and only then gets its name.

A backup that is cut off at any moment leaves the one that stood there before, and rests that the next one removes.
The private key, the certificate and the token of the device are in no backup: a restored store begins a new life.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import Enum
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from app.domain.days import CHINA
from app.errors import Refused
from app.store import backup_file, database, keyslots, lives, practice
from app.store.backup_file import About, DamagedBackup, Member, PassphraseLock, Sealer
from app.store.backup_notes import BackupNote, note_backup
from app.store.database import DamagedDatabase, Database, translated
from app.store.files import FileNotWritten, sync_folder, why_not
from app.store.journal import Journal
from app.store.store import Store

DATABASE_KEY: Final = "database.key"
DATABASE: Final = "daiban.db"
SUFFIX: Final = ".daiban-backup"
KEPT: Final = 7
"""How many stay in a folder that backups are made into."""
COPY: Final = "backup-copy"
_LOCK: Final = "backup.lock"
_UNFINISHED: Final = ".new"
_CHUNK: Final = 1024 * 1024
_TICK: Final = 1_000
"""Instructions of SQLite between two looks at how far a copy is."""


class BackupUnderWay(Refused):
    """Another program is making a backup of this store."""

    code = "backup_under_way"


class Part(Enum):
    """What a backup is at; the value is its share of the work."""

    COPYING = 0.35
    CHECKING = 0.15
    WRITING = 0.3
    READING_BACK = 0.2


Told = Callable[[Part, float], object]
"""Hears how far a part is, 0 to 1; what it raises ends the backup, and nothing stays of it."""


def file_name(store: Store) -> str:
    """What a backup is called that is made now: its station, its slot, its moment."""
    moment = datetime.fromtimestamp(store.wall() / 1000, CHINA)
    return f"daiban-{store.region}-{store.certificate.slot_text}-{moment:%Y%m%d-%H%M%S}{SUFFIX}"


def back_up(
    store: Store, to: Path, lock: PassphraseLock, told: Told = lambda _part, _share: None
) -> BackupNote:
    """Make one backup, checked, in place of what stood in the file; `store` is used by nobody else meanwhile.

    Raises BackupUnderWay, FileNotWritten, DiskFull, DamagedDatabase, DamagedBackup; NotInPractice.
    """
    practice.refuse("backup", store.certificate, store.database)
    with _alone(store.folder):
        copy = store.folder / f"{COPY}{_UNFINISHED}"
        _remove_copy(copy)
        try:
            _make_copy(store, copy, lambda share: told(Part.COPYING, share))
            keys = (store.folder / keyslots.FILE).read_bytes()
            about = _looked_at(store, copy, keys, lambda share: told(Part.CHECKING, share))
            size = _write(store, copy, keys, to, about, lock, told)
        finally:
            _remove_copy(copy)
        note = BackupNote(
            at_ms=about.created_ms,
            file=str(to),
            size=size,
            entries=about.entries,
            head_seq=about.head_seq,
        )
        note_backup(store, note)
        return note


def back_up_into(
    store: Store,
    folder: Path,
    lock: PassphraseLock,
    keep: int = KEPT,
    told: Told = lambda _part, _share: None,
) -> BackupNote:
    """A new file in a folder; of this device's older ones only the newest `keep` stay. Raises as `back_up`."""
    mine = re.compile(
        rf"daiban-{store.region}-[A-Z]+{store.certificate.slot}-\d{{8}}-\d{{6}}{re.escape(SUFFIX)}"
    )
    note = back_up(store, folder / file_name(store), lock, told)
    there = [one for one in folder.iterdir() if one.is_file()]
    for rest in there:
        if rest.name.endswith(_UNFINISHED) and mine.fullmatch(rest.name.removesuffix(_UNFINISHED)):
            rest.unlink(missing_ok=True)
    older = sorted((one for one in there if mine.fullmatch(one.name)), key=_moment, reverse=True)
    for one in older[keep:]:
        if one.name != Path(note.file).name:
            one.unlink(missing_ok=True)
    return note


def _moment(file: Path) -> str:
    """The name's own day and time: a stick's clock says nothing."""
    return "-".join(file.name.removesuffix(SUFFIX).split("-")[-2:])


# --- the copy -------------------------------------------------------------------------------------


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder / _LOCK, timeout=0, mode=0o600):
            yield
    except Timeout as error:
        raise BackupUnderWay from error


def _remove_copy(copy: Path) -> None:
    for rest in copy.parent.glob(f"{copy.name}*"):
        rest.unlink(missing_ok=True)


def _make_copy(store: Store, copy: Path, told: Callable[[float], object]) -> None:
    pages, size = (
        int(store.database.row(f"PRAGMA {name}")[0]) for name in ("page_count", "page_size")
    )
    raised: list[BaseException] = []

    def look() -> int:
        try:
            told(min(1.0, copy.stat().st_size / (pages * size)) if copy.exists() else 0.0)
        except BaseException as error:
            raised.append(error)
            return 1
        return 0

    connection = store.database.connection()  # type: ignore[no-untyped-call] # peewee has no types
    os.close(os.open(copy, os.O_CREAT | os.O_WRONLY, 0o600))
    connection.set_progress_handler(look, _TICK)
    try:
        store.database.run("VACUUM INTO ?", (str(copy),))
    except Exception:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _looked_at(store: Store, copy: Path, keys: bytes, told: Callable[[float], object]) -> About:
    """What the copy is of. Raises DamagedDatabase: a damaged store makes no backup that looks like one."""
    told(0.0)
    db = database.connect(copy, store.key)
    try:
        check_pages(db)
        journal = Journal(db)
        device = lives.last_life(db)
        assert device is not None
        # The snapshot ends where it ends; up to there it is what the journal says.
        head = journal.head(device)
        seq, digest = head or (0, b"")
        if head is not None and store.journal.digest_at(device, seq) != digest:
            raise DamagedDatabase(detail="copy")
        entries = journal.count()
        (schema,) = db.row("PRAGMA user_version")
    finally:
        db.close()
    told(1.0)
    own = store.certificate
    return About(
        created_ms=store.wall(),
        region=store.region,
        station=own.station,
        slot=own.slot_text,
        device=device,
        program=version("daiban"),
        schema=int(schema),
        entries=entries,
        head_seq=seq,
        head_digest=digest,
        members=(
            Member(name=DATABASE_KEY, size=len(store.key), digest=sha256(store.key).digest()),
            Member(name=keyslots.FILE, size=len(keys), digest=sha256(keys).digest()),
            Member(name=DATABASE, size=copy.stat().st_size, digest=_digest_of(copy)),
        ),
    )


def check_pages(db: Database) -> None:
    """Look at every tree, and so at the seal of every page in one. Raises DamagedDatabase."""
    with translated():
        if db.rows("PRAGMA quick_check") != [("ok",)]:
            raise DamagedDatabase(detail="trees")


def _digest_of(path: Path) -> bytes:
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.digest()


# --- the file -------------------------------------------------------------------------------------


def _write(
    store: Store,
    copy: Path,
    keys: bytes,
    to: Path,
    about: About,
    lock: PassphraseLock,
    told: Told,
) -> int:
    """The sealed file, read back before it gets its name; its size in bytes."""
    fresh = to.with_name(to.name + _UNFINISHED)
    key = backup_file.new_file_key()
    try:
        with _created(fresh) as file:
            bound_to = backup_file.write_header(
                file, msgspec.msgpack.encode(about), key, lock, store.identity.recovery_public
            )
            sealer = Sealer(file, key, bound_to)
            sealer.write(store.key)
            sealer.write(keys)
            _seal_copy(sealer, copy, lambda share: told(Part.WRITING, share))
            sealer.finish()
            file.flush()
            os.fsync(file.fileno())
        _read_back(fresh, about, key, lambda share: told(Part.READING_BACK, share))
        size = fresh.stat().st_size
        fresh.replace(to)
        sync_folder(to.parent)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise FileNotWritten(file=str(to), why=why_not(error)) from error
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    return size


def _created(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _seal_copy(sealer: Sealer, copy: Path, told: Callable[[float], object]) -> None:
    whole, done = copy.stat().st_size, 0
    with copy.open("rb") as file:
        while chunk := file.read(_CHUNK):
            sealer.write(chunk)
            done += len(chunk)
            told(done / whole)


def _read_back(path: Path, about: About, key: bytes, told: Callable[[float], object]) -> None:
    """From the disk, as far as the system lets us. Raises DamagedBackup."""
    done = 0
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):  # else it is read from memory
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        opening = backup_file.read_header(file, str(path))
        if opening.about != about:
            raise DamagedBackup(file=str(path), why="changed")
        for _, part in backup_file.pieces(file, opening, key):
            done += len(part)
            told(done / about.size)
