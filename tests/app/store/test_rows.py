"""Rows: what lists show of a case, and what they show of it today."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.domain.case import State
from app.domain.clocks import Clock, ClockName
from app.domain.limits import Unit
from app.domain.regions import RegionCode
from app.store.rows import clock_rows
from app.usecases import lookup
from tests.builders import TOWNSHIP, VILLAGE, a_case, a_district, a_station, act, meet


def test_a_row_holds_what_a_list_shows(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    subject = a_case(village, "IT022", urgent=True, external_id="paper-17")
    row = village.store.rows.by_subject(subject)
    assert row is not None
    assert (row.subject, row.head, row.n) == (subject, subject, 1)
    assert (row.region, row.station, row.place) == (VILLAGE, VILLAGE, VILLAGE)
    assert (row.item, row.item_version, row.state) == ("IT022", 1, State.RECEIVED)
    assert (row.applicant, row.id_number, row.phone) == (
        "韦小妹",
        "450305196203151028",
        "13877300000",
    )
    assert (row.local_number, row.official_number) == (f"{VILLAGE}-20261120-A2-0001", None)
    assert (row.urgent, row.external_id, row.received_on) == (True, "paper-17", date(2026, 11, 20))
    assert (row.out_of_place, row.needs_upgrade) == (0, False)


def test_a_row_holds_the_clocks_that_run_and_the_day_the_first_ends(tmp_path: Path):
    district = a_district()
    village, township = (
        a_station(district, VILLAGE, tmp_path / "v"),
        a_station(district, TOWNSHIP, tmp_path / "t"),
    )
    meet(village, township)
    subject = a_case(village, "IT066")
    act(village, subject, "forward")
    meet(village, township)
    act(township, subject, "take_over")
    row = township.store.rows.by_subject(subject)
    assert row is not None
    assert {clock.name for clock in row.clocks} == {ClockName.EXAMINATION, ClockName.PROMISED}
    assert row.due == min(clock.due for clock in row.clocks if clock.due) == date(2026, 11, 27)
    act(township, subject, "refuse", reason="不属于受理范围")
    row = township.store.rows.by_subject(subject)
    assert row is not None
    assert (row.clocks, row.due) == ((), None)


def test_an_official_number_is_found_as_soon_as_it_is_given(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    subject = a_case(village, "IT045")
    assert lookup.found(village.store, f"{VILLAGE}-20261120-A2-0002") == []
    act(village, subject, "take_over")
    row = lookup.by_number(village.store, f"{VILLAGE}-20261120-A2-0002")
    assert row.subject == subject
    assert row.official_number == f"{VILLAGE}-20261120-A2-0002"
    assert lookup.by_number(village.store, row.local_number) == row


def test_a_row_that_is_forgotten_is_found_by_nothing(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    subject, other = a_case(village, name="韦一"), a_case(village, name="韦二")
    with village.store.changing():
        village.store.rows.forget(subject)
        village.store.rows.forget(subject)
    assert village.store.rows.by_subject(subject) is None
    for text in ("韦一", "韦", f"{VILLAGE}-20261120-A2-0001", "450305196203151028"):
        assert subject not in {row.subject for row in lookup.found(village.store, text)}
    assert [row.subject for row in lookup.found(village.store, "韦")] == [other]


def test_a_deadline_in_a_year_nobody_has_published_is_expected(tmp_path: Path):
    calendar = a_station(a_district(), VILLAGE, tmp_path).store.publications.calendar(
        RegionCode(VILLAGE)
    )
    clocks = [
        Clock(name=ClockName.PROMISED, starts=date(2026, 12, 25), days=days, unit=Unit.WORKING)
        for days in (2, 20)
    ]
    near, far = clock_rows(clocks, calendar)
    assert (near.due, near.expected) == (date(2026, 12, 29), False)
    assert far.expected
    assert (near.name, near.starts, near.days, near.unit, near.stopped) == (
        ClockName.PROMISED, date(2026, 12, 25), 2, Unit.WORKING, None,
    )  # fmt: skip
