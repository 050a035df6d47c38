"""Working days against an independent count, and notices from outside."""

from datetime import date, timedelta

import chinese_calendar
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.domain.calendar import (
    BadNotice,
    CalendarYear,
    Overlay,
    WorkCalendar,
    packaged_years,
    read_notice,
)
from app.domain.regions import RegionCode

PACKAGED = WorkCalendar(packaged_years(2004, 2026))
KNOWN_DAYS = st.dates(date(2004, 1, 1), date(2026, 12, 31))
GUANGXI = RegionCode("450305")


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


WORKED = frozenset(
    filter(chinese_calendar.is_workday, every_day(date(2004, 1, 1), date(2026, 12, 31)))
)


def a_notice(**changes: object) -> bytes:
    notice = msgspec.json.decode(resources.read_bytes("calendars/2026.json"))
    return msgspec.json.encode(notice | changes)


def an_overlay(*, off: tuple[date, ...] = (), makeup: tuple[date, ...] = ()) -> Overlay:
    return Overlay(region=GUANGXI, off=off, makeup=makeup, source="桂政发")


def test_each_day_of_the_packaged_years_is_what_chinesecalendar_says():
    for day in every_day(date(2004, 1, 1), date(2026, 12, 31)):
        assert PACKAGED.is_workday(day) == (day in WORKED)


def test_the_notice_of_2026_and_the_packaged_year_agree():
    notice = read_notice(resources.read_bytes("calendars/2026.json"))
    (packaged,) = packaged_years(2026, 2026)
    assert (notice.year, notice.off, notice.makeup) == (2026, packaged.off, packaged.makeup)
    assert "2026" in notice.source


def test_a_year_that_is_not_packaged_is_left_out():
    assert [year.year for year in packaged_years(2003, 2005)] == [2004, 2005]
    assert packaged_years(1990, 1999) == ()


def test_ordinary_weekends_are_not_listed():
    for year in packaged_years(2004, 2026):
        assert all(day.weekday() < 5 for day in year.off)
        assert all(day.weekday() >= 5 for day in year.makeup)


def test_an_unknown_year_has_weekends_alone():
    calendar = WorkCalendar()
    assert not calendar.knows(2027)
    assert calendar.is_workday(date(2027, 1, 1))
    assert not calendar.is_workday(date(2027, 1, 2))


def test_an_overlay_adds_days_off_and_does_not_make_a_year_known():
    third_of_march = date(2026, 4, 20)
    calendar = WorkCalendar(packaged_years(2026, 2026), [an_overlay(off=(third_of_march,))])
    assert PACKAGED.is_workday(third_of_march)
    assert not calendar.is_workday(third_of_march)
    assert not WorkCalendar((), [an_overlay(off=(third_of_march,))]).knows(2026)


def test_an_overlay_counts_before_the_national_arrangement():
    worked, holiday = date(2026, 10, 10), date(2026, 10, 1)
    calendar = WorkCalendar(
        packaged_years(2026, 2026), [an_overlay(off=(worked,), makeup=(holiday,))]
    )
    assert not calendar.is_workday(worked)
    assert calendar.is_workday(holiday)


def test_a_later_arrangement_of_a_year_replaces_the_earlier_altogether():
    first = CalendarYear(2027, (date(2027, 1, 1),), (), "draft")
    second = CalendarYear(2027, (date(2027, 1, 4),), (), "notice")
    calendar = WorkCalendar([first, second])
    assert calendar.is_workday(date(2027, 1, 1))
    assert not calendar.is_workday(date(2027, 1, 4))


@given(KNOWN_DAYS, KNOWN_DAYS)
def test_working_days_are_counted_as_one_counts_them_by_hand(one, other):
    start, through = sorted((one, other))
    by_hand = sum(day in WORKED for day in every_day(start, through)[1:])
    assert PACKAGED.workdays_after(start, through) == by_hand
    if start < through:
        assert PACKAGED.workdays_after(through, start) == 0


@given(st.dates(date(2004, 1, 1), date(2025, 6, 30)), st.integers(1, 200))
def test_the_nth_working_day_is_found_as_one_finds_it_by_hand(start, number):
    day, left = start, number
    while left:
        day += timedelta(days=1)
        left -= day in WORKED
    assert PACKAGED.workday_after(start, number) == day


def test_a_count_that_runs_out_of_years_ends_on_their_last_day():
    assert WorkCalendar().workday_after(date(9999, 12, 20), 60) == date.max


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"year": "2026"}, "year：应为整数"),
        ({"remark": 1}, "remark：没有这个字段"),
        ({"off": [["2026-01-03", "2026-01-01"]]}, "不是一段假期"),
        ({"off": [["2026-01-01", "2026-12-31"]]}, "不是一段假期"),
        ({"off": [["2024-01-01", "2024-01-02"]]}, "不属于 2026 年"),
        ({"makeup_workdays": ["2026-01-05"]}, "不是周末"),
        ({"makeup_workdays": ["2026-01-03"]}, "既放假又上班"),
        ({"workdays_total": 250}, "应为 248"),
        ({"year": 0}, "不是年份"),
        ({"off": [["2026-01-01"]]}, "off"),
    ],
)
def test_a_notice_that_cannot_be_right_is_refused_with_its_fault(changes, fault):
    with pytest.raises(BadNotice) as refusal:
        read_notice(a_notice(**changes))
    assert any(fault in one for one in refusal.value.faults)


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fall_over(data):
    with pytest.raises(BadNotice):
        read_notice(data)


def test_a_notice_that_is_too_large_is_not_read():
    with pytest.raises(BadNotice):
        read_notice(a_notice() + b" " * 100_000)


def test_a_year_survives_the_wire():
    for year in packaged_years(2024, 2026):
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(year), type=CalendarYear) == year
