"""Days as people write them."""

from datetime import date

from ui.commands.days import day, minute


def test_a_day_is_said_with_its_year_month_and_day():
    assert day(date(2026, 1, 5)) == "2026年1月5日"


def test_a_moment_is_said_to_the_minute():
    assert minute("2026-11-21T09:05:59+08:00") == "2026年11月21日 09:05"
