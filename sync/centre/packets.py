"""A station's packet answered: the same exchange as over the line, from one file into another.

Whoever carries the stick is nobody to the centre: the packet itself shows who wrote it.
"""

from __future__ import annotations

import msgspec

from app.domain.regions import RegionCode, UnknownRegion, place_name
from app.errors import Refused
from app.journal.certificate import Certificate
from sync import packet, protocol
from sync.centre import attachments, audit, exchange, feed, redaction, restoration
from sync.centre.authority import Authority
from sync.centre.devices import Device, Devices
from sync.centre.feed import Page
from sync.centre.ledger import Ledger
from sync.packet import DamagedPacket, Packet, Way
from sync.protocol import Answer, Request
from sync.refusals import BadMessage, BadProof


class PacketForAStation(Refused):
    """It is an answer of the centre (facts: station, slot)."""

    code = "packet_for_a_station"


class PacketOfRevoked(Refused):
    """The device that wrote it was revoked (facts: station, slot)."""

    code = "packet_of_revoked"


class AnsweredPacket(msgspec.Struct, frozen=True, kw_only=True):
    """The answer as a file, and what it came to. `taken` entries are new here, `sent` are in the answer.

    `sheets` scans came with it that are here now.
    `more`: the answer was full; the station's next packet brings the rest. `over_quota`: what was new was not taken.
    """

    raw: bytes
    name: str
    station: str
    slot: str
    number: int
    taken: int
    refused: int
    sent: int
    more: bool
    sheets: int = 0
    over_quota: bool = False


def answer(
    ledger: Ledger, authority: Authority, raw: bytes, now_ms: int, room: int | None = None
) -> AnsweredPacket:
    """Take a station's packet in and seal the answer to it, with `room` bytes of entries or as many as it holds.

    What the answer says is stored when this returns.

    Raises NotAPacket, DamagedPacket, PacketTooLarge, PacketOfOtherDistrict, UpgradeNeeded, PacketForAStation
    or PacketOfRevoked; then nothing of it was used.
    """
    looked = packet.read(raw, authority.public)
    request, dictionary = _request_in(ledger, looked)
    own = looked.certificate
    try:
        with ledger.writing():
            device = _sender(ledger, authority, looked, now_ms)
            if device.revoked_ms is not None:
                raise PacketOfRevoked(station=own.station, slot=own.slot_text)
            newest = request.head.seq >= device.accepted_seq
            taken = exchange.take(ledger, authority, device, request, now_ms)
            kept = attachments.take_whole(ledger, device, request.sheets)
            if newest:  # its clock was read when it was written, and says nothing now
                health = msgspec.structs.replace(request.health, clock_ms=0)
                Devices(ledger.database).heard_from(device, health, now_ms)
            facts = {**audit.which(device), "packet": looked.header.number, "taken": taken.stored}
            audit.note(ledger, audit.Act.PACKET_ANSWERED, facts, now_ms)
    except (BadMessage, BadProof) as error:
        raise DamagedPacket(why="content") from error
    redaction.clear(ledger, small_only=True)
    page = pages(ledger, device, request.cursor, packet.ROOM if room is None else room)
    lacks = attachments.lacking(ledger, device, now_ms) if request.health.backlog <= 0 else []
    told = exchange.told(ledger, taken, page, now_ms)
    ledger.sync()
    told = msgspec.structs.replace(told, lacks=lacks, kept=kept)
    done = _answered(ledger, authority, looked, told, taken.stored, dictionary)
    return msgspec.structs.replace(done, over_quota=taken.wait_s > 0)


def _request_in(ledger: Ledger, looked: Packet) -> tuple[Request, int]:
    own = looked.certificate
    if looked.header.way is Way.DOWN:
        raise PacketForAStation(station=own.station, slot=own.slot_text)
    private = ledger.secret("recovery")
    message, dictionary = packet.opened(looked, sender=own.sign_public, private=private)
    try:
        return protocol.decode(message, Request), dictionary
    except BadMessage as error:
        raise DamagedPacket(why="content") from error


def _sender(ledger: Ledger, authority: Authority, looked: Packet, now_ms: int) -> Device:
    """The device that signed; a ledger restored from a copy older than it knows it by its certificate."""
    known = Devices(ledger.database).known(looked.certificate.device)
    if known is not None:
        return known
    return restoration.known_again(ledger, authority, looked.header.certificate, now_ms)


def pages(ledger: Ledger, device: Device, cursor: bytes | None, room: int) -> Page:
    """All that the device may read after `cursor`, as far as there is room for it."""
    entries: list[tuple[int, int, bytes]] = []
    while True:
        page = feed.page(ledger.database, ledger.tree, device, cursor, room)
        entries += page.entries
        cursor = page.cursor
        room -= sum(len(raw) + feed.ENTRY_FRAME for _, _, raw in page.entries)
        if not page.more or room <= 0:
            return Page(entries=entries, cursor=page.cursor, more=page.more)


def _answered(
    ledger: Ledger,
    authority: Authority,
    looked: Packet,
    told: Answer,
    stored: int,
    dictionary: int,
) -> AnsweredPacket:
    header = msgspec.structs.replace(looked.header, way=Way.DOWN, made_ms=told.centre_ms)
    raw = packet.seal(
        header,
        protocol.encode(told),
        to=looked.certificate.seal_public,
        sign=authority.sign,
        dictionary=dictionary,
    )
    return AnsweredPacket(
        raw=raw,
        name=packet.file_name(_place(ledger, looked.certificate), header),
        station=looked.certificate.station,
        slot=looked.certificate.slot_text,
        number=header.number,
        taken=stored,
        refused=len(told.refused),
        sent=sum(len(run.entries) for run in told.runs),
        more=told.more,
        sheets=len(told.kept),
    )


def _place(ledger: Ledger, certificate: Certificate) -> str:
    try:
        place = place_name(ledger.tree.region(RegionCode(certificate.region)))
    except UnknownRegion:
        place = certificate.station
    return packet.place_on_file(place, certificate)
