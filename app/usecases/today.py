"""The legal day: China's, whatever zone the machine is set to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from app.store.store import Store

CHINA = timezone(timedelta(hours=8), "UTC+8")


def today(store: Store) -> date:
    return day_of(store.wall())


def day_of(ms: int) -> date:
    """The day in China of a time in milliseconds since 1970."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(CHINA).date()
