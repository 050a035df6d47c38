"""Whoever works at a simulated station."""

from __future__ import annotations

from app.domain.events import Role
from app.domain.regions import Tier
from app.domain.staff import OperatorCard
from app.store.store import Store
from app.usecases import operators
from tests.builders import FIRST_ROLE


def somebody(store: Store) -> OperatorCard:
    """The first, who is head and agent, clerk or approver; a store that lost everybody gets one again."""
    if not operators.of_station(store):
        role = FIRST_ROLE.get(Tier(store.certificate.tier), Role.AGENT)
        operators.add(store, "第一人", role)
    return operators.of_station(store)[0]


def an_archivist(store: Store) -> OperatorCard:
    for card in operators.of_station(store):
        if Role.ARCHIVIST in card.roles:
            return card
    return operators.add(store, "档案员", Role.ARCHIVIST)
