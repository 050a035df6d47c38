"""What is told at the counter before a request is registered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.domain.clocks import ClockName
from app.domain.events import Role
from app.domain.items import Handling, Mode
from app.domain.regions import Tier
from app.domain.rules import NotPermitted
from app.usecases import outlook
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    the_catalogue,
    the_item,
)

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path)


def seen(station: Station, item: str, mode: Mode | None = None) -> outlook.Outlook:
    return outlook.expected(station.store, the_item(item), mode=mode, on=FRIDAY, by=station.head)


@pytest.mark.parametrize("item", ["IT001", "IT009", "IT022", "IT034"])
def test_the_clocks_foretold_are_those_that_a_registration_starts(village: Station, item: str):
    foretold = seen(village, item)
    case = village.case(a_case(village, item, mode=foretold.mode))
    row = village.store.rows.where("item = ?", (item,))[0]
    assert foretold.clocks == row.clocks
    assert {clock.name for clock in case.clocks} == {clock.name for clock in foretold.clocks}


def test_the_papers_go_up_within_three_working_days(village: Station):
    forwarding = seen(village, "IT001").clock(ClockName.FORWARDING)
    assert forwarding is not None
    assert forwarding.due == date(2026, 11, 25)
    assert seen(village, "IT001").examiner == "朝阳乡"


def test_who_goes_there_in_person_has_no_forwarding_to_wait_for(village: Station):
    found = seen(village, "IT001", Mode.ACCOMPANY)
    assert found.mode is Mode.ACCOMPANY
    assert found.clock(ClockName.FORWARDING) is None


def test_a_way_of_working_that_is_not_open_falls_back_to_the_ordinary_one(village: Station):
    assert seen(village, "IT001", Mode.DIRECT).mode is Mode.PROXY


def test_looking_ahead_writes_nothing(village: Station):
    before = village.store.head()
    seen(village, "IT001")
    assert village.store.head() == before


def test_somebody_who_may_not_register_is_told_before_the_form_is_filled(village: Station):
    archivist = village.person(Role.ARCHIVIST)
    with pytest.raises(NotPermitted):
        outlook.expected(village.store, the_item("IT001"), mode=None, on=FRIDAY, by=archivist)


def test_a_township_examines_its_own_and_names_the_body_outside(tmp_path: Path):
    township = a_station(a_district(), TOWNSHIP, tmp_path)
    own = seen(township, "IT022")
    assert (own.modes, own.examined_here) == ((Mode.DIRECT,), True)
    outside = seen(township, "IT031")
    assert not outside.examined_here
    assert outside.examiner == the_item("IT031").external_body


@pytest.mark.parametrize("tier", [Tier.VILLAGE, Tier.TOWNSHIP, Tier.DISTRICT])
def test_every_item_that_becomes_a_case_can_be_worked_with_in_some_way(tier: Tier):
    for item in the_catalogue().items:
        if item.handling is Handling.CASE:
            modes = outlook.modes_of(item, tier)
            assert modes
            assert len(set(modes)) == len(modes)
            assert Mode.INFORM not in modes


def test_a_villages_ordinary_way_is_the_one_that_the_catalogue_names():
    for item in the_catalogue().items:
        if item.handling is Handling.CASE:
            assert outlook.modes_of(item, Tier.VILLAGE)[0] is item.mode, item.id


def test_the_agent_carries_nothing_that_must_be_done_in_person():
    item = msgspec.structs.replace(the_item("IT001"), in_person_required=True)
    assert Mode.PROXY not in outlook.modes_of(item, Tier.VILLAGE)
