"""What the register says of each document, finished words and moods; read on the store's thread."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.case import Case
from app.domain.papers import PaperKind
from app.journal.refs import Ref
from app.store.paper_rows import PaperPlace
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import papers
from app.usecases.papers import IssuedCopy
from app.usecases.today import shown_today
from ui.desktop import case_words
from ui.desktop.models.case_lines import item_name

_KINDS = {kind.value: kind for kind in PaperKind}
RECEIPTS = (PaperKind.MATERIALS_RECEIPT, PaperKind.MATERIALS_SLIP)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PaperLines", text)


class Span(StrEnum):
    """How far back one looks."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"

    @property
    def label(self) -> str:
        return {
            Span.TODAY: _tr("今天"),
            Span.WEEK: _tr("最近 7 天"),
            Span.MONTH: _tr("最近 30 天"),
            Span.YEAR: _tr("今年"),
            Span.ALL: _tr("全部日期"),
        }[self]

    def since(self, today: date) -> date | None:
        match self:
            case Span.TODAY:
                return today
            case Span.WEEK:
                return today - timedelta(days=6)
            case Span.MONTH:
                return today - timedelta(days=29)
            case Span.YEAR:
                return today.replace(month=1, day=1)
            case Span.ALL:
                return None


class PapersWanted(msgspec.Struct, frozen=True, kw_only=True):
    """With a `subject`: that case's documents, those that may be printed now before those that were issued.

    The application form, which may be printed at any time, comes last.
    """

    span: Span = Span.MONTH
    kind: PaperKind | None = None
    text: str = ""
    subject: Ref | None = None


class PaperLine(msgspec.Struct, frozen=True, kw_only=True):
    """`entry` and `on` are None for a document that may be printed but was not.

    `kind` is None for one that a newer program issued; `ours`: this station issues it.
    """

    subject: Ref
    entry: Ref | None
    kind: PaperKind | None
    title: str
    number: str
    applicant: str
    item: str
    local_number: str
    on: date | None
    reprint: int
    stands: bool
    operator: str
    ours: bool

    @property
    def key(self) -> tuple[object, ...]:
        return (self.subject, self.entry or self.kind)


class LinePage(msgspec.Struct, frozen=True, kw_only=True):
    """`next` is where the following page begins; None after the last."""

    lines: tuple[PaperLine, ...]
    today: date
    next: PaperPlace | None = None


def read_page(
    store: Store,
    wanted: PapersWanted,
    receipt: PaperKind,
    *,
    after: PaperPlace | None = None,
    limit: int = 100,
) -> LinePage:
    """One page of what is wanted; `receipt` is the receipt's size on this computer."""
    today = shown_today(store)
    if wanted.subject is not None:
        return LinePage(lines=_of_case(store, wanted.subject, receipt), today=today)
    page = papers.register(
        store,
        since=wanted.span.since(today),
        kind=wanted.kind,
        text=wanted.text,
        after=after,
        limit=limit,
    )
    lines = tuple(_issued(store, copy) for copy in page.copies)
    return LinePage(lines=lines, today=today, next=page.next)


def _of_case(store: Store, subject: Ref, receipt: PaperKind) -> tuple[PaperLine, ...]:
    issued = tuple(_issued(store, copy) for copy in papers.of_case(store, subject))
    case, row = store.case(subject), store.rows.by_subject(subject)
    if not isinstance(case, Case) or row is None:
        return issued
    never = {one.kind for one in papers.due(store, case) if not one.printed}
    if never.issuperset(RECEIPTS):  # one document in two sizes
        never -= {kind for kind in RECEIPTS if kind is not receipt}
    else:
        never -= set(RECEIPTS)
    due = [_due(store, row, kind) for kind in PaperKind if kind in never]
    # What a case can do without comes last: nobody waits for it.
    asked_for = [line for line in due if line.kind is not PaperKind.APPLICATION_FORM]
    return (*asked_for, *issued, *(line for line in due if line not in asked_for))


def _due(store: Store, row: CaseRow, kind: PaperKind) -> PaperLine:
    return PaperLine(
        subject=row.subject,
        entry=None,
        kind=kind,
        title=kind.label,
        number="",
        applicant=case_words.applicant(row),
        item=item_name(store.publications, row.item, row.item_version),
        local_number=row.local_number,
        on=None,
        reprint=0,
        stands=True,
        operator="",
        ours=True,
    )


def _issued(store: Store, copy: IssuedCopy) -> PaperLine:
    row = copy.row
    kind = _KINDS.get(row.paper)
    case = store.rows.by_subject(row.subject)
    return PaperLine(
        subject=row.subject,
        entry=row.entry,
        kind=kind,
        title=kind.label if kind else _tr("较新版本的文书"),
        number=row.number,
        applicant=case_words.applicant(case) if case else "",
        item=item_name(store.publications, row.item, row.item_version),
        local_number=row.local_number,
        on=row.issued_on,
        reprint=row.reprint,
        stands=row.stands,
        operator=copy.operator,
        ours=row.issuer == store.region,
    )
