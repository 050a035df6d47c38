"""The legal day is China's."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.usecases.today import day_of


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def test_a_day_begins_at_four_in_the_afternoon_of_greenwich():
    midnight = datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert day_of(ms(midnight)) == date(2026, 11, 21)
    assert day_of(ms(midnight) - 1) == date(2026, 11, 20)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2999, 1, 1)))  # noqa: DTZ001 - made aware below
def test_it_is_eight_hours_ahead_all_the_year(moment: datetime):
    assert day_of(ms(moment.replace(tzinfo=UTC))) == (moment + timedelta(hours=8)).date()
