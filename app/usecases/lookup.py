"""Finding cases: by number, in lists, by what a person types."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain.case import Case, ClockName, State
from app.domain.events import is_known
from app.domain.history import Waiting
from app.domain.lights import Light, gravest, light
from app.domain.limits import days_left
from app.errors import Refused
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store import search
from app.store.rows import CaseRow
from app.store.store import Store
from app.store.transaction import CaseUnreadable

DUPLICATE_DAYS = 180
"""Two requests of one person for one item within so many days may be the same one."""


class UnknownNumber(Refused):
    """No case here has this number."""

    code = "unknown_number"


class AmbiguousNumber(Refused):
    """Two cases bear this number (a cloned disk did that); name one by its entry."""

    code = "ambiguous_number"


class UnknownState(Refused):
    code = "unknown_state"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a case stands today: the clock that ends first, its days left, and the gravest light."""

    clock: ClockName | None
    due: date | None
    expected: bool
    days_left: int | None
    light: Light


def by_number(store: Store, number: str) -> CaseRow:
    """The case of a local or official number. Raises UnknownNumber, AmbiguousNumber."""
    asked = search.number_term(number)
    exact = [
        row
        for row in store.rows.where("n IN (SELECT doc FROM case_term WHERE term = ?)", (asked,))
        if asked in map(search.number_term, (row.local_number, row.official_number or ""))
    ]
    if not exact:
        raise UnknownNumber(number=number)
    if len(exact) > 1:
        raise AmbiguousNumber(number=number, cases=", ".join(str(row.subject) for row in exact))
    return exact[0]


def case_of(store: Store, row: CaseRow) -> Case:
    """The whole case behind a row. Raises CaseUnreadable."""
    told = store.case(row.subject)
    if not isinstance(told, Case):
        raise CaseUnreadable(missing=told.missing if isinstance(told, Waiting) else "refused")
    return told


def listed(
    store: Store, *, state: str | None = None, limit: int = 100, offset: int = 0
) -> list[CaseRow]:
    """Cases, newest first, of one state or all. Raises UnknownState."""
    if state is None:
        return store.rows.where("1", limit=limit, offset=offset)
    if state not in list(State):
        raise UnknownState(state=state, states=", ".join(State))
    return store.rows.where("state = ?", (state,), limit=limit, offset=offset)


def found(store: Store, text: str, *, limit: int = 20) -> list[CaseRow]:
    """Cases by number, name, pinyin (initials or whole), identity number, telephone, item name or former name."""
    return store.rows.found(text, items=_items_named(store, text), limit=limit)


def standing(store: Store, row: CaseRow, today: date) -> Standing:
    """Lights are computed when they are looked at: a row keeps days, not colours."""
    calendar = store.publications.calendar(store.region)
    left = {clock.name: days_left(today, clock.due, clock.unit, calendar) for clock in row.clocks}
    first = min(row.clocks, key=lambda clock: clock.due, default=None)
    licence = _is_licence(store, row)
    return Standing(
        clock=first.name if first else None,
        due=first.due if first else None,
        expected=bool(first and first.expected),
        days_left=left[first.name] if first else None,
        light=gravest(light(name, days, licence=licence) for name, days in left.items()),
    )


def duplicates(store: Store, row: CaseRow) -> list[CaseRow]:
    """Other requests of the same person for the same item, close in time; a person says which they are."""
    if not row.id_number:
        return []
    same = store.rows.where(
        "n IN (SELECT doc FROM case_term WHERE term = ?) AND item = ? AND id_number = ? AND n <> ?",
        (search.number_term(row.id_number), row.item, row.id_number, row.n),
    )
    return [
        other for other in same if abs((other.received_on - row.received_on).days) <= DUPLICATE_DAYS
    ]


def history(store: Store, subject: Ref) -> list[tuple[Entry, str | None]]:
    """Every entry of a case in reading order, each with why it has no effect, if it has none."""
    case = store.case(subject)
    entries = store.history(subject)
    ordered, waiting = store.reading_order(entries)
    why = {one.ref: "needs_upgrade" for one in entries if not is_known(one.kind, one.version)}
    if isinstance(case, Case):
        why |= {one.ref: one.code for one in case.out_of_place}
        why |= {one.ref: "waiting" for one in waiting}
    else:
        why |= {one.ref: "waiting" for one in entries}
    why |= dict.fromkeys(store.journal.refused([one.ref for one in entries]), "refused")
    return [(one, why.get(one.ref)) for one in (*ordered, *waiting)]


def _items_named(store: Store, text: str) -> list[str]:
    plain = search.normal(text)
    if not plain:
        return []
    return [
        item.id
        for versions in store.publications.items.values()
        for item in versions[-1:]
        if item.id.casefold() == plain
        or any(plain in search.normal(name) for name in (item.name, *item.aliases))
    ]


def _is_licence(store: Store, row: CaseRow) -> bool:
    return store.publications.item(row.item, row.item_version).licence
