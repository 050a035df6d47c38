"""The authority's notices."""

from __future__ import annotations

from datetime import date

from app.domain.clocks import ClockName
from app.domain.events import ReturnReason
from app.domain.limits import Deadline, Pause, deadline
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
    days = procedure.days
    ends = deadline(procedure.began, days, procedure.unit, calendar) if days else None
    last = _promise(asked, procedure.began, pause=(procedure.began, ends.due)) if ends else None
    return SpecialProcedureNotice(
        **asked.common(issuer=asked.sealing),
        applied_on=case.received_on,
        accepted_on=case.accepted_on,
        procedure=procedure.type,
        basis=(procedure.basis,) if procedure.basis else basis(item),
        began=procedure.began,
        days_words=f"{days}{UNITS[procedure.unit]}" if days else "",
        ends_by=ends.due if ends else None,
        approver=procedure.approver,
        due=last.due if last else None,
        expected=any(one.expected for one in (ends, last) if one),
    )


def extension(asked: Asked) -> ExtensionNotice:
    """As it was on the day of the extension: what stops the clock later has a notice of its own."""
    case, item = asked.case, asked.item
    said = case.extension
    assert said is not None
    assert case.accepted_on is not None
    last = _promise(asked, said.on)
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
        due=last.due if last else None,
        due_expected=bool(last and last.expected),
    )


def _promise(asked: Asked, on: date, *, pause: Pause | None = None) -> Deadline | None:
    """The promise's last day by what was known that day, and by a pause that begins on it."""
    case = asked.case
    clocks = [clock for clock in case.clocks if clock.name is ClockName.PROMISED]
    if not clocks:
        return None
    clock = clocks[-1]
    extended = clock.extended if case.extension and case.extension.on <= on else 0
    pauses = [one for one in clock.pauses if one[1] is not None and one[1] <= on]
    pauses += [pause] if pause else []
    calendar = asked.store.publications.calendar(case.region)
    return deadline(clock.starts, clock.days + extended, clock.unit, calendar, pauses)


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
