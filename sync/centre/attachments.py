"""Scans at the centre: who named which, who has shown that he has one, the bytes once, and who may have them.

1. An accepted entry names sheets; in its transaction each becomes a reference (`record`).
2. The station that wrote it sends the bytes, and what it sends must have that digest and size (`begin`, `append`).
   Only then its reference is *proved*: a digest alone, wherever it was read, opens nothing.
3. Whoever has the region of a proved reference in scope, by today's tree, may have the bytes (`span`).
4. When a file is destroyed its references go, and the bytes with the last proved one (`forget`).

A station is all lives of one slot: what an old life named, the new one sends.
Each content begins with padding longer than what a row keeps on a page that it shares, as at a station:
what SQLite moves about, and leaves copies of, then holds nothing of it.
"""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from app.domain.attachments import LARGEST_SHEET, MOST_SHEETS, Sheet
from app.domain.events import AttachmentAdded, BadBody, decode_body, is_known
from app.domain.regions import Tier
from app.journal.entry import Entry
from sync.centre.devices import Device
from sync.centre.feed import place_of
from sync.centre.ledger import Ledger, Stored
from sync.protocol import MAX_LACKS
from sync.refusals import (
    Busy,
    CentreRefusal,
    NoSuchSheet,
    SheetDamaged,
    SheetNotNamed,
    TooLarge,
    WrongOffset,
)
from sync.tus import Span

ADDED: Final = "attachment.added"
ABANDONED_MS: Final = 7 * 86_400_000
"""After so long without a byte what came of a sheet is thrown away; it is begun anew."""
OUTSTANDING: Final = 64 * 2**20
"""Bytes of unfinished sheets that one station may have here; with more, those untouched longest go."""
RESERVE: Final = 512 * 2**20
"""Bytes of the disk that sheets leave to entries."""
PADDING: Final = bytes(4096)
_OF_STATION: Final = "device IN (SELECT n FROM device WHERE region = ? AND slot = ?)"


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """How far a station's own sending of one sheet is."""

    received: int
    size: int

    @property
    def is_whole(self) -> bool:
        return self.received == self.size


# --- entries --------------------------------------------------------------------------------------


def sheets_in(entry: Entry) -> tuple[Sheet, ...]:
    """What an entry attaches; nothing if it is of another kind, or erased. Raises BadBody."""
    if entry.kind != ADDED or not is_known(entry.kind, entry.version) or entry.body is None:
        return ()
    body = decode_body(entry.kind, entry.version, entry.body)
    assert isinstance(body, AttachmentAdded)
    different = {one.digest for one in body.sheets}
    if not 0 < len(body.sheets) <= MOST_SHEETS or len(different) != len(body.sheets):
        raise BadBody(kind=entry.kind, detail="number of sheets")
    if not all(one.is_sound for one in body.sheets):
        raise BadBody(kind=entry.kind, detail="sheet")
    return body.sheets


def record(ledger: Ledger, device: Device, entries: list[Stored]) -> None:
    """Note what entries name that were stored and not refused; inside their transaction."""
    references = []
    for stored in entries:
        for sheet in stored.sheets if stored.refusal is None else ():
            proved = int(_has_proved(ledger, device, sheet.digest))
            row = (sheet.digest, device.n, stored.seq, stored.region, sheet.size, proved)
            references.append(row)
    if references:
        columns = ("digest", "device", "seq", "region", "size", "proved")
        ledger.database.add("attachment_reference", columns, references)


def lacking(ledger: Ledger, device: Device, now_ms: int) -> list[bytes]:
    """Sheets that a station's entries name and that it has not sent whole; of many some, others each second.

    So sheets that it has lost do not hide those that it could send.
    """
    query = (
        "FROM (SELECT DISTINCT digest FROM attachment_reference "
        f"WHERE proved = 0 AND {_OF_STATION}) lacking"
    )
    (count,) = ledger.database.row(f"SELECT count(*) {query}", _station(device))
    if count == 0:
        return []
    start = now_ms // 1000 % count if count > MAX_LACKS else 0
    rows = ledger.database.rows(
        f"SELECT digest {query} ORDER BY digest LIMIT ? OFFSET ?",
        (*_station(device), MAX_LACKS, start),
    )
    return [bytes(digest) for (digest,) in rows]


def forget(ledger: Ledger, subject: tuple[int, int]) -> None:
    """Erase what only a destroyed case names; inside the transaction that erases the case."""
    database = ledger.database
    named = database.rows(
        "SELECT r.digest, r.device, r.seq FROM entry e JOIN attachment_reference r "
        "ON r.device = e.device AND r.seq = e.seq WHERE e.subject_device = ? AND e.subject_seq = ?",
        subject,
    )
    database.run_many(
        "DELETE FROM attachment_reference WHERE digest = ? AND device = ? AND seq = ?",
        [(bytes(digest), device, seq) for digest, device, seq in named],
    )
    for digest in {bytes(digest) for digest, _, _ in named}:
        another = "SELECT 1 FROM attachment_reference WHERE digest = ?"
        if database.row(f"{another} AND proved = 1", (digest,)) is None:
            database.run("DELETE FROM attachment WHERE digest = ?", (digest,))
        if database.row(another, (digest,)) is None:
            for table in ("attachment_piece", "attachment_upload"):
                database.run(f"DELETE FROM {table} WHERE digest = ?", (digest,))


