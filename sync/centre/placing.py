"""Where a district's ledger is: in a file of the centre's folder, or in a database that the folder names.

The folder keeps the key slots either way. The address of a database is sealed under the centre's key,
since a password may be in it: so no command but the first needs it, and no list of processes shows it.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.domain.days import CHINA
from app.errors import UNREADABLE, Refused
from app.store import files, keyslots
from app.store.keyslots import Unlock, WrongKey
from sync.centre import moved
from sync.centre.ledger import FILE, Ledger, NoCentre
from sync.centre.moved import LedgerComing, LedgerGone, Mark

ELSEWHERE: Final = "ledger.database"
_INFO: Final = b"daiban ledger place 1"
_NONCE: Final = 12


class CentreExists(Refused):
    code = "centre_exists"


class StationHere(Refused):
    """The folder is a station's."""

    code = "station_here"


class LedgerInFile(Refused):
    """A database was named for a centre whose ledger is a file."""

    code = "ledger_in_file"


class DriverMissing(Refused):
    """This installation has no driver for PostgreSQL."""

    code = "driver_missing"


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A schema of a PostgreSQL database; `url` with what lets us in."""

    url: str
    schema: str


def exists(data: Path) -> bool:
    return (data / FILE).exists() or (data / ELSEWHERE).exists()


def schema_of(region: str) -> str:
    """Each district has its own, so a province's may share one database."""
    return f"district_{region}"


def open_ledger(data: Path, key: bytes, url: str | None = None) -> Ledger:
    """The ledger of this folder; a `url` is where its database has gone, and is kept once it was found there.

    A move that was cut off after its last word is brought to its end.

    Raises NoCentre, LedgerInFile, LedgerGone, LedgerComing, WrongKey, BadDatabaseUrl, DatabaseAway,
    NoSuchSchema, StoreTooNew, DamagedDatabase.
    """
    if (data / FILE).exists():
        ledger = Ledger.open(data / FILE, key)
        gone = moved.mark(ledger.database)
        if gone is not None:
            ledger.close()
            return _arrived(data, key, gone, url)
        if url is not None:
            ledger.close()
            raise LedgerInFile(folder=str(data))
        return ledger
    ledger = _elsewhere(data, key, url)
    if moved.mark(ledger.database) is not None:
        there = ledger.database.place
        ledger.database.close()
        raise LedgerComing(folder=str(data), place=there)
    return ledger


def _elsewhere(data: Path, key: bytes, url: str | None) -> Ledger:
    """The ledger in the database that the folder names, or at `url`, which is kept if it is there."""
    place = kept(data, key)
    if place is None:
        raise NoCentre(folder=str(data))
    at = place if url is None else Place(url, place.schema)
    ledger = open_at(at, key)
    try:
        if not ledger.is_founded:  # that was cut off
            raise NoCentre(folder=str(data))
        ledger.secret("authority")  # this district's, under this key
    except BaseException:
        ledger.database.close()
        raise
    if at != place:
        keep(data, key, at)
    return ledger


def _arrived(data: Path, key: bytes, gone: Mark, url: str | None) -> Ledger:
    """The ledger that took the place of the file here: what is left of its move is done (`moving`)."""
    if not (data / ELSEWHERE).exists():  # a copy of the file that was left behind
        raise LedgerGone(folder=str(data), place=gone.place)
    ledger = _elsewhere(data, key, url)
    if moved.mark(ledger.database) is not None:
        with ledger.writing():
            moved.take_off(ledger.database)
    with suppress(FileNotFoundError):  # another command was quicker
        (data / FILE).replace(aside(data, gone))
    files.sync_folder(data)
    return ledger


def aside(data: Path, gone: Mark) -> Path:
    """The name of a file whose ledger has gone elsewhere."""
    moment = datetime.fromtimestamp(gone.at_ms / 1000, CHINA)
    return data / f"{FILE}.moved-{moment:%Y%m%d-%H%M%S}"


@contextmanager
def opened(data: Path, unlock: Unlock) -> Iterator[Ledger]:
    """The folder's ledger for as long as it is needed. Raises what `open_ledger` raises, NoKey and KeysLost."""
    ledger = ledger_of(data, unlock)
    try:
        yield ledger
    finally:
        ledger.database.close()


def ledger_of(data: Path, unlock: Unlock, url: str | None = None) -> Ledger:
    """The same for somebody who closes it."""
    if not exists(data):
        raise NoCentre(folder=str(data))
    return open_ledger(data, keyslots.open_key(data, unlock), url)


@contextmanager
def new_file(data: Path, key: bytes, copied_from: Path | None = None) -> Iterator[Ledger]:
    """An empty ledger, or a copy, that has its name once this ends well: what was cut off leaves no centre."""
    fresh = data / f"{FILE}.new"
    for rest in data.glob(f"{fresh.name}*"):
        rest.unlink()
    if copied_from is not None:
        fresh.touch(mode=0o600)
        shutil.copyfile(copied_from, fresh)
    ledger = Ledger.open(fresh, key)
    yield ledger
    ledger.close()
    fresh.replace(data / FILE)


def elsewhere(data: Path, key: bytes, url: str | None, region: str) -> Place | None:
    """Where the ledger of a new district is to stand: at `url`, or where its founding was begun; None for a file."""
    begun = kept(data, key)
    if url is not None:
        return Place(url, schema_of(region))
    return begun


@contextmanager
def new_elsewhere(place: Place, key: bytes) -> Iterator[Ledger]:
    """The tables of a district, made if they are not there."""
    ledger = open_at(place, key, new=True)
    try:
        yield ledger
    finally:
        ledger.close()


def open_at(place: Place, key: bytes, *, new: bool = False) -> Ledger:
    # The driver takes a tenth of a second to load: whoever keeps a file does not wait for it.
    try:
        from sync.centre.postgresql import PostgresqlDatabase
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise DriverMissing from error
    return Ledger(PostgresqlDatabase.open(place.url, place.schema, key, new=new))


def kept(data: Path, key: bytes) -> Place | None:
    """Raises WrongKey where the file was sealed under another."""
    try:
        raw = (data / ELSEWHERE).read_bytes()
    except FileNotFoundError:
        return None
    try:
        plain = ChaCha20Poly1305(key).decrypt(raw[:_NONCE], raw[_NONCE:], _INFO)
        return msgspec.msgpack.decode(plain, type=Place)
    except (InvalidTag, ValueError, *UNREADABLE) as error:
        raise WrongKey from error


def keep(data: Path, key: bytes, place: Place) -> None:
    nonce = secrets.token_bytes(_NONCE)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, msgspec.msgpack.encode(place), _INFO)
    files.write_durably(data / ELSEWHERE, nonce + sealed)
