"""Entries into the ledger and onto the feed; a new table of regions into force."""

from __future__ import annotations

from app.domain.events import KINDS
from app.domain.regions import RegionTree
from app.journal.entry import read
from app.journal.refs import DeviceId
from sync.centre import feed
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
        Fed(device=device.n, seq=e.seq, region=e.region, publication=e.publication) for e in good
    ]
    feed.append(ledger.database, ledger.tree, fed, now_ms)


def _put_in_force(ledger: Ledger, device: Device, seq: int, now_ms: int) -> None:
    """Let a published table count; what thereby comes under other regions goes onto the feed again."""
    before = ledger.tree
    ledger.put_in_force(device, seq)
    moved = _moved(before, ledger.tree)
    if not moved:
        return
    history = [
        Fed(device=n, seq=entry_seq, region=region, publication=_is_publication(raw))
        for n, entry_seq, region, raw in feed.take_back(ledger.database, moved)
    ]
    feed.append(ledger.database, ledger.tree, history, now_ms)


def _moved(before: RegionTree, after: RegionTree) -> list[str]:
    return [
        row.code
        for row in before.rows
        if feed.place_of(before, row.code) != feed.place_of(after, row.code)
    ]


def _is_publication(raw: bytes) -> bool:
    rule = KINDS.get(read(raw, device=DeviceId(bytes(16)), seq=1, lineage={}).kind)
    return rule is not None and rule.publication
