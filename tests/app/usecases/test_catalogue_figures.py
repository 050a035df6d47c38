"""What the catalogue comes to: compression, coverage, authorisation."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from app.domain.events import Role
from app.domain.items import Handling, Kind, Level, Mode
from app.domain.regions import Tier
from app.usecases import catalogue_figures as figures
from app.usecases import staff
from tests.builders import DISTRICT, FEW, a_district, a_station, the_catalogue, the_item

ON = date(2026, 11, 20)


def item(promised: int, statutory: int | None, **changes):
    base = the_item("IT001")
    clock = msgspec.structs.replace(base.clock, promised=promised, statutory=statutory)
    return msgspec.structs.replace(base, clock=clock, **changes)


def test_compression_is_of_the_sums_of_what_law_limits():
    told = figures.compression([item(21, 30), item(5, 10), item(9, None)])
    assert (told.promised, told.statutory, told.without) == (26, 40, 1)
    assert told.share == pytest.approx(0.35)
    assert told.enough
    assert [one.share for one in told.items] == [pytest.approx(0.3), pytest.approx(0.5)]


def test_an_instant_item_saves_all_of_its_days():
    told = figures.compression([item(0, 20, kind=Kind.INSTANT)])
    assert told.share == 1


def test_without_any_statutory_total_there_is_no_share():
    told = figures.compression([item(9, None)])
    assert told.share is None
    assert not told.enough


def test_less_than_thirty_in_a_hundred_is_not_enough():
    assert figures.compression([item(70, 100)]).enough
    assert not figures.compression([item(71, 100)]).enough


def test_an_item_is_open_where_a_request_can_be_handed_in():
    carried = the_item("IT001")
    assert all(figures.is_open(carried, tier) for tier in Tier)
    elsewhere = msgspec.structs.replace(
        carried, receives=Level.EXTERNAL, decides=Level.EXTERNAL, mode=Mode.ACCOMPANY
    )
    assert not any(figures.is_open(elsewhere, tier) for tier in Tier)
    told = msgspec.structs.replace(carried, handling=Handling.INFORM, mode=Mode.INFORM)
    assert not figures.is_open(told, Tier.VILLAGE)
    assert figures.coverage([carried, elsewhere], Tier.VILLAGE) == figures.Rate(done=1, of=2)


def test_authorisation_counts_the_items_decided_at_a_tier():
    items = [the_item("IT001"), the_item("IT005")]
    by_tier = {tier: [one.id for one in items if one.decides.tier is tier] for tier in Tier}
    for tier, mine in by_tier.items():
        rate = figures.authorisation(items, mine[:1], tier)
        assert (rate.done, rate.of) == (min(1, len(mine)), len(mine))
    assert figures.authorisation([], (), Tier.DISTRICT).share is None


def test_the_figures_of_a_district_are_of_what_is_in_force(tmp_path):
    district = a_district(items=[one.id for one in the_catalogue().items])
    centre = a_station(district, DISTRICT, tmp_path)
    told = figures.figures(centre.store, ON, {"IT001"})
    assert told.items == 71
    assert told.coverage["village"].of == 71
    assert told.authorisation["district"].done == 1
    assert "IT001" not in told.unauthorised["district"]
    assert told.coverage["village"].done == 71 - len(told.closed["village"])
    centre.store.close()


def test_an_item_is_authorised_by_a_written_authorisation_in_force_at_its_tier(tmp_path):
    centre = a_station(a_district(), DISTRICT, tmp_path)
    approver = centre.person(Role.APPROVER)
    decided = next(name for name in FEW if the_item(name).decides is Level.DISTRICT)
    other = next(name for name in FEW if the_item(name).decides is Level.TOWNSHIP)
    staff.authorise(
        centre.store, approver.name, (decided, other), ON, date(2026, 12, 31), by=centre.head
    )
    assert figures.authorised_items(centre.store, ON) == {decided}
    assert figures.authorised_items(centre.store, date(2027, 1, 1)) == set()
    told = figures.figures(centre.store, ON, figures.authorised_items(centre.store, ON))
    assert told.authorisation["district"].done == 1
    centre.store.close()
