"""Cases that belong together."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.usecases.linked import Link, linked
from tests.builders import TOWNSHIP, VILLAGE, Station, a_case, a_district, a_station, act, meet


@pytest.fixture
def places(tmp_path: Path) -> tuple[Station, Station]:
    district = a_district()
    village, township = (
        a_station(district, region, tmp_path / region) for region in (VILLAGE, TOWNSHIP)
    )
    meet(village, township)
    return village, township


def test_a_case_that_stands_alone_has_no_others(places: tuple[Station, Station]):
    village, _ = places
    assert linked(village.store, village.case(a_case(village))) == []


def test_parts_of_a_joint_handling_and_their_parent_lead_to_each_other(
    places: tuple[Station, Station],
):
    village, township = places
    subject = a_case(village)
    act(village, subject, "forward")
    meet(*places)
    act(township, subject, "take_over")
    act(township, subject, "accept")
    parts = [{"item": "IT066", "department": "信访办"}, {"item": "IT022", "department": "人社所"}]
    parent = act(township, subject, "split", parts=parts)
    first, second = linked(township.store, parent)
    assert (first.link, second.link) == (Link.PART, Link.PART)
    assert first.row is not None
    part = township.case(first.subject)
    assert [(one.link, one.subject) for one in linked(township.store, part)] == [
        (Link.PARENT, subject)
    ]
    act(township, first.subject, "decide", approved=True, result="同意")
    ended = linked(township.store, township.case(subject))
    assert [one.outcome for one in ended] == ["同意", ""]


def test_a_part_that_has_not_come_here_is_named_all_the_same(places: tuple[Station, Station]):
    village, township = places
    subject = a_case(village)
    act(village, subject, "forward")
    meet(*places)
    for verb in ("take_over", "accept"):
        act(township, subject, verb)
    parts = [{"item": "IT066", "department": "信访办"}, {"item": "IT022", "department": "人社所"}]
    parent = act(township, subject, "split", parts=parts)
    assert all(one.row is None for one in linked(village.store, parent))


def test_cases_of_one_visit_lead_to_each_other(places: tuple[Station, Station]):
    village, _ = places
    first = a_case(village)
    number = village.case(first).local_number.text
    second = a_case(village, "IT066", visit=number)
    third = a_case(village, "IT001", "覃二", visit=number)
    for subject in (first, second, third):
        others = {one.subject for one in linked(village.store, village.case(subject))}
        assert others == {first, second, third} - {subject}
        assert {one.link for one in linked(village.store, village.case(subject))} == {
            Link.SAME_VISIT
        }
