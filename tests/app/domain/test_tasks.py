"""What a case waits for, and at whose station."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain import events
from app.domain.clocks import ClockName
from app.domain.events import Role
from app.domain.regions import RegionCode
from app.domain.tasks import NextTask, TaskKind, next_task, present, side_tasks
from app.domain.watching import responsible
from app.journal.refs import Ref
from app.usecases.materials import MaterialForm
from tests.app.domain.rules import scene
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


def waits(station: Station, subject: Ref) -> tuple[TaskKind, str] | None:
    task = next_task(station.case(subject), station.store.publications)
    return None if task is None else (task.kind, task.at)


def beside(station: Station, subject: Ref) -> list[NextTask]:
    return list(side_tasks(station.case(subject), station.store.publications))


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
        (township, "follow_up", {"grade": "good"}),
    ]
    for station, verb, facts in steps:
        meet(*stations)
        by = station.person(Role.SUPERVISOR) if verb == "follow_up" else None
        act(station, subject, verb, by=by, **facts)
        told.append(waits(station, subject))
    assert told == [
        (TaskKind.FORWARD, VILLAGE),
        (TaskKind.TAKE_OVER, TOWNSHIP),
        (TaskKind.EXAMINE, TOWNSHIP),
        (TaskKind.DECIDE, TOWNSHIP),
        (TaskKind.DELIVER, VILLAGE),
        (TaskKind.FOLLOW_UP, TOWNSHIP),  # the village has nobody who did not handle it
        (TaskKind.ARCHIVE, TOWNSHIP),
    ]


def test_what_the_district_decides_waits_for_the_first_review_and_then_for_the_district(
    stations: Stations,
):
    village, township, district = stations
    subject = complete(village, "IT001")
    act(village, subject, "forward")
    meet(*stations)
    act(township, subject, "take_over")
    act(township, subject, "accept")
    assert waits(township, subject) == (TaskKind.HANDLE, TOWNSHIP)
    act(township, subject, "pass_up", opinion="符合条件")
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
    accompanied = a_case(village, "IT009", mode="accompany")
    assert waits(village, accompanied) == (TaskKind.ACCOMPANY, VILLAGE)
    assert waits(village, a_case(village, "IT031", mode="proxy")) == (TaskKind.ACCOMPANY, VILLAGE)
    act(village, accompanied, "appoint", day="2099-01-05", where="区政务服务中心")
    assert waits(village, accompanied) == (TaskKind.ACCOMPANY, VILLAGE)


def test_what_a_body_outside_decides_is_in_hand_until_it_answered():
    cases = (scene.in_progress(scene.DECIDED_OUTSIDE), scene.sent_outside(), scene.answered())
    waits_for = [next_task(case, scene.the_publications()) for case in cases]
    assert waits_for == [
        NextTask(kind, RegionCode(TOWNSHIP))
        for kind in (TaskKind.HANDLE, TaskKind.AWAIT_OUTSIDE, TaskKind.DECIDE)
    ]


def test_who_is_to_follow_up_is_who_gets_the_card_for_a_missing_one():
    view = scene.the_publications()
    at_village = scene.delivered()
    at_district = scene.changed(
        at_village, station=RegionCode(DISTRICT), place=RegionCode(DISTRICT)
    )
    for case in (at_village, at_district):
        task = next_task(case, view)
        assert task is not None
        assert task.kind is TaskKind.FOLLOW_UP
        clock = case.running_clock(ClockName.FOLLOW_UP)
        assert clock is not None
        assert responsible(case, clock, view) == task.at


def test_what_has_ended_waits_for_the_archive_of_whoever_took_it_over(stations: Stations):
    village, township, _ = stations
    done = complete(village, "IT034")
    act(village, done, "complete")
    assert waits(village, done) == (TaskKind.ARCHIVE, VILLAGE)
    refused = complete(township, "IT066")
    act(township, refused, "take_over")
    act(township, refused, "refuse", reason="不属于受理范围")
    assert waits(township, refused) == (TaskKind.ARCHIVE, TOWNSHIP)
    archivist = township.person(Role.ARCHIVIST)
    act(township, refused, "archive", by=archivist, number="2026-D10-0001", retention="10y")
    assert waits(township, refused) is None


def test_a_supplement_is_collected_at_the_station_and_received_by_the_authority(stations: Stations):
    village, township, _ = stations
    subject = complete(village, "IT022")
    act(village, subject, "forward")
    meet(*stations)
    act(township, subject, "take_over")
    act(township, subject, "ask_supplement", defects=[{"what": "照片不清楚"}])
    meet(*stations)
    assert waits(village, subject) == (TaskKind.SUPPLY, VILLAGE)
    act(village, subject, "supply", materials=[msgspec.to_builtins(papers_of("IT022")[0])])
    meet(*stations)
    assert waits(township, subject) == (TaskKind.RECEIVE_SUPPLEMENT, TOWNSHIP)


def test_beside_its_way_a_case_waits_for_a_colleague_and_for_originals_to_go_back(
    stations: Stations,
):
    village, *_ = stations
    subject = complete(village, "IT034")
    colleague = village.person(Role.CLERK)
    act(village, subject, "hand_over", to=colleague.name)
    act(village, subject, "take_originals", originals=[{"what": "居民户口簿"}])
    assert beside(village, subject) == [
        NextTask(TaskKind.TAKE_HAND_OVER, RegionCode(VILLAGE), colleague.ref)
    ]
    act(village, subject, "complete")
    assert beside(village, subject)[-1] == NextTask(TaskKind.RETURN_ORIGINALS, RegionCode(VILLAGE))
    act(village, subject, "return_originals", receiver="韦小妹")
    assert TaskKind.RETURN_ORIGINALS not in [task.kind for task in beside(village, subject)]


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
