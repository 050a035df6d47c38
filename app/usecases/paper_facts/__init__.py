"""What each document says of a case: its facts, gathered from the case, its item and its place.

`MAKING` has a row for each document: who may issue it, when it is due, what it rests on, and who gathers its facts.
"""

from __future__ import annotations

from app.domain import rules
from app.domain.case import Case, State
from app.domain.papers import PaperFacts, PaperKind
from app.domain.regions import Tier
from app.domain.tasks import present
from app.errors import Refused
from app.store.store import Store
from app.usecases.paper_facts import agency, counter, custody, delivery, notices
from app.usecases.paper_facts.asked import Asked
from app.usecases.paper_facts.counter import cases_of_visit as cases_of_visit
from app.usecases.paper_facts.making import Making, Power
from app.usecases.whereabouts import is_elsewhere

MAKING: dict[PaperKind, Making] = {
    PaperKind.MATERIALS_RECEIPT: Making(
        counter.receipt, Power.COUNTER, counter.receipt_due, "case.registered"
    ),
    PaperKind.MATERIALS_SLIP: Making(
        counter.receipt, Power.COUNTER, counter.receipt_due, "case.registered"
    ),
    PaperKind.VISIT_RECEIPT: Making(
        counter.visit_receipt, Power.COUNTER, counter.visit_due, "case.registered"
    ),
    PaperKind.APPLICATION_FORM: Making(
        counter.form, Power.COUNTER, counter.form_due, "case.registered"
    ),
    PaperKind.CUSTODY_SLIP: Making(
        custody.custody_slip, Power.ANYBODY, custody.custody_due, "case.custody_moved"
    ),
    PaperKind.ACCEPTANCE: Making(
        notices.acceptance, Power.AUTHORITY, notices.accepted, "case.accepted"
    ),
    PaperKind.REFUSAL: Making(notices.refusal, Power.AUTHORITY, notices.refused, "case.refused"),
    PaperKind.SUPPLEMENT_NOTICE: Making(
        notices.supplement, Power.AUTHORITY, notices.supplement_asked, "case.supplement_asked"
    ),
    PaperKind.DECISION: Making(notices.decision, Power.AUTHORITY, notices.decided, "case.decided"),
    PaperKind.SPECIAL_PROCEDURE: Making(
        notices.special_procedure, Power.AUTHORITY, notices.procedure_began, "case.paused"
    ),
    PaperKind.EXTENSION: Making(
        notices.extension, Power.AUTHORITY, notices.extended, "case.extended"
    ),
    PaperKind.RETURN_NOTICE: Making(
        notices.return_notice, Power.AUTHORITY, notices.returned, "case.returned"
    ),
    PaperKind.MANDATE: Making(agency.mandate, Power.COUNTER, agency.mandate_due, "case.registered"),
    PaperKind.AGENCY_ENDED: Making(
        agency.ended, Power.COUNTER, agency.ended_due, "case.registered"
    ),
    PaperKind.AGENCY_CLOSED: Making(
        agency.closed, Power.COUNTER, agency.closed_due, "case.registered"
    ),
    PaperKind.PROOF_OF_DELIVERY: Making(
        delivery.proof, Power.ANYBODY, delivery.proof_due, "case.registered"
    ),
    PaperKind.CASE_RECORD: Making(
        agency.record, Power.ANYBODY, agency.record_due, "case.registered"
    ),
}


class PaperNotDue(Refused):
    """The case has not come to what this document says (facts: paper, state)."""

    code = "paper_not_due"


class PaperNotOurs(Refused):
    """This station has no power to issue the document (fact: paper)."""

    code = "paper_not_ours"


def facts_of(store: Store, case: Case, kind: PaperKind, *, number: str) -> PaperFacts:
    """What the document says of the case now. Raises PaperNotDue, PaperNotOurs."""
    asked = check_due(store, case, kind, number=number)
    return MAKING[kind].make(asked)


def check_due(store: Store, case: Case, kind: PaperKind, *, number: str = "") -> Asked:
    """Whether this station may print the document for the case now. Raises PaperNotDue, PaperNotOurs."""
    if is_elsewhere(store, case.region):  # its village left: who has it now prints
        raise PaperNotOurs(paper=kind.label)
    if case.state is State.DESTROYED:
        raise PaperNotDue(paper=kind.label, state=case.state.label)
    making = MAKING[kind]
    asked = Asked(
        store=store,
        case=case,
        item=store.publications.item(case.item, case.item_version),
        kind=kind,
        number=number,
        handler=_handler(store, case, making.rests_on) if number else "",
    )
    if not _ours(asked, making.power):
        raise PaperNotOurs(paper=kind.label)
    if not making.due(asked):
        raise PaperNotDue(paper=kind.label, state=case.state.label)
    return asked


def _ours(asked: Asked, power: Power) -> bool:
    store, tier = asked.store, Tier(asked.store.certificate.tier)
    match power:
        case Power.COUNTER:
            here = present(store.publications, store.region)
            return present(store.publications, asked.case.station) == here
        case Power.ANYBODY:
            return True
        case Power.AUTHORITY:
            return tier in rules.issuing_tiers(asked.kind, asked.item)


def _handler(store: Store, case: Case, rests_on: str) -> str:
    """Who did what the document tells (经办人), the last time it was done, whoever prints it."""
    misfits = {misfit.ref for misfit in case.out_of_place}
    for entry in reversed(list(store.history(case.subject))):
        if entry.kind == rests_on and entry.ref not in misfits and entry.actor is not None:
            return store.publications.operator(entry.actor).name
    return ""
