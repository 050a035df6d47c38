"""Who sits down at which desk: what the window needs to know of a store that was just opened."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain.events import Role
from app.domain.regions import Tier
from app.domain.staff import OperatorCard
from app.store.store import Store
from app.usecases import operators, today
from ui.desktop.desk import StationFacts


class AheadOf(msgspec.Struct, frozen=True, kw_only=True):
    """The clock says `today`, but the last entry was written on `last`, which is later."""

    today: date
    last: date


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """`store` belongs to the store's queue; others may only open one beside it.

    `has_catalogue`: there is something to register, whether or not the centre can be reached.
    """

    store: Store
    station: StationFacts
    operator: OperatorCard
    clock: AheadOf | None
    has_catalogue: bool = True


def taken(store: Store, name: str | None) -> Seat:
    """The seat of whoever has just opened the store; without a name, of this device's head.

    A device that was enrolled and has no operator yet was cut off between the two:
    whoever opens it then is the head whom it was enrolled for. Raises NoOperator.
    """
    if name is not None and not _has_operators(store):
        operators.add(store, name, first_role(Tier(store.certificate.tier)))
    return Seat(
        store=store,
        station=StationFacts.of(store),
        operator=operators.acting(store, name),
        clock=ahead(store),
        has_catalogue=bool(store.publications.items),
    )


def ahead(store: Store) -> AheadOf | None:
    """None if the clock may be right."""
    last = today.last_if_ahead(store)
    return None if last is None else AheadOf(today=today.shown_today(store), last=last)


def first_role(tier: Tier) -> Role:
    """What the head of a station of this tier does at the counter besides."""
    return Role.AGENT if tier is Tier.VILLAGE else Role.CLERK


def _has_operators(store: Store) -> bool:
    lives = set(store.journal.lives_of(store.device))
    return any(card.ref.device in lives for card in operators.of_station(store))
