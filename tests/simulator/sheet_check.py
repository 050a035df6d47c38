"""What must hold of scans, when everything is mended and everybody has exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

import msgspec

from app.domain.attachments import Media, Sheet
from app.domain.regions import RegionCode
from app.journal import entry
from app.journal.refs import DeviceId
from app.store import attachment_upkeep, attachments
from app.store.sheet_faults import sheet_faults
from app.store.store import Store
from sync.centre.attachments import PADDING, sheets_in
from sync.centre.devices import Devices
from sync.client.fetching import fetch
from tests.simulator.clock import DAY_MS
from tests.simulator.computer import Computer
from tests.simulator.faults import Fault
from tests.simulator.world import World

_OVER: Final = 40 * DAY_MS
"""After so long what nobody names is gone."""
Named = tuple[bytes, int, int]
"""A digest, and the number of a device and its entry."""
Station = tuple[str, int]
"""A region and a slot."""


class Reference(msgspec.Struct, frozen=True):
    region: str
    station: Station
    proved: bool


class Kept:
    """What the centre has of scans, read once."""

    def __init__(self, world: World) -> None:
        self.tree = world.centre.ledger.tree
        rows = world.centre.ledger.database.rows
        devices = {one.n: one for one in Devices(world.centre.ledger.database).every()}
        self.references = {
            (bytes(digest), n, seq): Reference(
                region, (devices[n].region, devices[n].certificate.slot), bool(proved)
            )
            for digest, n, seq, region, proved in rows(
                "SELECT digest, device, seq, region, proved FROM attachment_reference"
            )
        }
        self.contents = {
            bytes(digest): bytes(padded)[len(PADDING) :]
            for digest, padded in rows("SELECT digest, padded FROM attachment")
        }
        self.uploads = {
            (bytes(digest), region, slot): (received, size)
            for digest, region, slot, received, size in rows(
                "SELECT digest, region, slot, received, size FROM attachment_upload"
            )
        }
        self.pieces = {
            (bytes(digest), region, slot)
            for digest, region, slot in rows("SELECT digest, region, slot FROM attachment_piece")
        }
        refused = set(rows("SELECT device, seq FROM refusal"))
        self.named = {
            (sheet.digest, n, seq)
            for n, seq, raw in rows("SELECT device, seq, raw FROM entry")
            if (n, seq) not in refused
            for sheet in sheets_in(_read(bytes(raw), n, seq))
        }

    def proved_by(self, digest: bytes, station: Station) -> bool:
        return any(
            one.proved and one.station == station
            for (named, _, _), one in self.references.items()
            if named == digest
        )

    def shown_to(self, digest: bytes, station: Station) -> bool:
        """Whether somebody in scope has proved it."""
        return self.proved_by(digest, station) or any(
            one.proved
            and one.region in self.tree
            and self.tree.under(RegionCode(one.region), RegionCode(station[0]))
            for (named, _, _), one in self.references.items()
            if named == digest
        )


def disagreements(world: World, standing: list[Computer]) -> list[str]:
    """What of scans is not as it is to be."""
    if not world.pictures:
        return []
    kept = Kept(world)
    found = list(_at_the_centre(world, kept))
    for computer in standing:
        found += [f"{computer.name}: {what}" for what in _at_a_station(computer.opened(), kept)]
    return found


def _read(raw: bytes, n: int, seq: int) -> entry.Entry:
    return entry.read(raw, device=DeviceId(n.to_bytes(16, "big")), seq=seq, lineage={})


def _at_the_centre(world: World, kept: Kept) -> Iterator[str]:
    for digest, n, seq in sorted(kept.named ^ kept.references.keys()):
        yield f"the reference of {n}:{seq} to {_name(digest)} is not what the entries say"
    proved = {digest for (digest, _, _), one in kept.references.items() if one.proved}
    for digest in sorted(proved ^ kept.contents.keys()):
        yield f"{_name(digest)} is {'proved and not here' if digest in proved else 'here for nobody'}"
    for digest, content in kept.contents.items():
        if content != world.pictures[digest] or sha256(content).digest() != digest:
            yield f"{_name(digest)} is other bytes"
    for digest, region, slot in sorted(kept.uploads.keys() | kept.pieces):
        if (digest, region, slot) not in kept.uploads:
            yield f"pieces of {_name(digest)} belong to nothing"
        if kept.proved_by(digest, (region, slot)):
            yield f"{_name(digest)} is there and still comes"
        if digest not in {named for named, _, _ in kept.references}:
            yield f"{_name(digest)} comes, and nobody names it"


def _at_a_station(store: Store, kept: Kept) -> Iterator[str]:
    station = (store.certificate.region, store.certificate.slot)
    lacks = {
        digest
        for (digest, _, _), one in kept.references.items()
        if one.station == station and not one.proved
    }
    for digest in sorted(attachments.has(store, lacks)):
        yield f"has {_name(digest)}, and the centre lacks it"
    waiting, _ = attachments.waiting(store)
    if waiting:
        yield f"{waiting} scans wait, and {len(attachments.unsent(store, 100))} of them can go"
    if store.database.row("SELECT 1 FROM doomed_sheet") is not None:
        yield "scans of a destroyed file are not cleared"
    for fault in sheet_faults(store):
        if kept.proved_by(fault.digest, station):
            yield f"complains of {_name(fault.digest)}: {fault.code}"


def in_the_end(world: World, standing: list[Computer]) -> Iterator[str]:
    """What is wrong when everybody looks at everything, and when what nobody names was swept away."""
    if not world.pictures:
        return
    kept = Kept(world)
    for computer in standing:
        yield from (f"{computer.name}: {what}" for what in _not_erased(world, computer))
        yield from (f"{computer.name}: {what}" for what in _looks(world, computer, kept))
    for _ in range(2):  # what was kept while a clock ran ahead has its time from the first one on
        for computer in standing:
            attachment_upkeep.sweep(computer.opened())
        world.time.pass_by(_OVER)
    for computer in standing:
        store = computer.opened()
        attachment_upkeep.sweep(store)
        named = {sheet.digest for sheet in _named(store)}
        for table in ("content", "partial"):
            rows = store.attachments.rows(f"SELECT digest FROM {table}")
            for digest in sorted({bytes(one) for (one,) in rows} - named):
                yield f"{computer.name}: keeps {_name(digest)} in {table}, which nothing names"


def _not_erased(world: World, computer: Computer) -> Iterator[str]:
    """With its file a scan goes at once, whatever is swept later; only beside an older journal it may have stayed."""
    store = computer.opened()
    named = {sheet.digest for sheet in _named(store)}
    for digest in sorted(attachments.has(store, world.once) - named):
        if not world.tally[Fault.RESTORED]:
            yield f"still has {_name(digest)} of a file that was destroyed"


def _looks(world: World, computer: Computer, kept: Kept) -> Iterator[str]:
    """Whoever may see a scan gets it, and nobody else does."""
    store = computer.opened()
    station = (store.certificate.region, store.certificate.slot)
    here = attachments.has(store, world.pictures)
    wanted = [sheet for sheet in _named(store) if sheet.digest not in here]
    shown = {one.digest for one in wanted if kept.shown_to(one.digest, station)}
    done = fetch(store, world.line(computer), wanted)
    for digest in sorted(done.failed.keys() & shown):
        yield f"does not get {_name(digest)}: {done.failed[digest]}"
    for digest in sorted({one.digest for one in wanted} - shown - done.failed.keys()):
        yield f"gets {_name(digest)}, which is not for it"
    for digest in sorted(here | shown):
        if attachments.content(store, digest) != world.pictures[digest]:
            yield f"has other bytes of {_name(digest)}"


def _named(store: Store) -> list[Sheet]:
    rows = store.database.rows("SELECT DISTINCT digest, size, width, height, media FROM sheet")
    return [
        Sheet(digest=bytes(digest), size=size, width=width, height=height, media=Media(media))
        for digest, size, width, height, media in rows
    ]


def _name(digest: bytes) -> str:
    return f"scan {digest.hex()[:6]}"
