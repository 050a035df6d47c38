"""What a case waits for, and at whose station."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain import events
from app.domain.regions import RegionCode
from app.domain.tasks import NextTask, TaskKind, next_task, present
from app.journal.refs import Ref
from app.usecases.registration import MaterialForm
from tests.builders import (
    DISTRICT,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    meet,
    the_item,
    the_regions,
)

Stations = tuple[Station, Station, Station]


@pytest.fixture
def stations(tmp_path: Path) -> Stations:
    """A village, its township, the district's window."""
    district = a_district()
    village, township, window = (
        a_station(district, region, tmp_path / region) for region in (VILLAGE, TOWNSHIP, DISTRICT)
    )
    meet(village, township, window)
    return village, township, window


def papers_of(item: str) -> tuple[MaterialForm, ...]:
    return tuple(
        MaterialForm(name=material.name)
        for material in the_item(item).materials
        if material.required.value == "always"
    )


def complete(station: Station, item: str, **said: Any) -> Ref:
    return a_case(station, item, materials=papers_of(item), **said)


def waits(station: Station, subject: Ref) -> NextTask | None:
    return next_task(station.case(subject), station.store.publications)


def test_the_way_of_an_ordinary_case(stations: Stations):
    village, township, _ = stations
    subject = complete(village, "IT022")
    told = [waits(village, subject)]
    steps: list[tuple[Station, str, dict[str, Any]]] = [
        (village, "forward", {}),
        (township, "take_over", {}),
        (township, "accept", {}),
        (township, "decide", {"approved": True}),
        (village, "deliver", {}),
    ]
    for station, verb, facts in steps:
        meet(*stations)
        act(station, subject, verb, **facts)
        told.append(waits(station, subject))
    assert told == [
        (TaskKind.FORWARD, VILLAGE),
        (TaskKind.TAKE_OVER, TOWNSHIP),
        (TaskKind.EXAMINE, TOWNSHIP),
        (TaskKind.DECIDE, TOWNSHIP),
        (TaskKind.DELIVER, VILLAGE),
        None,
    ]


def test_what_the_township_accepts_and_the_district_decides_waits_for_the_district(
    stations: Stations,
):
    village, township, district = stations
    subject = complete(village, "IT001")
    act(village, subject, "forward")
    meet(*stations)
    act(township, subject, "take_over")
    act(township, subject, "accept")
    assert waits(township, subject) == (TaskKind.DECIDE, DISTRICT)
    meet(*stations)
    act(district, subject, "decide", approved=True)
    assert waits(district, subject) == (TaskKind.DELIVER, VILLAGE)


def test_papers_that_are_always_asked_for_come_before_forwarding(stations: Stations):
    village, *_ = stations
    first, *others = papers_of("IT022")
    assert others
    subject = a_case(village, "IT022", materials=(first,))
    assert waits(village, subject) == (TaskKind.SUPPLY, VILLAGE)
    act(village, subject, "supply", materials=[msgspec.to_builtins(one) for one in others])
    assert waits(village, subject) == (TaskKind.FORWARD, VILLAGE)
    lacking = a_case(village, "IT022")
    act(village, lacking, "forward")  # it may go up all the same
    assert waits(village, lacking) == (TaskKind.TAKE_OVER, TOWNSHIP)


def test_a_case_that_came_back_waits_for_papers_until_some_came_in(stations: Stations):
    village, township, _ = stations
    subject = complete(village, "IT022")
    for _ in range(2):
        act(village, subject, "forward")
        meet(*stations)
        act(township, subject, "return", reason="defects", defects=["照片不清楚"])
        meet(*stations)
        assert waits(township, subject) == waits(village, subject) == (TaskKind.SUPPLY, VILLAGE)
        act(
            village,
            subject,
            "supply",
            materials=[msgspec.to_builtins(papers_of("IT022")[0])],
        )
        assert waits(village, subject) == (TaskKind.FORWARD, VILLAGE)
    assert village.case(subject).supplement_notices == 2


def test_a_case_that_came_back_from_the_wrong_authority_is_seen_to_too(stations: Stations):
    village, township, _ = stations
    subject = complete(village, "IT022")
    act(village, subject, "forward")
    meet(*stations)
    act(township, subject, "return", reason="wrong_authority", right_authority="区人社局")
    assert waits(township, subject) == (TaskKind.SUPPLY, VILLAGE)


def test_whoever_examines_takes_over_what_it_received_itself(stations: Stations):
    village, township, _ = stations
    assert waits(village, complete(village, "IT034")) == (TaskKind.TAKE_OVER, VILLAGE)
    assert waits(township, complete(township, "IT022")) == (TaskKind.TAKE_OVER, TOWNSHIP)
    lacking = a_case(township, "IT022")
    assert waits(township, lacking) == (TaskKind.TAKE_OVER, TOWNSHIP)


def test_nobody_forwards_for_an_applicant_who_goes_alone_or_to_a_body_outside(stations: Stations):
    village, *_ = stations
    assert waits(village, a_case(village, "IT009", mode="accompany")) is None
    assert waits(village, a_case(village, "IT031", mode="proxy")) is None


def test_what_has_ended_waits_for_nothing(stations: Stations):
    village, township, _ = stations
    done = complete(village, "IT034")
    act(village, done, "complete")
    assert waits(village, done) is None
    refused = complete(township, "IT066")
    act(township, refused, "take_over")
    act(township, refused, "refuse", reason="不属于受理范围")
    assert waits(township, refused) is None


def test_what_waited_at_a_village_that_was_merged_waits_where_it_is_today(stations: Stations):
    village, *_ = stations
    subject = complete(village, "IT022")
    rows = tuple(
        msgspec.structs.replace(row, until=date(2026, 11, 1), successor=RegionCode(OTHER_VILLAGE))
        if row.code == VILLAGE
        else row
        for row in the_regions()
    )
    village.district.publish(events.RegionsPublished(regions=rows))
    meet(*stations)
    assert present(village.store.publications, village.store.region) == OTHER_VILLAGE
    assert waits(village, subject) == (TaskKind.FORWARD, OTHER_VILLAGE)


def test_a_region_that_is_in_no_table_stays_what_it_is(stations: Stations):
    village, *_ = stations
    unknown = RegionCode("999999")
    assert present(village.store.publications, unknown) == unknown


def test_every_kind_has_its_word():
    assert len({kind.label for kind in TaskKind}) == len(TaskKind)
