"""Which version of an item stands on a day, and when none does."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain import item_versions
from app.domain.item_versions import Withdrawal
from tests.builders import the_item

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)


def version(number: int, effective: date | None):
    return msgspec.structs.replace(the_item("IT001"), version=number, effective=effective)


def ended(on: date, through: int, into: str = "") -> Withdrawal:
    return Withdrawal(item="IT001", on=on, reason="并入", into=into, through=through)


def test_a_version_stands_from_its_day():
    versions = [version(1, None), version(2, DECEMBER)]
    assert item_versions.latest(versions, NOVEMBER) == versions[0]
    assert item_versions.latest(versions, DECEMBER) == versions[1]


def test_before_its_first_day_there_is_no_item():
    assert item_versions.latest([version(1, DECEMBER)], NOVEMBER) is None


def test_a_later_version_stands_before_an_earlier_one_that_would_begin_after_it():
    versions = [version(1, None), version(2, JANUARY), version(3, DECEMBER)]
    assert item_versions.latest(versions, JANUARY) == versions[2]


def test_a_withdrawal_counts_from_its_day():
    versions, ends = [version(1, None)], [ended(DECEMBER, 1)]
    assert item_versions.withdrawal(versions, ends, NOVEMBER) is None
    assert item_versions.coming_withdrawal(versions, ends, NOVEMBER) == ends[0]
    assert item_versions.withdrawal(versions, ends, DECEMBER) == ends[0]
    assert item_versions.coming_withdrawal(versions, ends, DECEMBER) is None


def test_a_version_published_later_and_from_a_later_day_brings_the_item_back():
    versions, ends = [version(1, None), version(2, JANUARY)], [ended(DECEMBER, 1)]
    assert item_versions.withdrawal(versions, ends, DECEMBER) == ends[0]
    assert item_versions.withdrawal(versions, ends, JANUARY) is None


def test_an_adjustment_before_the_day_does_not_undo_the_withdrawal():
    versions, ends = [version(1, None), version(2, DECEMBER)], [ended(JANUARY, 1)]
    assert item_versions.withdrawal(versions, ends, DECEMBER) is None
    assert item_versions.withdrawal(versions, ends, JANUARY) == ends[0]
    assert item_versions.coming_withdrawal(versions, ends, DECEMBER) == ends[0]


def test_a_version_that_was_there_before_does_not_survive_its_withdrawal():
    versions, ends = [version(1, None), version(2, JANUARY)], [ended(DECEMBER, 2)]
    assert item_versions.withdrawal(versions, ends, JANUARY) == ends[0]


def test_what_never_was_is_not_withdrawn():
    assert item_versions.withdrawal([], [ended(DECEMBER, 0)], JANUARY) is None
    assert item_versions.coming_withdrawal([], [ended(DECEMBER, 0)], NOVEMBER) is None
