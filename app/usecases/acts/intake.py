"""Acts at the counter: taking in what was missing, sending on, accompanying, putting a mistake right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from msgspec import Meta

from app.domain import events, rules
from app.domain.case import Case
from app.domain.events import Body
from app.domain.items import Mode
from app.domain.names import plain_lines
from app.domain.regions import RegionCode
from app.errors import Refused
from app.store.store import Store
from app.usecases.acts.act import Act, Facts, Moment, Name, NoFacts, Option, Words, long, said
from app.usecases.materials import MaterialForm, materials_of
from app.usecases.parties import ApplicantForm, PartyForm, parties_of
from app.usecases.registration import item_asked


class NoAuthority(Refused):
    """The item is decided by a body outside (fact: body); the agent accompanies, nothing is forwarded."""

    code = "no_authority"


class SupplyFacts(Facts, frozen=True, kw_only=True):
    materials: Annotated[tuple[MaterialForm, ...], Meta(title="补收的材料")]


class ForwardFacts(Facts, frozen=True, kw_only=True):
    note: Annotated[str, long("备注")] = ""


class AppointFacts(Facts, frozen=True, kw_only=True):
    day: Annotated[date, Meta(title="哪天去")]
    where: Annotated[str, said("到哪里办")]
    contact: Annotated[str, said("找谁、电话")] = ""


class VisitFacts(Facts, frozen=True, kw_only=True):
    note: Annotated[str, long("情况")] = ""


class ConcludeFacts(Facts, frozen=True, kw_only=True):
    outcome: Annotated[str, long("结果")]
    number: Annotated[str, said("对方的编号")] = ""


class MarkFacts(Facts, frozen=True, kw_only=True):
    urgent: Annotated[bool, Meta(title="加急")]
    green: Annotated[str, said("绿色通道的理由")] = ""


class CorrectFacts(Facts, frozen=True, kw_only=True):
    """What is not given stays as it is."""

    reason: Annotated[str, long("更正的原因")]
    applicant: Annotated[ApplicantForm | None, Meta(title="申请人")] = None
    parties: Annotated[tuple[PartyForm, ...], Meta(title="其他当事人")] = ()
    item: Annotated[str, said("事项")] = ""
    mode: Annotated[Mode | None, Meta(title="办理方式")] = None
    materials: Annotated[tuple[MaterialForm, ...], Meta(title="材料")] = ()
    note: Annotated[Words | None, Meta(title="备注")] = None


def _supplied(at: Moment, facts: SupplyFacts) -> Body:
    if not any(material.given for material in facts.materials):
        raise rules.BadFacts(field="materials", why="empty")
    return events.CaseSupplied(on=at.day, materials=materials_of(facts.materials, at.item))


def _something(at: Moment) -> SupplyFacts:
    first = at.item.materials[0].name if at.item.materials else ""
    return SupplyFacts(materials=(MaterialForm(name=first),))


def _forwarded(at: Moment, facts: ForwardFacts) -> Body:
    return events.CaseForwarded(to=examiner_of(at.store, at.case), on=at.day, note=facts.note)


def examiner_of(store: Store, case: Case) -> RegionCode:
    """The region to whose station the papers go. Raises NoAuthority."""
    item = store.publications.item(case.item, case.item_version)
    to = rules.forwarding_target(case, item, store.publications)
    if to is None:
        raise NoAuthority(body=item.external_body or "")
    return to


def _appointed(at: Moment, facts: AppointFacts) -> Body:
    return events.CaseAppointed(on=at.day, day=facts.day, where=facts.where, contact=facts.contact)


def _where(at: Moment) -> Mapping[str, tuple[Option, ...]]:
    body = at.item.external_body
    return {"where": (Option(body, body),)} if body else {}


def _corrected(at: Moment, facts: CorrectFacts) -> Body:
    """The item's own name or id is understood; parties are told whole, the applicant first."""
    case = at.case
    item = item_asked(at.store, facts.item, case.received_on) if facts.item else at.item
    parties: tuple[events.Party, ...] = ()
    if facts.applicant is not None or facts.parties:
        applicant, others = case.parties[0], case.parties[1:]
        told = parties_of(facts.applicant, facts.parties)
        parties = (told[0] or applicant, *(told[1] or others))
    return events.CaseCorrected(
        on=at.day,
        reason=facts.reason,
        parties=parties,
        item=item.id if facts.item else "",
        item_version=item.version if facts.item else 0,
        modes=() if facts.mode is None else (facts.mode,),
        materials=materials_of(facts.materials, item),
        notes=() if facts.note is None else (plain_lines(facts.note),),
    )


ACTS = (
    Act(verb="supply", label="补收材料", facts=SupplyFacts, tell=_supplied, trial=_something),
    Act(
        verb="forward",
        label="转报",
        facts=ForwardFacts,
        tell=_forwarded,
        trial=lambda _at: ForwardFacts(),
    ),
    Act(
        verb="appoint",
        label="约定引领",
        facts=AppointFacts,
        tell=_appointed,
        trial=lambda at: AppointFacts(day=at.day, where="…"),
        options=_where,
    ),
    Act(
        verb="visit",
        label="已陪同前往",
        facts=VisitFacts,
        tell=lambda at, facts: events.CaseVisited(on=at.day, note=facts.note),
        trial=lambda _at: VisitFacts(),
    ),
    Act(
        verb="conclude",
        label="登记结果",
        facts=ConcludeFacts,
        tell=lambda at, facts: events.CaseConcluded(
            on=at.day, outcome=facts.outcome, number=facts.number
        ),
        trial=lambda _at: ConcludeFacts(outcome="…"),
    ),
    Act(
        verb="mark",
        label="加急和绿色通道",
        facts=MarkFacts,
        tell=lambda at, facts: events.CaseMarked(on=at.day, urgent=facts.urgent, green=facts.green),
        trial=lambda at: MarkFacts(urgent=at.case.urgent),
    ),
    Act(
        verb="correct",
        label="更正",
        facts=CorrectFacts,
        tell=_corrected,
        trial=lambda _at: CorrectFacts(reason="…"),
    ),
)

__all__ = ("ACTS", "Name", "NoAuthority", "NoFacts", "examiner_of")
