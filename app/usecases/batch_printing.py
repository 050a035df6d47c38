"""One kind of document for many cases, one after the other: which cases, and which of them have it already."""

from __future__ import annotations

from typing import Final

import msgspec

from app.domain.case import Case
from app.domain.masking import mask_name
from app.domain.papers import PaperKind
from app.errors import Refused
from app.journal.refs import Ref
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import lookup
from app.usecases.lookup import CaseFilter
from app.usecases.today import shown_today

MOST: Final = 500
"""More in one go nobody sorts afterwards."""


class AlreadyPrinted(Refused):
    """The station has issued this document of the case before (fact: paper)."""

    code = "already_printed"


class TooManyToPrint(Refused):
    """Fact: most."""

    code = "too_many_to_print"


class BatchCase(msgspec.Struct, frozen=True, kw_only=True):
    """`label`: who, masked as in every list, and which."""

    subject: Ref
    label: str


def cases(store: Store, wanted: CaseFilter, *, of_today: bool = False) -> list[BatchCase]:
    """The cases of a list in its order; `of_today`: those alone that came in today. Raises TooManyToPrint."""
    today = shown_today(store)
    found = lookup.page(store, wanted, today, limit=lookup.MOST_COUNTED).cases
    rows = [one.row for one in found if not of_today or one.row.received_on == today]
    if len(rows) > MOST:
        raise TooManyToPrint(most=MOST)
    return [of_row(row) for row in rows]


def of_row(row: CaseRow) -> BatchCase:
    return BatchCase(subject=row.subject, label=f"{mask_name(row.applicant)} {row.local_number}")


def check_new(store: Store, subject: Ref, kind: PaperKind) -> None:
    """Raises AlreadyPrinted; the receipt and its slip are one document in two sizes."""
    case = store.case(subject)
    if isinstance(case, Case) and any(_is(paper.paper, kind) for paper in case.papers):
        raise AlreadyPrinted(paper=kind.label)


def _is(name: str, kind: PaperKind) -> bool:
    try:
        return PaperKind(name).word == kind.word
    except ValueError:  # a newer program's
        return False
