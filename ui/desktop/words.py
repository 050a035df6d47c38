"""Days, limits, money and sizes as people read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.days import CHINA
from app.domain.limits import Unit

_WEEKDAYS: Final = "一二三四五六日"
_KIB: Final = 1024


def _tr(text: str) -> str:
    return QCoreApplication.translate("words", text)


def day(one: date) -> str:
    """2026年11月21日."""
    return f"{one.year}年{one.month}月{one.day}日"


def short_day(one: date) -> str:
    """11-21 周六."""
    return f"{one:%m-%d} 周{_WEEKDAYS[one.weekday()]}"


def bare_day(one: date) -> str:
    """11-21."""
    return f"{one:%m-%d}"


def at(ms: int) -> datetime:
    """A time in milliseconds since 1970, as China's clocks show it."""
    return datetime.fromtimestamp(ms / 1000, CHINA)


def moment(ms: int, today: date) -> str:
    """09:40 of today, 11-21 09:40 of this year, 2025-11-21 09:40 of another."""
    when = at(ms)
    if when.date() == today:
        return f"{when:%H:%M}"
    return f"{when:%m-%d %H:%M}" if when.year == today.year else f"{when:%Y-%m-%d %H:%M}"


def ago(seconds: float) -> str:
    """不到 1 分钟, 12 分钟, 3 小时, 2 天."""
    minutes = int(seconds) // 60
    if minutes < 1:
        return _tr("不到 1 分钟")
    if minutes < 60:
        return _tr("{n} 分钟").format(n=minutes)
    if minutes < 24 * 60:
        return _tr("{n} 小时").format(n=minutes // 60)
    return _tr("{n} 天").format(n=minutes // (24 * 60))


def days(count: int, unit: Unit) -> str:
    """3 个工作日, 3 天."""
    text = _tr("{n} 个工作日") if unit is Unit.WORKING else _tr("{n} 天")
    return text.format(n=count)


def left(count: int, unit: Unit) -> str:
    """剩余 3 个工作日, 今天到期, 超期 2 天 (working days where the limit is in working days)."""
    if count == 0:
        return _tr("今天到期")
    text = _tr("剩余 {span}") if count > 0 else _tr("超期 {span}")
    return text.format(span=days(abs(count), unit))


def size(count: int) -> str:
    """640 字节, 1.2 KB, 3.4 MB."""
    if count < _KIB:
        return _tr("{n} 字节").format(n=count)
    if count < _KIB * _KIB:
        return f"{count / _KIB:.1f} KB"
    return f"{count / _KIB / _KIB:.1f} MB"
