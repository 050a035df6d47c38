"""Working days.

A year's arrangement is published by the State Council, usually the November before:
days off on weekdays, and weekends worked to make up for them.
A locality may add to it (Guangxi's two days of 三月三).
A year that nobody has published is counted on weekends alone, and the result is only expected.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import chain

import msgspec

from app.domain.faults import Faulty, shape_faults
from app.domain.regions import RegionCode

_SATURDAY = 5
_LARGEST_NOTICE_CHARACTERS = 64 * 1024
_LONGEST_HOLIDAY_DAYS = 31


class BadNotice(Faulty):
    """A year's arrangement that cannot be used; `faults` names everything that is wrong with it."""

    code = "bad_notice"


class CalendarYear(msgspec.Struct, frozen=True, array_like=True):
    """The national arrangement of one year, in single days.

    `off` are weekdays on which nobody works, `makeup` weekend days on which everybody does;
    ordinary weekends are not listed.
    A notice may reach a few days into the year before or after.
    """

    year: int
    off: tuple[date, ...]
    makeup: tuple[date, ...]
    source: str


class Overlay(msgspec.Struct, frozen=True, array_like=True):
    """Days that a region adds to, or takes from, the national arrangement."""

    region: RegionCode
    off: tuple[date, ...]
    makeup: tuple[date, ...]
    source: str


class WorkCalendar:
    """Which days are working days, for one region: its overlays are chosen by the caller.

    Of two arrangements for one year the later given counts; overlays are laid on in their order.
    """

    def __init__(
        self, years: Iterable[CalendarYear] = (), overlays: Iterable[Overlay] = ()
    ) -> None:
        by_year = {year.year: year for year in years}
        self._known = frozenset(by_year)
        self._exceptions: dict[date, bool] = {}
        layers: tuple[CalendarYear | Overlay, ...] = (*by_year.values(), *overlays)
        for layer in layers:
            self._exceptions.update(dict.fromkeys(layer.off, False))
            self._exceptions.update(dict.fromkeys(layer.makeup, True))
        self._workdays_by_year: dict[int, tuple[int, ...]] = {}

    def knows(self, year: int) -> bool:
        """Whether the year's arrangement is published; an overlay alone does not make it so."""
        return year in self._known

    def is_workday(self, day: date) -> bool:
        """Whether offices are open on this day."""
        exception = self._exceptions.get(day)
        return day.weekday() < _SATURDAY if exception is None else exception

    def workdays_after(self, start: date, through: date) -> int:
        """Count the working days after `start`, up to and with `through`; 0 if there are none."""
        if through <= start:
            return 0
        return sum(
            bisect_right(days, through.toordinal()) - bisect_right(days, start.toordinal())
            for days in map(self._workdays, range(start.year, through.year + 1))
        )

    def workday_after(self, start: date, number: int) -> date:
        """The `number`-th (from 1) working day after `start`.

        A count that runs out of the years that a date can write ends on the last day of them.
        """
        left = number
        for year in range(start.year, date.max.year + 1):
            days = self._workdays(year)
            passed = bisect_right(days, start.toordinal())
            if passed + left <= len(days):
                return date.fromordinal(days[passed + left - 1])
            left -= len(days) - passed
        return date.max

    def _workdays(self, year: int) -> tuple[int, ...]:
        """The ordinals of a year's working days, in order."""
        days = self._workdays_by_year.get(year)
        if days is None:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            every = map(date.fromordinal, range(first, last + 1))
            days = tuple(day.toordinal() for day in every if self.is_workday(day))
            self._workdays_by_year[year] = days
        return days


def packaged_years(first: int, last: int) -> tuple[CalendarYear, ...]:
    """The arrangements that chinesecalendar has of the years from `first` to `last`."""
    from chinese_calendar import constants  # only set-up and the centre have a use for it

    worked = frozenset(constants.workdays)
    off = [day for day in constants.holidays if day not in worked and day.weekday() < _SATURDAY]
    makeup = [day for day in worked if day.weekday() >= _SATURDAY]
    known = sorted({day.year for day in constants.holidays} & set(range(first, last + 1)))
    return tuple(
        CalendarYear(
            year=year,
            off=tuple(sorted(day for day in off if day.year == year)),
            makeup=tuple(sorted(day for day in makeup if day.year == year)),
            source="chinesecalendar",
        )
        for year in known
    )


class _Notice(msgspec.Struct, frozen=True):
    """A year as typed from the State Council's notice; days off as ranges, first and last."""

    source: str
    year: int
    off: tuple[tuple[date, date], ...]
    makeup_workdays: tuple[date, ...]
    workdays_total: int | None = None


def read_notice(json_text: str | bytes) -> CalendarYear:
    """Read one year's notice: source, year, off (ranges), makeup_workdays, perhaps workdays_total.

    Raises BadNotice with every fault.
    """
    if len(json_text) > _LARGEST_NOTICE_CHARACTERS:
        raise BadNotice(["文件过大"])
    try:
        value = msgspec.json.decode(json_text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadNotice(["不是 JSON"]) from error
    faults = shape_faults(value, _Notice)
    if faults:
        raise BadNotice(faults)
    notice = msgspec.convert(value, _Notice)
    faults = list(_notice_faults(notice))
    if faults:
        raise BadNotice(faults)
    year = _single_days(notice)
    eve, last = date(year.year - 1, 12, 31), date(year.year, 12, 31)
    worked = WorkCalendar((year,)).workdays_after(eve, last)
    if notice.workdays_total not in (None, worked):
        raise BadNotice([f"workdays_total：应为 {worked}，实为 {notice.workdays_total}"])
    return year


def _notice_faults(notice: _Notice) -> Iterable[str]:
    if not date.min.year < notice.year < date.max.year:
        yield "year：不是年份"
        return
    for first, last in notice.off:
        if not timedelta(0) <= last - first < timedelta(days=_LONGEST_HOLIDAY_DAYS):
            yield f"off：{first} 至 {last} 不是一段假期"
    for day in chain(*notice.off, notice.makeup_workdays):
        if abs(day.year - notice.year) > 1:
            yield f"{day} 不属于 {notice.year} 年的安排"
    for day in notice.makeup_workdays:
        if day.weekday() < _SATURDAY:
            yield f"makeup_workdays：{day} 不是周末"
        if any(first <= day <= last for first, last in notice.off):
            yield f"{day} 既放假又上班"


def _single_days(notice: _Notice) -> CalendarYear:
    days = {
        first + timedelta(days=number)
        for first, last in notice.off
        for number in range((last - first).days + 1)
    }
    return CalendarYear(
        year=notice.year,
        off=tuple(sorted(day for day in days if day.weekday() < _SATURDAY)),
        makeup=tuple(sorted(set(notice.makeup_workdays))),
        source=notice.source,
    )
