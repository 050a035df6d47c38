"""That a result reached its recipient."""

from __future__ import annotations

from msgspec.structs import replace

from app.domain import events
from app.domain.case import Case
from app.domain.events import DeliveryWay, PaperIssued
from app.domain.numbers import DocumentNumber
from app.domain.papers import PaperKind, ProofOfDelivery, ServedLine
from app.domain.rules import examining_level
from app.domain.tasks import present
from app.usecases.offices import organ
from app.usecases.paper_facts.asked import Asked


def proof_due(asked: Asked) -> bool:
    """As soon as there is something to deliver, so that it can be carried along; where that is done."""
    case, publications = asked.case, asked.store.publications
    if case.decision is None and case.refused is None:
        return False
    here = present(publications, asked.store.region)
    return here in (present(publications, case.station), present(publications, case.place))


def proof(asked: Asked) -> ProofOfDelivery:
    case, item, told = asked.case, asked.item, asked.case.delivered
    level = item.decides if case.decision else examining_level(item)
    blank = ProofOfDelivery(
        **asked.common(issuer=asked.station),
        sender=organ(asked.store, case.region, item, level),
        served=served_lines(asked),
        address=case.applicant.address,
        ways=tuple(way.label for way in DeliveryWay),
    )
    if told is None:
        return blank
    return replace(
        blank,
        way=told.way.label,
        place=told.place,
        served_on=told.on,
        server=asked.writer(events.CaseDelivered),
        received_by=told.recipient,
        relation=told.relation,
        remark=told.proof,
        witness=told.witness,
        left=told.way is DeliveryWay.LEFT,
    )


def served_lines(asked: Asked) -> tuple[ServedLine, ...]:
    """The authority's last word with its number, and the certificate."""
    case = asked.case
    if case.decision is None:
        return (_notice(case, PaperKind.REFUSAL, PaperKind.REFUSAL.label),)
    title = "准予决定书" if case.decision.approved else "不予决定书"
    made = case.certificate
    certificate = () if made is None else (ServedLine(title=made.name, number=made.number),)
    return (_notice(case, PaperKind.DECISION, title), *certificate)


def _notice(case: Case, kind: PaperKind, title: str) -> ServedLine:
    issued = [one for one in case.papers if one.paper == kind and not one.reprint]
    return ServedLine(title=title, number=_number(issued[-1]) if issued else "")


def _number(paper: PaperIssued) -> str:
    return DocumentNumber(paper.word, paper.slot, paper.year, paper.running).text
