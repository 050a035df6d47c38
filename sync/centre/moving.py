"""A district's ledger from its file into a PostgreSQL, while nobody is served.

1. Nobody else has the file open, or gets in before the end; its pages are whole.
2. One transaction there: every row, its sum compared, the act noted, and the mark that it is not in use (`COMING`).
3. The folder notes the address, sealed. The file still counts.
4. One commit in the file: `GONE`. From here on the new ledger counts, whatever happens (`placing`).
5. The mark there is taken off, and the file gets another name.

Killed before 4, everything is as it was, and the next try begins with an emptied schema; after it, whoever opens the
ledger next does what is left of 5. Marked so, the file is never served again, under whatever name.
"""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from app.errors import Refused
from app.store import keyslots
from app.store.database import StoreBusy
from app.store.keyslots import Unlock
from sync.centre import audit, copying, moved, placing
from sync.centre.audit import Act, Facts
from sync.centre.ledger import FILE, Ledger, NoCentre
from sync.centre.moved import Leg, Mark
from sync.centre.placing import Place
from sync.centre.sqlite import SqliteDatabase


class CentreServing(Refused):
    """Somebody has the ledger open (facts: folder)."""

    code = "centre_serving"


class DistrictThere(Refused):
    """The schema holds a district already (facts: place)."""

    code = "district_there"


class LedgerThere(Refused):
    """This centre's ledger is in a database already (facts: place)."""

    code = "ledger_there"


class MovedLedger(msgspec.Struct, frozen=True, kw_only=True):
    """`aside` is the old file under its new name; `entries` and `sheets` are what the new ledger has."""

    place: str
    aside: Path
    entries: int
    sheets: int


def move(data: Path, url: str, *, unlock: Unlock) -> MovedLedger:
    """Take a centre's ledger to the PostgreSQL at `url`, into the district's own schema; nobody serves meanwhile.

    A move that was cut off is begun again, or brought to its end. Raises NoCentre, LedgerThere, CentreServing,
    DistrictThere, DamagedDatabase, CopyDiffers, WrongKey, NoKey, BadDatabaseUrl, DatabaseAway, DriverMissing, DiskFull.
    """
    if not placing.exists(data):
        raise NoCentre(folder=str(data))
    key = keyslots.open_key(data, unlock)
    if not (data / FILE).exists():
        with placing.opened(data, unlock) as ledger:
            raise LedgerThere(place=ledger.database.place)
    source = Ledger.open(data / FILE, key)
    try:
        there = moved.mark(source.database)
        if there is None:
            there = _taken_over(source, data, key, url)
    finally:
        source.close()
    ledger = placing.open_ledger(data, key)
    try:
        (sheets,) = ledger.database.row("SELECT count(*) FROM attachment")
        return MovedLedger(
            place=ledger.database.place,
            aside=placing.aside(data, there),
            entries=ledger.count(),
            sheets=int(sheets),
        )
    finally:
        ledger.close()


def _taken_over(source: Ledger, data: Path, key: bytes, url: str) -> Mark:
    """Steps 1 to 4."""
    file = source.database
    assert isinstance(file, SqliteDatabase)
    try:
        file.keep_others_out()
    except StoreBusy as error:
        raise CentreServing(folder=str(data)) from error
    file.look_at_pages()
    place = Place(url, placing.schema_of(source.district.region))
    now_ms = time.time_ns() // 1_000_000
    with source.writing():
        target = placing.open_at(place, key, new=True)
        try:
            _bring(source, file, target, now_ms)
            gone = Mark(leg=Leg.GONE, place=target.database.place, at_ms=now_ms)
        finally:
            target.close()
        placing.keep(data, key, place)
        moved.put(file, gone)
    return gone


def _bring(source: Ledger, file: SqliteDatabase, target: Ledger, now_ms: int) -> None:
    """Step 2."""
    tables = (
        file.tables()
    )  # looks at every row, and a server ends a transaction that waits for long
    with target.writing():
        if target.is_founded and not _is_cut_off(source, target):
            raise DistrictThere(place=target.database.place)
        copying.copy(file, target.database, tables)
        audit.acts(target)
        facts: Facts = {"from": FILE, "to": target.database.place, "entries": target.count()}
        audit.note(target, Act.MOVED, facts, now_ms)
        moved.put(target.database, Mark(leg=Leg.COMING, place=file.place, at_ms=now_ms))


def _is_cut_off(source: Ledger, target: Ledger) -> bool:
    """Whether what is there was brought from this very ledger, and never got into use."""
    there = moved.mark(target.database)
    if there is None or there.leg is not Leg.COMING:
        return False
    return target.district.epoch == source.district.epoch
