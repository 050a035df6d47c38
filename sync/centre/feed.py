"""The feed: what the ledger hands on, in the order it was committed, and to whom.

A cursor is (epoch, position, mark of that commit, seal); a mark is the commit's time and random bits.
Positions come from the district's row, which whoever adds holds until the commit, so they are in commit order.
A mark that the feed does not have at that position means that the ledger was restored from a copy:
the reader begins again, which is harmless.
The seal shows that the district itself gave the cursor, so nobody can make up a restoration.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import Final

import msgspec

from app.domain.regions import RegionCode, RegionTree, Tier
from app.errors import UNREADABLE
from app.store.database import Database, translated
from sync.centre.devices import Device

_RANDOM_BITS: Final = 20
_SEAL_SIZE: Final = 4
_SMALLEST_ENTRY: Final = 40
_MOST_ROWS: Final = 20_000
_ENTRY_FRAME: Final = 8
"""Bytes reserved for what surrounds an entry when a page is measured."""


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    epoch: bytes
    position: int
    mark: int
    seal: bytes = b""


class Fed(msgspec.Struct, frozen=True, kw_only=True):
    """One entry to be added to the feed: whose, its number, its region, and whether all below receive it."""

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
    if not fed:
        return
    (head,) = database.row(
        "UPDATE district SET head = head + ? WHERE one = 1 RETURNING head", (len(fed),)
    )
    mark = (now_ms << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    places: dict[str, tuple[str, str]] = {}
    rows = []
    for position, one in enumerate(fed, head - len(fed) + 1):
        place = places.get(one.region)
        if place is None:
            place = places[one.region] = place_of(tree, one.region)
        rows.append((position, mark, one.device, one.seq, *place, int(one.publication)))
    database.run_many(
        """INSERT INTO feed (position, mark, device, seq, township, village, publication)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        rows,
    )


def take_back(database: Database, regions: list[str]) -> list[tuple[int, int, str, bytes]]:
    """Hide what the feed has of these regions, and return it: (device number, seq, region, raw), in feed order.

    The rows stay where they are, for the cursors that point at them.
    """
    found: list[tuple[int, int, str, bytes]] = []
    positions: list[tuple[int]] = []
    rows = database.rows(
        """SELECT f.position, f.device, f.seq, e.region, e.raw FROM feed f
           JOIN entry e ON e.device = f.device AND e.seq = f.seq
           WHERE f.village <> '' OR f.township <> '' OR f.publication = 1 ORDER BY f.position"""
    )
    wanted = set(regions)
    for position, device, seq, region, raw in rows:
        if region in wanted:
            positions.append((position,))
            found.append((device, seq, region, bytes(raw)))
    database.run_many(
        "UPDATE feed SET village = '', township = '', publication = 0 WHERE position = ?", positions
    )
    return found


def place_of(tree: RegionTree, region: str) -> tuple[str, str]:
    """Township and village of a region in today's tree; empty where it has none."""
    code = RegionCode(region)
    return tree.at_tier(code, Tier.TOWNSHIP) or "", tree.at_tier(code, Tier.VILLAGE) or ""


def page(
    database: Database, tree: RegionTree, device: Device, cursor: bytes | None, room: int
) -> Page:
    """What `device` may read after `cursor`, up to `room` bytes, at least one entry if there is any."""
    epoch, head = database.row("SELECT epoch, head FROM district")
    start = _known_position(database, bytes(epoch), cursor)
    taken: list[tuple[int, int, bytes]] = []
    end, more = head, False
    if start < head:
        size = 0
        limit = min(_MOST_ROWS, room // _SMALLEST_ENTRY + 2)
        sql, parameters = _query(tree, device, start, head, limit)
        with translated():
            for position, number, seq, raw in database.run(sql, parameters):
                size += len(raw) + _ENTRY_FRAME
                if taken and (size > room or len(taken) == limit - 1):
                    more = True
                    break
                taken.append((number, seq, bytes(raw)))
                end = position
        if not more:
            end = head
    mark = database.row("SELECT mark FROM feed WHERE position = ?", (end,))
    reached = sealed(database, Cursor(bytes(epoch), end, 0 if mark is None else mark[0]))
    return Page(entries=taken, cursor=msgspec.msgpack.encode(reached), more=more)


def sealed(database: Database, cursor: Cursor) -> Cursor:
    """The cursor under the district's seal: an HMAC under a key that is in every copy of the ledger."""
    (secret,) = database.row("SELECT value FROM secret WHERE name = 'authority'")
    key = hmac.digest(bytes(secret), b"daiban cursor 1\x00", sha256)
    place = msgspec.msgpack.encode((cursor.epoch, cursor.position, cursor.mark))
    return msgspec.structs.replace(cursor, seal=hmac.digest(key, place, sha256)[:_SEAL_SIZE])


def lost_at(database: Database, cursor: bytes | None) -> int | None:
    """When the commit was made that the reader has seen and this ledger has not, in ms; else None.

    Such a reader proves that the ledger was restored from an older copy.
    """
    read = _read(cursor)
    (epoch,) = database.row("SELECT epoch FROM district")
    if read is None or read.epoch != bytes(epoch) or read.position == 0:
        return None
    if not hmac.compare_digest(sealed(database, read).seal, read.seal):
        return None
    return None if _known_position(database, bytes(epoch), cursor) else read.mark >> _RANDOM_BITS


def _read(cursor: bytes | None) -> Cursor | None:
    try:
        return None if cursor is None else _decode(cursor)
    except UNREADABLE:
        return None


def _known_position(database: Database, epoch: bytes, cursor: bytes | None) -> int:
    """Where to read on: the cursor's position if this very feed gave it, else the beginning."""
    read = _read(cursor)
    if read is None or read.epoch != epoch or not 0 < read.position < 2**63:
        return 0
    row = database.row("SELECT mark FROM feed WHERE position = ?", (read.position,))
    return read.position if row is not None and row[0] == read.mark else 0


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
                ORDER BY position LIMIT ?)"""
        )
        parameters += [*values, start, head, device.n, limit]
    sql = f"""SELECT f.position, f.device, f.seq, e.raw
              FROM (SELECT * FROM ({" UNION ALL ".join(branches)}) ORDER BY position LIMIT ?) f
              JOIN entry e ON e.device = f.device AND e.seq = f.seq ORDER BY f.position"""
    return sql, (*parameters, limit)


def _scope(tree: RegionTree, device: Device) -> list[tuple[str, tuple[object, ...]]]:
    """Its own region and what is under it, and publications of the regions above."""
    township, village = place_of(tree, device.region)
    told_by_district = ("publication = 1 AND village = '' AND township = ''", ())
    if device.tier is Tier.DISTRICT:
        return [("position > 0", ())]
    if device.tier is Tier.TOWNSHIP:
        return [("township = ? AND township <> ''", (township,)), told_by_district]
    told_by_township = (
        "publication = 1 AND village = '' AND township = ? AND township <> ''",
        (township,),
    )
    return [("village = ? AND village <> ''", (village,)), told_by_township, told_by_district]
