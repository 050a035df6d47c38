"""Finding cases: by number, in lists, by what a person types."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from app.domain.case import Case, State
from app.domain.clocks import ClockName
from app.domain.events import is_known
from app.domain.history import Waiting, belonging
from app.domain.lights import Light, Thresholds, gravest, light
from app.domain.limits import Unit, days_left
from app.errors import Refused
from app.journal.entry import Entry
from app.journal.refs import DeviceId, Ref
from app.store import search
from app.store.duplicates import Judged
from app.store.rows import CaseRow, ClockRow
from app.store.selection import Order as Order
from app.store.selection import Place as Place
from app.store.store import Store
from app.store.transaction import CaseUnreadable
from app.usecases import shared_numbers, whereabouts
from app.usecases.filters import UNJUDGED, conditions, items_named
from app.usecases.filters import CaseFilter as CaseFilter
from app.usecases.filters import DueLight as DueLight
from app.usecases.filters import stations as stations
from app.usecases.shared_numbers import same_numbers as same_numbers
from app.usecases.whereabouts import Whereabouts as Whereabouts

MOST_COUNTED = 10_000

_GRAVITY = {light: place for place, light in enumerate(Light)}
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
    """How a case stands today: the gravest light, and the clock that gives it (of several, the first to end).

    `days_left` are counted in `unit`.
    """

    clock: ClockName | None
    due: date | None
    expected: bool
    days_left: int | None
    unit: Unit | None
    light: Light


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A case in a list. `same_number`: another case bears its local number, and `number` tells it from that.

    `duplicate`: it may repeat another, or was found to.
    """

    row: CaseRow
    standing: Standing
    where: Whereabouts
    same_number: bool
    number: str
    duplicate: Judged | None


class CasePage(msgspec.Struct, frozen=True, kw_only=True):
    """`next` is where the following page begins; None if this is the last."""

    cases: tuple[Listed, ...]
    next: Place | None


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
        bare, life = shared_numbers.split(number)
        exact = shared_numbers.of_life(store, _bearing(store, search.number_term(bare)), life)
    if not exact:
        raise UnknownNumber(number=number)
    if len(exact) > 1:
        each = [
            f"{shared_numbers.told(store, row)} {row.applicant} {row.received_on} {row.subject}"
            for row in exact
        ]
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


def case_of(store: Store, row: CaseRow) -> Case:
    """The whole case behind a row. Raises CaseUnreadable."""
    told = store.case(row.subject)
    if not isinstance(told, Case):
        raise CaseUnreadable(missing=told.missing if isinstance(told, Waiting) else "refused")
    return told


def listed(
    store: Store,
    *,
    state: str | None = None,
    duplicates: bool = False,
    limit: int = 100,
    offset: int = 0,
) -> list[CaseRow]:
    """Cases, newest first, of one state (its name or its label) or all. Raises UnknownState.

    `duplicates`: those alone that may repeat another, while nobody has said whether they do.
    """
    # What was destroyed stands in its own register.
    words = "state <> 'destroyed'" if state is None else "state = ?"
    values = () if state is None else (state_named(state).value,)
    if duplicates:
        words += f" AND {UNJUDGED}"
    return store.rows.where(words, values, limit=limit, offset=offset)


def page(
    store: Store,
    wanted: CaseFilter,
    today: date,
    *,
    after: Place | None = None,
    limit: int = 100,
) -> CasePage:
    """The cases of a list after a place in it (`CasePage.next` of the page before), with all that a list shows."""
    rows = store.rows.page(conditions(store, wanted, today), wanted.order, after, limit + 1)
    shown = rows[:limit]
    twice = same_numbers(store, shown)
    there = whereabouts.of(store, shown)
    alike = store.rows.duplicates.marks([row.n for row in shown])
    cases = tuple(
        Listed(
            row=row,
            standing=standing,
            where=where,
            same_number=row.local_number in twice,
            number=shared_numbers.told(store, row, twice),
            duplicate=alike.get(row.n),
        )
        for row, standing, where in zip(shown, standings(store, shown, today), there, strict=True)
    )
    return CasePage(cases=cases, next=_place(shown[-1]) if len(rows) > limit else None)


def count(store: Store, wanted: CaseFilter, today: date) -> int:
    """How many cases a list has; MOST_COUNTED if that many or more."""
    return store.rows.count(conditions(store, wanted, today), MOST_COUNTED)


def _place(row: CaseRow) -> Place:
    due = None if row.due is None else row.due.isoformat()
    return Place(due, row.n, pressing=row.urgent or row.green)


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
    bare, life = shared_numbers.split(text)
    rows = store.rows.found(bare, items=items_named(store, text), limit=limit)
    return shared_numbers.of_life(store, rows, life)


def standing(store: Store, row: CaseRow, today: date) -> Standing:
    """Lights are computed when they are looked at: a row keeps days, not colours."""
    return standings(store, [row], today)[0]


def standings(store: Store, rows: Sequence[CaseRow], today: date) -> list[Standing]:
    """How each of these cases stands; what falls due on one day is counted once."""
    publications = store.publications
    calendar = publications.calendar(store.region)
    licences = {
        key: publications.item(*key).licence
        for key in {(one.item, one.item_version) for one in rows}
    }
    thresholds = publications.settings(today).thresholds
    ends = {(clock.due, clock.unit) for row in rows for clock in row.clocks if clock.due}
    left = {end: days_left(today, *end, calendar) for end in ends}
    return [_standing(row, left, thresholds, licences[row.item, row.item_version]) for row in rows]


def _standing(
    row: CaseRow, left: dict[tuple[date, Unit], int], thresholds: Thresholds, licence: bool
) -> Standing:
    """A paused clock counts for nothing; of an applicant's own days nobody is warned but by them."""
    lights = {}
    first: tuple[int, date, ClockRow] | None = None
    for clock in row.clocks:
        if clock.due is None:
            continue
        shown = light(clock.name, left[clock.due, clock.unit], thresholds, licence=licence)
        lights[clock.name] = shown
        place = (-_GRAVITY[shown], clock.due)
        if first is None or place < first[:2]:
            first = (*place, clock)
    if first is None:
        return Standing(
            clock=None, due=None, expected=False, days_left=None, unit=None, light=Light.NORMAL
        )
    _, due, clock = first
    return Standing(
        clock=clock.name,
        due=due,
        expected=clock.expected,
        days_left=left[due, clock.unit],
        unit=clock.unit,
        light=gravest(lights.values()),
    )


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
