"""What the centre has handed to the whole district, as every station reads it."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.publications import Publications
from app.journal.entry import Entry, read
from app.journal.refs import Continuation, DeviceId
from sync.centre.devices import Devices
from sync.centre.ledger import Ledger

Lineage = dict[DeviceId, Continuation]


def published(ledger: Ledger, lineage: Lineage, fresh: Iterable[Entry] = ()) -> Publications:
    """Every publication on the feed, and `fresh` ones that are about to be stored."""
    devices = Devices(ledger.database)
    rows = ledger.database.rows(
        "SELECT e.device, e.seq, e.raw FROM feed f JOIN entry e ON e.device = f.device AND e.seq = f.seq "
        "WHERE f.publication = 1"
    )
    ids = {n: DeviceId(devices.id_of(n)) for n in {row[0] for row in rows}}
    found = [read(bytes(raw), device=ids[n], seq=seq, lineage=lineage) for n, seq, raw in rows]
    return Publications.read([*found, *fresh], [one.certificate for one in devices.every()])


def lineage_of(devices: Devices) -> Lineage:
    """Which life continues which, and from where."""
    return {
        DeviceId(device.id): device.certificate.continues
        for device in devices.every()
        if device.certificate.continues is not None
    }
