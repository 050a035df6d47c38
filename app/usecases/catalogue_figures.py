"""What the catalogue comes to: how far promises lie under the law, what is open where, who is authorised."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

import msgspec

from app.domain.items import Handling, Item, Kind, Level, Mode
from app.domain.limits import Unit
from app.domain.regions import Tier
from app.store.store import Store

LEAST_COMPRESSION: Final = 0.30
"""The promised days of the whole catalogue lie at least this far under the statutory ones (domain.md §5)."""


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """So many of so many; `share` from 0 to 1, None of nothing."""

    done: int
    of: int

    @property
    def share(self) -> float | None:
        return self.done / self.of if self.of else None


class Compressed(msgspec.Struct, frozen=True, kw_only=True):
    """One item whose law gives a total: its days, and by what share the promise is shorter."""

    item: str
    name: str
    promised: int
    statutory: int
    unit: Unit
    share: float


class Compression(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over the items that have a statutory total, natural and working days alike; `without` have none.

    `enough`: the indicator of 30 % is reached.
    """

    items: tuple[Compressed, ...]
    promised: int
    statutory: int
    without: int
    share: float | None
    enough: bool


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """`coverage` and `authorisation` by tier; `items` are in force on that day."""

    on: date
    items: int
    compression: Compression
    coverage: dict[str, Rate]
    authorisation: dict[str, Rate]
    closed: dict[str, tuple[str, ...]]
    unauthorised: dict[str, tuple[str, ...]]


def figures(store: Store, on: date, authorised: Collection[str] = ()) -> Figures:
    """`authorised` are the ids of the items for which an approver's written authorisation is in force."""
    publications = store.publications
    found = (publications.current_item(name, on) for name in sorted(publications.items))
    items = [item for item in found if item is not None]
    decided = {tier: [item for item in items if deciding_tier(item) is tier] for tier in Tier}
    return Figures(
        on=on,
        items=len(items),
        compression=compression(items),
        coverage={_key(tier): coverage(items, tier) for tier in Tier},
        authorisation={
            _key(tier): authorisation(items, authorised, tier) for tier in Tier if decided[tier]
        },
        closed={
            _key(tier): tuple(item.id for item in items if not is_open(item, tier)) for tier in Tier
        },
        unauthorised={
            _key(tier): tuple(item.id for item in mine if item.id not in authorised)
            for tier, mine in decided.items()
            if mine
        },
    )


def authorised_items(store: Store, on: date) -> set[str]:
    """The items that somebody may decide by a written authorisation in force that day, at a station of their tier."""
    publications = store.publications
    found: set[str] = set()
    for notice in publications.staff.authorisations():
        if not notice.told.since <= on <= notice.told.until:
            continue
        tier = publications.tree.region(notice.region).tier
        for name in notice.told.items or publications.items:
            item = publications.current_item(name, on)
            if item is not None and deciding_tier(item) is tier:
                found.add(name)
    return found


def compression(items: Iterable[Item]) -> Compression:
    """法定时限到承诺时限的压缩: the days saved of the days that law gives."""
    listed, without = [], 0
    for item in items:
        if item.handling is not Handling.CASE:
            continue
        statutory = item.clock.statutory
        if not statutory:
            without += 1
            continue
        promised = 0 if item.kind is Kind.INSTANT else item.clock.promised
        listed.append(
            Compressed(
                item=item.id,
                name=item.name,
                promised=promised,
                statutory=statutory,
                unit=item.clock.unit,
                share=1 - promised / statutory,
            )
        )
    promised_sum = sum(one.promised for one in listed)
    statutory_sum = sum(one.statutory for one in listed)
    share = 1 - promised_sum / statutory_sum if statutory_sum else None
    return Compression(
        items=tuple(listed),
        promised=promised_sum,
        statutory=statutory_sum,
        without=without,
        share=share,
        enough=share is not None and share >= LEAST_COMPRESSION,
    )


def coverage(items: Collection[Item], tier: Tier) -> Rate:
    """进驻率: of all items, those that people can ask for at the stations of a tier."""
    return Rate(done=sum(is_open(item, tier) for item in items), of=len(items))


def is_open(item: Item, tier: Tier) -> bool:
    """Whether a request for the item can be handed in at a station of that tier.

    A village takes whatever it does not only give information about or lead people to;
    a station above takes what its tier, or one below it, receives or decides.
    """
    if item.handling is Handling.INFORM:
        return False
    if tier is Tier.VILLAGE:
        return item.mode in (Mode.DIRECT, Mode.PROXY, Mode.ASSIST)
    levels = {Level.VILLAGE, Level.TOWNSHIP}
    if tier is Tier.DISTRICT:
        levels.add(Level.DISTRICT)
    return item.receives in levels or item.decides in levels


def deciding_tier(item: Item) -> Tier | None:
    """The tier whose approver decides; None where a body outside does, or nothing is decided."""
    if item.handling is not Handling.CASE:
        return None
    return item.decides.tier


def authorisation(items: Iterable[Item], authorised: Collection[str], tier: Tier) -> Rate:
    """授权率: of the items decided at a tier, those for which an approver's written authorisation is in force."""
    mine = [item for item in items if deciding_tier(item) is tier]
    return Rate(done=sum(item.id in authorised for item in mine), of=len(mine))


def _key(tier: Tier) -> str:
    return tier.name.lower()
