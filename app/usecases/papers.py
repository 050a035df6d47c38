"""Documents about a case: the number each bears, its reprints, and the record that it was issued."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import msgspec

from app.domain.case import Case
from app.domain.events import PaperIssued, pages_digest
from app.domain.masking import mask_name
from app.domain.numbers import DocumentNumber
from app.domain.papers import MaterialsReceipt, PaperFacts, PaperKind, read_facts
from app.domain.receipt_code import practised, write_code
from app.domain.staff import OperatorCard
from app.errors import Damaged, Refused
from app.journal.refs import Ref
from app.store import paper_copies
from app.store.store import Store
from app.store.transaction import CaseUnreadable
from app.usecases.offices import short_name
from app.usecases.paper_facts import PaperNotDue, PaperNotOurs, check_due, facts_of
from app.usecases.paper_register import IssuedCopy as IssuedCopy
from app.usecases.paper_register import PaperPage as PaperPage
from app.usecases.paper_register import of_case as of_case
from app.usecases.paper_register import register as register
from app.usecases.today import today

TEMPLATE = 1
"""The version of the documents' layout; one that says things otherwise gets the next."""

PREVIEWED = "预览，尚未编号"
"""What stands in the place of a number that is not given yet."""

_RECEIPTS = frozenset({PaperKind.MATERIALS_RECEIPT, PaperKind.MATERIALS_SLIP})

Render = Callable[[PaperFacts], bytes]


class UnknownPaper(Refused):
    code = "unknown_paper"


class NoSuchPaper(Refused):
    """No document was issued by this entry, or it cannot be read any more."""

    code = "no_such_paper"


class PaperCopyDamaged(Damaged):
    """The pages that are kept here are not those that were issued."""

    code = "paper_copy_damaged"


class DuePaper(msgspec.Struct, frozen=True, kw_only=True):
    """`printed` counts the copies of this kind that the station has issued of the case, reprints too."""

    kind: PaperKind
    printed: int


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """`entry` says that it was issued."""

    facts: PaperFacts
    pdf: bytes
    entry: Ref


def kind_named(name: str) -> PaperKind:
    """Raises UnknownPaper."""
    try:
        return PaperKind(name.replace("-", "_"))
    except ValueError:
        raise UnknownPaper(paper=name, papers=", ".join(PaperKind)) from None


def issue(
    store: Store, subject: Ref, kind: PaperKind, *, by: OperatorCard, render: Render
) -> Issued:
    """Print a document; the second time is a reprint of the first, marked and counted.

    The number is used only if the page could be drawn: `render` runs inside the transaction.
    A document whose facts have changed since (papers that came in later) is issued anew, under a new number.
    The A4 receipt and the slip are one document in two sizes, and share a number.
    Raises PaperNotDue, PaperNotOurs, and what `render` raises.
    """
    with store.writing() as tx:
        case = tx.case(subject)
        facts, record = _printing(store, case, kind, tx.running_number)
        pdf = render(facts)
        tx.record(msgspec.structs.replace(record, digest=pages_digest(pdf)), by=by, case=case)
        entry = Ref(store.device, store.head().seq)
        paper_copies.keep(store, entry, pdf)
    return Issued(facts=facts, pdf=pdf, entry=entry)


def preview(store: Store, subject: Ref, kind: PaperKind) -> PaperFacts:
    """What `issue` would print now; no number is used: one that would be new reads PREVIEWED.

    Raises PaperNotDue, PaperNotOurs, CaseUnreadable.
    """
    facts, record = _printing(store, _case(store, subject), kind, _no_number)
    if record.reprint:
        return facts
    return msgspec.structs.replace(facts, number=PREVIEWED, code="")


def due(store: Store, case: Case) -> list[DuePaper]:
    """The documents that this station may print for the case now, each with how often it has done so."""
    found = []
    for kind in PaperKind:
        with suppress(PaperNotDue, PaperNotOurs):
            check_due(store, case, kind)
            word = _word(store, kind)
            printed = sum(one.word == word and one.paper == kind for one in case.papers)
            found.append(DuePaper(kind=kind, printed=printed))
    return found


def pages(store: Store, entry: Ref) -> bytes | None:
    """The PDF that was issued, byte for byte; None if it is not here, as it stays with its issuer.

    Raises NoSuchPaper, and PaperCopyDamaged if the pages are not those that were issued.
    """
    _, paper = _told(store, entry)
    pdf = paper_copies.kept(store, entry)
    if pdf is not None and not paper.is_of(pdf):
        raise PaperCopyDamaged
    return pdf


