"""The people of a station."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.events import Role
from app.domain.rules import NotPermitted
from app.store import keyslots
from app.store.keyslots import Unlock, WrongKey
from app.store.opening import open_store
from app.usecases import enrolment, operators
from app.usecases.operators import BadName, NoOperator, OperatorExists, PasswordTooShort
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


# --- passwords ------------------------------------------------------------------------------------


@pytest.fixture
def locked(tmp_path: Path) -> Station:
    """A village whose store is under key slots: the head's password opens it."""
    district = a_district()
    unlock = Unlock(operator="韦代办", password="clouds")
    store = enrolment.settle(tmp_path, unlock, who=an_identity(district, VILLAGE))
    operators.add(store, "韦代办", Role.AGENT)
    return Station(district=district, store=store, wall=district.wall)


def test_who_gives_the_right_password_is_proven_and_nobody_else(locked: Station):
    clerk = operators.add(locked.store, "李窗口", Role.CLERK, password="rivers")
    assert operators.proven(locked.store, "韦代办", "clouds") == locked.head
    assert operators.proven(locked.store, " 李窗口 ", "rivers") == clerk
    for name, password in (
        ("韦代办", "rivers"), ("李窗口", "clouds"), ("莫须有", "clouds"), ("", ""), ("韦代办", ""),
    ):  # fmt: skip
        with pytest.raises(WrongKey):
            operators.proven(locked.store, name, password)


def test_the_password_of_another_store_proves_nobody(locked: Station, tmp_path: Path):
    (tmp_path / "other").mkdir()
    unlock = Unlock(operator="韦代办", password="clouds")
    keyslots.create(tmp_path / "other", unlock)
    (tmp_path / "keys").write_bytes((tmp_path / "other" / "keys").read_bytes())
    with pytest.raises(WrongKey):
        operators.proven(locked.store, "韦代办", "clouds")


def test_a_password_without_a_card_is_nobody_here_yet(locked: Station):
    keyslots.add_operator(locked.store.folder, locked.store.key, "新来的", "rivers")
    with pytest.raises(NoOperator):
        operators.proven(locked.store, "新来的", "rivers")


def test_one_changes_ones_own_password_with_the_old_one(locked: Station):
    operators.change_password(locked.store, locked.head, old="clouds", new="mountains")
    assert operators.proven(locked.store, "韦代办", "mountains") == locked.head
    for old in ("clouds", "wrong one"):
        with pytest.raises(WrongKey):
            operators.change_password(locked.store, locked.head, old=old, new="seashore")
    assert operators.proven(locked.store, "韦代办", "mountains") == locked.head


def test_a_head_gives_a_password_to_whoever_has_none_or_forgot_it(locked: Station):
    clerk = operators.add(locked.store, "李窗口", Role.CLERK)
    assert not operators.has_password(locked.store, clerk)
    with pytest.raises(WrongKey):
        operators.change_password(locked.store, clerk, old="", new="rivers")
    for new in ("rivers", "meadows"):
        operators.give_password(locked.store, clerk, new, by=locked.head)
        assert operators.proven(locked.store, "李窗口", new) == clerk
    assert operators.has_password(locked.store, clerk)
    with pytest.raises(NotPermitted):
        operators.give_password(locked.store, locked.head, "mine now", by=clerk)
    assert operators.proven(locked.store, "韦代办", "clouds") == locked.head


def test_no_password_is_given_to_who_is_not_of_the_station(locked: Station, tmp_path: Path):
    township = a_station(locked.district, TOWNSHIP, tmp_path / "t")
    with pytest.raises(NoOperator):
        operators.give_password(locked.store, township.head, "rivers", by=locked.head)
    assert operators.can_unlock(tmp_path) == ["韦代办"]


@pytest.mark.parametrize("short", ["", "12345", "密码"])
def test_a_password_that_anybody_guesses_is_refused_wherever_it_is_set(locked: Station, short: str):
    before = (locked.store.folder / "keys").read_bytes()
    with pytest.raises(PasswordTooShort):
        operators.add(locked.store, "李窗口", Role.CLERK, password=short)
    with pytest.raises(PasswordTooShort):
        operators.change_password(locked.store, locked.head, old="clouds", new=short)
    with pytest.raises(PasswordTooShort):
        operators.give_password(locked.store, locked.head, short, by=locked.head)
    assert len(operators.of_station(locked.store)) == 1
    assert (locked.store.folder / "keys").read_bytes() == before


def test_the_list_for_the_login_holds_the_names_that_have_a_password(locked: Station):
    operators.add(locked.store, "李窗口", Role.CLERK, password="rivers")
    operators.add(locked.store, "王无密码", Role.CLERK)
    operators.change_password(locked.store, locked.head, old="clouds", new="mountains")
    locked.store.close()
    assert operators.can_unlock(locked.store.folder) == ["韦代办", "李窗口"]
