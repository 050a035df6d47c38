"""Acts on a case after it was registered: each checks the rule, writes one entry and its rows, or nothing."""

from __future__ import annotations

from app.domain import events, rules
from app.domain.case import Case
from app.domain.events import Body, DeliveryWay, ReturnReason
from app.domain.publications import OperatorCard
from app.domain.regions import RegionCode
from app.errors import Refused
from app.journal.refs import Ref
from app.store.store import Store
from app.store.transaction import Transaction
from app.usecases.registration import MaterialForm, materials_of
from app.usecases.today import today

SELF = "本人"


class NoAuthority(Refused):
    """The item is decided by a body outside (fact: body); the agent accompanies, nothing is forwarded."""

    code = "no_authority"


def supply(
    store: Store, subject: Ref, materials: tuple[MaterialForm, ...], *, by: OperatorCard
) -> Case:
    """Take in papers that were missing, before the case goes up."""
    with store.writing() as tx:
        case = tx.case(subject)
        item = store.publications.item(case.item, case.item_version)
        if not any(material.given for material in materials):
            raise rules.BadFacts(field="materials", why="empty")
        body = events.CaseSupplied(on=today(store), materials=materials_of(materials, item))
        return tx.record(body, by=by, case=case)


def forward(store: Store, subject: Ref, note: str = "", *, by: OperatorCard) -> Case:
    """Send the papers on their way to the authority (转报)."""
    with store.writing() as tx:
        case = tx.case(subject)
        body = events.CaseForwarded(to=examiner_of(store, case), on=today(store), note=note)
        return tx.record(body, by=by, case=case)


def take_over(store: Store, subject: Ref, *, by: OperatorCard) -> Case:
    """Receive the papers at the authority and give the official number (接收)."""
    with store.writing() as tx:
        case = tx.case(subject)
        day, slot = today(store), store.certificate.slot_text
        body = events.CaseTakenOver(
            station=store.region, on=day, slot=slot, running=tx.running_number(day.isoformat())
        )
        return tx.record(body, by=by, case=case)


def send_back(
    store: Store,
    subject: Ref,
    reason: ReturnReason,
    *,
    right_authority: str = "",
    defects: tuple[str, ...] = (),
    by: OperatorCard,
) -> Case:
    """Return a case with its reason: the right authority, or every defect at once (退回)."""
    with store.writing() as tx:
        body = events.CaseReturned(
            on=today(store), reason=reason, right_authority=right_authority, defects=defects
        )
        return _recorded(tx, subject, body, by)


def accept(store: Store, subject: Ref, *, by: OperatorCard) -> Case:
    """Accept a case under examination; the promised and statutory clocks start (行政许可法 art. 32)."""
    with store.writing() as tx:
        return _recorded(tx, subject, events.CaseAccepted(on=today(store)), by)


def refuse(
    store: Store, subject: Ref, reason: str, *, right_authority: str = "", by: OperatorCard
) -> Case:
    """Refuse to accept, with the reason and the right authority (不予受理)."""
    with store.writing() as tx:
        body = events.CaseRefused(on=today(store), reason=reason, right_authority=right_authority)
        return _recorded(tx, subject, body, by)


def decide(
    store: Store,
    subject: Ref,
    approved: bool,
    *,
    reason: str = "",
    result: str = "",
    by: OperatorCard,
) -> Case:
    """Approve or reject (准予, 不予); the delivery clock starts (行政许可法 art. 38, 44)."""
    with store.writing() as tx:
        body = events.CaseDecided(on=today(store), approved=approved, reason=reason, result=result)
        return _recorded(tx, subject, body, by)


def complete(store: Store, subject: Ref, result: str, *, by: OperatorCard) -> Case:
    """Finish an instant item at once (即办)."""
    with store.writing() as tx:
        return _recorded(tx, subject, events.CaseCompleted(on=today(store), result=result), by)


def deliver(
    store: Store,
    subject: Ref,
    *,
    recipient: str = "",
    relation: str = SELF,
    proof: str = "",
    by: OperatorCard,
) -> Case:
    """Hand the result over in person; without a name the recipient is the applicant (送达)."""
    with store.writing() as tx:
        case = tx.case(subject)
        if relation != SELF and not recipient.strip():
            raise rules.BadFacts(field="recipient", why="empty")
        body = events.CaseDelivered(
            on=today(store),
            way=DeliveryWay.IN_PERSON,
            recipient=recipient.strip() or case.applicant.name,
            relation=relation,
            proof=proof,
        )
        return tx.record(body, by=by, case=case)


def examiner_of(store: Store, case: Case) -> RegionCode:
    """The region to whose station the papers go. Raises NoAuthority."""
    item = store.publications.item(case.item, case.item_version)
    to = rules.forwarding_target(case, item, store.publications)
    if to is None:
        raise NoAuthority(body=item.external_body or "")
    return to


def _recorded(tx: Transaction, subject: Ref, body: Body, by: OperatorCard) -> Case:
    return tx.record(body, by=by, case=tx.case(subject))
