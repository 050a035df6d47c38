"""One registration on two computers that are copies of each other is registered once."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.store import exchange as station_side
from app.store.verify import verify
from app.usecases import lookup, repairs
from tests.builders import Station, a_case, act
from tests.sync.builders import TOWNSHIP, VILLAGE, ACentre, a_centre, a_station, exchange
from tests.sync.copies import copied, enrolled_again
from ui import wording


@pytest.fixture
def centre(tmp_path: Path) -> ACentre:
    return a_centre(tmp_path / "centre")


@pytest.fixture
def village(centre: ACentre, tmp_path: Path) -> Station:
    station = a_station(centre, VILLAGE, tmp_path / "village")
    exchange(station, centre)
    return station


def people_in(station: Station) -> list[str]:
    return sorted(row.applicant for row in lookup.listed(station.store, limit=100))


def all_exchange(centre: ACentre, *stations: Station) -> None:
    for _ in range(2):
        for station in stations:
            exchange(station, centre)


def test_two_copies_of_a_disk_that_are_both_enrolled_register_once(
    centre: ACentre, village: Station, tmp_path: Path
):
    a_case(village, name="韦一，还没有送出")
    one, other = copied(village, tmp_path / "copy", centre)
    one = enrolled_again(one, centre, b"1" * 32)
    other = enrolled_again(other, centre, b"2" * 32)
    a_case(one, name="韦二")
    a_case(other, name="韦三")
    township = a_station(centre, TOWNSHIP, tmp_path / "township")

    all_exchange(centre, one, other, township)

    everybody = ["韦一，还没有送出", "韦三", "韦二"]
    assert people_in(one) == people_in(other) == people_in(township) == everybody
    assert station_side.refused(one.store) == 0
    (told,) = repairs.refused(other.store)
    assert told.code == "already_here"
    assert wording.verdict(told.code)
    for station in (one, other, township):
        assert verify(station.store).ok


def test_the_old_computer_that_comes_back_after_the_new_one_registers_nothing_again(
    centre: ACentre, village: Station, tmp_path: Path
):
    a_case(village, name="韦一，还没有送出")
    old, new = copied(village, tmp_path / "copy", centre)
    new = enrolled_again(new, centre, b"1" * 32)
    exchange(new, centre)

    all_exchange(centre, old, new)

    assert people_in(old) == people_in(new) == ["韦一，还没有送出"]
    assert [one.code for one in repairs.refused(old.store)] == ["already_here"]


def test_what_was_done_on_the_refused_copy_is_told_with_it(
    centre: ACentre, village: Station, tmp_path: Path
):
    case = a_case(village, name="韦一，还没有送出")
    old, new = copied(village, tmp_path / "copy", centre)
    new = enrolled_again(new, centre, b"1" * 32)
    exchange(new, centre)
    act(old, case, "forward")

    all_exchange(centre, old, new)

    assert sorted(one.code for one in repairs.refused(old.store)) == [
        "already_here",
        "follows_refused",
    ]
    assert people_in(old) == people_in(new) == ["韦一，还没有送出"]
