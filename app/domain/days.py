"""The legal day: China's, whatever zone a machine is set to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from app.journal import clock

CHINA = timezone(timedelta(hours=8), "UTC+8")


def day_of(ms: int) -> date:
    """The day in China of a time in milliseconds since 1970."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(CHINA).date()


def day_at(at: int) -> date:
    """The day in China of an entry's hybrid clock; the last day there is for one that nobody could have lived."""
    try:
        return day_of(clock.wall_ms(at))
    except (OverflowError, ValueError, OSError):
        return date.max
