"""Acts of the authority on what it accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from app.domain import events, rules
from app.domain.case import Case
from app.domain.events import Body
from app.domain.items import StoppingProcedure
from app.domain.limits import Unit
from app.journal.refs import Ref
from app.usecases.acts.act import Act, Facts, Moment, NoFacts, Option, long, said, without_facts
from app.usecases.registration import item_asked

_MOST_DAYS = 3650
_MOST_PARTS = 20


class PauseFacts(Facts, frozen=True, kw_only=True):
    """Without days the item's own hold, without a basis too; without an approver whoever does it."""

    procedure: Annotated[str, said("特别程序")]
    days: Annotated[int, Meta(ge=0, le=_MOST_DAYS, title="天数，0 为按事项规定")] = 0
    basis: Annotated[str, said("依据", longest=500)] = ""
    approver: Annotated[str, said("批准人")] = ""


class ResumeFacts(Facts, frozen=True, kw_only=True):
    result: Annotated[str, long("程序的结果")] = ""


class ExtendFacts(Facts, frozen=True, kw_only=True):
    days: Annotated[int, Meta(ge=1, le=_MOST_DAYS, title="延长天数")]
    reason: Annotated[str, long("延期的理由")]
    approver: Annotated[str, said("批准人")] = ""


class PartFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    item: Annotated[str, Meta(max_length=200)]
    department: Annotated[str, Meta(max_length=200)]


class SplitFacts(Facts, frozen=True, kw_only=True):
    parts: Annotated[
        tuple[PartFacts, ...], Meta(min_length=2, max_length=_MOST_PARTS, title="联办的各部分")
    ]


class PassUpFacts(Facts, frozen=True, kw_only=True):
    opinion: Annotated[str, long("初审意见")]


class SendDownFacts(Facts, frozen=True, kw_only=True):
    opinion: Annotated[str, long("上级意见")]
    returned: Annotated[bool, Meta(title="退回重新调查")] = False


class OutsideFacts(Facts, frozen=True, kw_only=True):
    body: Annotated[str, said("外部机构")]
    number: Annotated[str, said("对方的编号")] = ""


class AnswerFacts(Facts, frozen=True, kw_only=True):
    result: Annotated[str, long("外部机构的结果")]
    number: Annotated[str, said("对方的编号")] = ""


class DecideFacts(Facts, frozen=True, kw_only=True):
    """A rejection gives its reason."""

    approved: Annotated[bool, Meta(title="准予")]
    reason: Annotated[str, long("理由")] = ""
    result: Annotated[str, long("决定内容")] = ""


class CompleteFacts(Facts, frozen=True, kw_only=True):
    result: Annotated[str, long("办理结果")] = "已办结"


def _listed(at: Moment, name: str) -> StoppingProcedure:
    """Raises BadFacts for what does not stop the item's clock."""
    for one in at.item.stops_clock:
        if one.type == name:
            return one
    raise rules.BadFacts(field="procedure", why="does_not_stop_the_clock")


def _paused(at: Moment, facts: PauseFacts) -> Body:
    listed = _listed(at, facts.procedure)
    return events.CasePaused(
        on=at.day,
        procedure=listed.type,
        basis=facts.basis or listed.basis,
        days=facts.days or listed.max_days or 0,
        unit=listed.unit,
        approver=facts.approver or at.by.name,
    )


def _procedures(at: Moment) -> Mapping[str, tuple[Option, ...]]:
    return {"procedure": tuple(Option(one.type, _words(one)) for one in at.item.stops_clock)}


def _words(one: StoppingProcedure) -> str:
    if one.max_days is None:
        return one.type
    unit = "个工作日" if one.unit is Unit.WORKING else "日"
    return f"{one.type}（不超过 {one.max_days} {unit}）"


def _any_procedure(at: Moment) -> PauseFacts:
    first = at.item.stops_clock[0] if at.item.stops_clock else None
    return PauseFacts(procedure=first.type if first else "")


def _extended(at: Moment, facts: ExtendFacts) -> Body:
    return events.CaseExtended(
        on=at.day,
        days=facts.days,
        reason=facts.reason,
        approver=facts.approver or at.by.name,
    )


