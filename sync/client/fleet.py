"""How the stations below are: asked of the centre when somebody looks, and kept for when there is no line."""

from __future__ import annotations

from typing import Final

from app.domain.regions import RegionCode, Tier, UnknownRegion
from app.domain.station_health import StationHealth
from app.errors import Refused
from app.store import practice
from app.store.fleet_notes import FleetNote, fleet_note, note_fleet
from app.store.store import Store
from sync import codec, protocol
from sync.client import enrolment
from sync.client.transport import Transport
from sync.fleet_reading import read_moment, read_seen
from sync.protocol import Fleet, FleetRequest
from sync.refusals import CentreRefusal, Unintelligible, UnknownDevice, UnknownDictionary

FRESH_S: Final = 15 * 60
"""A desk that nobody looks at asks no more often."""
_NOT_FOUND: Final = 404


class CentreTooOld(Refused):
    """The centre's program does not know the question yet; everything else goes on."""

    code = "centre_too_old"


def ask(store: Store, line: Transport) -> FleetNote:
    """Ask the centre, and keep what it says.

    Raises CentreTooOld, or what a line raises; what was kept before stays then. Raises NotInPractice.
    """
    practice.refuse("exchange", store.certificate, store.database)
    try:
        told = _asked(store, line, codec.DICTIONARY)
    except UnknownDevice:
        enrolment.show_again(store, line)
        told = _asked(store, line, codec.DICTIONARY)
    note = FleetNote(
        at_ms=read_moment(told.centre_ms) or store.wall(),
        asked_ms=store.wall(),
        stations=tuple(one for one in map(read_seen, told.stations) if _is_ours(store, one)),
    )
    note_fleet(store, note)
    return note


def is_due(store: Store) -> bool:
    """Whether a station with others below it has not asked for a while."""
    if Tier(store.certificate.tier) is Tier.VILLAGE or store.certificate.is_practice:
        return False
    note = fleet_note(store)
    return note is None or not 0 <= store.wall() - note.asked_ms < FRESH_S * 1000


def _asked(store: Store, line: Transport, dictionary: int) -> Fleet:
    body = codec.pack(protocol.encode(FleetRequest(protocol.VERSION)), dictionary)
    try:
        packed = line.post(protocol.FLEET, body, store.identity.token)
    except UnknownDictionary:
        if dictionary == codec.PLAIN:
            raise
        return _asked(store, line, codec.PLAIN)
    except Unintelligible as error:
        if error.facts.get("status") == _NOT_FOUND:
            raise CentreTooOld from error
        raise
    try:
        return protocol.decode(codec.unpack(packed)[0], Fleet)
    except CentreRefusal as error:
        raise Unintelligible(why=error.code) from error


def _is_ours(store: Store, one: StationHealth) -> bool:
    """Whether it stands at this place or below it; what else a centre says is passed over."""
    tree = store.publications.tree
    try:
        return tree.under(RegionCode(one.region), tree.present(store.region))
    except UnknownRegion:
        return False
