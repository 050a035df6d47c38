"""What the authority's notices say of a case, who may issue them, and when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from app.domain import events
from app.domain.events import Role
from app.domain.items import Item, StoppingProcedure
from app.domain.limits import Unit
from app.domain.papers import (
    ExtensionNotice,
    PaperKind,
    ReturnNotice,
    SpecialProcedureNotice,
    SupplementNotice,
)
from app.journal.refs import Ref
from app.usecases import papers
from app.usecases.paper_facts import PaperNotDue, PaperNotOurs
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    meet,
    the_item,
)

REVIEW = StoppingProcedure(
    type="专家评审", basis="《中华人民共和国行政许可法》第四十五条", max_days=30, unit=Unit.WORKING
)
Stations = tuple[Station, Station]


def the_licence() -> Item:
    """An item of the township's that a review stops and that can be extended."""
    item = the_item("IT022")
    return replace(
        item,
        version=item.version + 1,
        licence=True,
        stops_clock=(REVIEW,),
        clock=replace(item.clock, extension=10),
    )


@pytest.fixture
def stations(tmp_path: Path) -> Stations:
    district = a_district()
    district.publish(events.ItemPublished(item=the_licence()))
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(village, township)
    return village, township


def before_the_authority(stations: Stations) -> Ref:
    village, township = stations
    subject = a_case(village)
    act(village, subject, "forward")
    meet(*stations)
    act(township, subject, "take_over")
    return subject


def in_progress(stations: Stations) -> Ref:
    subject = before_the_authority(stations)
    act(stations[1], subject, "accept")
    return subject


def told(station: Station, subject: Ref, kind: PaperKind) -> Any:
    return papers.issue(
        station.store, subject, kind, by=station.head, render=lambda facts: repr(facts).encode()
    ).facts


def test_a_special_procedure_is_told_with_its_days_and_what_becomes_of_the_promise(
    stations: Stations,
):
    _, township = stations
    subject = in_progress(stations)  # Friday 20 November; 5 working days
    act(township, subject, "pause", procedure="专家评审", days=10, approver="覃审批")
    facts = told(township, subject, PaperKind.SPECIAL_PROCEDURE)
    assert isinstance(facts, SpecialProcedureNotice)
    assert (facts.procedure, facts.approver) == ("专家评审", "覃审批")
    assert facts.basis == (REVIEW.basis,)
    assert facts.days_words == "10个工作日"
    assert facts.ends_by == date(2026, 12, 4)
    assert facts.due == date(2026, 12, 11)
    assert not facts.expected


def test_a_procedure_across_an_unpublished_year_names_expected_days(stations: Stations):
    _, township = stations
    subject = in_progress(stations)
    act(township, subject, "pause", procedure="专家评审", days=30)
    assert told(township, subject, PaperKind.SPECIAL_PROCEDURE).expected


def test_a_notice_of_a_procedure_says_the_same_when_it_is_printed_again_later(stations: Stations):
    _, township = stations
    subject = in_progress(stations)
    act(township, subject, "pause", procedure="专家评审", days=10)
    first = told(township, subject, PaperKind.SPECIAL_PROCEDURE)
    township.wall.turn(days=3)
    act(township, subject, "resume")
    again = told(township, subject, PaperKind.SPECIAL_PROCEDURE)
    assert (again.number, again.due, again.reprint) == (first.number, first.due, 1)


def test_an_extension_that_comes_later_does_not_change_what_was_told_of_a_procedure(
    stations: Stations,
):
    _, township = stations
    subject = in_progress(stations)
    act(township, subject, "pause", procedure="专家评审", days=10)
    first = told(township, subject, PaperKind.SPECIAL_PROCEDURE)
    township.wall.turn(days=3)
    act(township, subject, "resume")
    act(township, subject, "extend", days=3, reason="现场核对未完成")
    again = told(township, subject, PaperKind.SPECIAL_PROCEDURE)
    assert (again.number, again.due, again.reprint) == (first.number, first.due, 1)
    # 5 working days and 3 more, none of them used up on the Friday; from Monday the 23rd on
    assert told(township, subject, PaperKind.EXTENSION).due == date(2026, 12, 3)


