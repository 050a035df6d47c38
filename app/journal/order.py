"""The one order in which every machine reads the entries of a subject.

An entry comes after the one it names in `after`.
Among entries that did not know of each other the higher tier goes first, then the clock, the device, the number:
so a late offline entry of a lower tier never displaces what an authority did, and the clock only breaks ties.

One reference is enough to keep all that the writer had seen before the new entry.
The writer names the last entry of its own order, the next is ready only after that one,
and greedy choice by a fixed priority keeps the order among entries already there when others join.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from heapq import heapify, heappop, heappush

from app.journal.entry import Entry
from app.journal.refs import DeviceId, Ref

TierOf = Callable[[DeviceId], int]


def in_order(
    entries: Collection[Entry], tier_of: TierOf, skip: Collection[Ref] = ()
) -> tuple[list[Entry], list[Entry]]:
    """Entries in their order, and those whose `after` is not here yet.

    `skip` holds entries that the centre refused: they are left out,
    and what was written after them follows what they followed.
    """
    linear = _as_a_line(entries) if not skip else None
    if linear is not None:
        return linear, []
    here = {entry.ref: entry for entry in entries}
    following: dict[Ref | None, list[Entry]] = {}
    for entry in here.values():
        if entry.ref not in skip:
            following.setdefault(_followed(entry, here, skip), []).append(entry)
    ready = [_priority(entry, tier_of) for entry in following.pop(None, ())]
    heapify(ready)
    ordered: list[Entry] = []
    while ready:
        entry = here[Ref(*heappop(ready)[2:])]
        ordered.append(entry)
        for next_one in following.pop(entry.ref, ()):
            heappush(ready, _priority(next_one, tier_of))
    return ordered, [entry for orphans in following.values() for entry in orphans]


def _as_a_line(entries: Collection[Entry]) -> list[Entry] | None:
    """The common case: each entry names the one before it."""
    line = sorted(entries, key=lambda entry: entry.clock)
    previous: Ref | None = None
    for entry in line:
        if entry.after != previous:
            return None
        previous = entry.ref
    return line


def _followed(entry: Entry, here: dict[Ref, Entry], skip: Collection[Ref]) -> Ref | None:
    after = entry.after
    while after is not None and after in skip and after in here:
        after = here[after].after
    return after


def _priority(entry: Entry, tier_of: TierOf) -> tuple[int, int, DeviceId, int]:
    return (-tier_of(entry.device), entry.clock, entry.device, entry.seq)
