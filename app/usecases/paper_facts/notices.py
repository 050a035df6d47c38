"""The authority's notices."""

from __future__ import annotations

from app.domain.clocks import ClockName
from app.domain.papers import (
    AcceptanceNotice,
    DecisionNotice,
    DefectLine,
    RefusalNotice,
    SupplementNotice,
)
from app.usecases.materials import missing_materials
from app.usecases.paper_facts.asked import Asked
from app.usecases.paper_facts.shared import basis, fees_words, limit_words, remedies


def accepted(asked: Asked) -> bool:
    return asked.case.accepted_on is not None


def refused(asked: Asked) -> bool:
    return asked.case.refused is not None


def decided(asked: Asked) -> bool:
    return asked.case.decision is not None


def supplement_asked(asked: Asked) -> bool:
    return asked.case.supplement is not None


def acceptance(asked: Asked) -> AcceptanceNotice:
    case, item = asked.case, asked.item
    promised = asked.clock(ClockName.PROMISED)
    assert case.accepted_on is not None
    return AcceptanceNotice(
        **asked.common(issuer=asked.sealing),
        applied_on=case.received_on,
        accepted_on=case.accepted_on,
        basis=basis(item),
        limit_words=limit_words(item),
        due=promised.due if promised else None,
        due_expected=bool(promised and promised.expected),
        not_counted=tuple(procedure.type for procedure in item.stops_clock),
        fees_words=fees_words(item),
    )


def refusal(asked: Asked) -> RefusalNotice:
    case, item = asked.case, asked.item
    assert case.refused is not None
    return RefusalNotice(
        **asked.common(issuer=asked.sealing),
        applied_on=case.received_on,
        reason=case.refused.reason,
        right_authority=case.refused.right_authority,
        basis=basis(item),
        remedies=remedies(asked.store),
    )


def decision(asked: Asked) -> DecisionNotice:
    case, item = asked.case, asked.item
    said = case.decision
    assert said is not None
    assert case.accepted_on is not None
    outcome = f"准予办理“{item.name}”。" if said.approved else f"不予办理“{item.name}”。"
    complete = not missing_materials(item, case.materials)
    complete_words = "申请材料齐全、符合规定形式，" if complete else ""
    findings = said.reason or f"{complete_words}申请事项符合审批标准。"
    return DecisionNotice(
        **asked.common(issuer=asked.sealing),
        approved=said.approved,
        applied_on=case.received_on,
        accepted_on=case.accepted_on,
        findings=findings,
        basis=basis(item),
        decision=outcome + said.result,
        remedies="" if said.approved else remedies(asked.store),
    )


def supplement(asked: Asked) -> SupplementNotice:
    case = asked.case
    notice = case.supplement
    assert notice is not None
    limit = asked.clock(ClockName.SUPPLEMENT)
    return SupplementNotice(
        **asked.common(issuer=asked.sealing),
        applied_on=case.received_on,
        times=case.supplement_notices,
        defects=tuple(
            DefectLine(what=defect.what, standard=defect.standard) for defect in notice.defects
        ),
        due=limit.due if limit else None,
        due_expected=bool(limit and limit.expected),
        bring_to=asked.store.publications.station_name(case.station),
    )
