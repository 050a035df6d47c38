"""Which cases a list shows: conditions on their rows, and how the database finds the first page without reading all.

One condition leads: the database looks its cases up, and asks the others of each.
The one that the fewest cases meet is best; where all are met by thousands,
the list is read in its own order, and a page of them is soon together.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from app.store.database import Database

_FEW = 5_000
"""Cases that may be sorted for a page."""


class Condition(NamedTuple):
    """`sql` is ours, never a user's making; each column in it is written `{0}column`.

    `indexed`: the database can look its cases up. `newest_first`: they come in the order of the list.
    """

    sql: str
    parameters: tuple[object, ...] = ()
    indexed: bool = False
    newest_first: bool = False


class Order(StrEnum):
    """`PRESSING`: urgent ones and those of the green channel first, each part by the day it is due."""

    NEWEST = "newest"
    DUE = "due"
    PRESSING = "pressing"


class Place(NamedTuple):
    """The last case of a page. In the order of due days, those on which no clock runs come last."""

    due: str | None
    n: int
    pressing: bool = False
    """Whether it is urgent or of the green channel."""


_PRESSING = Condition("({0}urgent OR {0}green)")
_ORDINARY = Condition("NOT ({0}urgent OR {0}green)")


def places(
    db: Database, conditions: Sequence[Condition], order: Order, after: Place | None, limit: int
) -> list[int]:
    """The cases of a page, in their order."""
    if order is Order.PRESSING:
        return _pressing_first(db, conditions, after, limit)
    leader = _leader(db, conditions, order)
    if order is Order.NEWEST:
        return _newest(db, [*conditions, *_below(after)], leader, limit)
    found: list[int] = []
    if after is None or after.due is not None:
        found = _due(db, [*conditions, *_past(after)], leader, limit)
        after = None
    if len(found) < limit:
        without = Condition("{0}due IS NULL")
        found += _newest(db, [*conditions, without, *_below(after)], leader, limit - len(found))
    return found


def _pressing_first(
    db: Database, conditions: Sequence[Condition], after: Place | None, limit: int
) -> list[int]:
    found: list[int] = []
    if after is None or after.pressing:
        found = places(db, [*conditions, _PRESSING], Order.DUE, after, limit)
        after = None
    if len(found) < limit:
        rest = [*conditions, _ORDINARY]
        found += places(db, rest, Order.DUE, after, limit - len(found))
    return found


def count(db: Database, conditions: Sequence[Condition], most: int) -> int:
    """How many cases there are; `most` if that many or more."""
    where, parameters = _where(conditions, _leader(db, conditions, Order.NEWEST))
    (number,) = db.row(
        f"SELECT count(*) FROM (SELECT 1 FROM case_row WHERE {where} LIMIT ?)", (*parameters, most)
    )
    return int(number)


def _newest(
    db: Database, conditions: Sequence[Condition], leader: Condition | None, limit: int
) -> list[int]:
    where, parameters = _where(conditions, leader)
    rows = db.rows(
        f"SELECT n FROM case_row WHERE {where} ORDER BY n DESC LIMIT ?", (*parameters, limit)
    )
    return [n for (n,) in rows]


def _due(
    db: Database, conditions: Sequence[Condition], leader: Condition | None, limit: int
) -> list[int]:
    where, parameters = _where(conditions, leader)
    # The sign keeps the index of due days from leading where another condition does.
    order = "due, n" if leader is None else "+due, n"
    rows = db.rows(
        f"SELECT n FROM case_row WHERE {where} AND due IS NOT NULL ORDER BY {order} LIMIT ?",
        (*parameters, limit),
    )
    return [n for (n,) in rows]


def _below(after: Place | None) -> list[Condition]:
    return [] if after is None else [Condition("n < ?", (after.n,))]


def _past(after: Place | None) -> list[Condition]:
    return [] if after is None else [Condition("({0}due, {0}n) > (?, ?)", after[:2])]


def _leader(db: Database, conditions: Sequence[Condition], order: Order) -> Condition | None:
    """The condition by which to look cases up; None: the list itself is read."""
    indexed = [one for one in conditions if one.indexed]
    if len(indexed) == len(conditions) == 1 and indexed[0].newest_first and order is Order.NEWEST:
        return indexed[0]
    sizes = [_size(db, one) for one in indexed]
    if sizes and min(sizes) < _FEW:
        return indexed[sizes.index(min(sizes))]
    if order is Order.DUE:
        return None
    return next((one for one in indexed if one.newest_first), None)


def _size(db: Database, one: Condition) -> int:
    (number,) = db.row(
        f"SELECT count(*) FROM (SELECT 1 FROM case_row WHERE {one.sql.format('')} LIMIT ?)",
        (*one.parameters, _FEW),
    )
    return int(number)


def _where(
    conditions: Sequence[Condition], leader: Condition | None
) -> tuple[str, tuple[object, ...]]:
    # A plus before a column keeps an index from being used for it.
    words = [one.sql.format("" if one is leader else "+") for one in conditions]
    parameters = [value for one in conditions for value in one.parameters]
    return " AND ".join(words) or "1", tuple(parameters)
