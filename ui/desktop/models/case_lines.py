"""What a list says of each case, finished words and moods; read on the store's thread, a page at a time."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain.case import State
from app.domain.publications import NotPublished, Publications
from app.domain.tasks import TaskKind
from app.journal.refs import Ref
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import lookup
from app.usecases.duplicates import Judged
from app.usecases.lookup import CaseFilter, Listed, Place, Whereabouts
from app.usecases.today import shown_today
from ui.desktop import case_words
from ui.desktop.case_words import Limit


class CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """`number` is the official one where there is one, `other_number` then the local one; `n` is the row's.

    `joint`: a part of a joint handling, or what waits for its parts. `carded`: a card on it was not withdrawn.
    `kin`: the applicant is kin of somebody on the staff.
    """

    n: int
    subject: Ref
    applicant: str
    item: str
    village: str
    state: State
    limit: Limit
    where: Whereabouts
    received_on: date
    number: str
    other_number: str
    urgent: bool
    green: bool
    joint: bool
    carded: bool
    kin: bool
    same_number: bool
    duplicate: Judged | None
    out_of_place: bool
    needs_upgrade: bool


class LinePage(msgspec.Struct, frozen=True, kw_only=True):
    """`next` is where the following page begins; None after the last."""

    lines: tuple[CaseLine, ...]
    next: Place | None


def read_page(
    store: Store, wanted: CaseFilter, *, after: Place | None = None, limit: int = 100
) -> LinePage:
    """One page of the cases that are wanted."""
    page = lookup.page(store, wanted, shown_today(store), after=after, limit=limit)
    publications = store.publications
    return LinePage(
        lines=tuple(_line(publications, listed) for listed in page.cases), next=page.next
    )


def item_name(publications: Publications, item: str, version: int) -> str:
    """The item as it was called in that version; its id while it has not come down."""
    try:
        return publications.item(item, version).name
    except NotPublished:
        return item


def _told(listed: Listed) -> str:
    """A mark stands at the end, where a narrow column cuts: the region's code, which is told beside, makes way."""
    number, plain = listed.number, listed.row.local_number
    return number if number == plain else "…" + number.partition("-")[2]


def _line(publications: Publications, listed: Listed) -> CaseLine:
    row: CaseRow = listed.row
    local = _told(listed)
    return CaseLine(
        n=row.n,
        subject=row.subject,
        applicant=case_words.applicant(row),
        item=item_name(publications, row.item, row.item_version),
        village=case_words.place(publications, row.station),
        state=State(row.state),
        limit=case_words.limit(listed.standing),
        where=listed.where,
        received_on=row.received_on,
        number=row.official_number or local,
        other_number=local if row.official_number else "",
        urgent=row.urgent,
        green=row.green,
        joint=bool(row.parent) or row.todo == TaskKind.AWAIT_PARTS,
        carded=bool(row.cards),
        kin=row.kin,
        same_number=listed.same_number,
        duplicate=listed.duplicate,
        out_of_place=bool(row.out_of_place),
        needs_upgrade=row.needs_upgrade,
    )
