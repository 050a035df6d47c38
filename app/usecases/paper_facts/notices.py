"""The authority's notices."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from app.domain.clocks import Clock, ClockName
from app.domain.events import ReturnReason
from app.domain.limits import deadline
from app.domain.papers import (
    AcceptanceNotice,
    DecisionNotice,
    DefectLine,
    ExtensionNotice,
    RefusalNotice,
    ReturnNotice,
    SpecialProcedureNotice,
    SupplementNotice,
)
from app.usecases.materials import missing_materials
from app.usecases.paper_facts.asked import Asked
from app.usecases.paper_facts.shared import UNITS, basis, fees_words, limit_words, remedies


def accepted(asked: Asked) -> bool:
    return asked.case.accepted_on is not None


def refused(asked: Asked) -> bool:
    return asked.case.refused is not None


def decided(asked: Asked) -> bool:
    return asked.case.decision is not None


def supplement_asked(asked: Asked) -> bool:
    return asked.case.supplement is not None


def procedure_began(asked: Asked) -> bool:
    return bool(asked.case.procedures) and asked.case.accepted_on is not None


def extended(asked: Asked) -> bool:
    return asked.case.extension is not None and asked.case.accepted_on is not None


def returned(asked: Asked) -> bool:
    return asked.case.returned is not None


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


def special_procedure(asked: Asked) -> SpecialProcedureNotice:
    """Of the last procedure, as it was when it began: a reprint says what was told."""
    case, item = asked.case, asked.item
    procedure = case.procedures[-1]
    assert case.accepted_on is not None
    calendar = asked.store.publications.calendar(case.region)
    ends = deadline(procedure.began, procedure.days, procedure.unit, calendar)
    fixed = ends if procedure.days else None
    promised = _last(case.clocks, ClockName.PROMISED)
    due = _if_ended(promised, procedure.began, fixed.due) if promised and fixed else None
    last = (
        deadline(due.starts, due.days + due.extended, due.unit, calendar, due.pauses)
        if due
        else None
    )
    return SpecialProcedureNotice(
        **asked.common(issuer=asked.sealing),
        applied_on=case.received_on,
        accepted_on=case.accepted_on,
        procedure=procedure.type,
        basis=(procedure.basis,) if procedure.basis else basis(item),
        began=procedure.began,
        days_words=f"{procedure.days}{UNITS[procedure.unit]}" if procedure.days else "",
        ends_by=fixed.due if fixed else None,
        approver=procedure.approver,
        due=last.due if last else None,
        expected=any(one.expected for one in (fixed, last) if one),
    )


def _last(clocks: tuple[Clock, ...], name: ClockName) -> Clock | None:
    return next((clock for clock in reversed(clocks) if clock.name is name), None)


def _if_ended(clock: Clock, began: date, ended: date) -> Clock:
    """The clock as it would run on if the pause that began then ended on that day."""
    before = tuple(pause for pause in clock.pauses if pause[0] < began)
    return replace(clock, pauses=(*before, (began, ended)))


def extension(asked: Asked) -> ExtensionNotice:
    case, item = asked.case, asked.item
    said, promised = case.extension, asked.clock(ClockName.PROMISED)
    assert said is not None
    assert case.accepted_on is not None
    licensing = ("《中华人民共和国行政许可法》第四十二条",) if item.licence else ()
    return ExtensionNotice(
        **asked.common(issuer=asked.sealing),
        applied_on=case.received_on,
        accepted_on=case.accepted_on,
        extended_on=said.on,
        reason=said.reason,
        basis=(*licensing, *basis(item)),
        days_words=f"{said.days}{UNITS[item.clock.unit]}",
        approver=said.approver,
        due=promised.due if promised else None,
        due_expected=bool(promised and promised.expected),
    )


def return_notice(asked: Asked) -> ReturnNotice:
    case = asked.case
    said = case.returned
    assert said is not None
    defective = said.reason is ReturnReason.DEFECTS
    return ReturnNotice(
        **asked.common(issuer=asked.sealing),
        applied_on=case.received_on,
        returned_on=said.on,
        right_authority="" if defective else said.right_authority,
        defects=tuple(one for one in said.defects if one.strip()) if defective else (),
        times=case.supplement_notices if defective else 0,
        basis=basis(asked.item),
        returned_to=asked.store.publications.station_name(case.station),
        review=remedies(asked.store, against="本退回"),
    )
