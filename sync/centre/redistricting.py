"""The district's table of regions: as it is in force, and another one in its place."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import msgspec

from app.domain.days import day_of
from app.domain.events import RegionsPublished, encode_body
from app.domain.region_changes import RegionChange, change_faults, changes
from app.domain.regions import BadRegions, RegionTree, read_table
from app.journal.entry import MAX_ENTRY_SIZE
from app.store.keyslots import Unlock
from sync.centre import publishing
from sync.centre.ledger import Ledger
from sync.centre.office import opened

_HEADER_SIZE: Final = 256
"""Room for what surrounds the table in its entry."""


class Redistricting(msgspec.Struct, frozen=True, kw_only=True):
    """What a table changes, between the trees before and after; `published` is False where it was only looked at."""

    changes: list[RegionChange]
    before: RegionTree
    after: RegionTree
    published: bool


def in_force(data: Path, *, unlock: Unlock) -> RegionTree:
    """The table that counts today. Raises NoCentre, WrongKey, NoKey."""
    with opened(data, unlock) as ledger:
        return ledger.tree


def publish(data: Path, file: Path, *, unlock: Unlock, only_look: bool = False) -> Redistricting:
    """Let the table of a CSV file count from now; every station follows at its next exchange.

    One that changes nothing is not published. What comes under other regions goes to their stations with its history.
    Raises BadRegions with everything that is wrong, NoCentre, WrongKey, NoKey.
    """
    after = RegionTree(read_table(file.read_bytes()))
    now_ms = time.time_ns() // 1_000_000
    with opened(data, unlock) as ledger, ledger.writing():
        before = ledger.tree
        faults = _faults(ledger, before, after, now_ms)
        if faults:
            raise BadRegions(faults)
        found = changes(before, after)
        published = bool(found) and not only_look
        if published:
            publishing.publish(ledger, [RegionsPublished(regions=after.rows)], now_ms)
    return Redistricting(changes=found, before=before, after=after, published=published)


def _faults(ledger: Ledger, before: RegionTree, after: RegionTree, now_ms: int) -> list[str]:
    gone = [row.code for row in before.rows if row.code not in after]
    used = ledger.codes_in_use(gone) if gone else ()
    faults = change_faults(before, after, used, day_of(now_ms))
    size = len(encode_body(RegionsPublished(regions=after.rows))) + _HEADER_SIZE
    if size > MAX_ENTRY_SIZE:
        faults.append(f"表太大：{size} 字节，最多 {MAX_ENTRY_SIZE} 字节")
    return faults
