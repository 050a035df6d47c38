"""The feed: what the ledger hands on, in the order it was committed, and to whom.

A cursor is (epoch, position, mark of that commit, seal); a mark is the commit's time and random bits.
Positions come from the district's row, which whoever adds holds until the commit, so they are in commit order.
A mark that the feed does not have at that position means that the ledger was restored from a copy:
the reader begins again, which is harmless.
The seal shows that the district itself gave the cursor, so nobody can make up a restoration,
and to a reader of which place: one whose region went into another begins again, since it never had that one's history.

An entry goes to whoever has its region in scope; a publication to the whole district (docs/decisions/0011).
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec

from app.domain.regions import RegionCode, RegionTree, Tier
from app.errors import UNREADABLE
from sync.centre import private
from sync.centre.database import Database
from sync.centre.devices import Device

_RANDOM_BITS: Final = 20
_SEAL_SIZE: Final = 4
_TYPICAL_ENTRY: Final = 200
_MOST_ROWS: Final = 20_000
ENTRY_FRAME: Final = 8
"""Bytes reserved for what surrounds an entry when a page is measured."""
_AT_A_TIME: Final = 1000
"""Entries of a region that moves, in memory together."""
_TO_ALL: Final = 1
_AGAIN: Final = -1
"""What stands in the column `publication`, beside 0: a row for its new place only, since the district has the entry."""


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    epoch: bytes
    position: int
    mark: int
    seal: bytes = b""


class Fed(msgspec.Struct, frozen=True, kw_only=True):
    """One entry to be added to the feed: whose, its number, its region, and whether the whole district receives it."""

    device: int
    seq: int
    region: str
    publication: bool


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Entries in feed order: (device number, seq, raw)."""

    entries: list[tuple[int, int, bytes]]
    cursor: bytes
    more: bool


_decode: Final = msgspec.msgpack.Decoder(Cursor).decode


def append(database: Database, tree: RegionTree, fed: list[Fed], now_ms: int) -> None:
    """Add entries to the feed; inside the transaction that stores them."""
    places: dict[str, Place] = {"": Place("", "")}
    for one in fed:
        if one.region not in places:
            places[one.region] = place_of(tree, one.region)
    _add(
        database,
        [
            (one.device, one.seq, *places[""], _TO_ALL)
            if one.publication
            else (one.device, one.seq, *places[one.region], 0)
            for one in fed
        ],
        _mark(now_ms),
    )


def move(database: Database, before: RegionTree, after: RegionTree, now_ms: int) -> None:
    """Let what the feed has of each region that comes under others stand at its end, for those others.

    Inside the transaction that puts the new tree in force.
    The old rows stay where they are, for the cursors that point at them and for the district.
    """
    mark = _mark(now_ms)
    (head,) = database.row("SELECT head FROM district")
    for row in before.rows:
        if row.code not in after:
            continue
        old, new = place_of(before, row.code), place_of(after, row.code)
        if old != new:
            _move(database, row.code, old, new, head, mark)


def _move(database: Database, region: str, old: Place, new: Place, head: int, mark: int) -> None:
    where, values = _held_by(old)
    last = 0
    while rows := database.rows(
        f"""SELECT f.position, f.device, f.seq FROM feed f
            JOIN entry e ON e.device = f.device AND e.seq = f.seq
            WHERE {where} AND f.position > ? AND f.position <= ? AND e.region = ?
            ORDER BY f.position LIMIT ?""",
        (*values, last, head, region, _AT_A_TIME),
    ):
        last = rows[-1][0]
        database.run_many(
            "UPDATE feed SET township = '', village = '' WHERE position = ?",
            [(position,) for position, _, _ in rows],
        )
        _add(database, [(device, seq, *new, _AGAIN) for _, device, seq in rows], mark)


def _held_by(place: Place) -> tuple[str, tuple[str, ...]]:
    """The rows of a place, so that an index finds them."""
    if place.village:
        return "f.village = ? AND f.village <> ''", (place.village,)
    return "f.township = ? AND f.township <> '' AND f.village = ''", (place.township,)


def _add(database: Database, rows: list[tuple[int, int, str, str, int]], mark: int) -> None:
    """Rows (device, seq, township, village, publication) at the next positions."""
    if not rows:
        return
    (head,) = database.row(
        "UPDATE district SET head = head + ? WHERE one = 1 RETURNING head", (len(rows),)
    )
    database.add(
        "feed",
        ("position", "mark", "device", "seq", "township", "village", "publication"),
        [(position, mark, *row) for position, row in enumerate(rows, head - len(rows) + 1)],
    )


def _mark(now_ms: int) -> int:
    return (now_ms << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)


class Place(NamedTuple):
    """Township and village of a region in a tree; empty where it has none."""

    township: str
    village: str


def place_of(tree: RegionTree, region: str) -> Place:
    """Where a region stands in this tree."""
    code = RegionCode(region)
    return Place(tree.at_tier(code, Tier.TOWNSHIP) or "", tree.at_tier(code, Tier.VILLAGE) or "")


