"""The computers of the stations below, as the centre told of them last."""

from __future__ import annotations

import msgspec

from app.domain.regions import Tier
from app.domain.station_health import Judged, judged
from app.store.fleet_notes import fleet_note
from app.store.store import Store


class FleetSeen(msgspec.Struct, frozen=True, kw_only=True):
    """The stations of this place and below it, those first that need somebody; `at_ms`: when the centre said so.

    It is 0 while it has never said.
    """

    tier: Tier
    at_ms: int
    stations: tuple[Judged, ...]


def program() -> str:
    """This program's version. The library that knows it brings the mail library: not before it is asked for."""
    from importlib.metadata import version

    return version("daiban")


def fleet_seen(store: Store) -> FleetSeen | None:
    """What the centre said last of the stations, judged as of then: an old answer makes nobody late."""
    tier = Tier(store.certificate.tier)
    if tier is Tier.VILLAGE or store.certificate.is_practice:
        return None
    note = fleet_note(store)
    if note is None:
        return FleetSeen(tier=tier, at_ms=0, stations=())
    told = judged(note.stations, note.at_ms, program())
    return FleetSeen(tier=tier, at_ms=note.at_ms, stations=tuple(told))
