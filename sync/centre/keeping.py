"""Entries into the ledger and onto the feed; a new table of regions into force."""

from __future__ import annotations

from sync.centre import audit, feed
from sync.centre.devices import Device
from sync.centre.feed import Fed
from sync.centre.ledger import Ledger, Stored


def keep(ledger: Ledger, device: Device, entries: list[Stored], now_ms: int) -> None:
    """Store entries and hand on those that are not refused; inside a transaction."""
    ledger.store(device, entries, now_ms)
    good = [one for one in entries if one.refusal is None]
    for one in good:
        if one.table:
            _put_in_force(ledger, device, one.seq, now_ms)
    fed = [
        Fed(device=device.n, seq=e.seq, region=e.region, publication=e.publication)
        for e in good
        if not e.withheld
    ]
    feed.append(ledger.database, ledger.tree, fed, now_ms)


def _put_in_force(ledger: Ledger, device: Device, seq: int, now_ms: int) -> None:
    """Let a published table count; what thereby comes under other regions goes onto the feed again.

    A table that is older than the one in force changes nothing, here as at every station, whichever came first.
    """
    before = ledger.tree
    if ledger.put_in_force(device, seq):
        feed.move(ledger.database, before, ledger.tree, now_ms)
        facts = {**audit.which(device), "entry": seq, "regions": len(ledger.tree.rows)}
        audit.note(ledger, audit.Act.REGIONS_IN_FORCE, facts, now_ms)
