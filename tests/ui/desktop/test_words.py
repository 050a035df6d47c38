"""Days, limits and sizes read as ui.md writes them."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.limits import Unit
from ui.desktop import words

SATURDAY = date(2026, 11, 21)
NINE_FORTY_MS = 1_795_225_200_000  # 2026-11-21 09:40 in China


def test_days_are_written_in_full_and_short() -> None:
    assert words.day(SATURDAY) == "2026年11月21日"
    assert words.short_day(SATURDAY) == "11-21 周六"


@pytest.mark.parametrize(
    ("count", "unit", "text"),
    [
        (3, Unit.WORKING, "剩余 3 个工作日"),
        (0, Unit.WORKING, "今天到期"),
        (-2, Unit.NATURAL, "超期 2 天"),
        (-2, Unit.WORKING, "超期 2 个工作日"),
    ],
)
def test_a_limit_says_how_much_is_left(count: int, unit: Unit, text: str) -> None:
    assert words.left(count, unit) == text


def test_a_moment_is_as_short_as_its_day_allows() -> None:
    assert words.moment(NINE_FORTY_MS, SATURDAY) == "09:40"
    assert words.moment(NINE_FORTY_MS, date(2026, 12, 1)) == "11-21 09:40"
    assert words.moment(NINE_FORTY_MS, date(2027, 1, 1)) == "2026-11-21 09:40"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "不到 1 分钟"), (60, "1 分钟"), (7300, "2 小时"), (200_000, "2 天")],
)
def test_spans_are_rounded_down_to_one_unit(seconds: int, text: str) -> None:
    assert words.ago(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"), [(640, "640 字节"), (1229, "1.2 KB"), (3_565_158, "3.4 MB")]
)
def test_sizes_have_one_decimal(count: int, text: str) -> None:
    assert words.size(count) == text
