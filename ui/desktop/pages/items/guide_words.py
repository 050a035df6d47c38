"""An item's guide in words, heading by heading: the eight disclosures, and whatever else people ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.items import (
    Applicant,
    Confidence,
    Delegation,
    Fee,
    Handling,
    Item,
    Kind,
    LegalBasis,
    Level,
    Mask,
    Material,
    Required,
    Starts,
    Step,
    StepBy,
    StoppingProcedure,
)
from app.domain.money import yuan
from ui.desktop import words


class Part(StrEnum):
    """Where the anchors above a guide lead."""

    WHO = "who"
    MATERIALS = "materials"
    STEPS = "steps"
    TIME = "time"
    FEES = "fees"
    BASIS = "basis"
    MORE = "more"

    @property
    def label(self) -> str:
        return {
            Part.WHO: _tr("谁能办"),
            Part.MATERIALS: _tr("材料"),
            Part.STEPS: _tr("流程"),
            Part.TIME: _tr("时限"),
            Part.FEES: _tr("收费"),
            Part.BASIS: _tr("依据"),
            Part.MORE: _tr("其他"),
        }[self]


class GuideLine(msgspec.Struct, frozen=True):
    text: str
    detail: str = ""


class Section(msgspec.Struct, frozen=True):
    part: Part
    heading: str
    lines: tuple[GuideLine, ...]


class Fact(msgspec.Struct, frozen=True):
    """What people ask first."""

    label: str
    figure: str
    note: str = ""


def facts(item: Item) -> tuple[Fact, ...]:
    """Time, money, and who decides, in a few words."""
    clock = item.clock
    span = words.days(clock.promised, clock.unit)
    instant = item.kind is Kind.INSTANT
    statutory = words.days(clock.statutory, clock.unit) if clock.statutory is not None else ""
    return (
        Fact(
            _tr("承诺时限"),
            _tr("当场或当日办结") if instant else span,
            _tr("法定 {span}").format(span=statutory) if statutory else "",
        ),
        Fact(_tr("收费"), fees_in_short(item), ""),
        Fact(_tr("谁接收"), item.receives.label),
        Fact(_tr("谁决定"), decides(item), _delegation(item)),
    )


def sections(item: Item) -> tuple[Section, ...]:
    """A heading with nothing under it is left out."""
    every = (
        (Part.WHO, _tr("谁可以申请"), _who(item)),
        (Part.WHO, _tr("先要具备的条件"), map(GuideLine, item.preconditions)),
        (Part.WHO, _tr("审批标准"), map(GuideLine, item.standards)),
        (Part.WHO, _tr("数量限制"), _one(item.quantity_limit)),
        (Part.MATERIALS, _tr("申报材料"), _materials(item)),
        (Part.STEPS, _tr("办理程序"), _procedure(item)),
        (Part.TIME, _tr("承诺期限"), _time(item)),
        (Part.FEES, _tr("收费标准及依据"), _fees(item)),
        (Part.BASIS, _tr("设立依据"), map(_basis, item.legal_basis)),
        (Part.BASIS, _tr("窗口权限"), _one(item.window_authority)),
        (Part.MORE, _tr("公示"), _notice(item)),
        (Part.MORE, _tr("村（社区）可以开具的证明"), _certifiable(item)),
        (Part.MORE, _tr("投诉渠道"), _one(item.complaint_channel)),
        (Part.MORE, _tr("保管期限"), _retention(item)),
        (Part.MORE, _tr("备注"), _one(item.note)),
    )
    told = (Section(part, heading, tuple(lines)) for part, heading, lines in every)
    return tuple(section for section in told if section.lines)


def _one(text: str | None) -> Iterator[GuideLine]:
    if text:
        yield GuideLine(text)


# --- who ------------------------------------------------------------------------------------------


def _who(item: Item) -> Iterator[GuideLine]:
    yield GuideLine(applicants(item), _in_person(item))


def applicants(item: Item) -> str:
    """本人、监护人."""
    said = {
        Applicant.SELF: _tr("本人"),
        Applicant.GUARDIAN: _tr("监护人"),
        Applicant.CLOSE_RELATIVE: _tr("近亲属"),
        Applicant.AGENT_WITH_MANDATE: _tr("受委托的人（含村代办员）"),
        Applicant.HOUSEHOLD_HEAD: _tr("户主"),
        Applicant.ORGANISATION: _tr("单位"),
    }
    return _tr("、").join(said[who] for who in item.who_may_apply)


def _in_person(item: Item) -> str:
    if isinstance(item.in_person_required, str):
        return item.in_person_required
    return _tr("须本人到场") if item.in_person_required else _tr("不要求本人到场")


# --- materials ------------------------------------------------------------------------------------


def _materials(item: Item) -> Iterator[GuideLine]:
    for number, material in enumerate(item.materials, 1):
        yield GuideLine(f"{number}. {material.name}", _tr(" · ").join(_of_material(material)))
    if item.application_form:
        yield GuideLine(_tr("要填的表：{name}").format(name=item.application_form))


def _of_material(material: Material) -> Iterator[str]:
    if material.required is Required.WHEN:
        yield _tr("视情形提交：{when}").format(when=material.condition)
    else:
        yield _tr("都要")
    yield copies(material)
    yield _tr("{issuer}出具").format(issuer=material.issuer)
    if material.note:
        yield material.note


def copies(material: Material) -> str:
    """原件和复印件，收 1 份."""
    if not material.copies:
        return _tr("{form}，看过就还").format(form=material.form.label)
    return _tr("{form}，收 {n} 份").format(form=material.form.label, n=material.copies)


# --- steps ----------------------------------------------------------------------------------------


def step_by(by: StepBy) -> str:
    return {
        StepBy.APPLICANT: _tr("申请人"),
        StepBy.VILLAGE: _tr("村（社区）"),
        StepBy.TOWNSHIP: _tr("镇街"),
        StepBy.DISTRICT: _tr("区级部门"),
        StepBy.EXTERNAL: _tr("外部机构"),
    }[by]


def step_days(item: Item, step: Step) -> str:
    """2 个工作日; empty where the step has no days of its own."""
    return words.days(step.days, item.clock.unit) if step.days else ""


def _procedure(item: Item) -> Iterator[GuideLine]:
    """The steps are drawn; in words they come where the district says it otherwise."""
    steps = "→".join(f"{step.name}（{step_by(step.by)}）" for step in item.steps)
    short = steps.replace(step_by(StepBy.VILLAGE), _tr("村"))
    said = item.procedure.strip()
    yield GuideLine(
        _tr("共 {n} 步").format(n=len(item.steps)), "" if said in (steps, short) else said
    )


# --- time -----------------------------------------------------------------------------------------


def _time(item: Item) -> Iterator[GuideLine]:
    clock = item.clock
    if item.kind is Kind.INSTANT:
        yield GuideLine(_tr("即办件：当场或当日办结"))
    else:
        starts = {
            Starts.RECEIPT: _tr("收到申请"),
            Starts.TAKING_OVER: _tr("接收材料"),
            Starts.ACCEPTANCE: _tr("受理"),
        }[clock.starts]
        told = _tr("承诺：自{start}之日起 {span}内办结")
        yield GuideLine(told.format(start=starts, span=words.days(clock.promised, clock.unit)))
    if clock.statutory is not None:
        shorter = clock.statutory - clock.promised
        note = _tr("承诺比法定少 {span}").format(span=words.days(shorter, clock.unit))
        span = words.days(clock.statutory, clock.unit)
        yield GuideLine(_tr("法定：{span}").format(span=span), note if shorter > 0 else "")
    if clock.extension is not None:
        told = _tr("可以延期一次，最多 {span}")
        by = _tr("批准人：{who}").format(who=clock.extension_by)
        yield GuideLine(told.format(span=words.days(clock.extension, clock.unit)), by)
    for stop in item.stops_clock:
        yield _stopping(stop)


def _stopping(stop: StoppingProcedure) -> GuideLine:
    longest = words.days(stop.max_days, stop.unit) if stop.max_days is not None else _tr("不定")
    told = _tr("不计入时限：{what}（最长 {span}）") if stop.max_days else _tr("不计入时限：{what}")
    return GuideLine(told.format(what=stop.type, span=longest), stop.basis)


# --- money and basis --------------------------------------------------------------------------------


def fees_in_short(item: Item) -> str:
    """不收费, the one amount, or 按标准收费."""
    if all(fee.amount_fen == 0 for fee in item.fees):
        return _tr("不收费")
    if len(item.fees) == 1 and item.fees[0].amount_fen is not None:
        return yuan(item.fees[0].amount_fen)
    return _tr("按标准收费")


def amount(fee: Fee) -> str:
    if fee.amount_fen is None:
        return _tr("按当地标准")
    return yuan(fee.amount_fen) if fee.amount_fen else _tr("不收费")


def _fees(item: Item) -> Iterator[GuideLine]:
    if not item.fees:
        yield GuideLine(_tr("不收费"))
    for fee in item.fees:
        parts = [_tr("依据：{basis}").format(basis=fee.basis)]
        if fee.exemption:
            parts.append(_tr("减免：{who}").format(who=fee.exemption))
        told = _tr("{name}：{amount}").format(name=fee.name, amount=amount(fee))
        yield GuideLine(told, _tr("。").join(parts))


def _basis(basis: LegalBasis) -> GuideLine:
    unsure = {
        Confidence.HIGH: "",
        Confidence.MEDIUM: _tr("依据由区里再核对"),
        Confidence.LOW: _tr("依据没有核实，由区里核对"),
    }[basis.confidence]
    title = basis.title if basis.title.startswith("《") else f"《{basis.title}》"
    return GuideLine(f"{title} {basis.document_no or ''}".strip(), unsure)


def decides(item: Item) -> str:
    """Whoever decides: a tier, or the very body outside."""
    if item.decides is Level.EXTERNAL and item.external_body:
        return item.external_body
    return item.decides.label


def _delegation(item: Item) -> str:
    return {
        Delegation.NONE: "",
        Delegation.ENTRUSTED: _tr("委托镇街办理"),
        Delegation.AUTHORISED: _tr("授权镇街办理"),
    }[item.delegation]


# --- the rest -------------------------------------------------------------------------------------


def _notice(item: Item) -> Iterator[GuideLine]:
    notice = item.public_notice
    if item.never_publish:
        yield GuideLine(_tr("不公示，内容不得公开"))
    elif notice is not None:
        hidden = {
            Mask.ID: _tr("证件号码"),
            Mask.PHONE: _tr("电话"),
            Mask.ACCOUNT: _tr("账号"),
            Mask.NAME: _tr("姓名"),
        }
        masks = _tr("、").join(hidden[mask] for mask in notice.masks)
        told = _tr("公示 {span}：{what}")
        yield GuideLine(
            told.format(span=words.days(notice.days, notice.unit), what=notice.shows),
            _tr("遮住{what}").format(what=masks) if masks else "",
        )


def _certifiable(item: Item) -> Iterable[GuideLine]:
    for one in item.positive_list:
        yield GuideLine(one.name, _tr("{basis}。{limit}").format(basis=one.basis, limit=one.limit))


def _retention(item: Item) -> Iterator[GuideLine]:
    if item.retention is not None:
        yield GuideLine(item.retention.label)


def elsewhere_sections(ask: str, instead: str) -> tuple[Section, ...]:
    """Where to go for what is not done here; `ask` is empty for what is no more."""
    why = GuideLine(_tr("民发〔2020〕20号列明的不应由村（社区）开具的证明。"))
    every = (
        (Part.WHO, _tr("找谁"), _one(ask)),
        (Part.WHO, _tr("怎么办") if ask else _tr("现在"), _one(instead)),
        (Part.BASIS, _tr("依据"), iter([why] if ask else [])),
    )
    told = (Section(part, heading, tuple(lines)) for part, heading, lines in every)
    return tuple(section for section in told if section.lines)


def why_not_registered(item: Item) -> str:
    """Why there is nothing to register; empty if there is."""
    return {
        Handling.CASE: "",
        Handling.ROSTER: _tr("按名册集中办，不逐件登记。"),
        Handling.CONSULTATION: _tr("是咨询，当场答复，不登记办件。"),
        Handling.INFORM: _tr("只告知怎么办，不在这里登记。"),
    }[item.handling]


def _tr(text: str) -> str:
    return QCoreApplication.translate("GuideWords", text)