def copy(store: Store, entry: Ref) -> PaperFacts:
    """What an issued copy says; `entry` is the one that tells of it. Raises NoSuchPaper."""
    case, paper = _told(store, entry)
    try:
        kind = PaperKind(paper.paper)
        first = next(one for one in case.papers if not one.reprint and _same_number(one, paper))
    except (ValueError, StopIteration) as error:
        raise NoSuchPaper from error
    facts = _issued(store, case, first, kind)
    if facts is None:
        raise NoSuchPaper
    if first.paper != kind and entry.device not in store.journal.lives_of(store.device):
        facts = msgspec.structs.replace(
            facts, code=""
        )  # its issuer's signature is not ours to make
    return msgspec.structs.replace(facts, reprint=paper.reprint)


def _told(store: Store, entry: Ref) -> tuple[Case, PaperIssued]:
    told = store.journal.one(entry)
    case = store.case(told.subject) if told else None
    if not isinstance(case, Case) or entry not in case.paper_refs:
        raise NoSuchPaper
    return case, case.papers[case.paper_refs.index(entry)]


def _same_number(one: PaperIssued, other: PaperIssued) -> bool:
    return (one.series, one.slot, one.running) == (other.series, other.slot, other.running)


def _case(store: Store, subject: Ref) -> Case:
    told = store.case(subject)
    if not isinstance(told, Case):
        raise CaseUnreadable(missing=told.missing if told else "refused")
    return told


def _printing(
    store: Store, case: Case, kind: PaperKind, next_number: Callable[[str], int]
) -> tuple[PaperFacts, PaperIssued]:
    """What is printed, and the record of it: a reprint of what was issued before, or a first issue."""
    word = _word(store, kind)
    before = [paper for paper in case.papers if paper.word == word]
    again = _again(store, case, kind, before) if before else None
    return again or _first_issue(store, case, kind, next_number)


def _no_number(series: str) -> int:
    """The series is not touched; no document bears this number."""
    return 0


def _again(
    store: Store, case: Case, kind: PaperKind, before: list[PaperIssued]
) -> tuple[PaperFacts, PaperIssued] | None:
    """A reprint of the last issue, or None if the case says something else today.

    What another device wrote of it may be a reprint of nothing, or facts that nobody can read: then it is issued anew.
    """
    first = next((paper for paper in reversed(before) if not paper.reprint), None)
    issued = _issued(store, case, first, kind) if first else None
    if first is None or issued is None:
        return None
    now = facts_of(store, case, kind, number=issued.number)
    if _lasting(now) != _lasting(issued):
        return None
    prints = sum(_same_number(paper, first) for paper in before)
    record = msgspec.structs.replace(
        first, paper=kind, on=today(store), facts=b"", reprint=prints, template=TEMPLATE
    )
    return msgspec.structs.replace(issued, reprint=prints), record


def _issued(store: Store, case: Case, first: PaperIssued, kind: PaperKind) -> PaperFacts | None:
    """The facts of an issue; the receipt in the other of its two sizes, if that is asked for.

    None if they cannot be read, or are those of another document.
    """
    issued = read_facts(first.facts)
    if isinstance(issued, MaterialsReceipt) and issued.kind is not kind and kind in _RECEIPTS:
        return _with_code(store, case, msgspec.structs.replace(issued, kind=kind))
    return issued if issued is not None and issued.kind is kind else None


def _lasting(facts: PaperFacts) -> PaperFacts:
    """The facts without what belongs to one printing, or came to the case since without changing what is said."""
    return msgspec.structs.replace(
        facts,
        reprint=0,
        code="",
        issued_on=date.min,
        official_number="",
        window_phone="",
        supervision_phone="",
    )


def _with_code(store: Store, case: Case, facts: PaperFacts) -> PaperFacts:
    code = write_code(
        facts,
        device=store.device,
        local_number=case.local_number,
        name=mask_name(case.applicant.name),
        sign=store.identity.keys.sign,
    )
    if store.certificate.is_practice:
        code = practised(code)
    return msgspec.structs.replace(facts, code=code)


def _first_issue(
    store: Store, case: Case, kind: PaperKind, next_number: Callable[[str], int]
) -> tuple[PaperFacts, PaperIssued]:
    day = today(store)
    word, slot = _word(store, kind), store.certificate.slot_text
    record = PaperIssued(
        paper=kind,
        word=word,
        year=day.year,
        slot=slot,
        running=0,
        on=day,
        template=TEMPLATE,
        facts=b"",
    )
    record = msgspec.structs.replace(record, running=next_number(record.series))
    number = DocumentNumber(word, slot, day.year, record.running).text
    facts = _with_code(store, case, facts_of(store, case, kind, number=number))
    return facts, msgspec.structs.replace(record, facts=msgspec.msgpack.encode(facts))


def _word(store: Store, kind: PaperKind) -> str:
    """湖塘政服收: the place, the service, the document."""
    return f"{short_name(store)}{kind.word}"
