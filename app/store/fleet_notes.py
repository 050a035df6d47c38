"""What the centre said last of the stations below, so that it can be read offline. No entries."""

from __future__ import annotations

import msgspec

from app.domain.station_health import StationHealth
from app.store.store import Store

_NOTE = "fleet"


class FleetNote(msgspec.Struct, frozen=True, kw_only=True):
    """`at_ms` is the centre's clock when it said so, `asked_ms` this computer's."""

    at_ms: int
    asked_ms: int
    stations: tuple[StationHealth, ...]


def fleet_note(store: Store) -> FleetNote | None:
    kept = store.recall(_NOTE)
    try:
        return None if kept is None else msgspec.msgpack.decode(kept, type=FleetNote)
    except msgspec.MsgspecError:  # a newer program's
        return None


def note_fleet(store: Store, note: FleetNote) -> None:
    with store.changing():
        store.remember(_NOTE, msgspec.msgpack.encode(note))
