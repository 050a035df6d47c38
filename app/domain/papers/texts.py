"""Sentences and dates as they stand on paper."""

from __future__ import annotations

from datetime import date
from typing import Final

NOT_ACCEPTANCE: Final = "本回执不代表受理。"
"""A receipt made at a counter must say that the authority's acceptance is another act."""


def chinese_date(day: date) -> str:
    """2026年11月21日: Arabic figures, no padding zeros. Source: GB/T 9704, 7.3.5.4."""
    return f"{day.year}年{day.month}月{day.day}日"


def remedies_text(
    *,
    reconsider_to: str,
    sue_in: str,
    reconsider_days: int = 60,
    suit_months: int = 6,
    against: str = "本决定",
) -> str:
    """The remedies in words. The periods are the district's to configure."""
    return (
        f"如不服{against}，可以自收到本文书之日起{reconsider_days}日内向{reconsider_to}申请行政复议，"
        f"或者自收到本文书之日起{suit_months}个月内向{sue_in}提起行政诉讼。"
    )
