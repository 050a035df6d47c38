"""A copy of a centre's folder, made while it serves; and such a copy in the centre's place.

1. `VACUUM INTO` writes the ledger from one snapshot, under the same key, and lets others write meanwhile.
2. The copy's pages are looked at, and that it is this district's; the key slots come with it.
3. Only then it gets its name: what was cut off is never taken for a backup.

A ledger in PostgreSQL is saved by that database's own means; then this keeps what the folder alone has.
No older copy does harm: stations send again what it lacks (docs/operating-the-centre.md). What the centre itself
has published since, it has forgotten, and must not give those numbers again: a restored one goes on under a new life.
"""

from __future__ import annotations

import shutil
import time
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from app.domain.days import CHINA
from app.errors import Refused
from app.store import keyslots, opening
from app.store.files import FileNotWritten, sync_folder, why_not
from app.store.keyslots import Unlock
from sync.centre import audit, placing, restoration
from sync.centre.audit import Act
from sync.centre.authority import Authority
from sync.centre.ledger import FILE, Ledger, NoCentre
from sync.centre.placing import CentreExists, StationHere
from sync.centre.sqlite import SqliteDatabase

_UNFINISHED: Final = ".new"


class BackupExists(Refused):
    """Something of that name is there already (fact: folder)."""

    code = "centre_backup_exists"


class SavedCentre(msgspec.Struct, frozen=True, kw_only=True):
    """`elsewhere` names the database that has to be saved besides, if there is one; `entries` are the ledger's."""

    folder: Path
    entries: int
    elsewhere: str = ""


def back_up(data: Path, into: Path, *, unlock: Unlock) -> SavedCentre:
    """Save a centre into a new folder inside `into`.

    Raises NoCentre, WrongKey, NoKey, BackupExists, FileNotWritten, DiskFull.
    """
    now_ms = time.time_ns() // 1_000_000
    with placing.opened(data, unlock) as ledger:
        with ledger.writing():
            audit.note(ledger, Act.BACKED_UP, {}, now_ms)
        moment = datetime.fromtimestamp(now_ms / 1000, CHINA)
        to = into / f"daiban-centre-{ledger.district.region}-{moment:%Y%m%d-%H%M%S}"
        if to.exists():
            raise BackupExists(folder=str(to))
        fresh = to.with_name(to.name + _UNFINISHED)
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(mode=0o700, parents=True)
            entries = _save(ledger, data, fresh, unlock)
            sync_folder(fresh)
            fresh.replace(to)
            sync_folder(into)
        except OSError as error:
            raise FileNotWritten(file=str(to), why=why_not(error)) from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        elsewhere = "" if isinstance(ledger.database, SqliteDatabase) else ledger.database.place
        return SavedCentre(folder=to, entries=entries, elsewhere=elsewhere)


def _save(ledger: Ledger, data: Path, to: Path, unlock: Unlock) -> int:
    _copy(data / keyslots.FILE, to / keyslots.FILE)
    if not isinstance(ledger.database, SqliteDatabase):
        _copy(data / placing.ELSEWHERE, to / placing.ELSEWHERE)
        return ledger.count()
    ledger.database.copy_to(to / FILE)
    copy = Ledger.open(to / FILE, keyslots.open_key(to, unlock))
    try:
        assert isinstance(copy.database, SqliteDatabase)
        copy.database.look_at_pages()
        assert copy.district.epoch == ledger.district.epoch
        return copy.count()
    finally:
        copy.close()


def _copy(file: Path, to: Path) -> None:
    to.touch(mode=0o600)
    shutil.copyfile(file, to)


def restore(folder: Path, data: Path, *, unlock: Unlock, database: str | None = None) -> int:
    """Put a backup in the place of a centre, and let it begin a new life: it has forgotten what it wrote since.

    `data` holds no centre (any more); `database` is where a PostgreSQL was restored to, if not where it was.
    Returns the number of entries. Raises NoCentre for what is no backup, CentreExists, StationHere, WrongKey,
    NoKey, FileNotWritten, and what opening a ledger does; then nothing stands there.
    """
    if not placing.exists(folder) or not keyslots.exists(folder):
        raise NoCentre(folder=str(folder))
    if placing.exists(data):
        raise CentreExists(folder=str(data))
    if opening.holds_station(data):
        raise StationHere(folder=str(data))
    key = keyslots.open_key(folder, unlock)
    opening.private_folder(data)
    try:
        _copy(folder / keyslots.FILE, data / keyslots.FILE)
        if (folder / FILE).exists():
            with placing.new_file(data, key, copied_from=folder / FILE) as ledger:
                return _begin_again(ledger)
        place = placing.kept(folder, key)
        assert place is not None
        place = msgspec.structs.replace(place, url=database or place.url)
        ledger = placing.open_at(place, key)
        try:
            entries = _begin_again(ledger)
        finally:
            ledger.close()
        placing.keep(data, key, place)
        return entries
    except OSError as error:
        raise FileNotWritten(file=str(data), why=why_not(error)) from error


def _begin_again(ledger: Ledger) -> int:
    now_ms = time.time_ns() // 1_000_000
    with ledger.writing():
        restoration.begin_again(ledger, Authority.of(ledger), now_ms)
        audit.note(ledger, Act.RESTORED, {"life": ledger.own.certificate.slot_text}, now_ms)
    return ledger.count()
