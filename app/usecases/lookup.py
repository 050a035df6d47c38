"""Finding cases: by number, in lists, by what a person types."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from functools import lru_cache

import msgspec

from app.domain.case import Case, ClockName, State
from app.domain.events import is_known
from app.domain.history import Waiting, belonging
from app.domain.lights import Light, gravest, light
from app.domain.limits import days_left
from app.errors import Refused
from app.journal.entry import Entry
from app.journal.refs import DeviceId, Ref
from app.store import search
from app.store.rows import CaseRow
from app.store.store import Store
from app.store.transaction import CaseUnreadable

DUPLICATE_DAYS = 180
"""Two requests of one person for one item within so many days may be the same one."""


_SUBJECT = re.compile(r"([0-9a-f]{32}):([0-9]{1,15})")


class UnknownNumber(Refused):
    """No case here has this number (fact: number)."""

    code = "unknown_number"


class AmbiguousNumber(Refused):
    """Two cases bear this number (a cloned disk did that); name one by its entry.

    Facts: number, count, and cases: each with its applicant, day and entry.
    """

    code = "ambiguous_number"


class UnknownState(Refused):
    """Facts: state, and states, those there are."""

    code = "unknown_state"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a case stands today: the gravest light, and the clock that gives it (of several, the first to end)."""

    clock: ClockName | None
    due: date | None
    expected: bool
    days_left: int | None
    light: Light


def by_number(store: Store, number: str) -> CaseRow:
    """The case of a number that it bears or that was given to it without effect, or of its opening entry.

    Raises UnknownNumber, AmbiguousNumber.
    """
    subject = _SUBJECT.fullmatch(search.normal(number))
    if subject is not None:
        exact = store.rows.where(
            "subject_device = (SELECT n FROM device WHERE id = ?) AND subject_seq = ?",
            (DeviceId(bytes.fromhex(subject[1])), int(subject[2])),
        )
    else:
        exact = _bearing(store, search.number_term(number))
    if not exact:
        raise UnknownNumber(number=number)
    if len(exact) > 1:
        each = [f"{row.applicant} {row.received_on} {row.subject}" for row in exact]
        raise AmbiguousNumber(number=number, count=len(exact), cases="；".join(each))
    return exact[0]


def _bearing(store: Store, term: str) -> list[CaseRow]:
    return [
        row
        for row in store.rows.where("n IN (SELECT doc FROM case_term WHERE term = ?)", (term,))
        if term
        in map(
            search.number_term,
            (row.local_number, row.official_number or "", *row.other_numbers),
        )
    ]


def same_numbers(store: Store, rows: Collection[CaseRow]) -> set[str]:
    """The local numbers among these that two cases bear: only lives that continue one another can give one twice."""
    lineage = store.journal.lineage
    doubtful = {*lineage, *(origin.device for origin in lineage.values())}
    if not any(row.subject.device in doubtful for row in rows):
        return set()
    return store.rows.numbers_given_twice(doubtful)


def case_of(store: Store, row: CaseRow) -> Case:
    """The whole case behind a row. Raises CaseUnreadable."""
    told = store.case(row.subject)
    if not isinstance(told, Case):
        raise CaseUnreadable(missing=told.missing if isinstance(told, Waiting) else "refused")
    return told


def listed(
    store: Store, *, state: str | None = None, limit: int = 100, offset: int = 0
) -> list[CaseRow]:
    """Cases, newest first, of one state (its name or its label) or all. Raises UnknownState."""
    if state is None:
        return store.rows.where("1", limit=limit, offset=offset)
    named = state_named(state)
    return store.rows.where("state = ?", (named.value,), limit=limit, offset=offset)


def state_named(text: str) -> State:
    """Raises UnknownState."""
    for state in State:
        if text.strip().lower() in (state.value, state.label):
            return state
    states = "、".join(f"{state.value}（{state.label}）" for state in State)
    raise UnknownState(state=text, states=states)


def without_effect(store: Store) -> dict[Ref, CaseRow]:
    """Acts of this device that have no effect, since somebody else's was read first; each with its case."""
    own = set(store.journal.lives_of(store.device))
    rows = store.rows.where("out_of_place > 0", limit=-1)
    return {ref: row for row in rows for ref in row.misfits if ref.device in own}


def found(store: Store, text: str, *, limit: int = 20) -> list[CaseRow]:
    """Cases by number, name, pinyin (initials or whole), identity number, telephone, item name or former name."""
    return store.rows.found(text, items=_items_named(store, text), limit=limit)


def standing(store: Store, row: CaseRow, today: date) -> Standing:
    """Lights are computed when they are looked at: a row keeps days, not colours."""
    calendar = store.publications.calendar(store.region)
    left = {clock.name: days_left(today, clock.due, clock.unit, calendar) for clock in row.clocks}
    licence = _is_licence(store, row)
    lights = {name: light(name, days, licence=licence) for name, days in left.items()}
    gravity = tuple(Light).index
    first = min(
        row.clocks, key=lambda clock: (-gravity(lights[clock.name]), clock.due), default=None
    )
    return Standing(
        clock=first.name if first else None,
        due=first.due if first else None,
        expected=bool(first and first.expected),
        days_left=left[first.name] if first else None,
        light=gravest(lights.values()),
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
    mine = {one.ref for one in belonging(entries)}
    why = {one.ref: "needs_upgrade" for one in entries if not is_known(one.kind, one.version)}
    why |= {one.ref: "other_region" for one in entries if one.ref not in mine}
    if isinstance(case, Case):
        why |= {one.ref: one.code for one in case.out_of_place}
        why |= {one.ref: "waiting" for one in waiting}
    else:
        why |= {one.ref: "waiting" for one in entries}
    why |= dict.fromkeys(store.journal.refused([one.ref for one in entries]), "refused")
    return [(one, why.get(one.ref)) for one in (*ordered, *waiting)]


def _items_named(store: Store, text: str) -> list[str]:
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


def _is_licence(store: Store, row: CaseRow) -> bool:
    return store.publications.item(row.item, row.item_version).licence
