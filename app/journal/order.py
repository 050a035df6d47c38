"""The one order in which every machine reads the entries of a subject.

1. An entry comes after everything its writer had seen: those it names in `after`, and what came before them.
2. The entries of the highest tier go first, in the order of their clocks, each preceded by what it had seen.
3. What none of them had seen follows, by the same rule, one tier lower; and so on.

So a late offline entry of a lower tier never displaces what an authority did:
it can stand before an act of a higher tier only if the author of that act, or of an earlier one, had seen it.
The clock only breaks ties within a tier.

Entries keep their order when others join, except that what an act of a higher tier had seen moves up with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from heapq import heapify, heappop, heappush

from app.journal.entry import Entry
from app.journal.refs import DeviceId, Ref

TierOf = Callable[[DeviceId], int]


def in_order(
    entries: Collection[Entry], tier_of: TierOf, skip: Collection[Ref] = ()
) -> tuple[list[Entry], list[Entry]]:
    """Entries in their order, and those that wait for one which is not here yet.

    `skip` holds entries that the centre refused: they are left out,
    and what was written after them follows what they followed.
    """
    line = _as_a_line(entries) if not skip else None
    if line is not None:
        return line, []
    here = {entry.ref: entry for entry in entries}
    before = {ref: _followed(entry, here, skip) for ref, entry in here.items() if ref not in skip}
    walk = _walk(here, before)
    reached = {entry.ref for entry in walk}
    orphans = [here[ref] for ref in before if ref not in reached]
    return [walk[place] for place in _by_tier(walk, before, tier_of)], orphans


def heads(ordered: Sequence[Entry]) -> tuple[Ref, ...]:
    """The entries that none of the others had seen, in reading order: what a new entry names in `after`."""
    seen = {ref for entry in ordered for ref in entry.after}
    return tuple(entry.ref for entry in ordered if entry.ref not in seen)


def _as_a_line(entries: Collection[Entry]) -> list[Entry] | None:
    """The common case: each entry names the one before it."""
    line = sorted(entries, key=lambda entry: entry.clock)
    previous: tuple[Ref, ...] = ()
    for entry in line:
        if entry.after != previous:
            return None
        previous = (entry.ref,)
    return line


def _followed(entry: Entry, here: dict[Ref, Entry], skip: Collection[Ref]) -> set[Ref]:
    """The entries that this one follows, those left out replaced by what they followed."""
    found: set[Ref] = set()
    ahead = list(entry.after)
    while ahead:
        ref = ahead.pop()
        if ref in skip and ref in here:
            ahead += here[ref].after
        else:
            found.add(ref)
    if not found and not entry.opens and entry.subject in here and entry.subject not in skip:
        return {entry.subject}  # whoever names nothing still cannot come before the beginning
    return found


def _walk(here: dict[Ref, Entry], before: dict[Ref, set[Ref]]) -> list[Entry]:
    """What can be reached, each entry after those it follows, by clock among the rest."""
    following: dict[Ref, list[Ref]] = {}
    lacking = {ref: len(followed) for ref, followed in before.items()}
    for ref, followed in before.items():
        for one in followed:
            following.setdefault(one, []).append(ref)
    ready = [_priority(here[ref]) for ref, count in lacking.items() if count == 0]
    heapify(ready)
    walk: list[Entry] = []
    while ready:
        entry = here[Ref(*heappop(ready)[1:])]
        walk.append(entry)
        for ref in following.get(entry.ref, ()):
            lacking[ref] -= 1
            if lacking[ref] == 0:
                heappush(ready, _priority(here[ref]))
    return walk


def _by_tier(walk: list[Entry], before: dict[Ref, set[Ref]], tier_of: TierOf) -> Iterator[int]:
    """Places in the walk, in reading order. Sets of places are the bits of an integer."""
    place_of = {entry.ref: place for place, entry in enumerate(walk)}
    tiers = [tier_of(entry.device) for entry in walk]
    seen: list[int] = []
    for entry in walk:
        past = 0
        for ref in before[entry.ref]:
            past |= seen[place_of[ref]] | 1 << place_of[ref]
        seen.append(past)

    def read(left: int) -> Iterator[int]:
        while left:
            places = [place for place in range(len(walk)) if left >> place & 1]
            highest = max(tiers[place] for place in places)
            for place in places:
                if tiers[place] == highest:
                    yield from read(seen[place] & left)
                    yield place
                    left &= ~(seen[place] | 1 << place)

    return read((1 << len(walk)) - 1)


def _priority(entry: Entry) -> tuple[int, DeviceId, int]:
    return (entry.clock, entry.device, entry.seq)
