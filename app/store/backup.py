"""Making a backup of a store that is in use, and what is remembered of it.

1. `VACUUM INTO` writes a copy under the same key from one snapshot: whoever works meanwhile goes on working.
   The scans follow: what is named by an entry is there before the entry, so a later snapshot has them all.
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
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

import msgspec

from app.domain.days import CHINA
from app.errors import Refused
from app.store import backup_file, database, keyslots, lives, practice
from app.store.backup_file import About, DamagedBackup, Member, PassphraseLock, Sealer
from app.store.backup_notes import BackupNote, note_backup
from app.store.database import DamagedDatabase, Database, translated
from app.store.files import FileNotWritten, sync_folder, why_not
from app.store.journal import Journal
from app.store.store import ATTACHMENTS, Store

DATABASE_KEY: Final = "database.key"
DATABASE: Final = "daiban.db"
SUFFIX: Final = ".daiban-backup"
KEPT: Final = 7
"""How many stay in a folder that backups are made into."""
COPY: Final = "backup-copy"
SCANS_COPY: Final = "backup-scans"
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
        copies = _Copies(
            journal=store.folder / f"{COPY}{_UNFINISHED}",
            scans=store.folder / f"{SCANS_COPY}{_UNFINISHED}",
        )
        copies.remove()
        try:
            _make_copies(store, copies, lambda share: told(Part.COPYING, share))
            keys = (store.folder / keyslots.FILE).read_bytes()
            about = _looked_at(store, copies, keys, lambda share: told(Part.CHECKING, share))
            size = _write(store, copies, keys, to, about, lock, told)
        finally:
            copies.remove()
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


class _Copies(NamedTuple):
    """Where the two databases are copied to."""

    journal: Path
    scans: Path

    def remove(self) -> None:
        for copy in self:
            for rest in copy.parent.glob(f"{copy.name}*"):
                rest.unlink(missing_ok=True)


def _make_copies(store: Store, copies: _Copies, told: Callable[[float], object]) -> None:
    """The journal first."""
    sizes = [_size_of(store.database), _size_of(store.attachments)]
    share = sizes[0] / sum(sizes)
    _make_copy(store.database, copies.journal, sizes[0], lambda part: told(share * part))
    _make_copy(
        store.attachments, copies.scans, sizes[1], lambda part: told(share + (1 - share) * part)
    )


def _size_of(db: Database) -> int:
    pages, size = (int(db.row(f"PRAGMA {name}")[0]) for name in ("page_count", "page_size"))
    return pages * size


def _make_copy(db: Database, copy: Path, size: int, told: Callable[[float], object]) -> None:
    raised: list[BaseException] = []

    def look() -> int:
        try:
            told(min(1.0, copy.stat().st_size / size) if copy.exists() else 0.0)
        except BaseException as error:
            raised.append(error)
            return 1
        return 0

    connection = db.connection()  # type: ignore[no-untyped-call] # peewee has no types
    os.close(os.open(copy, os.O_CREAT | os.O_WRONLY, 0o600))
    connection.set_progress_handler(look, _TICK)
    try:
        db.run("VACUUM INTO ?", (str(copy),))
    except Exception:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _looked_at(
    store: Store, copies: _Copies, keys: bytes, told: Callable[[float], object]
) -> About:
    """What the copy is of. Raises DamagedDatabase: a damaged store makes no backup that looks like one."""
    told(0.0)
    db = database.connect(copies.journal, store.key)
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
    _look_at_scans(copies.scans, store.key)
    told(1.0)

    own = store.certificate
    return About(
        created_ms=store.wall(),
        region=store.region,
        station=own.station,
        slot=own.slot_text,
        device=device,
        program=_program(),
        schema=int(schema),
        entries=entries,
        head_seq=seq,
        head_digest=digest,
        members=(
            Member(name=DATABASE_KEY, size=len(store.key), digest=sha256(store.key).digest()),
            Member(name=keyslots.FILE, size=len(keys), digest=sha256(keys).digest()),
            _member(DATABASE, copies.journal),
            _member(ATTACHMENTS, copies.scans),
        ),
    )


def _program() -> str:
    """This program's version. The library that knows it brings the mail library: not before it is asked for."""
    from importlib.metadata import version

    return version("daiban")


def _look_at_scans(copy: Path, key: bytes) -> None:
    """Raises DamagedDatabase."""
    db = database.connect(copy, key)
    try:
        check_pages(db)
    finally:
        db.close()


def _member(name: str, copy: Path) -> Member:
    return Member(name=name, size=copy.stat().st_size, digest=_digest_of(copy))


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
    copies: _Copies,
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
            _seal_copies(sealer, copies, lambda share: told(Part.WRITING, share))
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


def _seal_copies(sealer: Sealer, copies: _Copies, told: Callable[[float], object]) -> None:
    whole, done = sum(copy.stat().st_size for copy in copies), 0
    for copy in copies:
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
