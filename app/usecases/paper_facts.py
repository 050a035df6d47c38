"""What each document says of a case: its facts, gathered from the case, its item and its place."""

from __future__ import annotations

from typing import Any

from app.domain import rules
from app.domain.case import Case, ClockName
from app.domain.events import MaterialTaken, Party
from app.domain.items import Item, Level, Starts
from app.domain.limits import Unit
from app.domain.masking import mask_id
from app.domain.money import yuan
from app.domain.papers import (
    AcceptanceNotice,
    DecisionNotice,
    MaterialLine,
    MaterialsReceipt,
    PaperFacts,
    PaperKind,
    RefusalNotice,
    remedies_text,
)
from app.domain.regions import Region, Tier, place_name
from app.errors import Refused
from app.store.rows import ClockRow, clock_rows
from app.store.store import Store
from app.usecases.registration import missing_materials
from app.usecases.today import today

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


def check_due(store: Store, case: Case, kind: PaperKind) -> None:
    """Whether this station may print the document for the case now. Raises PaperNotDue, PaperNotOurs."""
    if kind in (PaperKind.MATERIALS_RECEIPT, PaperKind.MATERIALS_SLIP):
        if case.station != store.region:
            raise PaperNotOurs(paper=kind.label)
        return
    item = store.publications.item(case.item, case.item_version)
    power = item.decides if kind is PaperKind.DECISION else rules.examining_level(item)
    if Tier(store.certificate.tier) is not power.tier:
        raise PaperNotOurs(paper=kind.label)
    happened: dict[PaperKind, object] = {
        PaperKind.ACCEPTANCE: case.accepted_on,
        PaperKind.REFUSAL: case.refused,
        PaperKind.DECISION: case.decision,
    }
    if happened[kind] is None:
        raise PaperNotDue(paper=kind.label, state=case.state.label)


_RESTS_ON = {
    PaperKind.MATERIALS_RECEIPT: "case.registered",
    PaperKind.MATERIALS_SLIP: "case.registered",
    PaperKind.ACCEPTANCE: "case.accepted",
    PaperKind.REFUSAL: "case.refused",
    PaperKind.DECISION: "case.decided",
}


def _handler(store: Store, case: Case, kind: PaperKind) -> str:
    """Who did what the document tells (经办人), whoever prints it."""
    misfits = {misfit.ref for misfit in case.out_of_place}
    for entry in store.history(case.subject):
        if entry.kind == _RESTS_ON[kind] and entry.ref not in misfits and entry.actor is not None:
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
        authority=_authority(store, case, item),
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
        **_common(store, case, item, number, handler, issuer=_own_office(store)),
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
        **_common(store, case, item, number, handler, issuer=_own_office(store)),
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
        **_common(store, case, item, number, handler, issuer=_own_office(store)),
        approved=decision.approved,
        applied_on=case.received_on,
        accepted_on=case.accepted_on,
        findings=findings,
        basis=_basis(item),
        decision=outcome + decision.result,
        remedies="" if decision.approved else _remedies(store),
    )


# --- what they share --------------------------------------------------------------------------------


def _common(
    store: Store, case: Case, item: Item, number: str, handler: str, *, issuer: str
) -> dict[str, Any]:
    applicant: Party = case.applicant
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
    }


def _own_office(store: Store) -> str:
    return _office(store, store.publications.tree.region(store.region))


def _office(store: Store, region: Region) -> str:
    """The organ whose seal a notice bears: the township's government, the subdistrict's office."""
    name = place_name(region)
    match region.tier:
        case Tier.TOWNSHIP:
            return f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"
        case Tier.DISTRICT:  # which of its departments, the catalogue does not say yet
            return f"{name}主管部门"
        case Tier.VILLAGE:
            return store.publications.station_name(region.code)


def _authority(store: Store, case: Case, item: Item) -> str:
    """Who examines and who decides, where they are not one."""
    examining = _organ(store, case, item, rules.examining_level(item))
    deciding = _organ(store, case, item, item.decides)
    return deciding if examining == deciding else f"{examining}受理，{deciding}决定"


def _organ(store: Store, case: Case, item: Item, level: Level) -> str:
    tree = store.publications.tree
    code = None if level.tier is None else tree.at_tier(case.region, level.tier)
    if code is None:
        return item.external_body or level.label
    region = tree.region(code)
    return _office(store, region)


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
    tree = store.publications.tree
    district = tree.at_tier(store.region, Tier.DISTRICT)
    name = place_name(tree.region(district)) if district else ""
    return remedies_text(reconsider_to=f"{name}人民政府", sue_in="有管辖权的人民法院")


def _due(store: Store, case: Case, name: ClockName) -> ClockRow | None:
    calendar = store.publications.calendar(case.region)
    rows = [row for row in clock_rows(case.clocks, calendar) if row.name is name]
    return rows[-1] if rows else None
