"""What the page says that the exchanger does not know; read in one go on the store's thread."""

from __future__ import annotations

import shutil
from datetime import date

import msgspec

from app.journal import clock
from app.journal.refs import Ref
from app.store import carried, exchange, exchange_log, packet_log
from app.store.carried import CarriedCounts
from app.store.exchange_log import ExchangeNote
from app.store.packet_log import PacketNotes
from app.store.store import Store
from app.usecases import repairs, shared_numbers
from app.usecases.repairs import How, Repair, Settled
from app.usecases.scans_under_way import ScansUnderWay, under_way
from app.usecases.shared_numbers import SharedNumber
from app.usecases.today import shown_today
from ui.desktop.models.case_lines import item_name
from ui.desktop.pages.exchange.fleet_seen import FleetSeen, fleet_seen, program
from ui.repair_text import WhoAsks


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """`life` is the letter of the slot; from B on the data was restored or copied once."""

    station: str
    region: str
    slot: str
    life: str
    device: str
    issued_ms: int
    address: str


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """What the centre hears of this computer with each exchange."""

    version: str
    disk_free: int


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """`oldest_ms`: since when the oldest entry that the centre lacks waits; None if it lacks none."""

    today: date
    now_ms: int
    pending: int
    oldest_ms: int | None
    exchanged_ms: int | None
    notes: tuple[ExchangeNote, ...]
    packets: PacketNotes
    carried: CarriedCounts
    repairs: tuple[Repair, ...]
    settled: tuple[Settled, ...]
    shared: tuple[SharedNumber, ...]
    items: dict[tuple[str, int], str]
    """The names of the items of `shared`."""
    enrolled: Enrolled
    who: WhoAsks
    health: Health
    fleet: FleetSeen | None = None
    """None at a village, which has nobody below it, and in practice."""
    scans: ScansUnderWay = ScansUnderWay()


def read_overview(store: Store) -> Overview:
    own = store.certificate
    shared = shared_numbers.shared(store)
    return Overview(
        today=shown_today(store),
        now_ms=store.wall(),
        pending=exchange.pending(store),
        oldest_ms=_oldest_ms(store),
        exchanged_ms=exchange_log.last_exchange_ms(store),
        notes=tuple(exchange_log.exchange_log(store)),
        packets=packet_log.packet_notes(store),
        carried=carried.counts(store),
        repairs=tuple(repairs.listed(store)),
        settled=tuple(one for one in repairs.seen_to(store) if one.how is not How.DONE),
        shared=shared,
        items=_items(store, shared),
        who=WhoAsks.of(store),
        scans=under_way(store),
        enrolled=Enrolled(
            station=own.station,
            region=own.region,
            slot=own.slot_text,
            life=own.life,
            device=own.device.hex()[:8],
            issued_ms=own.issued_ms,
            address=store.identity.url,
        ),
        health=Health(version=program(), disk_free=shutil.disk_usage(store.folder).free),
        fleet=fleet_seen(store),
    )


def _items(store: Store, shared: tuple[SharedNumber, ...]) -> dict[tuple[str, int], str]:
    rows = [case.row for one in shared for case in one.cases]
    names = store.publications
    return {
        (row.item, row.item_version): item_name(names, row.item, row.item_version) for row in rows
    }


def _oldest_ms(store: Store) -> int | None:
    """When the first entry that the centre lacks was written, by this computer's clock."""
    if not exchange.pending(store):
        return None
    first = exchange.accepted_through(store) + 1
    for life in (store.device, *store.journal.lives_of(store.device)):
        entry = store.journal.one(Ref(life, first))
        if entry is not None:
            return clock.wall_ms(entry.clock)
    return None
