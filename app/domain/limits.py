"""Time limits in working or natural days.

The day on which a clock starts is not counted (民法典 art. 201).
A limit in natural days that ends on a day off moves to the next working day (民法典 art. 203).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from app.domain.calendar import WorkCalendar

Pause = tuple[date, date | None]


class Unit(StrEnum):
    """What a limit counts."""

    WORKING = "working"
    NATURAL = "natural"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {Unit.WORKING: "个工作日", Unit.NATURAL: "日"}[self]


class Deadline(msgspec.Struct, frozen=True):
    """The last day on time; `expected` if a year that matters is not published yet."""

    due: date
    expected: bool


def deadline(
    start: date,
    days: int,
    unit: Unit,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
) -> Deadline | None:
    """The last day of a limit of `days` that started on `start`; None while a pause is open.

    A pause is (the day it began, the day it ended or None):
    the day it began is used up, the day it ended is a new day 0,
    so that the days after the first up to and with the second do not count.
    A limit that had run out before a pause began is not moved by it.
    A limit of 0 days ends on the day it starts, whatever day that is.
    """
    if days <= 0:
        return Deadline(due=start, expected=False)
    used_up = start  # everything up to here is counted
    left = days
    for began, ended in sorted(pauses, key=_by_first_day):
        if ended is not None and ended <= max(began, used_up):
            continue
        running = _count(used_up, max(began, used_up), unit, calendar)
        if running >= left:
            break
        if ended is None:
            return None
        left -= running
        used_up = ended
    if unit is Unit.WORKING:
        due = calendar.workday_after(used_up, left)
        return Deadline(due=due, expected=_expected(_days_later(start, 1), due, calendar))
    last = _days_later(used_up, left)
    moved = _moved_to_workday(last, calendar, pauses)
    if moved is None:
        return None
    return Deadline(due=moved, expected=_expected(last, moved, calendar))


def days_left(today: date, due: date, unit: Unit, calendar: WorkCalendar) -> int:
    """Days until `due`: 0 on the day itself, negative when late.

    In working days, a day off after the last day is late already (-1),
    and a last day that lies ahead is never 0.
    """
    if today == due:
        return 0
    if today < due:
        return max(1, _count(today, due, unit, calendar))
    return -max(1, _count(due, today, unit, calendar))


def _count(start: date, through: date, unit: Unit, calendar: WorkCalendar) -> int:
    if unit is Unit.NATURAL:
        return (through - start).days
    return calendar.workdays_after(start, through)


def _moved_to_workday(last: date, calendar: WorkCalendar, pauses: Sequence[Pause]) -> date | None:
    """The first working day from `last` on that no pause covers; None if an open pause does."""
    day = last
    while True:
        if not calendar.is_workday(day):
            day = calendar.workday_after(day, 1)
        covering = [
            pause for pause in pauses if pause[0] < day and (pause[1] is None or day <= pause[1])
        ]
        if not covering or day == date.max:
            return day
        ends = [ended for _, ended in covering if ended is not None]
        if len(ends) < len(covering):
            return None
        day = _days_later(max(ends), 1)


def _expected(first: date, last: date, calendar: WorkCalendar) -> bool:
    return not all(map(calendar.knows, range(first.year, last.year + 1)))


def _days_later(day: date, days: int) -> date:
    """Clamped to the last day that a date can write: a hostile date is no reason to fall over."""
    return day + min(timedelta(days=days), date.max - day)


def _by_first_day(pause: Pause) -> tuple[date, date]:
    return pause[0], pause[1] or date.max
