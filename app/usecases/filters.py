"""What a list of cases is to show, as a person chooses it, and the same as conditions on rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import msgspec

from app.domain.case import State
from app.domain.regions import Region
from app.domain.tasks import TaskKind, present
from app.journal.refs import Ref
from app.store import finding, search
from app.store.selection import Condition, Order
from app.store.store import Store
from app.usecases import whereabouts
from app.usecases.whereabouts import Whereabouts

SOON_DAYS = 2
UNJUDGED = "n IN (SELECT case_n FROM duplicate_row WHERE judged = 'open')"
"""Cases that may repeat another, while nobody has said whether they do."""


class DueLight(StrEnum):
    """When the first clock of a case ends: before today, today, in the next two working days, by this Sunday."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    WEEK = "week"


class CaseFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is to show; what is not named is not asked.

    `station` received the papers, `place` holds them. `mine`: this station has something to do; `task`: just that.
    `awaiting_supplement`: returned for defects, wherever below; `text`: as in `found`.
    `beside`: something beside the way of the case waits for this station. `owners`: whose matter it is.
    `carded`: a card on it was not withdrawn. `part_of`: the parts of a joint handling; `visit`: the cases of one visit.
    `duplicate`: it may repeat another, and nobody has said yet, or it does; `unjudged`: only the former.
    """

    states: tuple[State, ...] = ()
    item: str | None = None
    station: str | None = None
    place: str | None = None
    light: DueLight | None = None
    where: Whereabouts | None = None
    task: TaskKind | None = None
    text: str = ""
    urgent: bool = False
    mine: bool = False
    awaiting_supplement: bool = False
    duplicate: bool = False
    beside: TaskKind | None = None
    owners: tuple[Ref, ...] = ()
    green: bool = False
    carded: bool = False
    part_of: Ref | None = None
    visit: Ref | None = None
    unjudged: bool = False
    order: Order = Order.NEWEST


def stations(store: Store) -> list[Region]:
    """The regions whose stations may have received a case that is here: one's own and those below."""
    tree = store.publications.tree
    own = present(store.publications, store.region)
    return [row for row in tree.rows if row.successor is None and tree.under(row.code, own)]


def conditions(store: Store, wanted: CaseFilter, today: date) -> list[Condition]:
    """The filter as conditions, those that few cases meet first."""
    found: list[Condition] = []
    own = present(store.publications, store.region)
    if wanted.text.strip():
        query, parameters = finding.query(
            store.database, wanted.text, items_named(store, wanted.text)
        )
        found.append(Condition(f"{{0}}n IN ({query})", parameters, indexed=True))
    if wanted.task is not None:
        words = "{0}todo_at = ? AND {0}todo = ? AND {0}todo <> ''"
        found.append(Condition(words, (own, wanted.task.value), indexed=True))
    if wanted.mine:
        words = "{0}todo_at = ? AND {0}todo <> ''"
        found.append(Condition(words, (own,), indexed=True))
    if wanted.awaiting_supplement:
        words = "{0}todo = 'supply' AND {0}notices > 0"
        found.append(Condition(words, (), indexed=True, newest_first=True))
    if wanted.unjudged:
        found.append(Condition("{0}" + UNJUDGED, (), indexed=True))
    if wanted.duplicate:
        words = "{0}n IN (SELECT case_n FROM duplicate_row WHERE judged <> 'different')"
        found.append(Condition(words, (), indexed=True))
    if wanted.where is not None:
        found.append(whereabouts.condition(store, wanted.where))
    if wanted.light is not None:
        found.append(_falling(store, wanted.light, today))
    if wanted.urgent:
        found.append(Condition("{0}urgent", (), indexed=True, newest_first=True))
    found += _of_care(wanted, own)
    if wanted.item is not None:
        found.append(_among("item", [wanted.item]))
    if wanted.station is not None:
        found.append(_among("station", codes_at(store, wanted.station)))
    if wanted.place is not None:
        found.append(_among("place", codes_at(store, wanted.place)))
    if wanted.states:
        found.append(_among("state", [state.value for state in wanted.states]))
    elif not (wanted.text.strip() or _is_about_open(wanted)):
        # What was destroyed is found by its number, or in its own register.
        found.append(Condition("{0}state <> 'destroyed'"))
    return found


def _is_about_open(wanted: CaseFilter) -> bool:
    """Whether nothing that was destroyed can meet it anyway."""
    return bool(
        wanted.task
        or wanted.mine
        or wanted.awaiting_supplement
        or wanted.light
        or wanted.urgent
        or wanted.duplicate
        or wanted.unjudged
    )


def _of_care(wanted: CaseFilter, own: str) -> list[Condition]:
    """Whose it is, what it belongs to, what waits beside its way."""
    found: list[Condition] = []
    if wanted.beside is not None:
        words = "{0}n IN (SELECT case_n FROM side_task WHERE at = ? AND kind = ?)"
        found.append(Condition(words, (own, wanted.beside.value), indexed=True))
    if wanted.owners:
        marks = ", ".join("?" * len(wanted.owners))
        words = f"{{0}}owner IN ({marks}) AND {{0}}owner <> ''"
        found.append(Condition(words, tuple(map(str, wanted.owners)), indexed=True))
    if wanted.part_of is not None:
        words = "{0}parent = ? AND {0}parent <> ''"
        found.append(Condition(words, (str(wanted.part_of),), indexed=True))
    if wanted.visit is not None:
        words = "{0}visit = ? AND {0}visit <> ''"
        found.append(Condition(words, (str(wanted.visit),), indexed=True))
    if wanted.green:
        found.append(Condition("{0}green", (), indexed=True, newest_first=True))
    if wanted.carded:
        words = "{0}n IN (SELECT case_n FROM card_row WHERE state <> 'withdrawn')"
        found.append(Condition(words, (), indexed=True))
    return found


def _among(column: str, values: Sequence[str]) -> Condition:
    words = f"{{0}}{column} IN ({', '.join('?' * len(values))})"
    if len(values) == 1:
        words = f"{{0}}{column} = ?"
    return Condition(words, tuple(values), indexed=True, newest_first=len(values) == 1)


def codes_at(store: Store, region: str) -> list[str]:
    """A region and those that were merged into it, which old cases still name."""
    merged = [
        row.code
        for row in store.publications.tree.rows
        if row.successor is not None and present(store.publications, row.code) == region
    ]
    return [region, *merged]


def _falling(store: Store, asked: DueLight, today: date) -> Condition:
    first = last = today
    match asked:
        case DueLight.LATE:
            first, last = date.min, today - timedelta(days=1)
        case DueLight.SOON:
            calendar = store.publications.calendar(store.region)
            first, last = today + timedelta(days=1), calendar.workday_after(today, SOON_DAYS)
        case DueLight.WEEK:
            last = today + timedelta(days=6 - today.weekday())
    return Condition(
        "{0}due >= ? AND {0}due <= ?", (first.isoformat(), last.isoformat()), indexed=True
    )


def items_named(store: Store, text: str) -> list[str]:
    """The ids of the items that a text is, or is part of the name of."""
    plain = search.normal(text)
    if not plain or not any(one.isalpha() for one in plain):
        return []  # no item is called by digits alone
    return [
        item.id
        for versions in store.publications.items.values()
        for item in versions[-1:]
        if item.id.casefold() == plain
        or any(plain in _normal(name) for name in (item.name, *item.aliases))
    ]


@lru_cache(maxsize=4096)
def _normal(name: str) -> str:
    """The catalogue's names are the same at each search."""
    return search.normal(name)
