"""Filters that somebody has given a name, to come back to: rows of this computer, each its operator's own."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.domain.names import plain
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.store import saved_filters
from app.store.finding import LONGEST
from app.store.store import Store
from app.usecases import staff
from app.usecases.filters import CaseFilter

MOST = 30
_LONGEST = 20  # characters of a name, which stands on a button


class BadFilterName(Refused):
    """Empty, too long, or given twice (facts: name, why: empty, long, twice)."""

    code = "bad_filter_name"


class TooManyFilters(Refused):
    """Fact: most."""

    code = "too_many_filters"


class SavedFilter(msgspec.Struct, frozen=True, kw_only=True):
    """`wanted` names the owners of today where the filter says 我负责的: who stands in for whom changes."""

    n: int
    name: str
    wanted: CaseFilter


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """As it lies in the table; `own` stands for whoever one acts for on the day it is used."""

    wanted: CaseFilter
    own: bool = False


def save(store: Store, name: str, wanted: CaseFilter, *, by: OperatorCard) -> None:
    """Keep a filter under a name, in place of the one that had it. Raises BadFilterName, TooManyFilters."""
    called = _checked(name)
    kept = _Kept(
        wanted=msgspec.structs.replace(wanted, owners=(), text=plain(wanted.text)[:LONGEST]),
        own=bool(wanted.owners),
    )
    with store.changing():
        before = [one.name for one in saved_filters.of(store, by.ref)]
        if called not in before and len(before) >= MOST:
            raise TooManyFilters(most=MOST)
        saved_filters.put(store, by.ref, called, msgspec.json.encode(kept))


def arrange(store: Store, wanted: Sequence[tuple[int, str]], *, by: OperatorCard) -> None:
    """Keep exactly these (number and name), in this order: what is not named goes. Raises BadFilterName."""
    named = [(n, _checked(name)) for n, name in wanted]
    names = [name for _, name in named]
    for name in names:
        if names.count(name) > 1:
            raise BadFilterName(name=name, why="twice")
    with store.changing():
        saved_filters.arrange(store, by.ref, named)


def of_operator(store: Store, by: OperatorCard) -> list[SavedFilter]:
    """In the order in which they were put; what an older program cannot read is left out."""
    found = []
    for row in saved_filters.of(store, by.ref):
        try:
            kept = msgspec.json.decode(row.form, type=_Kept)
        except msgspec.DecodeError:  # another version's
            continue
        wanted = kept.wanted
        if kept.own:
            wanted = msgspec.structs.replace(wanted, owners=staff.acting_for(store, by))
        found.append(SavedFilter(n=row.n, name=row.name, wanted=wanted))
    return found


def _checked(name: str) -> str:
    called = plain(name)
    if not called:
        raise BadFilterName(name=name, why="empty")
    if len(called) > _LONGEST:
        raise BadFilterName(name=called, why="long")
    return called
