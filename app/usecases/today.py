"""The legal day: China's, whatever zone the machine is set to.

A clock that was reset (a flat battery, a wrong year) would put false days into documents.
So nobody acts while it is more than a day behind one's own last entry, until a person says that it is right:
then it was the earlier one that ran ahead.
"""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain.days import day_of
from app.errors import Refused
from app.journal import clock
from app.store.store import Store

_CONFIRMED = "clock_confirmed"


class ClockBehind(Refused):
    """The clock is more than a day behind one's own last entry (facts: today, last)."""

    code = "clock_behind"


class _Confirmed(msgspec.Struct, frozen=True, array_like=True):
    """At `wall_ms` a person said that the clock was right, while the last entry's was `ahead_ms`."""

    wall_ms: int
    ahead_ms: int


def today(store: Store) -> date:
    """The day of an act. Raises ClockBehind."""
    last = last_if_ahead(store)
    if last is not None:
        raise ClockBehind(today=shown_today(store).isoformat(), last=last.isoformat())
    return shown_today(store)


def shown_today(store: Store) -> date:
    """The day by the clock, for whoever only looks."""
    return day_of(store.wall())


def last_if_ahead(store: Store) -> date | None:
    """The day of one's own last entry if the clock cannot be right after it; None if all is well."""
    last_ms = _known_ms(store)
    return day_of(last_ms) if store.wall() < last_ms - clock.DAY_MS else None


def confirm_clock(store: Store) -> None:
    """A person says that the clock is right; until it falls back again, nobody is asked any more."""
    said = _Confirmed(wall_ms=store.wall(), ahead_ms=clock.wall_ms(store.head().clock))
    store.remember(_CONFIRMED, msgspec.msgpack.encode(said))


def _known_ms(store: Store) -> int:
    """A time that is surely past: one's own last entry's, or when the clock was last said to be right.

    Entries after one from the future only count on from it (`app.journal.clock`),
    so until that time has come they say nothing about the clock.
    """
    last_ms = clock.wall_ms(store.head().clock)
    noted = store.recall(_CONFIRMED)
    if noted is None:
        return last_ms
    said = msgspec.msgpack.decode(noted, type=_Confirmed)
    return said.wall_ms if last_ms <= said.ahead_ms + clock.DAY_MS else last_ms
