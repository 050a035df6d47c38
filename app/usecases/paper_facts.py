"""What each document says of a case: its facts, gathered from the case, its item and its place."""

from __future__ import annotations

from typing import Any

from app.domain import rules
from app.domain.case import Case, State
from app.domain.clocks import ClockName
from app.domain.events import MaterialTaken, Party
from app.domain.items import Item, Starts
from app.domain.limits import Unit
from app.domain.masking import mask_id
from app.domain.money import yuan
from app.domain.papers import (
    AcceptanceNotice,
    ApplicationForm,
    CustodySlip,
    DecisionNotice,
    DefectLine,
    MaterialLine,
    MaterialsReceipt,
    OriginalLine,
    PaperFacts,
    PaperKind,
    RefusalNotice,
    SharedMaterial,
    SupplementNotice,
    VisitLine,
    VisitReceipt,
    remedies_text,
)
from app.domain.regions import RegionCode, Tier, place_name
from app.domain.tasks import present
from app.errors import Refused
from app.store.rows import ClockRow, clock_rows
from app.store.store import Store
from app.usecases import district_settings
from app.usecases.application_forms import application_form
from app.usecases.materials import missing_materials
from app.usecases.offices import authority, sealing
from app.usecases.today import today
from app.usecases.whereabouts import is_elsewhere

_UNITS = {Unit.WORKING: "个工作日", Unit.NATURAL: "日"}


class PaperNotDue(Refused):
    """The case has not come to what this document says (facts: paper, state)."""

    code = "paper_not_due"


class PaperNotOurs(Refused):
    """This station has no power to issue the document (fact: paper)."""

    code = "paper_not_ours"


def facts_of(store: Store, case: Case, kind: PaperKind, *, number: str) -> PaperFacts:
    """What the document says of the case now. Raises PaperNotDue, PaperNotOurs."""
    check_due(store, case, kind)
    item = store.publications.item(case.item, case.item_version)
    handler = _handler(store, case, kind)
    match kind:
        case PaperKind.MATERIALS_RECEIPT | PaperKind.MATERIALS_SLIP:
            return _receipt(store, case, item, kind, number, handler)
        case PaperKind.ACCEPTANCE:
            return _acceptance(store, case, item, number, handler)
        case PaperKind.REFUSAL:
            return _refusal(store, case, item, number, handler)
        case PaperKind.DECISION:
            return _decision(store, case, item, number, handler)
        case PaperKind.SUPPLEMENT_NOTICE:
            return _supplement(store, case, item, number, handler)
        case PaperKind.VISIT_RECEIPT:
            return _visit(store, case, item, number, handler)
        case PaperKind.CUSTODY_SLIP:
            return _custody(store, case, item, number, handler)
        case PaperKind.APPLICATION_FORM:
            return _form(store, case, item, number, handler)


def check_due(store: Store, case: Case, kind: PaperKind) -> None:
    """Whether this station may print the document for the case now. Raises PaperNotDue, PaperNotOurs."""
    if is_elsewhere(store, case.region):  # its village left: who has it now prints
        raise PaperNotOurs(paper=kind.label)
    if case.state is State.DESTROYED:
        raise PaperNotDue(paper=kind.label, state=case.state.label)
    item = store.publications.item(case.item, case.item_version)
    if kind in _OF_THE_COUNTER:
        if present(store.publications, case.station) != present(store.publications, store.region):
            raise PaperNotOurs(paper=kind.label)
        alone = kind is PaperKind.VISIT_RECEIPT and len(cases_of_visit(store, case)) < _SEVERAL
        if alone or (kind is PaperKind.APPLICATION_FORM and item.application_form is None):
            raise PaperNotDue(paper=kind.label, state=case.state.label)
        return
    if kind is PaperKind.CUSTODY_SLIP:
        if not case.originals:
            raise PaperNotDue(paper=kind.label, state=case.state.label)
        return
    power = item.decides if kind is PaperKind.DECISION else rules.examining_level(item)
    if Tier(store.certificate.tier) is not power.tier:
        raise PaperNotOurs(paper=kind.label)
    happened: dict[PaperKind, object] = {
        PaperKind.ACCEPTANCE: case.accepted_on,
        PaperKind.REFUSAL: case.refused,
        PaperKind.DECISION: case.decision,
        PaperKind.SUPPLEMENT_NOTICE: case.supplement,
    }
    if happened[kind] is None:
        raise PaperNotDue(paper=kind.label, state=case.state.label)


_OF_THE_COUNTER = frozenset(
    {
        PaperKind.MATERIALS_RECEIPT,
        PaperKind.MATERIALS_SLIP,
        PaperKind.VISIT_RECEIPT,
        PaperKind.APPLICATION_FORM,
    }
)
_SEVERAL = 2
_RESTS_ON = {
    PaperKind.MATERIALS_RECEIPT: "case.registered",
    PaperKind.MATERIALS_SLIP: "case.registered",
    PaperKind.ACCEPTANCE: "case.accepted",
    PaperKind.REFUSAL: "case.refused",
    PaperKind.DECISION: "case.decided",
    PaperKind.SUPPLEMENT_NOTICE: "case.supplement_asked",
    PaperKind.VISIT_RECEIPT: "case.registered",
    PaperKind.APPLICATION_FORM: "case.registered",
}


