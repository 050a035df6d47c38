"""The agent's papers: the mandate, how it ended or what came of it, and the record of the whole way."""

from __future__ import annotations

import re
from typing import Final

from app.domain import events
from app.domain.case import Case
from app.domain.events import IdKind, Party, PartyRole
from app.domain.items import Mode
from app.domain.masking import mask_phone
from app.domain.papers import (
    AgencyClosed,
    AgencyEnded,
    BackLine,
    CaseRecord,
    FollowUpLine,
    Mandate,
    MaterialLine,
    PaperKind,
    PartyLine,
    SignedFor,
    StepLine,
    chinese_date,
)
from app.domain.regions import RegionCode
from app.domain.tasks import keeping, present
from app.usecases import district_settings, story
from app.usecases.offices import authority
from app.usecases.paper_facts.asked import Asked
from app.usecases.paper_facts.counter import material_line
from app.usecases.paper_facts.delivery import served_lines
from app.usecases.paper_facts.shared import fees_words, limit_words

POWERS: Final = (
    "代为填写申请表格，递交、补正申请材料；",
    "代为查询办理进度，接收补正、受理、决定等文书并及时转交委托人；",
    "代为领取办理结果和证照，并送达委托人。",
)
RESERVED: Final = (
    "未经委托人另行书面同意，受托人不得代为撤回申请、放弃或者处分权利、领取资金，不得转委托他人；",
    "受托人不保管银行卡、存折和任何密码，不得将委托人的材料用于其他事项。",
)
TERM: Final = "自委托人签名（捺指印）之日起，至本事项的办理结果送达委托人或者代办终止之日止。"
DATA_NOTICE: Final = (
    "已告知委托人：办理本事项需要收集、使用委托人及有关人员的身份、联系方式和申请材料等个人信息，"
    "只用于本事项的办理、送达、回访和归档，依法保密；委托人可以查询、更正本人信息。"
)
_FREE: Final = "代办服务不收取任何费用。"
_ACTING: Final = {PartyRole.GUARDIAN: "法定代理人", PartyRole.ATTORNEY: "委托代理人"}
_AT_ONCE: Final = "当场告知结果"
_TOLD_ELSEWHERE: Final = ("card.", "case.compared", "case.appraised", "attachment.")
"""Supervision of people, and what the archive and the desk settle among themselves; scans are papers told already."""


# --- the mandate ------------------------------------------------------------------------------------


def mandate_due(asked: Asked) -> bool:
    """While the agent acts; one that was issued may be printed again afterwards."""
    case = asked.case
    agreed = case.mandate and case.mode is Mode.PROXY
    return agreed and (not case.state.ended or _was_issued(case, PaperKind.MANDATE))


def mandate(asked: Asked) -> Mandate:
    store, case, item = asked.store, asked.case, asked.item
    charges = fees_words(item)
    own = (
        f"办理本事项依法应当缴纳的费用由委托人承担：{charges}。" if item.fees else "本事项不收费。"
    )
    return Mandate(
        **(asked.common(issuer=asked.station) | {"id_number": ""}),
        principal=_party("委托人", case.applicant),
        acting=tuple(
            _party(_ACTING[party.role], party) for party in case.parties if party.role in _ACTING
        ),
        agent=_agent(asked),
        authority=authority(store, case.region, item),
        signed_on=case.received_on,
        powers=POWERS,
        reserved=RESERVED,
        term=TERM,
        fees=_FREE + own,
        data_notice=DATA_NOTICE,
        materials=_handed_in(asked),
        signing=() if case.signing is None else (_signed_for(case.signing),),
    )


def _party(role: str, party: Party) -> PartyLine:
    has_number = party.id_kind not in (IdKind.NONE, IdKind.LOST)
    return PartyLine(
        role=role,
        name=party.name,
        id_label=party.id_kind.label,
        id_number=party.id_number if has_number else "",
        phone=party.phone,
        address=party.address,
        basis="，".join(words for words in (party.relation, party.basis) if words),
    )


def _agent(asked: Asked) -> PartyLine:
    """Whoever received the papers, for their station."""
    actor = asked.story[0].entry.actor
    card = None if actor is None else asked.store.publications.operators.get(actor)
    return PartyLine(
        role="受托人",
        name=card.name if card else asked.handler or asked.station,
        phone=card.phone if card else "",
        address=asked.store.publications.station_name(asked.case.station),
        basis=card.post if card and card.post else "代办员",
    )