# --- going up -------------------------------------------------------------------------------------


def need_named(ledger: Ledger, device: Device, digest: bytes, size: int) -> None:
    """Raises SheetNotNamed, TooLarge, or Busy when the disk is nearly full: why a station may not send a sheet."""
    if size > LARGEST_SHEET:
        raise TooLarge(limit=LARGEST_SHEET)
    if not _has_room(ledger):
        raise Busy(why="disk_full")
    named = ledger.database.row(
        f"SELECT 1 FROM attachment_reference WHERE digest = ? AND size = ? AND {_OF_STATION}",
        (digest, size, *_station(device)),
    )
    if named is None:
        raise SheetNotNamed


def begin(ledger: Ledger, device: Device, digest: bytes, size: int, now_ms: int) -> None:
    """Let a station send a sheet, from its first byte on; what came of it before is thrown away.

    One that it has sent whole stays: a request that comes late begins nothing. Raises what `need_named` raises.
    """

    def work() -> None:
        need_named(ledger, device, digest, size)
        if _has_proved(ledger, device, digest):
            return
        ledger.database.run(
            "INSERT INTO attachment_upload (digest, region, slot, size, received, touched_ms) "
            "VALUES (?, ?, ?, ?, 0, ?) ON CONFLICT (digest, region, slot) DO UPDATE "
            "SET size = excluded.size, received = 0, touched_ms = excluded.touched_ms",
            (digest, *_station(device), size, now_ms),
        )
        # Only now is the row held: pieces of somebody who began at the same moment are seen, and go too.
        _drop_pieces(ledger, digest, *_station(device))
        _make_room(ledger, device, digest, size, now_ms)

    ledger.beside(work)


def upload(ledger: Ledger, device: Device, digest: bytes) -> Upload:
    """How much of a sheet has come from this very station. Raises NoSuchSheet.

    In a transaction nobody else adds to it before that ends.
    """
    row = ledger.database.held(
        "SELECT received, size FROM attachment_upload WHERE digest = ? AND region = ? AND slot = ?",
        (digest, *_station(device)),
    )
    if row is None and _has_proved(ledger, device, digest):
        row = ledger.database.row("SELECT size, size FROM attachment WHERE digest = ?", (digest,))
    if row is None:
        raise NoSuchSheet
    return Upload(received=row[0], size=row[1])


def append(
    ledger: Ledger, device: Device, digest: bytes, offset: int, data: bytes, now_ms: int
) -> Upload:
    """Take in the next bytes of a sheet; with the last of them the sheet is checked and kept.

    Raises NoSuchSheet, WrongOffset, TooLarge, or SheetDamaged when the whole has another digest:
    then all of it is thrown away.
    """

    def work() -> tuple[Upload, bool]:
        before = upload(ledger, device, digest)
        if before.received != offset and not before.is_whole:
            raise WrongOffset(offset=before.received)
        after = msgspec.structs.replace(before, received=offset + len(data))
        if after.received > after.size:
            raise TooLarge(limit=after.size)
        if not data or before.is_whole:  # who sends again what is here is told so
            return after, True
        if not after.is_whole:
            _keep_piece(ledger, device, digest, offset, data, now_ms)
            return after, True
        whole = _pieces(ledger, device, digest) + data
        _drop_upload(ledger, digest, *_station(device))
        if sha256(whole).digest() != digest:
            return after, False
        # An exchange of this device that names the same sheet at this moment ends before or begins after.
        ledger.database.held("SELECT n FROM device WHERE n = ?", (device.n,))
        _keep(ledger, device, digest, whole)
        return after, True

    after, is_sound = ledger.beside(work)
    if not is_sound:
        raise SheetDamaged
    return after


def _keep_piece(
    ledger: Ledger, device: Device, digest: bytes, offset: int, data: bytes, now_ms: int
) -> None:
    ledger.database.run(
        "UPDATE attachment_upload SET received = ?, touched_ms = ? "
        "WHERE digest = ? AND region = ? AND slot = ?",
        (offset + len(data), now_ms, digest, *_station(device)),
    )
    ledger.database.run(
        "INSERT INTO attachment_piece (digest, region, slot, start, padded) VALUES (?, ?, ?, ?, ?)",
        (digest, *_station(device), offset, PADDING + data),
    )


