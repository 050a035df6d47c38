"""Until the authority has accepted or refused."""

from __future__ import annotations

from app.domain import events
from app.domain.events import ReturnReason
from app.domain.numbers import LocalNumber
from app.usecases.story.telling import Telling, joined, numbered, said, tell


@tell.register(events.CaseTakenOver)
def _taken_over(body: events.CaseTakenOver, telling: Telling) -> str:
    """A case that was returned and comes again keeps its number; what is written here was not needed."""
    number = LocalNumber(body.station, body.on, body.slot, body.running).text
    return f"接收了材料，编号{f' {number}' if number == telling.official_number else '不变'}"


@tell.register(events.CaseReturned)
def _returned(body: events.CaseReturned, telling: Telling) -> str:
    if body.reason is ReturnReason.WRONG_AUTHORITY:
        return f"退回：不归本机关办理，应由{body.right_authority}办理"
    return f"退回补正，一次告知 {len(body.defects)} 处{numbered(body.defects)}"


@tell.register(events.CaseSupplementAsked)
def _asked(body: events.CaseSupplementAsked, telling: Telling) -> str:
    lines = [
        joined(one.what, f"要求：{one.standard}" if one.standard else "") for one in body.defects
    ]
    return (
        f"一次性告知补正 {len(body.defects)} 处，请申请人在 {body.days} 日内补齐{numbered(lines)}"
    )


@tell.register(events.CaseSupplementReceived)
def _supplement_came(body: events.CaseSupplementReceived, telling: Telling) -> str:
    names = telling.materials(one.index for one in body.materials)
    came = f"收到补正材料：{names}" if names else "收到补正"
    return joined(f"{came}，审查时限继续计算", body.note)


@tell.register(events.CaseLapsed)
def _lapsed(body: events.CaseLapsed, telling: Telling) -> str:
    return f"因逾期没有补正，把这件退件{said(body.note)}"


@tell.register(events.CaseAccepted)
def _accepted(body: events.CaseAccepted, telling: Telling) -> str:
    return "受理了申请"


@tell.register(events.CaseDeemedAccepted)
def _deemed(body: events.CaseDeemedAccepted, telling: Telling) -> str:
    return "登记：审查期满没有答复，自收到材料之日起视为受理"


@tell.register(events.CaseRefused)
def _refused(body: events.CaseRefused, telling: Telling) -> str:
    right = f"应由{body.right_authority}办理" if body.right_authority else ""
    return joined(f"决定不予受理{said(body.reason)}", right)
