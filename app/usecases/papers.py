"""Documents about a case: what they say, the number they bear, and the record that they were issued."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from app.domain import rules
from app.domain.case import Case, ClockName
from app.domain.events import MaterialTaken, PaperIssued, Party
from app.domain.items import Item, Level, Starts
from app.domain.limits import Unit
from app.domain.masking import mask_id, mask_name
from app.domain.money import yuan
from app.domain.numbers import DocumentNumber
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
from app.domain.publications import OperatorCard
from app.domain.receipt_code import write_code
from app.domain.regions import Region, Tier, place_name
from app.errors import Refused
from app.journal.refs import Ref
from app.store.rows import ClockRow, clock_rows
from app.store.store import Store
from app.usecases.registration import missing_materials
from app.usecases.today import today

TEMPLATE = 1
"""The version of the documents' layout; one that says things otherwise gets the next."""

Render = Callable[[PaperFacts], bytes]
_UNITS = {Unit.WORKING: "个工作日", Unit.NATURAL: "日"}
_SERVICE_PLACES = ("街道", "社区", "村", "乡", "镇")


class UnknownPaper(Refused):
    code = "unknown_paper"


class PaperNotDue(Refused):
    """The case has not come to what this document says (facts: paper, state)."""

    code = "paper_not_due"


class PaperNotOurs(Refused):
    """This station has no power to issue the document (fact: paper)."""

    code = "paper_not_ours"


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    facts: PaperFacts
    pdf: bytes


def kind_named(name: str) -> PaperKind:
    """Raises UnknownPaper."""
    try:
        return PaperKind(name.replace("-", "_"))
    except ValueError:
        raise UnknownPaper(paper=name, papers=", ".join(PaperKind)) from None


def issue(
    store: Store, subject: Ref, kind: PaperKind, *, by: OperatorCard, render: Render
) -> Issued:
    """Print a document; the second time is a reprint of the first, marked and counted.

    The number is used only if the page could be drawn: `render` runs inside the transaction.
    Raises PaperNotDue, PaperNotOurs, and what `render` raises.
    """
    with store.writing() as tx:
        case = tx.case(subject)
        word = _word(store, kind)
        before = [paper for paper in case.papers if paper.paper == kind and paper.word == word]
        if before:
            facts = _as_issued(before[0], len(before))
            record = msgspec.structs.replace(
                before[0], on=today(store), facts=b"", reprint=len(before)
            )
        else:
            facts, record = _first_issue(store, case, kind, by, tx.running_number)
        pdf = render(facts)
        tx.record(record, by=by, case=case)
    return Issued(facts=facts, pdf=pdf)


def _as_issued(first: PaperIssued, reprint: int) -> PaperFacts:
    facts: PaperFacts = msgspec.msgpack.decode(first.facts, type=PaperFacts)
    return msgspec.structs.replace(facts, reprint=reprint)


def _first_issue(
    store: Store, case: Case, kind: PaperKind, by: OperatorCard, next_number: Callable[[str], int]
) -> tuple[PaperFacts, PaperIssued]:
    day = today(store)
    word, slot = _word(store, kind), store.certificate.slot_text
    record = PaperIssued(
        paper=kind,
        word=word,
        year=day.year,
        slot=slot,
        running=0,
        on=day,
        template=TEMPLATE,
        facts=b"",
    )
    record = msgspec.structs.replace(record, running=next_number(record.series))
    number = DocumentNumber(word, slot, day.year, record.running).text
    facts = facts_of(store, case, kind, number=number, by=by)
    code = write_code(
        facts,
        device=store.device,
        local_number=case.local_number,
        name=mask_name(case.applicant.name),
        sign=store.identity.keys.sign,
    )
    facts = msgspec.structs.replace(facts, code=code)
    return facts, msgspec.structs.replace(record, facts=msgspec.msgpack.encode(facts))