def _signed_for(signing: events.Signing) -> SignedFor:
    return SignedFor(
        written_by=signing.written_by,
        read_by=signing.read_by,
        witness=signing.witness,
        witness_phone=signing.witness_phone,
        fingerprint=signing.fingerprint,
    )


def _handed_in(asked: Asked) -> tuple[MaterialLine, ...]:
    names = asked.item.materials
    return tuple(material_line(names[one.index], one) for one in asked.case.materials)


# --- how it ended -----------------------------------------------------------------------------------


def ended_due(asked: Asked) -> bool:
    went_on = asked.case.mode is Mode.PROXY and (
        asked.case.has_result or not asked.case.state.ended
    )
    return not went_on and _was_carried(asked) and _ending(asked) is not None


def ended(asked: Asked) -> AgencyEnded:
    ending = _ending(asked)
    assert ending is not None
    words, reason, told = ending
    return AgencyEnded(
        **asked.common(issuer=asked.station),
        ended_on=told.on,
        ending=words,
        reason=reason,
        consequence=_consequence(asked),
        returned=_returned(asked),
    )


_Ending = (
    events.CaseWithdrawn
    | events.CaseVoided
    | events.CaseRefused
    | events.CaseLapsed
    | events.CaseCorrected
)


def _ending(asked: Asked) -> tuple[str, str, _Ending] | None:
    """Why the agent's task is over: in words, the reason, and what says so."""
    case = asked.case
    if case.withdrawn is not None:
        return "申请人撤回申请", case.withdrawn.reason, case.withdrawn
    if case.voided is not None:
        return "办件作废", case.voided.reason, case.voided
    if case.refused is not None:
        right = case.refused.right_authority
        to = f"该事项请向{right}提出。" if right else ""
        return "办理机关不予受理", f"{case.refused.reason.rstrip('。')}。{to}", case.refused
    if case.mode is not Mode.PROXY:
        changed = next(one for one in reversed(case.corrections) if one.modes or one.item)
        return f"办理方式改为{case.mode.label}", changed.reason, changed
    lapsed = asked.last(events.CaseLapsed)
    said = None if lapsed is None else lapsed.body
    if not isinstance(said, events.CaseLapsed):
        return None
    return "逾期未补正，按退件处理", said.note, said


def _consequence(asked: Asked) -> str:
    case = asked.case
    to = authority(asked.store, case.region, asked.item)
    if not case.state.ended:
        return "自终止之日起，代办员不再代为办理；本件继续办理，由申请人本人到场或者自行提交。"
    refused = "对不予受理不服的，救济途径见《不予受理通知书》。" if case.refused else ""
    return (
        "自终止之日起，代办委托书失效，代办员不再代为办理。"
        f"申请人可以自行向{to}申请，也可以重新委托代办。{refused}"
    )


# --- what came of it --------------------------------------------------------------------------------


def closed_due(asked: Asked) -> bool:
    return asked.case.has_result and asked.case.mode is Mode.PROXY


def closed(asked: Asked) -> AgencyClosed:
    case, served = asked.case, asked.case.delivered
    done = served or case.completed or case.concluded
    assert done is not None
    days = district_settings.current(asked.store).follow_up_days
    return AgencyClosed(
        **asked.common(issuer=asked.station),
        closed_on=done.on,
        outcome=_outcome(case),
        results=served_lines(asked) if served else (),
        way=served.way.label if served else _AT_ONCE,
        handed_by=asked.writer(type(done)),
        received_by=served.recipient if served else case.applicant.name,
        relation=served.relation if served else "本人",
        proof=served.proof if served else "",
        returned=_returned(asked),
        follow_up=f"承办人以外的人员将在办结后{days}个工作日内回访，请如实评价代办服务。",
    )


def _outcome(case: Case) -> str:
    if case.completed is not None:
        return case.completed.result
    if case.concluded is not None:
        number = case.concluded.number
        return case.concluded.outcome + (f"（对方编号{number}）" if number else "")
    decision = case.decision
    assert decision is not None
    more = decision.result or ("" if decision.approved else decision.reason)
    words = "准予" if decision.approved else "不予"
    return f"{words}：{more}" if more else f"{words}。"