def _handler(store: Store, case: Case, kind: PaperKind) -> str:
    """Who did what the document tells (经办人), whoever prints it."""
    misfits = {misfit.ref for misfit in case.out_of_place}
    for entry in store.history(case.subject):
        if (
            entry.kind == _RESTS_ON.get(kind, "case.custody_moved")
            and entry.ref not in misfits
            and entry.actor is not None
        ):
            return store.publications.operator(entry.actor).name
    return ""


# --- each document ----------------------------------------------------------------------------------


def _receipt(
    store: Store, case: Case, item: Item, kind: PaperKind, number: str, handler: str
) -> MaterialsReceipt:
    forwarding = _due(store, case, ClockName.FORWARDING)
    missing = missing_materials(item, case.materials)
    given = {material.index: material for material in case.materials}
    lines = [
        _material(material.name, given.get(index))
        for index, material in enumerate(item.materials)
        if index in given or material.name in missing
    ]
    return MaterialsReceipt(
        kind=kind,
        **_common(store, case, item, number, handler, issuer=store.certificate.station),
        received_on=case.received_on,
        authority=authority(store, case.region, item),
        mode=case.mode.label,
        forward_words=""
        if forwarding is None
        else f"收件后{forwarding.days}{_UNITS[forwarding.unit]}内转报",
        forward_by=forwarding.due if forwarding else None,
        forward_expected=bool(forwarding and forwarding.expected),
        limit_words=_limit_words(item),
        fees_words=_fees_words(item),
        materials=tuple(lines),
        remarks=tuple(_remarks(case, missing)),
    )


def _acceptance(
    store: Store, case: Case, item: Item, number: str, handler: str
) -> AcceptanceNotice:
    promised = _due(store, case, ClockName.PROMISED)
    assert case.accepted_on is not None
    return AcceptanceNotice(
        **_common(store, case, item, number, handler, issuer=sealing(store, item)),
        applied_on=case.received_on,
        accepted_on=case.accepted_on,
        basis=_basis(item),
        limit_words=_limit_words(item),
        due=promised.due if promised else None,
        due_expected=bool(promised and promised.expected),
        not_counted=tuple(procedure.type for procedure in item.stops_clock),
        fees_words=_fees_words(item),
    )


def _refusal(store: Store, case: Case, item: Item, number: str, handler: str) -> RefusalNotice:
    assert case.refused is not None
    return RefusalNotice(
        **_common(store, case, item, number, handler, issuer=sealing(store, item)),
        applied_on=case.received_on,
        reason=case.refused.reason,
        right_authority=case.refused.right_authority,
        basis=_basis(item),
        remedies=_remedies(store),
    )


def _decision(store: Store, case: Case, item: Item, number: str, handler: str) -> DecisionNotice:
    decision = case.decision
    assert decision is not None
    assert case.accepted_on is not None
    outcome = f"准予办理“{item.name}”。" if decision.approved else f"不予办理“{item.name}”。"
    complete = not missing_materials(item, case.materials)
    form = "申请材料齐全、符合规定形式，" if complete else ""
    findings = decision.reason or f"{form}申请事项符合审批标准。"
    return DecisionNotice(
        **_common(store, case, item, number, handler, issuer=sealing(store, item)),
        approved=decision.approved,
        applied_on=case.received_on,
        accepted_on=case.accepted_on,
        findings=findings,
        basis=_basis(item),
        decision=outcome + decision.result,
        remedies="" if decision.approved else _remedies(store),
    )


def _supplement(
    store: Store, case: Case, item: Item, number: str, handler: str
) -> SupplementNotice:
    notice = case.supplement
    assert notice is not None
    limit = _due(store, case, ClockName.SUPPLEMENT)
    return SupplementNotice(
        **_common(store, case, item, number, handler, issuer=sealing(store, item)),
        applied_on=case.received_on,
        times=case.supplement_notices,
        defects=tuple(
            DefectLine(what=defect.what, standard=defect.standard) for defect in notice.defects
        ),
        due=limit.due if limit else None,
        due_expected=bool(limit and limit.expected),
        bring_to=store.publications.station_name(case.station),
    )


def cases_of_visit(store: Store, case: Case) -> list[Case]:
    """The cases of one visit in the order in which they were registered; only this one if it came alone."""
    first = case.visit or case.subject
    rows = store.rows.where("visit = ?", (str(first),), order="n", limit=-1)
    cases = [store.case(subject) for subject in (first, *(row.subject for row in rows))]
    return [one for one in cases if isinstance(one, Case) and one.station == case.station]


