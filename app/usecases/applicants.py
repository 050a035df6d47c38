"""People who were here before: offered at the counter, so that nothing is typed twice."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain.case import Case
from app.domain.events import IdKind, PartyKind
from app.domain.regions import RegionCode, place_name
from app.domain.tasks import present
from app.journal.refs import Ref
from app.store import people
from app.store.people import Seen
from app.store.store import Store

_READ = 5
"""Cases of one person that are read for a telephone and an address."""


class KnownApplicant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who applied before, with the last telephone and address they gave.

    `last_item` (its name), `last_on`, `place` and `subject` are of the last case;
    `here` says that it was brought to this station. Numbers are whole: a list masks them.
    """

    name: str
    kind: PartyKind
    id_kind: IdKind
    id_number: str
    phone: str
    address: str
    last_item: str
    last_on: date
    cases: int
    here: bool
    place: str
    subject: Ref


def known(store: Store, text: str, limit: int = 8) -> list[KnownApplicant]:
    """Applicants by a part of the name, its pinyin, the end of a number, a birthday (0315, 19620315), a whole number.

    One line a person: those of this station first, then whoever came last.
    """
    persons: dict[tuple[str, ...], Seen] = {}
    for one in people.seen(store, text):
        persons.setdefault(one.person, one)
    here = {one.station: _is_here(store, one.station) for one in persons.values()}
    ordered = sorted(persons.values(), key=lambda one: (not here[one.station], -one.n))
    told = (_told(store, one, here=here[one.station]) for one in ordered[:limit])
    return [one for one in told if one is not None]


def _told(store: Store, one: Seen, *, here: bool) -> KnownApplicant | None:
    """None if no case of theirs can be read yet."""
    numbers = people.cases_of(store, one)
    rows = store.rows.where(
        f"n IN ({', '.join('?' * len(numbers[:_READ]))})", tuple(numbers[:_READ])
    )
    cases = [case for row in rows if isinstance(case := store.case(row.subject), Case)]
    if not cases:
        return None
    last = cases[0]
    given = [case.applicant for case in cases]
    return KnownApplicant(
        name=last.applicant.name,
        kind=last.applicant.kind,
        id_kind=last.applicant.id_kind,
        id_number=last.applicant.id_number,
        phone=next((party.phone for party in given if party.phone), ""),
        address=next((party.address for party in given if party.address), ""),
        last_item=store.publications.item(last.item, last.item_version).name,
        last_on=last.received_on,
        cases=len(numbers),
        here=here,
        place=place_name(store.publications.tree.region(last.station)),
        subject=last.subject,
    )


def _is_here(store: Store, station: str) -> bool:
    """Whether a station is this one, or one that this one took the place of."""
    publications = store.publications
    return present(publications, RegionCode(station)) == present(publications, store.region)