def page(
    database: Database, tree: RegionTree, device: Device, cursor: bytes | None, room: int
) -> Page:
    """What `device` may read after `cursor`, up to `room` bytes, at least one entry if there is any."""
    epoch, head = database.row("SELECT epoch, head FROM district")
    reader = reader_of(tree, device)
    start = _known_position(database, bytes(epoch), cursor, reader)
    taken: list[tuple[int, int, bytes]] = []
    end, more = head, False
    if start < head:
        size = 0
        for position, number, seq, raw in _following(database, tree, device, start, head, room):
            size += len(raw) + ENTRY_FRAME
            if taken and (size > room or len(taken) == _MOST_ROWS):
                more = True
                break
            taken.append((number, seq, bytes(raw)))
            end = position
        if not more:
            end = head
    mark = database.row("SELECT mark FROM feed WHERE position = ?", (end,))
    reached = sealed(database, Cursor(bytes(epoch), end, 0 if mark is None else mark[0]), reader)
    return Page(entries=taken, cursor=msgspec.msgpack.encode(reached), more=more)


def reader_of(tree: RegionTree, device: Device) -> str:
    """The region in whose place a device reads, where its own went into that one; else empty."""
    present = tree.present(device.region)
    return "" if present == device.region else present


def sealed(database: Database, cursor: Cursor, reader: str = "") -> Cursor:
    """The cursor under the district's seal: an HMAC under a key that is in every copy of the ledger."""
    secret = private.kept(database, "authority")
    assert secret is not None
    key = hmac.digest(secret, b"daiban cursor 1\x00", sha256)
    place = (cursor.epoch, cursor.position, cursor.mark, *([reader] if reader else []))
    seal = hmac.digest(key, msgspec.msgpack.encode(place), sha256)[:_SEAL_SIZE]
    return msgspec.structs.replace(cursor, seal=seal)


def lost_at(database: Database, cursor: bytes | None, reader: str = "") -> int | None:
    """When the commit was made that the reader has seen and this ledger has not, in ms; else None.

    Such a reader proves that the ledger was restored from an older copy.
    """
    read = _read(cursor)
    (epoch,) = database.row("SELECT epoch FROM district")
    if read is None or read.epoch != bytes(epoch) or read.position == 0:
        return None
    if not _has_seal(database, read, reader):
        return None
    known = _known_position(database, bytes(epoch), cursor, reader)
    return None if known else read.mark >> _RANDOM_BITS


def _has_seal(database: Database, read: Cursor, reader: str) -> bool:
    return hmac.compare_digest(sealed(database, read, reader).seal, read.seal)


def _read(cursor: bytes | None) -> Cursor | None:
    try:
        return None if cursor is None else _decode(cursor)
    except UNREADABLE:
        return None


def _known_position(database: Database, epoch: bytes, cursor: bytes | None, reader: str) -> int:
    """Where to read on: the cursor's position if this very feed gave it to this reader, else the beginning."""
    read = _read(cursor)
    if read is None or read.epoch != epoch or not 0 < read.position < 2**63:
        return 0
    if not _has_seal(database, read, reader):
        return 0
    row = database.row("SELECT mark FROM feed WHERE position = ?", (read.position,))
    return read.position if row is not None and row[0] == read.mark else 0


def _following(
    database: Database, tree: RegionTree, device: Device, start: int, head: int, room: int
) -> Iterator[tuple[int, int, int, bytes]]:
    """What the device may read, (position, device, number, raw) in order, fetched in pieces of about `room`."""
    limit = min(_MOST_ROWS, room // _TYPICAL_ENTRY + 2)
    while True:
        sql, parameters = _query(tree, device, start, head, limit)
        rows = database.rows(sql, parameters)
        yield from rows
        if len(rows) < limit:
            return
        start = rows[-1][0]


def _query(
    tree: RegionTree, device: Device, start: int, head: int, limit: int
) -> tuple[str, tuple[object, ...]]:
    """One indexed range for each reason to receive something, merged by position."""
    reasons = _scope(tree, device)
    branches = []
    parameters: list[object] = []
    for where, values in reasons:
        branches.append(
            f"""SELECT * FROM (SELECT position, device, seq FROM feed
                WHERE {where} AND position > ? AND position <= ? AND device <> ?
                ORDER BY position LIMIT ?) reason"""
        )
        parameters += [*values, start, head, device.n, limit]
    sql = f"""SELECT f.position, f.device, f.seq, e.raw
              FROM (SELECT * FROM ({" UNION ALL ".join(branches)}) every ORDER BY position LIMIT ?) f
              JOIN entry e ON e.device = f.device AND e.seq = f.seq ORDER BY f.position"""
    return sql, (*parameters, limit)


def _scope(tree: RegionTree, device: Device) -> list[tuple[str, tuple[object, ...]]]:
    """Its own region and what is under it, and every publication; no row meets two of them."""
    place = place_of(tree, device.region)
    if device.tier is Tier.DISTRICT:
        return [(f"publication <> {_AGAIN}", ())]
    published = (f"publication = {_TO_ALL}", ())
    if device.tier is Tier.TOWNSHIP:
        return [("township = ? AND township <> ''", (place.township,)), published]
    return [("village = ? AND village <> ''", (place.village,)), published]
