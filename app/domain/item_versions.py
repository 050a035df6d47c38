"""The versions of one item and its withdrawals: which of them stands on a day.

A version stands from its effective day until the next one does; a later version stands in any case before an earlier.
A withdrawal ends whatever began before its day; a version that is published after it, from that day on or later,
brings the item back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from app.domain.items import Item


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """An item that ends on a day (取消), or is merged (并入) into another then; it ends versions up to `through`."""

    item: str
    on: date
    reason: str
    into: str
    through: int


def latest(versions: Sequence[Item], on: date) -> Item | None:
    """The last version that has taken effect by that day, withdrawn or not; `versions` by their numbers."""
    in_force = [one for one in versions if one.effective is None or one.effective <= on]
    return in_force[-1] if in_force else None


def withdrawal(
    versions: Sequence[Item], withdrawals: Sequence[Withdrawal], on: date
) -> Withdrawal | None:
    """Why the item is no longer there on that day; None if it is, or never was."""
    item = latest(versions, on)
    if item is None:
        return None
    ends = [one for one in withdrawals if one.on <= on and _ends(one, item)]
    return ends[-1] if ends else None


def coming_withdrawal(
    versions: Sequence[Item], withdrawals: Sequence[Withdrawal], on: date
) -> Withdrawal | None:
    """The withdrawal that will end the item after that day."""
    for one in sorted(withdrawals, key=lambda one: one.on):
        if one.on > on and withdrawal(versions, withdrawals, one.on) is one:
            return one
    return None


def _ends(one: Withdrawal, item: Item) -> bool:
    """A version that was published later and begins on that day or after it brings the item back."""
    return item.version <= one.through or item.effective is None or item.effective < one.on
