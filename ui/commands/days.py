"""Days as they are typed: 2026-11-21."""

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
