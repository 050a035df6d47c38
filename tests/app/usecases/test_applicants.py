"""Who was here before is offered, so that nothing is typed twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.events import IdKind, PartyKind
from app.usecases import applicants
from app.usecases.applicants import KnownApplicant
from tests.builders import TOWNSHIP, VILLAGE, Station, a_case, a_district, a_station, meet, the_item

PEOPLE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("韦小妹", {"id_number": "450305196203151028", "phone": "13877300001", "address": "3组12号"}),
    ("欧阳娜娜", {"id_number": "45030520000102002x", "phone": "13877303150"}),
    ("单长乐", {"id_number": "450305195001010315", "phone": ""}),
    ("买买提·吐尔逊", {"id_number": "", "phone": "13977301028"}),
    ("无名氏", {"id_number": "", "phone": ""}),
    ("桂林（七星）农机公司", {"kind": "organisation", "id_number": "914503007087318321", "phone": "0773-5812345"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Station:
    station = a_station(a_district(), VILLAGE, tmp_path_factory.mktemp("known"))
    for name, said in PEOPLE:
        a_case(station, name=name, applicant=said)
    return station


def known(station: Station, text: str, limit: int = 8) -> list[KnownApplicant]:
    return applicants.known(station.store, text, limit)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("韦", ["韦小妹"]),
        ("小妹", ["韦小妹"]),
        ("wxm", ["韦小妹"]),
        ("weixm", []),
        ("oynn", ["欧阳娜娜"]),
        ("scl", ["单长乐"]),
        ("吐尔逊", ["买买提·吐尔逊"]),
        ("无名氏", ["无名氏"]),
        ("七星", ["桂林（七星）农机公司"]),
        ("1028", ["买买提·吐尔逊", "韦小妹"]),
        ("0315", ["单长乐", "韦小妹"]),
        ("3150", ["欧阳娜娜"]),
        ("0102", ["欧阳娜娜"]),
        ("20000102", ["欧阳娜娜"]),
        ("19620315", ["韦小妹"]),
        ("002X", ["欧阳娜娜"]),
        ("０02x", ["欧阳娜娜"]),
        ("450305196203151028", ["韦小妹"]),
        ("450305 19620315 1028", ["韦小妹"]),
        ("45030520000102002X", ["欧阳娜娜"]),
        ("151028", ["韦小妹"]),
        ("138773", ["欧阳娜娜", "韦小妹"]),
        ("914503007087318321", ["桂林（七星）农机公司"]),
        ("8321", ["桂林（七星）农机公司"]),
        ("12345", ["桂林（七星）农机公司"]),
        ("028", []),
        ("0001", ["韦小妹"]),  # a telephone; the first case's own number is nobody's
        ("99999999", []),
        ("", []),
        (" ", []),
        ("-", []),
    ],
)
def test_people_are_found_by_what_they_say_of_themselves(
    village: Station, text: str, names: list[str]
):
    assert [one.name for one in known(village, text)] == names


def test_all_that_is_known_comes_along(village: Station):
    (one,) = known(village, "韦小妹")
    assert one == KnownApplicant(
        name="韦小妹", kind=PartyKind.PERSON, id_kind=IdKind.RESIDENT, id_number="450305196203151028",
        phone="13877300001", address="3组12号", last_item=the_item("IT022").name, last_on=date(2026, 11, 20),
        cases=1, here=True, place="湖塘村", subject=one.subject,
    )  # fmt: skip
    (firm,) = known(village, "农机")
    assert (firm.kind, firm.id_kind) == (PartyKind.ORGANISATION, IdKind.CREDIT)


@pytest.fixture
def empty(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path)


def test_one_line_a_person_with_what_they_gave_last(empty: Station):
    number = "450305196203151028"
    for item, said in (
        ("IT022", {"phone": "13800000001", "address": "老屋"}),
        ("IT005", {"phone": "13800000002", "address": "新屋"}),
        ("IT011", {"phone": "", "address": ""}),
    ):
        a_case(empty, item, applicant={"id_number": number, **said})
        empty.wall.turn(days=1)
    a_case(empty, applicant={"id_number": "450305196203151044", "phone": "13800000003"})
    other, one = known(empty, "韦小妹")
    assert (one.phone, one.address, one.cases) == ("13800000002", "新屋", 3)
    assert (one.last_item, one.last_on) == (the_item("IT011").name, date(2026, 11, 22))
    assert (other.id_number, other.cases) == ("450305196203151044", 1)


def test_without_a_number_a_name_with_a_telephone_is_one_person(empty: Station):
    for phone in ("13800000001", "13800000001", "13800000002", "", ""):
        a_case(empty, applicant={"id_number": "", "phone": phone})
    found = known(empty, "韦小妹")
    assert [(one.phone, one.cases) for one in found] == [
        ("", 1), ("13800000002", 1), ("13800000001", 2),
    ]  # fmt: skip


def test_a_name_that_changed_is_the_same_person_under_the_last_one(empty: Station):
    for name in ("韦小妹", "韦晓梅"):
        a_case(empty, name=name)
    assert [one.name for one in known(empty, "1028")] == ["韦晓梅"]
    assert [one.name for one in known(empty, "韦小妹")] == ["韦晓梅"]


def test_ones_own_station_comes_first_then_who_came_last(tmp_path: Path):
    district = a_district()
    village, township = (
        a_station(district, place, tmp_path / place) for place in (VILLAGE, TOWNSHIP)
    )
    meet(village, township)
    numbers = [f"45030519620315{place:04}" for place in range(1, 5)]
    a_case(township, name="韦一", applicant={"id_number": numbers[0]})
    for place in (1, 2):
        a_case(village, name=f"韦村{place}", applicant={"id_number": numbers[place]})
    a_case(township, name="韦二", applicant={"id_number": numbers[3]})
    meet(village, township)
    assert [(one.name, one.here, one.place) for one in known(township, "韦")] == [
        ("韦二", True, "朝阳乡"), ("韦一", True, "朝阳乡"), ("韦村2", False, "湖塘村"), ("韦村1", False, "湖塘村"),
    ]  # fmt: skip
    assert [one.name for one in known(township, "韦", limit=1)] == ["韦二"]


def test_a_case_that_the_centre_refused_makes_nobody_known(empty: Station):
    from app.store.exchange import Verdict
    from tests.builders import hand

    subject = a_case(empty)
    verdict = Verdict(device=empty.device, seq=subject.seq, code="region_out_of_scope", facts={})
    hand(empty, verdicts=[verdict])
    assert known(empty, "韦小妹") == known(empty, "1028") == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=20) | st.text('"*^-+():<>韦小妹a1028xX \x00\ud800', max_size=20))
def test_any_text_gets_an_answer(village: Station, text: str):
    assert {one.name for one in known(village, text)} <= {name for name, _ in PEOPLE}