def test_a_procedure_that_begins_later_does_not_change_what_was_told_of_an_extension(
    stations: Stations,
):
    _, township = stations
    subject = in_progress(stations)
    act(township, subject, "extend", days=3, reason="现场核对未完成")
    first = told(township, subject, PaperKind.EXTENSION)
    township.wall.turn(days=3)
    act(township, subject, "pause", procedure="专家评审", days=10)
    again = told(township, subject, PaperKind.EXTENSION)
    assert (again.number, again.due, again.reprint) == (first.number, first.due, 1)


def test_an_extension_is_told_with_reason_days_approver_and_the_new_day(stations: Stations):
    _, township = stations
    subject = in_progress(stations)
    head = township.person(Role.HEAD)
    act(township, subject, "extend", days=3, reason="现场核对未完成", by=head)
    facts = told(township, subject, PaperKind.EXTENSION)
    assert isinstance(facts, ExtensionNotice)
    assert (facts.reason, facts.approver) == ("现场核对未完成", head.name)
    assert facts.handler == head.name
    assert facts.days_words == "3个工作日"
    assert facts.due == date(2026, 12, 2)
    assert facts.basis[0] == "《中华人民共和国行政许可法》第四十二条"


def test_a_return_for_defects_lists_all_and_counts_as_a_supplement_notice(stations: Stations):
    _, township = stations
    subject = before_the_authority(stations)
    act(township, subject, "return", reason="defects", defects=["缺照片", "户口簿看不清"])
    facts = told(township, subject, PaperKind.RETURN_NOTICE)
    assert isinstance(facts, ReturnNotice)
    assert facts.defects == ("缺照片", "户口簿看不清")
    assert facts.times == 1
    assert facts.returned_to == township.store.publications.station_name(
        township.case(subject).station
    )
    assert facts.review.startswith("如不服本退回，")


def test_a_return_of_what_is_anothers_names_the_right_authority(stations: Stations):
    _, township = stations
    subject = before_the_authority(stations)
    act(
        township,
        subject,
        "return",
        reason="wrong_authority",
        right_authority="桂林市临桂区自然资源局",
    )
    facts = told(township, subject, PaperKind.RETURN_NOTICE)
    assert facts.right_authority == "桂林市临桂区自然资源局"
    assert (facts.defects, facts.times) == ((), 0)


@pytest.mark.parametrize(
    ("kind", "verb", "said"),
    [
        (PaperKind.SPECIAL_PROCEDURE, "pause", {"procedure": "专家评审"}),
        (PaperKind.EXTENSION, "extend", {"days": 3, "reason": "现场核对未完成"}),
        (PaperKind.RETURN_NOTICE, "return", {"reason": "defects", "defects": ["缺照片"]}),
    ],
)
def test_these_notices_are_the_authoritys_and_only_when_there_is_something_to_tell(
    stations: Stations, kind: PaperKind, verb: str, said: dict[str, Any]
):
    village, township = stations
    is_return = kind is PaperKind.RETURN_NOTICE
    subject = before_the_authority(stations) if is_return else in_progress(stations)
    with pytest.raises(PaperNotDue):
        told(township, subject, kind)
    act(township, subject, verb, **said)
    meet(*stations)
    with pytest.raises(PaperNotOurs):
        told(village, subject, kind)
    assert kind in {one.kind for one in papers.due(township.store, township.case(subject))}
    assert kind not in {one.kind for one in papers.due(village.store, village.case(subject))}
    issued = told(township, subject, kind)
    assert issued.item == the_licence().name
    meet(*stations)
    assert [paper.paper for paper in village.case(subject).papers] == [kind]


def test_a_second_supplement_notice_names_who_asked_the_second_time(stations: Stations):
    _, township = stations
    clerk = township.person(Role.CLERK)
    subject = before_the_authority(stations)
    defect = {"what": "缺照片"}
    act(township, subject, "ask_supplement", defects=[defect], days=15)
    first = told(township, subject, PaperKind.SUPPLEMENT_NOTICE)
    act(township, subject, "receive_supplement")
    act(township, subject, "ask_supplement", defects=[defect], days=15, by=clerk)
    second = told(township, subject, PaperKind.SUPPLEMENT_NOTICE)
    assert isinstance(second, SupplementNotice)
    assert (first.times, second.times) == (1, 2)
    assert (first.handler, second.handler) == (township.head.name, clerk.name)
    assert first.number != second.number
