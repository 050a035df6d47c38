"""What must hold: at any time, and when everything has been mended and everybody has exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from app.domain.events import KINDS
from app.domain.regions import RegionCode, RegionTree
from app.errors import DaibanError
from app.journal import entry
from app.journal.refs import DeviceId, Ref
from app.store import exchange, lives
from app.store.store import Store
from app.store.verify import verify
from app.usecases import lookup
from sync.centre.devices import Devices
from tests.simulator import sheet_check
from tests.simulator.computer import Computer
from tests.simulator.faults import Fault
from tests.simulator.world import World

Place = tuple[bytes, int]
"""A device and a number in its journal."""


class Kept(msgspec.Struct, frozen=True):
    """One entry of the ledger."""

    wire: bytes
    region: str
    publication: bool
    refused: bool


class Broken(AssertionError):
    """Something that must hold does not."""


def at_any_time(world: World, computer: Computer) -> None:
    """A station does not believe that the centre has what it has not, or has otherwise. Raises Broken."""
    if world.heard.get(computer.name, 0) != world.centre.restorations or not computer.has_store:
        return  # it has not heard yet that the ledger was put back
    with world.centre.power.steady(), computer.power.steady():
        try:
            store = computer.opened()
        except DaibanError:
            return
        _believes_what_is_true(world, computer, store)


def _believes_what_is_true(world: World, computer: Computer, store: Store) -> None:
    known = world.centre.devices.known(store.device)
    believed = exchange.accepted_through(store)
    if known is None or store.is_restored:
        return
    if believed > known.accepted_seq:
        raise Broken(f"{computer.name} believes {believed}, the centre has {known.accepted_seq}")
    mine = lives.digest_after(store.journal, store.device, believed)
    if mine != world.centre.ledger.digest_at(known, believed):
        raise Broken(f"{computer.name} and the centre differ at {believed}")


# --- when everything is mended --------------------------------------------------------------------


class Ledgered:
    """What the centre has, read once."""

    def __init__(self, world: World) -> None:
        ledger = world.centre.ledger
        devices = Devices(ledger.database)
        refused = set(ledger.database.rows("SELECT device, seq FROM refusal"))
        ids = {one.n: one.id for one in devices.every()}
        self.tree: RegionTree = ledger.tree
        self.entries: dict[Place, Kept] = {}
        self.refusals: dict[Place, str] = {
            (ids[n], seq): code
            for n, seq, code in ledger.database.rows("SELECT device, seq, code FROM refusal")
        }
        for n, seq, raw in ledger.database.rows("SELECT device, seq, raw FROM entry"):
            one = entry.read(bytes(raw), device=DeviceId(ids[n]), seq=seq, lineage={})
            rule = KINDS.get(one.kind)
            self.entries[ids[n], seq] = Kept(
                bytes(raw),
                one.region,
                rule is not None and rule.publication,
                (n, seq) in refused,
            )

    def under(self, region: str, above: str) -> bool:
        return region in self.tree and self.tree.under(RegionCode(region), RegionCode(above))

    def visible_at(self, region: str) -> set[Place]:
        return {
            place
            for place, one in self.entries.items()
            if not one.refused and (one.publication or self.under(one.region, region))
        }


def disagreements(world: World) -> list[str]:
    """What is not as it is to be, as far as entries tell; nothing once everybody has everything."""
    ledgered = Ledgered(world)
    found: list[str] = []
    for computer in standing(world):
        found += [f"{computer.name}: {what}" for what in _entries_of(world, computer, ledgered)]
    found += _lost_or_doubled(world, ledgered)
    found += sheet_check.disagreements(world, standing(world))
    return found


def standing(world: World) -> list[Computer]:
    """The stations that take part to the end: whoever is revoked, as the centre knows it now, does not."""
    return [one for one in world.computers if not _is_revoked(world, one)]


def _is_revoked(world: World, computer: Computer) -> bool:
    if computer.needs_code():
        return False
    known = world.centre.devices.known(computer.opened().device)
    return known is not None and known.revoked_ms is not None


def _entries_of(world: World, computer: Computer, ledgered: Ledgered) -> Iterator[str]:
    store = computer.opened()
    if exchange.pending(store):
        yield f"{exchange.pending(store)} pending"
    if store.is_restored:
        yield "still waits for its new life"
    own = set(store.journal.lives_of(store.device))
    have: dict[Place, bytes] = {
        (store.journal.device_of(n), seq): bytes(wire)
        for n, seq, wire in store.database.rows("SELECT device, seq, wire FROM entry")
    }
    visible = ledgered.visible_at(computer.region)
    for place in visible - have.keys():
        yield f"lacks {_name(place)} {_kind(ledgered.entries[place].wire)}"
    for place, wire in have.items():
        kept = ledgered.entries.get(place)
        if kept is None:
            if not world.centre.restorations:
                yield f"has {_name(place)} {_kind(wire)}, and the centre has not"
        elif (
            kept.wire != wire and place in visible
        ):  # whose village has left hears of no destruction
            yield f"has {_name(place)} otherwise: {_kind(wire)}, the centre {_kind(kept.wire)}"
        elif kept.refused and place[0] not in own:
            yield f"has {_name(place)}, which was refused"
        elif not (
            kept.publication or place[0] in own or world.ever_under(kept.region, computer.region)
        ):
            yield f"has {_name(place)} of {kept.region}"
    yield from _repair_list(store, ledgered, have)


def _repair_list(store: Store, ledgered: Ledgered, have: dict[Place, bytes]) -> Iterator[str]:
    """Each refusal of what it has is told, and nothing that was not refused."""
    told = {
        (store.journal.device_of(n), seq): code
        for n, seq, code in store.database.rows("SELECT device, seq, code FROM verdict")
    }
    due = {place: code for place, code in ledgered.refusals.items() if place in have}
    for place in due.keys() - told.keys():
        yield f"was not told that {_name(place)} was refused: {due[place]}"
    for place in told.keys() - ledgered.refusals.keys():
        yield f"was told that {_name(place)} was refused, which it was not: {told[place]}"


def _lost_or_doubled(world: World, ledgered: Ledgered) -> Iterator[str]:
    """An entry that came under two lives stands once: the second is refused."""
    count: dict[bytes, int] = {}
    for one in ledgered.entries.values():
        count[one.wire] = count.get(one.wire, 0) + (not one.refused)
    alive = {computer.name for computer in standing(world)}
    for told in world.told:
        if count.get(told.wire, 0) > 1:
            yield f"doubled: {_kind(told.wire)}"
        if (
            told.wire not in count
            and _erased(told.wire) not in count
            and (told.at_centre or told.homes & alive)
        ):
            yield f"lost: {_kind(told.wire)} of {told.homes}"


def _erased(wire: bytes) -> bytes:
    """What is left of an entry when its file is destroyed."""
    return entry.redact(entry.read(wire, device=DeviceId(bytes(16)), seq=1, lineage={})).wire


def in_the_end(world: World) -> None:
    """Rows, cases and numbers, once the entries agree. Raises Broken."""
    cases: dict[Ref, tuple[str, Any]] = {}
    numbers: dict[str, Ref] = {}
    for what in sheet_check.in_the_end(world, standing(world)):
        raise Broken(what)
    orphans = _subjects_with_orphans(world)
    collide = bool(world.tally[Fault.CLONED])
    for computer in standing(world):
        store = computer.opened()
        problems = verify(store).problems
        if problems:
            raise Broken(f"{computer.name}: verify says {problems}")
        for row in lookup.listed(store, limit=1000):
            if row.subject in orphans or not _in_scope(world, row.region, computer.region):
                continue
            told = store.case(row.subject)
            name, before = cases.setdefault(row.subject, (computer.name, told))
            if told != before:
                raise Broken(f"{name} and {computer.name} read {row.local_number} otherwise")
            for number in filter(None, (row.local_number, row.official_number)):
                if numbers.setdefault(number, row.subject) != row.subject and not collide:
                    raise Broken(f"{number} was given twice")


def _in_scope(world: World, region: str, above: str) -> bool:
    tree = world.centre.ledger.tree
    return region in tree and tree.under(RegionCode(region), RegionCode(above))


def _subjects_with_orphans(world: World) -> set[Ref]:
    """Cases of which a station has something that the centre lost, and nobody is left to send it."""
    if not world.centre.restorations:
        return set()
    known = Ledgered(world).entries
    found: set[Ref] = set()
    for computer in standing(world):
        store = computer.opened()
        rows = store.database.rows(
            "SELECT device, seq, subject_device, subject_seq FROM entry WHERE NOT publication"
        )
        found.update(
            store.journal.ref(about, about_seq)
            for n, seq, about, about_seq in rows
            if (store.journal.device_of(n), seq) not in known
        )
    return found


def _name(place: Place) -> str:
    return f"{place[0].hex()[:6]}:{place[1]}"


def _kind(wire: bytes) -> str:
    one = entry.read(wire, device=DeviceId(bytes(16)), seq=1, lineage={})
    return f"{one.kind} {one.region}"