def _keep(ledger: Ledger, device: Device, digest: bytes, whole: bytes) -> None:
    ledger.database.run(
        "INSERT INTO attachment (digest, size, padded) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING",
        (digest, len(whole), PADDING + whole),
    )
    ledger.database.run(
        f"UPDATE attachment_reference SET proved = 1 WHERE digest = ? AND {_OF_STATION}",
        (digest, *_station(device)),
    )


def _pieces(ledger: Ledger, device: Device, digest: bytes) -> bytes:
    rows = ledger.database.rows(
        "SELECT padded FROM attachment_piece WHERE digest = ? AND region = ? AND slot = ? ORDER BY start",
        (digest, *_station(device)),
    )
    return b"".join(bytes(padded)[len(PADDING) :] for (padded,) in rows)


def _make_room(ledger: Ledger, device: Device, digest: bytes, size: int, now_ms: int) -> None:
    """Throw away what was abandoned by anybody, and what is too much of this station's beside this sheet."""
    database = ledger.database
    abandoned = database.rows(
        "SELECT digest, region, slot FROM attachment_upload WHERE touched_ms < ?",
        (now_ms - ABANDONED_MS,),
    )
    for other, region, slot in abandoned:
        _drop_upload(ledger, bytes(other), region, slot)
    unfinished = database.rows(
        "SELECT digest, size FROM attachment_upload WHERE region = ? AND slot = ? "
        "AND digest <> ? ORDER BY touched_ms DESC",
        (*_station(device), digest),
    )
    for other, claimed in unfinished:
        size += claimed
        if size > OUTSTANDING:
            _drop_upload(ledger, bytes(other), *_station(device))


def _drop_upload(ledger: Ledger, digest: bytes, region: str, slot: int) -> None:
    _drop_pieces(ledger, digest, region, slot)
    ledger.database.run(
        "DELETE FROM attachment_upload WHERE digest = ? AND region = ? AND slot = ?",
        (digest, region, slot),
    )


def _drop_pieces(ledger: Ledger, digest: bytes, region: str, slot: int) -> None:
    ledger.database.run(
        "DELETE FROM attachment_piece WHERE digest = ? AND region = ? AND slot = ?",
        (digest, region, slot),
    )


def _has_room(ledger: Ledger) -> bool:
    """Where the ledger is a file, whether its disk has room to spare."""
    file = Path(ledger.database.place)
    return not file.is_file() or shutil.disk_usage(file.parent).free > RESERVE


def take_whole(ledger: Ledger, device: Device, contents: list[bytes]) -> list[bytes]:
    """Keep scans that came whole in a packet, which its sender has signed; inside a transaction.

    The digests of those that are here now; what no accepted entry of that station names is passed over.
    """
    kept = []
    for content in contents:
        digest = sha256(content).digest()
        try:
            need_named(ledger, device, digest, len(content))
        except CentreRefusal:
            continue
        _drop_upload(ledger, digest, *_station(device))
        _keep(ledger, device, digest, content)
        kept.append(digest)
    return kept


# --- coming down ----------------------------------------------------------------------------------


def size_for(ledger: Ledger, device: Device, digest: bytes) -> int:
    """How many bytes a sheet has that this device may see.

    Raises NoSuchSheet, and says no more of one that is here and not for it.
    """
    row = ledger.database.row("SELECT size FROM attachment WHERE digest = ?", (digest,))
    if row is None or not _may_see(ledger, device, digest):
        raise NoSuchSheet
    return int(row[0])


def content(ledger: Ledger, digest: bytes, span: Span) -> bytes:
    """These bytes of a sheet; whoever asks has been looked at by `size_for`."""
    row = ledger.database.row(
        "SELECT substr(padded, ?, ?) FROM attachment WHERE digest = ?",
        (len(PADDING) + span.first + 1, span.end - span.first, digest),
    )
    if row is None:
        raise NoSuchSheet
    return bytes(row[0])


def _may_see(ledger: Ledger, device: Device, digest: bytes) -> bool:
    """Whether a proved reference is in scope, as the feed has it, or the station's own."""
    if _has_proved(ledger, device, digest):
        return True
    tree = ledger.tree
    own = place_of(tree, device.region)
    rows = ledger.database.rows(
        "SELECT DISTINCT region FROM attachment_reference WHERE digest = ? AND proved = 1",
        (digest,),
    )
    places = [place_of(tree, region) for (region,) in rows if region in tree]
    if device.tier is Tier.DISTRICT:
        return bool(places)
    if device.tier is Tier.TOWNSHIP:
        return any(own.township and own.township == place.township for place in places)
    return any(own.village and own.village == place.village for place in places)


def _has_proved(ledger: Ledger, device: Device, digest: bytes) -> bool:
    return (
        ledger.database.row(
            f"SELECT 1 FROM attachment_reference WHERE digest = ? AND proved = 1 AND {_OF_STATION}",
            (digest, *_station(device)),
        )
        is not None
    )


def _station(device: Device) -> tuple[str, int]:
    return device.region, device.certificate.slot
