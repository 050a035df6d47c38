"""Documents about a case: the number each bears, its reprints, and the record that it was issued."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from app.domain.case import Case
from app.domain.events import PaperIssued
from app.domain.masking import mask_name
from app.domain.numbers import DocumentNumber
from app.domain.papers import MaterialsReceipt, PaperFacts, PaperKind
from app.domain.publications import OperatorCard
from app.domain.receipt_code import write_code
from app.domain.regions import place_name
from app.errors import Refused
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases.paper_facts import facts_of
from app.usecases.today import today

TEMPLATE = 1
"""The version of the documents' layout; one that says things otherwise gets the next."""

Render = Callable[[PaperFacts], bytes]
_SERVICE_PLACES = ("街道", "社区", "村", "乡", "镇")


class UnknownPaper(Refused):
    code = "unknown_paper"


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    facts: PaperFacts
    pdf: bytes


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
        word = _word(store, kind)
        before = [paper for paper in case.papers if paper.word == word]
        again = _again(store, case, kind, before) if before else None
        if again is None:
            facts, record = _first_issue(store, case, kind, tx.running_number)
        else:
            facts, record = again
        pdf = render(facts)
        tx.record(record, by=by, case=case)
    return Issued(facts=facts, pdf=pdf)


def stands(case: Case, paper: PaperIssued) -> bool:
    """Whether the act that a document rests on has effect in the case as it is read now."""
    match paper.paper:
        case PaperKind.ACCEPTANCE:
            return case.accepted_on is not None
        case PaperKind.REFUSAL:
            return case.refused is not None
        case PaperKind.DECISION:
            return case.decision is not None
    return True


def _again(
    store: Store, case: Case, kind: PaperKind, before: list[PaperIssued]
) -> tuple[PaperFacts, PaperIssued] | None:
    """A reprint of the last issue, or None if the case says something else today."""
    first = [paper for paper in before if not paper.reprint][-1]
    prints = sum(
        paper.series == first.series and paper.running == first.running for paper in before
    )
    issued: PaperFacts = msgspec.msgpack.decode(first.facts, type=PaperFacts)
    if issued.kind is not kind and isinstance(issued, MaterialsReceipt):
        issued = msgspec.structs.replace(issued, kind=kind)
        issued = _with_code(store, case, issued)
    now = facts_of(store, case, kind, number=issued.number)
    if _lasting(now) != _lasting(issued):
        return None
    record = msgspec.structs.replace(first, paper=kind, on=today(store), facts=b"", reprint=prints)
    return msgspec.structs.replace(issued, reprint=prints), record


def _lasting(facts: PaperFacts) -> PaperFacts:
    """The facts without what belongs to one printing, or came to the case since without changing what is said."""
    return msgspec.structs.replace(
        facts, reprint=0, code="", issued_on=date.min, official_number=""
    )


def _with_code(store: Store, case: Case, facts: PaperFacts) -> PaperFacts:
    code = write_code(
        facts,
        device=store.device,
        local_number=case.local_number,
        name=mask_name(case.applicant.name),
        sign=store.identity.keys.sign,
    )
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
    place = place_name(store.publications.tree.region(store.region))
    for ending in _SERVICE_PLACES:
        if place.endswith(ending) and len(place) > len(ending) + 1:
            place = place.removesuffix(ending)
            break
    return f"{place}政服{kind.word}"
