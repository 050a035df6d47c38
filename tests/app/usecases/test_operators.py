"""The people of a station."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.events import Role
from app.domain.rules import NotPermitted
from app.store.keyslots import Unlock
from app.store.opening import open_store
from app.usecases import enrolment, operators
from app.usecases.operators import BadName, NoOperator, OperatorExists
from tests.builders import TOWNSHIP, VILLAGE, Station, a_district, a_station, an_identity, meet


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path, staffed=False)


def test_only_a_head_adds_people_and_it_is_recorded_who_did(village: Station):
    head = operators.add(village.store, "韦代办", Role.AGENT)
    clerk = operators.add(village.store, "李窗口", Role.CLERK)
    with pytest.raises(NotPermitted):
        operators.add(village.store, "假审批", Role.APPROVER, by=clerk)
    added = village.store.journal.one(clerk.ref)
    assert added is not None
    assert added.actor == head.ref


def test_the_first_operator_of_a_device_is_its_head_and_the_next_are_what_they_are(
    village: Station,
):
    first = operators.add(village.store, "韦代办", Role.AGENT)
    second = operators.add(village.store, " 李窗口 ", Role.CLERK)
    assert (first.roles, second.roles) == ((Role.AGENT, Role.HEAD), (Role.CLERK,))
    assert operators.of_station(village.store) == [first, second]
    assert second.name == "李窗口"


def test_who_is_named_head_first_is_head_once(village: Station):
    assert operators.add(village.store, "韦代办", Role.HEAD).roles == (Role.HEAD,)


def test_a_name_is_given_once_at_a_station(village: Station):
    operators.add(village.store, "韦代办", Role.AGENT)
    with pytest.raises(OperatorExists):
        operators.add(village.store, "韦代办 ", Role.CLERK)
    assert len(operators.of_station(village.store)) == 1


@pytest.mark.parametrize("name", ["", " ", "韦" * 61])
def test_a_name_that_is_none_is_refused(village: Station, name: str):
    with pytest.raises(BadName):
        operators.add(village.store, name, Role.AGENT)


def test_without_a_name_the_head_of_this_device_acts(village: Station):
    with pytest.raises(NoOperator):
        operators.acting(village.store, None)
    first = operators.add(village.store, "韦代办", Role.AGENT)
    operators.add(village.store, "李窗口", Role.CLERK)
    assert operators.acting(village.store, None) == first
    assert operators.acting(village.store, "李窗口").name == "李窗口"
    with pytest.raises(NoOperator):
        operators.acting(village.store, "莫须有")


def test_people_of_other_stations_do_not_act_here(tmp_path: Path):
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v", staffed=False)
    township = a_station(district, TOWNSHIP, tmp_path / "t", staffed=False)
    operators.add(township.store, "李窗口", Role.CLERK)
    operators.add(village.store, "韦代办", Role.AGENT)
    meet(village, township)
    assert [card.name for card in operators.of_station(village.store)] == ["韦代办"]
    with pytest.raises(NoOperator):
        operators.acting(village.store, "李窗口")


def test_two_devices_of_one_station_know_each_others_people_and_each_has_a_head(tmp_path: Path):
    district = a_district()
    one, other = (
        a_station(district, VILLAGE, tmp_path / name, staffed=False) for name in ("one", "other")
    )
    first = operators.add(one.store, "韦代办", Role.AGENT)
    meet(one, other)
    second = operators.add(other.store, "李窗口", Role.AGENT)
    assert Role.HEAD in second.roles
    meet(one, other)
    assert operators.acting(one.store, None) == first
    assert operators.acting(other.store, None) == second
    assert operators.acting(other.store, "韦代办") == first


def test_a_password_opens_the_store(tmp_path: Path):
    unlock = Unlock(passphrase="for tests")
    store = enrolment.settle(tmp_path, unlock, who=an_identity(a_district(), VILLAGE))
    operators.add(store, "韦代办", Role.AGENT, password="secret")
    store.close()
    again = open_store(tmp_path, Unlock(operator="韦代办", password="secret"))
    assert operators.acting(again, "韦代办").name == "韦代办"
