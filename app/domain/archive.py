"""Archived files (档案): their numbers, and how long they are kept. Source: DA/T 22—2015 归档文件整理规则."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import msgspec

from app.domain.items import Retention

_YEARS: Final = {Retention.TEN_YEARS: 10, Retention.THIRTY_YEARS: 30, Retention.PERMANENT: None}
_CODES: Final = {
    Retention.PERMANENT: "Y",
    Retention.THIRTY_YEARS: "D30",
    Retention.TEN_YEARS: "D10",
}
_LABELS: Final = {
    Retention.PERMANENT: "永久",
    Retention.THIRTY_YEARS: "30年",
    Retention.TEN_YEARS: "10年",
}
_NUMBER: Final = re.compile(r"([0-9]{4})-(Y|D30|D10)-([A-Z]{1,4}[1-9][0-9]{0,5})-([0-9]{4,9})")


class ArchiveNumber(msgspec.Struct, frozen=True, kw_only=True):
    """档号 as 年度-保管期限-件号: 2026-D10-A2-0001.

    `running` counts from 1 in each slot, so two computers of a station never give one number twice.
    """

    year: int
    retention: Retention
    slot: str
    running: int

    @property
    def text(self) -> str:
        return f"{series(self.year, self.retention, self.slot)}{self.running:04}"

    @classmethod
    def read(cls, text: str) -> ArchiveNumber | None:
        """None for a number of somebody's own making, which is as good."""
        found = _NUMBER.fullmatch(text.strip())
        if found is None:
            return None
        year, code, slot, running = found.groups()
        retention = next(one for one, known in _CODES.items() if known == code)
        return cls(year=int(year), retention=retention, slot=slot, running=int(running))


def series(year: int, retention: Retention, slot: str) -> str:
    """What the numbers of a year, a period and a slot begin with."""
    return f"{year}-{_CODES[retention]}-{slot}-"


def period_label(retention: Retention) -> str:
    """The Chinese for screens and paper."""
    return _LABELS[retention]


def period_end(archived_on: date, retention: Retention) -> date | None:
    """The last day of a file's period; None if it is kept for ever.

    The period counts from the year after that in which the file was archived.
    """
    years = _YEARS[retention]
    return None if years is None else date(min(archived_on.year + years, date.max.year), 12, 31)


def longest(*periods: Retention | None) -> Retention | None:
    """The longest of these; None if none is said."""
    order = list(_YEARS)
    return max((one for one in periods if one is not None), key=order.index, default=None)