# --- the whole way ----------------------------------------------------------------------------------


def record_due(asked: Asked) -> bool:
    """At its end, where the file is kept or the agent sits."""
    case, publications = asked.case, asked.store.publications
    here = present(publications, asked.store.region)
    files = (present(publications, case.station), keeping(case, publications))
    return case.state.ended and here in files and _was_carried(asked)


def record(asked: Asked) -> CaseRecord:
    case = asked.case
    asked_by, mended_by = asked.writer(events.CaseFollowedUp), asked.writer(events.CaseRectified)
    followed, rectified = case.followed_up, case.rectified
    return CaseRecord(
        **asked.common(issuer=asked.station),
        received_on=case.received_on,
        mode=case.mode.label,
        phone=mask_phone(case.applicant.phone),
        authority=authority(asked.store, case.region, asked.item),
        limit_words=limit_words(asked.item),
        steps=tuple(
            StepLine(on=one.on, who=one.who, what=_on_paper(one.what))
            for one in asked.story
            if _is_step(one)
        ),
        result=_how_it_ended(asked),
        followed_up=()
        if followed is None
        else (
            FollowUpLine(
                on=followed.on,
                who=asked_by,
                way=followed.way,
                grade=followed.grade.label,
                opinion=followed.opinion,
            ),
        ),
        rectified=()
        if rectified is None
        else (StepLine(on=rectified.on, who=mended_by, what=rectified.measures),),
        archive_number=case.archived.number if case.archived else "",
    )


def _is_step(one: story.Told) -> bool:
    """An act of the case itself: a document once, this one not at all, or each print would be another."""
    paper = one.body
    if isinstance(paper, events.PaperIssued):
        return not paper.reprint and paper.paper != PaperKind.CASE_RECORD
    return not one.entry.kind.startswith(_TOLD_ELSEWHERE)


_SPACED: Final = re.compile(r"(?<=[0-9]) (?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) (?=[0-9])")


def _on_paper(words: str) -> str:
    """Without the spaces around figures that a screen has; parts in one line."""
    return _SPACED.sub("", "；".join(words.splitlines()).rstrip("。")) + "。"


def _how_it_ended(asked: Asked) -> str:
    case = asked.case
    if case.has_result:
        return _outcome(case)
    ending = _ending(asked)
    return case.state.label if ending is None else "：".join(part for part in ending[:2] if part)


# --- what went back ---------------------------------------------------------------------------------


def _returned(asked: Asked) -> tuple[BackLine, ...]:
    """Originals in custody, then everything else that was handed in."""
    name = asked.store.publications.station_name
    held = tuple(
        BackLine(
            what=one.what,
            count=f"原件{one.count}件",
            outcome=f"{chinese_date(one.since)}退还{one.receiver}"
            if not one.at
            else f"待退还，存{name(RegionCode(one.at))}",
        )
        for one in asked.case.originals
    )
    others = tuple(
        _kept(line, in_custody=one.held)
        for line, one in zip(_handed_in(asked), asked.case.materials, strict=True)
        if line.copies or not one.held
    )
    return (*held, *others)


def _kept(line: MaterialLine, *, in_custody: bool) -> BackLine:
    original = "" if in_custody or not line.originals else "原件"
    counts = (
        f"{original}{line.originals}件" if original else "",
        f"复印件{line.copies}份" if line.copies else "",
    )
    became = "随卷存档" if line.originals_held else "收件时当场退还"
    outcomes = (f"{original}{became}" if original else "", "复印件随卷存档" if line.copies else "")
    return BackLine(
        what=line.name,
        count="，".join(filter(None, counts)) or "—",
        outcome="，".join(filter(None, outcomes)) or "收件时核验",
    )


# --- whether there was an agent at all --------------------------------------------------------------


def _was_carried(asked: Asked) -> bool:
    """Whether the agent acted for the applicant, now or before the way of handling was corrected."""
    case = asked.case
    if case.mode is Mode.PROXY:
        return True
    if not any(one.modes or one.item for one in case.corrections):
        return False
    opened = asked.story[0].body
    first = (opened.mode,) if isinstance(opened, events.CaseRegistered) else ()
    return Mode.PROXY in (*first, *(mode for one in case.corrections for mode in one.modes))


def _was_issued(case: Case, kind: PaperKind) -> bool:
    return any(one.paper == kind for one in case.papers)
