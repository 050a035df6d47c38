"""Packets of the stations below: a township takes them in from a stick, over its own line up, and the answers back.

It cannot open them, nor what comes back; it sees that they are whole and whose they are.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.regions import RegionCode, UnknownRegion, place_name
from app.store import carried
from app.store.carried import Shelf
from app.store.files import write_durably
from app.store.store import Store
from sync import packet, protocol
from sync.packet import DamagedPacket, NotAPacket, Packet, PacketOfOtherDistrict, Way
from sync.refusals import (
    Busy,
    CentreRefusal,
    Offline,
    PacketRefused,
    TooOften,
    Unintelligible,
)

if TYPE_CHECKING:
    from sync.client.transport import Transport

_LARGEST: Final = 7 * 1024 * 1024
"""Bytes that the centre takes in one body, and a little less."""
_FOR_ALL: Final = 0o644


def keep(store: Store, looked: Packet, raw: bytes) -> bool:
    """Take a packet of a station below along; False if it is none of ours to carry. Raises DamagedPacket."""
    own, theirs = store.certificate, looked.certificate
    tree = store.publications.tree
    with suppress(UnknownRegion):
        below = theirs.tier < own.tier and tree.under(RegionCode(theirs.region), store.region)
        if below and len(raw) <= _LARGEST:
            packet.check_signature(looked, theirs.sign_public)
            carried.put(store, Shelf.UP, f"{theirs.device.hex()}-{looked.header.number}", raw)
            return True
    return False


def forward(store: Store, line: Transport) -> None:
    """Send what waits, each in a request of its own; what fails waits for the next exchange."""
    for file in carried.packets(store, Shelf.UP):
        raw = file.read_bytes()
        try:
            answer = line.post(protocol.CARRY, raw, store.identity.token)
            carried.put(store, Shelf.DOWN, _name(store, answer), answer)
        except PacketRefused:
            carried.put(store, Shelf.NO, file.name, raw)
        except (Offline, Busy, TooOften, Unintelligible):
            return
        except (CentreRefusal, DamagedPacket, NotAPacket, PacketOfOtherDistrict):
            continue  # it stays, and holds up none of the others
        file.unlink()


def lay_down(store: Store, folder: Path) -> int:
    """The answers that wait, onto a stick; how many. Raises FileNotWritten.

    What the centre would not take is not shown any longer: whoever exports has read of it.
    """
    for file in carried.packets(store, Shelf.NO):
        file.unlink()
    waiting = carried.packets(store, Shelf.DOWN)
    for file in waiting:
        write_durably(folder / file.name, file.read_bytes(), mode=_FOR_ALL)
        file.unlink()
    return len(waiting)


def _name(store: Store, answer: bytes) -> str:
    """The file name of an answer that is whole. Raises what `packet.read` raises."""
    district = store.identity.district_public
    looked = packet.read(answer, district)
    packet.check_signature(looked, district)
    if looked.header.way is not Way.DOWN:
        raise DamagedPacket(why="content")
    certificate = looked.certificate
    place = certificate.station
    with suppress(UnknownRegion):
        place = place_name(store.publications.tree.region(RegionCode(certificate.region)))
    return packet.file_name(packet.place_on_file(place, certificate), looked.header)
