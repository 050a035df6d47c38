"""Days as they are typed, 2026-11-21, and as they are said: 2026年11月21日."""

from __future__ import annotations

from datetime import date, datetime

import click


class DayType(click.ParamType[date]):
    """A day in China's calendar."""

    name = "day"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-11-21", param, ctx)


DAY = DayType()


def day(one: date) -> str:
    """2026年11月21日."""
    return f"{one.year}年{one.month}月{one.day}日"


def minute(stamp: str) -> str:
    """2026年11月21日 09:05, from the moment that stands in a document: 2026-11-21T09:05:00+08:00."""
    at = datetime.fromisoformat(stamp)
    return f"{day(at.date())} {at.hour:02}:{at.minute:02}"