def facts_of(
    store: Store, case: Case, kind: PaperKind, *, number: str, by: OperatorCard
) -> PaperFacts:
    """What the document says of the case now. Raises PaperNotDue, PaperNotOurs."""
    item = store.publications.item(case.item, case.item_version)
    if kind in (PaperKind.MATERIALS_RECEIPT, PaperKind.MATERIALS_SLIP):
        if case.station != store.region:
            raise PaperNotOurs(paper=kind.label)
        return _receipt(store, case, item, kind, number, by)
    deciding = kind is PaperKind.DECISION
    power = item.decides if deciding else rules.examining_level(item)
    if Tier(store.certificate.tier) is not power.tier:
        raise PaperNotOurs(paper=kind.label)
    match kind:
        case PaperKind.ACCEPTANCE if case.accepted_on is not None:
            return _acceptance(store, case, item, number, by)
        case PaperKind.REFUSAL if case.refused is not None:
            return _refusal(store, case, item, number, by)
        case PaperKind.DECISION if case.decision is not None:
            return _decision(store, case, item, number, by)
    raise PaperNotDue(paper=kind.label, state=case.state.label)


# --- each document ----------------------------------------------------------------------------------


def _receipt(
    store: Store, case: Case, item: Item, kind: PaperKind, number: str, by: OperatorCard
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
        **_common(store, case, item, number, by, issuer=store.certificate.station),
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
    store: Store, case: Case, item: Item, number: str, by: OperatorCard
) -> AcceptanceNotice:
    promised = _due(store, case, ClockName.PROMISED)
    assert case.accepted_on is not None
    return AcceptanceNotice(
        **_common(store, case, item, number, by, issuer=_own_office(store)),
        applied_on=case.received_on,
        accepted_on=case.accepted_on,
        basis=_basis(item),
        limit_words=_limit_words(item),
        due=promised.due if promised else None,
        due_expected=bool(promised and promised.expected),
        not_counted=tuple(procedure.type for procedure in item.stops_clock),
        fees_words=_fees_words(item),
    )


def _refusal(store: Store, case: Case, item: Item, number: str, by: OperatorCard) -> RefusalNotice:
    assert case.refused is not None
    return RefusalNotice(
        **_common(store, case, item, number, by, issuer=_own_office(store)),
        applied_on=case.received_on,
        reason=case.refused.reason,
        right_authority=case.refused.right_authority,
        basis=_basis(item),
        remedies=_remedies(store),
    )


def _decision(
    store: Store, case: Case, item: Item, number: str, by: OperatorCard
) -> DecisionNotice:
    decision = case.decision
    assert decision is not None
    assert case.accepted_on is not None
    outcome = f"准予办理“{item.name}”。" if decision.approved else f"不予办理“{item.name}”。"
    findings = decision.reason or "申请材料齐全、符合规定形式，申请事项符合审批标准。"
    return DecisionNotice(
        **_common(store, case, item, number, by, issuer=_own_office(store)),
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
    store: Store, case: Case, item: Item, number: str, by: OperatorCard, *, issuer: str
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
        "handler": by.name,
    }


def _word(store: Store, kind: PaperKind) -> str:
    """湖塘政服收: the place, the service, the document."""
    place = place_name(store.publications.tree.region(store.region))
    for ending in _SERVICE_PLACES:
        if place.endswith(ending) and len(place) > len(ending) + 1:
            place = place.removesuffix(ending)
            break
    return f"{place}政服{kind.word}"


def _own_office(store: Store) -> str:
    return _office(store, store.publications.tree.region(store.region))


def _office(store: Store, region: Region) -> str:
    """The organ whose seal a notice bears: the township's government, the subdistrict's office."""
    name = place_name(region)
    match region.tier:
        case Tier.TOWNSHIP:
            return f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"
        case Tier.DISTRICT:
            return f"{name}人民政府"
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
    # Which of a district's departments it is, the catalogue does not say yet.
    return f"{place_name(region)}主管部门" if level is Level.DISTRICT else _office(store, region)


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
