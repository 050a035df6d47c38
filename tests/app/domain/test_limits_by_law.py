"""Clocks against a count made from the law's words alone, one day after another.

行政许可法 art. 82: days are working days, without public holidays.
民法典 art. 201: the day on which a period begins is not counted;
art. 203: one that ends on a public holiday ends on the day after it.
行政许可法 art. 45: a hearing, an inspection … is not counted in; art. 42: extended once by so many days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.domain.calendar import Overlay, WorkCalendar, packaged_years
from app.domain.clocks import Clock, ClockName
from app.domain.lights import Light, light
from app.domain.limits import Unit, days_left
from app.domain.regions import RegionCode
from app.store.rows import clock_rows

DAY = timedelta(days=1)
SANYUESAN = {  # the third day of the third lunar month; Guangxi rests on it and the day after, since 2014
    2014: (4, 2), 2015: (4, 21), 2016: (4, 9), 2017: (3, 30), 2018: (4, 18), 2019: (4, 7), 2020: (3, 26),
    2021: (4, 14), 2022: (4, 3), 2023: (4, 22), 2024: (4, 11), 2025: (3, 31), 2026: (4, 19),
}  # fmt: skip
NATIONAL = packaged_years(2004, 2026)


def _guangxi() -> Iterator[date]:
    """Two days of each year; one that is a weekend or a national holiday already moves on."""
    for year, (month, day) in SANYUESAN.items():
        rest = date(year, month, day)
        for _ in range(2):
            while not chinese_calendar.is_workday(rest):
                rest += DAY
            yield rest
            rest += DAY


REST_IN_GUANGXI = frozenset(_guangxi())
OVERLAY = Overlay(RegionCode("450000"), tuple(sorted(REST_IN_GUANGXI)), (), "桂政办")
CALENDARS = {
    (guangxi, last): WorkCalendar(
        [year for year in NATIONAL if year.year <= last], [OVERLAY] if guangxi else []
    )
    for guangxi in (False, True)
    for last in range(2004, 2027)
}


def offices_open(*, guangxi: bool, published: int) -> Callable[[date], bool]:
    """Whether people work on a day, as far as anybody knows when the years up to `published` are announced."""

    def is_open(day: date) -> bool:
        if guangxi and day in REST_IN_GUANGXI:
            return False
        if day.year <= published:
            return bool(chinese_calendar.is_workday(day))
        return day.isoweekday() <= 5

    return is_open


def counted_by_law(
    start: date,
    days: int,
    unit: Unit,
    is_open: Callable[[date], bool],
    is_frozen: Callable[[date], bool],
) -> date:
    """The last day, found by crossing days off one by one."""
    crossed_off, today = 0, start  # art. 201: the first day is not crossed off
    while crossed_off < days:
        today += DAY
        if is_frozen(today):
            continue
        if unit is Unit.NATURAL or is_open(today):
            crossed_off += 1
    if unit is Unit.NATURAL:  # art. 203
        while is_frozen(today) or not is_open(today):
            today += DAY
    return today


STARTS = st.dates(date(2004, 1, 1), date(2026, 3, 31))
PROCEDURES = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 20)), max_size=3)
"""Of each: how many days after the start, or after the one before, it begins; and how many it takes."""


@example(start=date(2014, 3, 31), days=5, unit=Unit.WORKING, more=0, procedures=[], guangxi=True)
@example(
    start=date(2026, 4, 13), days=7, unit=Unit.NATURAL, more=3, procedures=[(2, 4)], guangxi=True
)
@given(
    start=STARTS,
    days=st.integers(1, 45),
    unit=st.sampled_from(Unit),
    more=st.sampled_from([0, 0, 10, 15]),
    procedures=PROCEDURES,
    guangxi=st.booleans(),
)
def test_a_clock_that_is_paused_and_extended_ends_where_the_law_says(
    start: date,
    days: int,
    unit: Unit,
    more: int,
    procedures: list[tuple[int, int]],
    guangxi: bool,
):
    clock = Clock(name=ClockName.PROMISED, starts=start, days=days, unit=unit)
    frozen: set[date] = set()
    is_open = offices_open(guangxi=guangxi, published=2026)
    calendar = CALENDARS[guangxi, 2026]
    day = start
    for waits, takes in procedures:
        day += waits * DAY
        last = counted_by_law(start, days, unit, is_open, frozen.__contains__)
        if day >= last:  # nothing can be paused that is over
            break
        clock = clock.pause(day)
        (paused,) = clock_rows([clock], calendar)
        assert (paused.due, paused.expected) == (None, False)
        ended = day + takes * DAY
        clock = clock.resume(ended)
        frozen |= {day + number * DAY for number in range(1, takes + 1)}
        day = ended
    clock = clock.extend(more)
    (row,) = clock_rows([clock], calendar)
    assume(row.due is not None and row.due.year <= 2026)
    assert row.due == counted_by_law(start, days + more, unit, is_open, frozen.__contains__)
    assert not row.expected


@given(
    start=STARTS,
    days=st.integers(1, 60),
    unit=st.sampled_from(Unit),
    guangxi=st.booleans(),
    unpublished=st.integers(0, 1),
)
@example(start=date(2019, 12, 27), days=5, unit=Unit.WORKING, guangxi=False, unpublished=0)
@example(start=date(2010, 12, 30), days=2, unit=Unit.NATURAL, guangxi=False, unpublished=0)
def test_a_day_in_a_year_nobody_has_published_is_expected_and_settles_when_it_is(
    start: date, days: int, unit: Unit, guangxi: bool, unpublished: int
):
    published = start.year - unpublished
    assume(published >= 2004)
    clock = Clock(name=ClockName.STATUTORY, starts=start, days=days, unit=unit)
    (before,) = clock_rows([clock], CALENDARS[guangxi, published])
    is_open = offices_open(guangxi=guangxi, published=published)
    assert before.due == counted_by_law(start, days, unit, is_open, lambda _: False)
    assert before.expected == (before.due is not None and before.due.year > published)
    (settled,) = clock_rows([clock], CALENDARS[guangxi, 2026])
    is_open = offices_open(guangxi=guangxi, published=2026)
    due = counted_by_law(start, days, unit, is_open, lambda _: False)
    assert (settled.due, settled.expected) == (due, False)
    if not before.expected:
        assert settled.due == before.due


@pytest.mark.parametrize("guangxi", [False, True])
@given(start=STARTS, days=st.integers(1, 30), late=st.integers(0, 12))
def test_the_lights_follow_the_days_that_one_counts(
    guangxi: bool, start: date, days: int, late: int
):
    """Two days before a promise its warning; the last day is on time, the next is late."""
    is_open = offices_open(guangxi=guangxi, published=2026)
    calendar = CALENDARS[guangxi, 2026]
    due = counted_by_law(start, days, Unit.WORKING, is_open, lambda _: False)
    today, left = due, 0
    while (
        today > start
    ):  # back from the last day: each working day that goes is one more that is left
        if is_open(today):
            left += 1
        today -= DAY
        found = days_left(today, due, Unit.WORKING, calendar)
        assert found == left
        shown = light(ClockName.PROMISED, found)
        assert shown is (Light.WARNING if left <= 2 else Light.NORMAL)
    after = due + (late + 1) * DAY
    found = days_left(after, due, Unit.WORKING, calendar)
    assert light(ClockName.PROMISED, found) is Light.YELLOW
    assert light(ClockName.STATUTORY, found) is Light.RED
    worked = sum(is_open(due + number * DAY) for number in range(1, late + 2))
    assert found == -max(1, worked)


def test_the_days_of_guangxi_are_days_off_there_and_nowhere_else():
    assert len(REST_IN_GUANGXI) == 2 * len(SANYUESAN)
    for day in REST_IN_GUANGXI:
        assert CALENDARS[False, 2026].is_workday(day)
        assert not CALENDARS[True, 2026].is_workday(day)
