"""The legal day is China's."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.case import State
from app.domain.days import day_of
from app.store.verify import verify
from app.usecases import registration
from app.usecases.today import ClockBehind, confirm_clock, last_if_ahead, shown_today, today
from tests.builders import VILLAGE, Station, Wall, a_case, a_district, a_form, a_station, act


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def test_a_day_begins_at_four_in_the_afternoon_of_greenwich():
    midnight = datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert day_of(ms(midnight)) == date(2026, 11, 21)
    assert day_of(ms(midnight) - 1) == date(2026, 11, 20)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2999, 1, 1)))  # noqa: DTZ001 - made aware below
def test_it_is_eight_hours_ahead_all_the_year(moment: datetime):
    assert day_of(ms(moment.replace(tzinfo=UTC))) == (moment + timedelta(hours=8)).date()


# --- a clock that cannot be right -----------------------------------------------------------------


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path, wall=Wall())


def test_nobody_acts_while_the_clock_is_more_than_a_day_behind_the_last_entry(village: Station):
    subject = a_case(village)
    written = shown_today(village.store)
    entries = village.store.journal.count()
    village.wall.turn(days=-400)
    with pytest.raises(ClockBehind) as refused:
        act(village, subject, "forward")
    with pytest.raises(ClockBehind):
        registration.register(village.store, a_form(), by=village.head)
    assert refused.value.facts == {
        "today": (written - timedelta(days=400)).isoformat(),
        "last": written.isoformat(),
    }
    assert village.store.journal.count() == entries
    village.wall.turn(days=400)
    assert act(village, subject, "forward").state is State.IN_TRANSIT


def test_looking_goes_on_with_any_clock(village: Station):
    written = shown_today(village.store)
    village.wall.turn(days=-400)
    assert shown_today(village.store) == written - timedelta(days=400)


def test_a_clock_that_is_a_little_behind_is_no_matter(village: Station):
    a_case(village)
    village.wall.turn(days=-0.99)
    assert today(village.store) == shown_today(village.store)
    assert last_if_ahead(village.store) is None


def test_a_device_without_an_entry_has_nothing_to_compare(tmp_path: Path):
    wall = Wall()
    village = a_station(a_district(), VILLAGE, tmp_path, wall=wall, staffed=False)
    wall.turn(days=-400)
    assert today(village.store) == shown_today(village.store)


def test_a_clock_that_once_ran_a_year_ahead_is_set_right_and_said_to_be_so_once(village: Station):
    village.wall.turn(days=365)
    early = a_case(village)
    village.wall.turn(days=-365)
    with pytest.raises(ClockBehind):
        a_case(village)
    confirm_clock(village.store)
    for days in (0, 0, 1, 30, 100, 240):
        village.wall.turn(days=days)
        subject = a_case(village, name=f"第{days}日")
        assert act(village, subject, "forward").state is State.IN_TRANSIT
    assert act(village, early, "forward").state is State.IN_TRANSIT
    assert verify(village.store).ok


def test_a_clock_that_falls_back_again_is_asked_about_again(village: Station):
    village.wall.turn(days=365)
    a_case(village)
    village.wall.turn(days=-365)
    confirm_clock(village.store)
    a_case(village)
    village.wall.turn(days=-2)
    with pytest.raises(ClockBehind):
        a_case(village)
    village.wall.turn(days=2 + 365 + 10)
    a_case(village)  # the time of the early entry has come and gone
    village.wall.turn(days=-5)
    with pytest.raises(ClockBehind):
        a_case(village)


def test_a_year_that_was_confirmed_wrongly_does_not_outlast_its_correction(village: Station):
    a_case(village)
    village.wall.turn(days=-4000)
    confirm_clock(village.store)
    a_case(village)
    village.wall.turn(days=4002)
    a_case(village)
    village.wall.turn(days=-4000)
    with pytest.raises(ClockBehind):
        a_case(village)
