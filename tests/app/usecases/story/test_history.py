"""What happened, in sentences."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.events import KINDS, Role
from app.usecases import operators, staff, story
from app.usecases.story.telling import tell
from app.usecases.today import shown_today
from tests.builders import TOWNSHIP, VILLAGE, Station, a_case, a_district, a_station, act, meet


@pytest.fixture
def places(tmp_path: Path) -> tuple[Station, Station]:
    district = a_district()
    village, township = (
        a_station(district, region, tmp_path / region) for region in (VILLAGE, TOWNSHIP)
    )
    meet(village, township)
    return village, township


def texts(station: Station, subject: Any) -> list[str]:
    case = station.case(subject)
    item = station.store.publications.item(case.item, case.item_version)
    return [one.text for one in story.history(station.store, subject, item)]


def test_every_kind_of_entry_of_a_case_has_its_sentence():
    unsaid = tell.registry[object]
    about_cases = [kind for kind in KINDS if kind.startswith(("case.", "card.", "paper."))]
    assert len(about_cases) > 40
    for kind in about_cases:
        for body in KINDS[kind].bodies:
            assert tell.dispatch(body) is not unsaid, kind


def test_a_story_says_who_of_which_station_did_what(places: tuple[Station, Station]):
    village, township = places
    subject = a_case(village)
    act(village, subject, "forward", note="请电话联系")
    meet(*places)
    act(township, subject, "take_over")
    told = texts(township, subject)
    assert told[0].startswith("湖塘村的第一人登记收件（代办），收材料 0 件，缺 ")
    assert told[1] == "湖塘村的第一人把材料转往朝阳乡：请电话联系。"
    assert told[2].startswith("朝阳乡的第一人接收了材料，编号 450305200-20261120-")


def test_every_defect_stands_on_a_line_of_its_own(places: tuple[Station, Station]):
    village, township = places
    subject = a_case(village)
    act(village, subject, "forward")
    meet(*places)
    act(township, subject, "take_over")
    defects = [{"what": "缺照片", "standard": "近期免冠"}, {"what": "申请表没有签字"}]
    act(township, subject, "ask_supplement", defects=defects, days=15)
    assert texts(township, subject)[-1].splitlines() == [
        "朝阳乡的第一人一次性告知补正 2 处，请申请人在 15 日内补齐。",
        "1. 缺照片，要求：近期免冠",
        "2. 申请表没有签字",
    ]


def test_a_deputy_is_told_as_one(places: tuple[Station, Station]):
    village, township = places
    subject = a_case(village)
    act(village, subject, "forward")
    meet(*places)
    for verb in ("take_over", "accept"):
        act(township, subject, verb)
    clerk = operators.add(township.store, "李窗口", Role.CLERK)
    day = shown_today(township.store)
    head = township.head
    staff.away(township.store, head.name, "李窗口", day, day + timedelta(days=3), by=head)
    act(township, subject, "decide", by=clerk, approved=True, result="发证")
    assert texts(township, subject)[-1] == "朝阳乡的李窗口（代 第一人）作出准予决定，发证。"


def test_names_of_recipients_are_masked(places: tuple[Station, Station]):
    village, township = places
    subject = a_case(village)
    act(village, subject, "forward")
    meet(*places)
    for verb in ("take_over", "accept"):
        act(township, subject, verb)
    act(township, subject, "decide", approved=True)
    act(township, subject, "deliver", recipient="韦大明", relation="儿子", proof="已签字")
    assert texts(township, subject)[-1] == "朝阳乡的第一人直接送达，韦*明（儿子）收下结果，已签字。"


def test_days_are_whole(places: tuple[Station, Station]):
    village, _ = places
    subject = a_case(village, "IT009")
    act(village, subject, "appoint", day=date(2026, 11, 26).isoformat(), where="区残联")
    assert texts(village, subject)[-1] == "湖塘村的第一人约好 2026年11月26日陪申请人到区残联。"


def test_a_case_that_comes_again_after_a_return_keeps_its_number(places: tuple[Station, Station]):
    village, township = places
    subject = a_case(village)
    for _ in range(2):
        act(village, subject, "forward")
        meet(*places)
        act(township, subject, "take_over")
        if not village.case(subject).returned:
            act(township, subject, "return", reason="defects", defects=["缺照片"])
        meet(*places)
    taken = [text for text in texts(village, subject) if "接收了材料" in text]
    number = village.case(subject).official_number
    assert number is not None
    assert taken == [
        f"朝阳乡的第一人接收了材料，编号 {number.text}。",
        "朝阳乡的第一人接收了材料，编号不变。",
    ]


def test_a_part_that_was_withdrawn_with_its_parent_is_not_told_as_rejected(
    places: tuple[Station, Station],
):
    village, township = places
    subject = a_case(village)
    act(village, subject, "forward")
    meet(*places)
    for verb in ("take_over", "accept"):
        act(township, subject, verb)
    parts = [{"item": item, "department": f"{item}所"} for item in ("IT022", "IT066")]
    act(township, subject, "split", parts=parts)
    act(township, subject, "withdraw", reason="不办了")
    assert texts(township, subject)[-1] == "朝阳乡的第一人登记联办部分的结果：已撤回。"