def _visit(store: Store, case: Case, item: Item, number: str, handler: str) -> VisitReceipt:
    cases = cases_of_visit(store, case)
    items = [store.publications.item(one.item, one.item_version) for one in cases]
    shared: dict[str, tuple[MaterialLine, list[int]]] = {}
    for place, (one, of) in enumerate(zip(cases, items, strict=True), 1):
        for material in one.materials:
            line = _material(of.materials[material.index].name, material)
            key = f"{one.applicant.name}\n{line.name}"
            shared.setdefault(key, (line, []))[1].append(place)
    common = _common(store, cases[0], items[0], number, handler, issuer=store.certificate.station)
    return VisitReceipt(
        **(common | {"item": f"共{len(cases)}件", "item_id": ""}),
        received_on=case.received_on,
        cases=tuple(
            VisitLine(
                applicant=one.applicant.name,
                item=of.name,
                local_number=one.local_number.text,
                limit=_limit_words(of),
                missing=len(missing_materials(of, one.materials)),
            )
            for one, of in zip(cases, items, strict=True)
        ),
        materials=tuple(
            SharedMaterial(line=line, cases=tuple(places)) for line, places in shared.values()
        ),
    )


def _custody(store: Store, case: Case, item: Item, number: str, handler: str) -> CustodySlip:
    names = store.publications.station_name
    return CustodySlip(
        **_common(store, case, item, number, handler, issuer=store.certificate.station),
        originals=tuple(
            OriginalLine(
                what=one.what,
                whose=one.whose,
                count=one.count,
                where=names(RegionCode(one.at)) if one.at else "已退还",
                since=one.since,
                receiver=one.receiver,
            )
            for one in case.originals
        ),
    )


def _form(store: Store, case: Case, item: Item, number: str, handler: str) -> ApplicationForm:
    common = _common(store, case, item, number, handler, issuer=store.certificate.station)
    return application_form(store, item, case, common | {"id_number": ""})


# --- what they share --------------------------------------------------------------------------------


def _common(
    store: Store, case: Case, item: Item, number: str, handler: str, *, issuer: str
) -> dict[str, Any]:
    applicant: Party = case.applicant
    settings = district_settings.current(store)
    return {
        "number": number,
        "issuer": issuer,
        "applicant": applicant.name,
        "id_number": mask_id(applicant.id_number) if applicant.id_number else "",
        "item": item.name,
        "item_id": item.id,
        "local_number": case.local_number.text,
        "official_number": case.official_number.text if case.official_number else "",
        "issued_on": today(store),
        "handler": handler,
        "window_phone": settings.window_phone,
        "supervision_phone": settings.supervision_phone,
        "practice": store.certificate.is_practice,
    }


def _basis(item: Item) -> tuple[str, ...]:
    return tuple(f"《{basis.title}》{_source(basis.document_no)}" for basis in item.legal_basis)


def _source(number: str | None) -> str:
    """（主席令第32号，2019年修正）: a bracket inside a bracket reads badly."""
    if not number:
        return ""
    return f"（{number.replace('（', '，').replace('）', '')}）"


_STARTS = {
    Starts.RECEIPT: "自收到申请之日起",
    Starts.TAKING_OVER: "自审批机关接收之日起",
    Starts.ACCEPTANCE: "自受理之日起",
}


def _limit_words(item: Item) -> str:
    clock = item.clock
    if clock.promised == 0:
        return "即办件，收到当日办结"
    unit = _UNITS[clock.unit]
    words = f"{_STARTS[clock.starts]}{clock.promised}{unit}内办结（承诺时限）"
    return words if clock.statutory is None else f"{words}；法定时限{clock.statutory}{unit}"


def _fees_words(item: Item) -> str:
    if not item.fees:
        return "不收费"
    return "；".join(
        f"{fee.name}{yuan(fee.amount_fen) if fee.amount_fen is not None else '按当地标准'}"
        for fee in item.fees
    )


def _material(name: str, taken: MaterialTaken | None) -> MaterialLine:
    if taken is None:
        return MaterialLine(name=name, given=False)
    return MaterialLine(
        name=name,
        originals=int(taken.original),
        copies=taken.copies,
        pages=taken.pages or None,
        originals_held=taken.held,
    )


def _remarks(case: Case, missing: tuple[str, ...]) -> list[str]:
    remarks = []
    if missing:
        remarks.append(f"尚缺必备材料{len(missing)}件，请尽快补齐。")
    if case.backlog:
        remarks.append("本件为补录，收件日期以纸质登记为准。")
    return remarks


def _remedies(store: Store) -> str:
    """As the district publishes them; by default its own government and the court that has jurisdiction."""
    tree = store.publications.tree
    district = tree.at_tier(store.region, Tier.DISTRICT)
    name = place_name(tree.region(district)) if district else ""
    settings = district_settings.current(store)
    return remedies_text(
        reconsider_to=settings.reconsider_to or f"{name}人民政府",
        sue_in=settings.sue_in or "有管辖权的人民法院",
        reconsider_days=settings.reconsider_days,
        suit_months=settings.suit_months,
    )


def _due(store: Store, case: Case, name: ClockName) -> ClockRow | None:
    calendar = store.publications.calendar(case.region)
    rows = [row for row in clock_rows(case.clocks, calendar) if row.name is name]
    return rows[-1] if rows else None