def _split_told(at: Moment, facts: SplitFacts) -> Body:
    """Only for the question whether it may be split: the children have no entries yet."""
    children = tuple(Ref(at.store.device, number) for number in range(1, len(facts.parts) + 1))
    return events.CaseSplit(
        on=at.day, children=children, names=tuple(part.department for part in facts.parts)
    )


def _split(at: Moment, facts: SplitFacts) -> Case:
    """Open the children first, then tell the parent of them: one transaction."""
    tx, case = at.tx, at.case
    assert tx is not None
    names: list[str] = []
    children: list[Ref] = []
    for part in facts.parts:
        item = item_asked(at.store, part.item, at.day)
        name = f"{item.name}（{part.department}）"
        if name in names:
            raise rules.BadFacts(field="children", why="twice")
        child = tx.record(
            events.CaseChildOpened(
                parent=case.subject,
                item=item.id,
                item_version=item.version,
                department=part.department,
                station=at.store.region,
                on=at.day,
                slot=at.store.certificate.slot_text,
                running=at.running_number(),
                received_on=case.received_on,
                parties=case.parties,
            ),
            by=at.by,
            region=case.region,
        )
        children.append(child.subject)
        names.append(name)
    body = events.CaseSplit(on=at.day, children=tuple(children), names=tuple(names))
    return tx.record(body, by=at.by, case=case)


def _outside(at: Moment) -> Mapping[str, tuple[Option, ...]]:
    body = at.item.external_body
    return {"body": (Option(body, body),)} if body else {}


ACTS = (
    Act(
        verb="pause",
        label="启动特别程序",
        facts=PauseFacts,
        tell=_paused,
        trial=_any_procedure,
        options=_procedures,
        outward=True,
    ),
    Act(
        verb="resume",
        label="特别程序结束",
        facts=ResumeFacts,
        tell=lambda at, facts: events.CaseResumed(on=at.day, result=facts.result),
        trial=lambda _at: ResumeFacts(),
    ),
    Act(
        verb="extend",
        label="延期",
        facts=ExtendFacts,
        tell=_extended,
        trial=lambda _at: ExtendFacts(days=1, reason="…"),
        outward=True,
    ),
    Act(
        verb="split",
        label="联办",
        facts=SplitFacts,
        tell=_split_told,
        trial=lambda _at: SplitFacts(
            parts=(PartFacts(item="", department="…"), PartFacts(item="", department="…"))
        ),
        run=_split,
    ),
    Act(
        verb="pass_up",
        label="初审上报",
        facts=PassUpFacts,
        tell=lambda at, facts: events.CasePassedUp(on=at.day, opinion=facts.opinion),
        trial=lambda _at: PassUpFacts(opinion="…"),
    ),
    Act(
        verb="send_down",
        label="答复下级",
        facts=SendDownFacts,
        tell=lambda at, facts: events.CaseSentDown(
            on=at.day, opinion=facts.opinion, returned=facts.returned
        ),
        trial=lambda _at: SendDownFacts(opinion="…"),
    ),
    Act(
        verb="send_outside",
        label="转外部机构",
        facts=OutsideFacts,
        tell=lambda at, facts: events.CaseSentOutside(
            on=at.day, body=facts.body, number=facts.number
        ),
        trial=lambda _at: OutsideFacts(body="…"),
        options=_outside,
    ),
    Act(
        verb="outside_answer",
        label="登记外部结果",
        facts=AnswerFacts,
        tell=lambda at, facts: events.CaseOutsideAnswered(
            on=at.day, result=facts.result, number=facts.number
        ),
        trial=lambda _at: AnswerFacts(result="…"),
    ),
    Act(
        verb="decide",
        label="作出决定",
        facts=DecideFacts,
        tell=lambda at, facts: events.CaseDecided(
            on=at.day, approved=facts.approved, reason=facts.reason, result=facts.result
        ),
        trial=lambda _at: DecideFacts(approved=True),
        outward=True,
    ),
    Act(
        verb="complete",
        label="当场办结",
        facts=CompleteFacts,
        tell=lambda at, facts: events.CaseCompleted(on=at.day, result=facts.result),
        trial=lambda _at: CompleteFacts(result="…"),
    ),
)

__all__ = ("ACTS", "NoFacts", "without_facts")
