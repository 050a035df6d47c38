"""Local numbers that two cases bear, as both copies of a cloned disk printed them before either had exchanged.

What is printed stays: both are found by it (docs/decisions/0025-shared-local-numbers.md).
Here one is told from the other by the letter of the life that its entry is in: …-A2-0005 and …-A2-0005/B.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

import msgspec

from app.domain.case import Case
from app.journal.refs import Continuation, DeviceId
from app.store import search
from app.store.rows import CaseRow
from app.store.store import Store

_MARKED: Final = re.compile(r"(.*[0-9])/([a-z]{1,4})")
_LONGEST: Final = 100
_SEEN: Final = "shared_numbers_seen"


class Sharing(msgspec.Struct, frozen=True, kw_only=True):
    """One of the cases: its number as it is told here, and the computer that it was registered on.

    `ours`: that is this one.
    """

    row: CaseRow
    told: str
    slot: str
    ours: bool


class SharedNumber(msgspec.Struct, frozen=True, kw_only=True):
    """The one that keeps the number as it was printed comes first."""

    number: str
    cases: tuple[Sharing, ...]


def same_numbers(store: Store, rows: Collection[CaseRow]) -> set[str]:
    """The local numbers among these that two cases bear: only lives that continue one another can give one twice."""
    doubtful = _doubtful(store)
    if not any(row.subject.device in doubtful for row in rows):
        return set()
    return store.rows.numbers_given_twice(doubtful)


def told(store: Store, row: CaseRow, twice: Collection[str] | None = None) -> str:
    """The local number, with its mark where another case bears it; `twice` saves asking again."""
    shared = same_numbers(store, [row]) if twice is None else twice
    return row.local_number + (_mark(store, row) if row.local_number in shared else "")


def told_of(store: Store, case: Case) -> str:
    """The same for a document that is issued now."""
    row = store.rows.by_subject(case.subject)
    return case.local_number.text if row is None else told(store, row)


def split(typed: str) -> tuple[str, str]:
    """A number as somebody types it, and the letter of its mark; the latter empty if it has none."""
    found = _MARKED.fullmatch(search.normal(typed[:_LONGEST]))
    return (typed, "") if found is None else (found[1], found[2].upper())


def of_life(store: Store, rows: Iterable[CaseRow], letter: str) -> list[CaseRow]:
    """Those whose entries are in the life of this letter; all of them without one."""
    return [row for row in rows if not letter or _life(store, row.subject.device) == letter]


def shared(store: Store) -> tuple[SharedNumber, ...]:
    """The numbers that this computer and a copy of its disk both gave, and that nobody here has put aside."""
    family = _family(store)
    if len(family) < 2:
        return ()
    numbers = sorted(store.rows.numbers_given_twice(family) - _put_aside(store))
    return tuple(_shared(store, number) for number in numbers)


def put_aside(store: Store, number: str) -> None:
    """Somebody has seen to it: the applicants have papers that can be told apart."""
    with store.changing():
        store.remember(_SEEN, msgspec.json.encode(sorted(_put_aside(store) | {number})))


def _put_aside(store: Store) -> set[str]:
    kept = store.recall(_SEEN)
    return set() if kept is None else set(msgspec.json.decode(kept, type=list[str]))


def _shared(store: Store, number: str) -> SharedNumber:
    rows = store.rows.where("local_number = ?", (number,), order="n")
    cases = [
        Sharing(
            row=row,
            told=number + _mark(store, row),
            slot=_slot(store, row.subject.device),
            ours=row.subject.device == store.device,
        )
        for row in rows
    ]
    return SharedNumber(number=number, cases=tuple(sorted(cases, key=lambda one: one.told)))


def _doubtful(store: Store) -> set[DeviceId]:
    lineage = _lineage(store)
    return {*lineage, *(origin.device for origin in lineage.values())}


def _family(store: Store) -> set[DeviceId]:
    """One's own life, those it continues, and those that continue one of them."""
    lineage = _lineage(store)
    family = set(store.journal.lives_of(store.device))
    while grown := {one for one, origin in lineage.items() if origin.device in family} - family:
        family |= grown
    return family


def _lineage(store: Store) -> dict[DeviceId, Continuation]:
    """Which life continues which: what another connection has learnt is among the published certificates."""
    published = {
        device: known.certificate.continues
        for device, known in store.publications.devices.items()
        if known.certificate.continues is not None
    }
    return {**store.journal.lineage, **published}


def _mark(store: Store, row: CaseRow) -> str:
    """Empty for the one whose number bears the letter of its own life."""
    life = _life(store, row.subject.device)
    slot = row.local_number.split("-")[-2]
    return "" if not life or slot.rstrip("0123456789") == life else f"/{life}"


def _life(store: Store, device: DeviceId) -> str:
    known = store.publications.devices.get(device)
    return "" if known is None else known.certificate.life


def _slot(store: Store, device: DeviceId) -> str:
    known = store.publications.devices.get(device)
    return "" if known is None else known.certificate.slot_text
