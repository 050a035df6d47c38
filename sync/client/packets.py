"""The exchange by hand: a packet onto a stick for the centre, and the centre's answer from one.

What was written stays pending until its answer is read, so a stick that is lost loses nothing.
Reading one twice, an old one after a newer, or exchanging over the line meanwhile is harmless:
`(device, seq)` names an entry, and an answer to what was written earlier never moves the store back.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from app.domain.regions import UnknownRegion, place_name
from app.errors import Refused
from app.store import attachments, intake, lives, packet_log, practice, redaction
from app.store import exchange as station
from app.store.attachments import BadContent
from app.store.database import DamagedDatabase
from app.store.exchange import Outgoing
from app.store.exchange_log import ExchangeNote, note_exchange
from app.store.files import FileNotWritten, write_durably
from app.store.packet_log import ReadPacket, WrittenPacket
from app.store.store import Store
from sync import packet, protocol
from sync.client import carrying
from sync.client.messages import health_of, incoming, request_for
from sync.client.turns import alone
from sync.packet import DamagedPacket, Header, Packet, Way
from sync.protocol import Answer
from sync.refusals import BadMessage

SCANS: Final = 6 * 1024 * 1024
"""Bytes of a packet's entries and scans that leave it small enough for a township to carry over its line."""
_FOR_ALL: Final = 0o644
"""It is sealed, and another person's computer must be able to read the stick."""


class PacketForAnother(Refused):
    """The answer is another device's (facts: station, slot)."""

    code = "packet_for_another"


class PacketForTheCentre(Refused):
    """It goes up; only the centre can open it (facts: station, slot)."""

    code = "packet_for_the_centre"


class PacketNeedsLine(Refused):
    """The store was restored or copied: it must go on under a new key, which only the line brings."""

    code = "packet_needs_line"


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """`pending` counts what the centre has not answered for, `left` what did not fit into this packet.

    `sheets` scans are in it, `sheets_left` wait for the next one.
    `carried` answers for stations below were laid into the folder; where nothing of one's own waits, those alone,
    and then there is no `number`, and `file` is the folder.
    """

    file: str
    number: int
    entries: int
    pending: int
    left: int
    bytes: int
    carried: int = 0
    sheets: int = 0
    sheets_left: int = 0


class ReadReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer brought. `old`: something newer was read or exchanged before; it changed nothing of weight.

    `sheets` scans of the packet are at the centre now, `sheets_waiting` are not.
    `more`: the centre had more than one packet carries; write another one.
    """

    file: str
    number: int
    made_ms: int
    accepted: int
    received: int
    refused: int
    pending: int
    old: bool
    more: bool
    sheets: int = 0
    sheets_waiting: int = 0


def write_into(store: Store, folder: Path, printer: str = "") -> Written:
    """The same for a folder only: a stick that was pulled out meanwhile gets no file in its place."""
    if not folder.is_dir():
        raise FileNotWritten(file=str(folder), why="closed")
    return write(store, folder, printer)


def write(store: Store, to: Path, printer: str = "") -> Written:
    """Write what the centre lacks into a file, or into a folder under a name of its own; durable when this returns.

    Raises NotInPractice, PacketNeedsLine, PacketTooLarge or FileNotWritten.
    """
    practice.refuse("exchange", store.certificate, store.database)
    store.follow_life()
    _check_not_restored(store)
    carried = carrying.lay_down(store, to) if to.is_dir() else 0
    if carried and not station.pending(store) and not attachments.waiting(store)[0]:
        return Written(
            file=str(to), number=0, entries=0, pending=0, left=0, bytes=0, carried=carried
        )
    going = station.outgoing(store, room=packet.ROOM, most=protocol.MAX_ENTRIES)
    request = request_for(store, going, packet.ROOM, health_of(store, printer))
    sheets = [] if going.more else _scans(store, going)
    request = msgspec.structs.replace(request, sheets=sheets)
    signed = store.identity.signed
    assert signed is not None
    header = Header(
        version=packet.VERSION,
        way=Way.UP,
        district=packet.district_id(store.identity.district_public),
        certificate=signed,
        number=packet_log.next_number(store),
        made_ms=store.wall(),
    )
    raw = packet.seal(
        header,
        protocol.encode(request),
        to=store.identity.recovery_public,
        sign=store.identity.keys.sign,
    )
    file = to / packet.file_name(_place(store), header) if to.is_dir() else to
    _clear_rests(file.parent, _place(store))
    write_durably(file, raw, mode=_FOR_ALL)
    entries = len(going.entries)
    packet_log.note_written(
        store,
        WrittenPacket(number=header.number, file=file.name, at_ms=header.made_ms, entries=entries),
    )
    pending = station.pending(store)
    return Written(
        file=str(file),
        number=header.number,
        entries=entries,
        pending=pending,
        left=max(0, pending - entries),
        bytes=len(raw),
        carried=carried,
        sheets=len(sheets),
        sheets_left=attachments.waiting(store)[0] - len(sheets),
    )


def _scans(store: Store, going: Outgoing) -> list[bytes]:
    """Of entries that the centre has or that are in this packet, as many as it has room for, oldest first."""
    found: list[bytes] = []
    room = SCANS - sum(map(len, going.entries))
    with suppress(DamagedDatabase):  # records travel without their scans
        for sheet in attachments.unsent(store, protocol.MAX_SHEETS, going.head_seq):
            room -= sheet.size
            if room < 0:
                break
            with suppress(BadContent):  # the exchange over the line says so
                content = attachments.content(store, sheet.digest)
                if content is not None:
                    found.append(content)
    return found


def read(store: Store, raw: bytes, file: str) -> ReadReport | None:
    """Take in the centre's answer; it is durable when this returns. `file` is only remembered.

    None if it was the packet of a station below, which is carried along with the next exchange.

    Raises NotInPractice, NotAPacket, DamagedPacket, PacketTooLarge, PacketOfOtherDistrict, UpgradeNeeded,
    PacketForAnother, PacketForTheCentre, PacketNeedsLine or ExchangeUnderWay; then nothing of it was used.
    """
    practice.refuse("exchange", store.certificate, store.database)
    with alone(store.folder):
        store.follow_life()
        _check_not_restored(store)
        looked = packet.read(raw, store.identity.district_public)
        if looked.header.way is Way.UP and carrying.keep(store, looked, raw):
            return None
        answer = _answer_in(store, looked)
        report = _take_in(store, looked.header, answer, file)
        note_exchange(store, _noted(report, len(raw), store.wall()))
        redaction.scrub(store)
    return report


def _answer_in(store: Store, looked: Packet) -> Answer:
    own = looked.certificate
    if looked.header.way is Way.UP:
        raise PacketForTheCentre(station=own.station, slot=own.slot_text)
    if own.device != store.device:
        raise PacketForAnother(station=own.station, slot=own.slot_text)
    who = store.identity
    message, _ = packet.opened(looked, sender=who.district_public, private=who.keys.seal_private)
    try:
        return protocol.decode(message, Answer)
    except BadMessage as error:
        raise DamagedPacket(why="content") from error


def _take_in(store: Store, header: Header, answer: Answer, file: str) -> ReadReport:
    _check_same_journal(store, answer)
    notes = packet_log.packet_notes(store)
    before = station.accepted_through(store)
    came = (header.number, header.made_ms)
    old = header.number <= notes.overtaken or came <= notes.answered
    accepted = max(before, answer.accepted.seq) if old else answer.accepted.seq
    taken = incoming(store.device, answer, accepted, answer.accepted.digest)
    if old:
        taken = msgspec.structs.replace(taken, cursor=store.recall("cursor") or answer.cursor)
    received = intake.take_in(store, taken)
    for digest in answer.kept:
        attachments.note_sent(store, digest)
    if not old:
        with suppress(DamagedDatabase):
            attachments.note_lacking(store, answer.lacks)
    read_now = ReadPacket(
        number=header.number,
        file=file,
        at_ms=store.wall(),
        received=received,
        accepted=max(0, accepted - before),
    )
    packet_log.note_read(store, read_now, header.made_ms)
    return ReadReport(
        file=file,
        number=header.number,
        made_ms=header.made_ms,
        accepted=read_now.accepted,
        received=received,
        refused=station.refused(store),
        pending=station.pending(store),
        old=old,
        more=answer.more and not old,
        sheets=len(answer.kept),
        sheets_waiting=attachments.waiting(store)[0],
    )


def _check_not_restored(store: Store) -> None:
    """A store that was restored from a backup begins a new life first. Raises PacketNeedsLine."""
    if store.is_restored:
        raise PacketNeedsLine


def _check_same_journal(store: Store, answer: Answer) -> None:
    """Where the centre has something else, or more, the disk was copied or put back. Raises PacketNeedsLine."""
    have = answer.accepted
    if answer.forked_at is not None or have.seq > store.head().seq:
        raise PacketNeedsLine
    if lives.digest_after(store.journal, store.device, have.seq) != have.digest:
        raise PacketNeedsLine


def _place(store: Store) -> str:
    own = store.certificate
    place = own.station
    with suppress(UnknownRegion):  # the table has not come yet
        place = place_name(store.publications.tree.region(store.region))
    return packet.place_on_file(place, own)


def _clear_rests(folder: Path, place: str) -> None:
    """Take away what a power cut left of one's own packets: it is half of a file, and the number is not used again."""
    with suppress(OSError):
        for rest in folder.glob(f"*{packet.SUFFIX}.*.new"):
            if rest.name.startswith(f"{place}-"):
                rest.unlink()


def _noted(report: ReadReport, size: int, now_ms: int) -> ExchangeNote:
    return ExchangeNote(
        started_ms=now_ms,
        last_ms=now_ms,
        sent=report.accepted,
        received=report.received,
        bytes_down=size,
        by_packet=True,
        sheets=report.sheets,
        sheets_waiting=report.sheets_waiting,
    )
