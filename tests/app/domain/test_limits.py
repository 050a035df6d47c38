"""Limits against a count by hand, day by day."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import Overlay, WorkCalendar, packaged_years
from app.domain.limits import Deadline, Unit, days_left, deadline
from app.domain.regions import RegionCode

CALENDAR = WorkCalendar(packaged_years(2004, 2026))
DAY = timedelta(days=1)
WORKED = frozenset(
    filter(chinese_calendar.is_workday, (date(2004, 1, 1) + n * DAY for n in range(8401)))
)
STARTS = st.dates(date(2004, 1, 1), date(2025, 6, 30))
PAUSES = st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 30)), max_size=4)


def due_by_hand(start: date, days: int, unit: Unit, pauses: list[tuple[date, date]]) -> date:
    """Walk the days one by one, by what chinesecalendar says of each, with pauses as days."""
    paused = {
        began + number * DAY
        for began, ended in pauses
        for number in range(1, (ended - began).days + 1)
    }

    day = start
    while days:
        day += DAY
        if day not in paused and (unit is Unit.NATURAL or day in WORKED):
            days -= 1
    while unit is Unit.NATURAL and (day not in WORKED or day in paused):
        day += DAY
    return day


@given(STARTS, st.integers(1, 60), st.sampled_from(Unit), PAUSES)
def test_a_deadline_is_where_one_arrives_by_hand(start, days, unit, offsets):
    pauses = [(start + began * DAY, start + (began + length) * DAY) for began, length in offsets]
    found = deadline(start, days, unit, CALENDAR, pauses)
    assert found == Deadline(due=due_by_hand(start, days, unit, pauses), expected=False)


@given(STARTS, st.integers(1, 60), st.sampled_from(Unit))
def test_a_limit_has_all_its_days_left_on_the_day_it_starts(start, days, unit):
    found = deadline(start, days, unit, CALENDAR)
    assert found is not None
    left = days_left(start, found.due, unit, CALENDAR)
    assert left == days if unit is Unit.WORKING else left >= days


@given(
    st.dates(date(2004, 1, 1), date(2026, 12, 31)), st.dates(date(2004, 1, 1), date(2026, 12, 31))
)
def test_days_left_are_counted_as_one_counts_them_by_hand(today, due):
    first, last = sorted((today, due))
    between = [first + number * DAY for number in range(1, (last - first).days + 1)]
    worked = sum(day in WORKED for day in between)
    left = days_left(today, due, Unit.WORKING, CALENDAR)
    assert days_left(today, due, Unit.NATURAL, CALENDAR) == (due - today).days
    if today == due:
        assert left == 0
    else:
        assert abs(left) == max(1, worked)
        assert (left > 0) == (today < due)


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("start", [date(2026, 11, 20), date(2026, 11, 21)])
def test_no_days_are_the_same_day_even_a_day_off(start, unit):
    assert deadline(start, 0, unit, CALENDAR) == Deadline(due=start, expected=False)


def test_the_start_day_is_not_counted():
    monday = date(2026, 11, 16)
    found = deadline(monday, 3, Unit.WORKING, CALENDAR)
    assert found == Deadline(due=date(2026, 11, 19), expected=False)


def test_a_makeup_saturday_is_a_working_day():
    found = deadline(date(2026, 10, 9), 1, Unit.WORKING, CALENDAR)
    assert found == Deadline(due=date(2026, 10, 10), expected=False)


def test_natural_days_that_end_on_a_holiday_move_past_it():
    found = deadline(date(2026, 9, 30), 2, Unit.NATURAL, CALENDAR)
    assert found == Deadline(due=date(2026, 10, 8), expected=False)


def test_an_unpublished_year_makes_the_day_an_expected_one():
    found = deadline(date(2026, 12, 20), 20, Unit.WORKING, CALENDAR)
    assert found == Deadline(due=date(2027, 1, 15), expected=True)


def test_the_day_settles_when_the_year_is_published():
    published = WorkCalendar((*packaged_years(2026, 2026), *a_year_with_one_holiday()))
    found = deadline(date(2026, 12, 20), 20, Unit.WORKING, published)
    assert found == Deadline(due=date(2027, 1, 18), expected=False)


def a_year_with_one_holiday():
    (year,) = packaged_years(2026, 2026)
    return [type(year)(year=2027, off=(date(2027, 1, 1),), makeup=(), source="通知")]


def test_natural_days_through_an_unpublished_year_are_sure_up_to_the_last():
    only_2026 = WorkCalendar(packaged_years(2026, 2026))
    found = deadline(date(2025, 12, 20), 30, Unit.NATURAL, only_2026)
    assert found == Deadline(due=date(2026, 1, 19), expected=False)


def test_an_overlay_moves_a_deadline_of_its_region():
    added = Overlay(RegionCode("450305"), (date(2026, 4, 20),), (), "桂政发")
    guangxi = WorkCalendar(packaged_years(2026, 2026), [added])
    friday = date(2026, 4, 17)
    assert deadline(friday, 1, Unit.WORKING, CALENDAR) == Deadline(date(2026, 4, 20), False)
    assert deadline(friday, 1, Unit.WORKING, guangxi) == Deadline(date(2026, 4, 21), False)


@pytest.mark.parametrize("unit", Unit)
def test_an_open_pause_leaves_no_deadline(unit):
    start = date(2026, 11, 16)
    assert deadline(start, 5, unit, CALENDAR, [(date(2026, 11, 18), None)]) is None


@pytest.mark.parametrize("unit", Unit)
def test_a_pause_after_the_limit_ran_out_changes_nothing(unit):
    start = date(2026, 11, 16)
    plain = deadline(start, 3, unit, CALENDAR)
    assert plain is not None
    for later in [(plain.due, None), (plain.due + DAY, None), (plain.due, plain.due + 9 * DAY)]:
        assert deadline(start, 3, unit, CALENDAR, [later]) == plain


def test_the_first_day_of_a_pause_is_used_up_and_its_last_is_a_new_day_0():
    monday = date(2026, 11, 16)
    pause = (date(2026, 11, 17), date(2026, 11, 19))
    found = deadline(monday, 2, Unit.WORKING, CALENDAR, [pause])
    assert found == Deadline(due=date(2026, 11, 20), expected=False)


def test_overlapping_pauses_stop_the_clock_once():
    monday = date(2026, 11, 16)
    long, inside = (monday, date(2026, 11, 20)), (date(2026, 11, 17), date(2026, 11, 18))
    for pauses in ([long], [long, inside], [inside, long]):
        found = deadline(monday, 1, Unit.WORKING, CALENDAR, pauses)
        assert found == Deadline(due=date(2026, 11, 23), expected=False)


def test_a_pause_that_ends_before_it_begins_is_none():
    monday = date(2026, 11, 16)
    found = deadline(monday, 2, Unit.WORKING, CALENDAR, [(date(2026, 11, 20), monday)])
    assert found == Deadline(due=date(2026, 11, 18), expected=False)


def test_a_day_off_after_the_last_day_is_late_already():
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)
    assert days_left(friday, friday, Unit.WORKING, CALENDAR) == 0
    assert days_left(saturday, friday, Unit.WORKING, CALENDAR) == -1
    assert days_left(date(2026, 11, 24), friday, Unit.WORKING, CALENDAR) == -2


def test_a_last_day_ahead_is_never_today_even_a_day_off():
    assert days_left(date(2026, 11, 20), date(2026, 11, 21), Unit.WORKING, CALENDAR) == 1


def test_the_year_of_the_start_day_alone_makes_nothing_uncertain():
    only_2026 = WorkCalendar(packaged_years(2026, 2026))
    found = deadline(date(2025, 12, 31), 1, Unit.WORKING, only_2026)
    assert found == Deadline(due=date(2026, 1, 4), expected=False)


@pytest.mark.parametrize("unit", Unit)
def test_the_end_of_all_dates_is_no_reason_to_fall_over(unit):
    start = date(9999, 12, 25)
    for pauses in ([], [(start, date.max)]):
        assert deadline(start, 60, unit, WorkCalendar(), pauses) == Deadline(date.max, True)
