"""What an item says, in the words of paper: who may apply, who takes a step, when, for how much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.domain.items import (
    Applicant,
    Fee,
    Form,
    Item,
    Kind,
    Level,
    Mask,
    Material,
    Required,
    StepBy,
    StoppingProcedure,
)
from app.domain.limits import Unit
from app.domain.money import yuan
from app.domain.papers import chinese_date
from app.domain.settings import Settings
from app.usecases.paper_facts.shared import UNITS

_APPLICANTS = {
    Applicant.SELF: "本人",
    Applicant.GUARDIAN: "监护人",
    Applicant.CLOSE_RELATIVE: "近亲属",
    Applicant.AGENT_WITH_MANDATE: "受委托的人（含村代办员）",
    Applicant.HOUSEHOLD_HEAD: "户主",
    Applicant.ORGANISATION: "单位",
}
_STEP_LEVELS = {
    StepBy.VILLAGE: Level.VILLAGE,
    StepBy.TOWNSHIP: Level.TOWNSHIP,
    StepBy.DISTRICT: Level.DISTRICT,
    StepBy.EXTERNAL: Level.EXTERNAL,
}
_MASKS = {Mask.ID: "证件号码", Mask.PHONE: "电话", Mask.ACCOUNT: "账号", Mask.NAME: "姓名"}
APPLICANT: Final = "申请人"
_LEFT_TO_THE_DISTRICT: Final = "（由区填写）"


def version_words(item: Item) -> str:
    since = (
        "自发布之日起施行" if item.effective is None else f"{chinese_date(item.effective)}起施行"
    )
    return f"第{item.version}版，{since}"


def applicants(item: Item) -> str:
    """本人、监护人."""
    return "、".join(_APPLICANTS[who] for who in item.who_may_apply)


def in_person(item: Item) -> str:
    if isinstance(item.in_person_required, str):
        return item.in_person_required
    return "须本人到场" if item.in_person_required else "不要求本人到场"


def at_level(item: Item, level: Level) -> str:
    """乡镇（街道）; of a body outside its very name."""
    if level is Level.EXTERNAL and item.external_body:
        return item.external_body
    return level.label


def step_by(item: Item, by: StepBy) -> str:
    level = _STEP_LEVELS.get(by)
    return APPLICANT if level is None else at_level(item, level)


def days(count: int, unit: Unit) -> str:
    """5个工作日."""
    return f"{count}{UNITS[unit]}"


# --- materials --------------------------------------------------------------------------------------


def need(material: Material) -> str:
    if material.required is Required.ALWAYS:
        return "必交"
    return material.condition or "视情形"


def brought(material: Material) -> str:
    """原件和复印件，收1份."""
    form = material.form.label
    if material.form is Form.ELECTRONIC:
        return form
    return f"{form}，收{material.copies}份" if material.copies else f"{form}，看后退还"


# --- time, money, notice -----------------------------------------------------------------------------


def promised(item: Item) -> str:
    """21个工作日, 当日办结."""
    return "当日办结" if item.kind is Kind.INSTANT else days(item.clock.promised, item.clock.unit)


def statutory(item: Item) -> str:
    clock = item.clock
    return "" if clock.statutory is None else days(clock.statutory, clock.unit)


def extension(item: Item) -> str:
    clock = item.clock
    if clock.extension is None:
        return ""
    return f"可以延期一次，最多{days(clock.extension, clock.unit)}（{clock.extension_by}）"


def stopping(stop: StoppingProcedure) -> str:
    """听证（最长20个工作日）."""
    longest = f"（最长{days(stop.max_days, stop.unit)}）" if stop.max_days else ""
    return f"{stop.type}{longest}"


def fee(one: Fee) -> str:
    exemption = f"；减免：{one.exemption}" if one.exemption else ""
    return f"{one.name}：{_amount(one)}。依据：{one.basis}{exemption}"


def _amount(one: Fee) -> str:
    if one.amount_fen is None:
        return "按当地标准"
    return yuan(one.amount_fen) if one.amount_fen else "不收费"


def public_notice(item: Item) -> str:
    """公示7日：姓名、金额；证件号码不公开."""
    notice = item.public_notice
    if item.never_publish:
        return "不公示，内容不得公开"
    if notice is None:
        return ""
    hidden = "、".join(_MASKS[mask] for mask in notice.masks)
    tail = f"；{hidden}不公开" if hidden else ""
    return f"公示{days(notice.days, notice.unit)}：{notice.shows}{tail}"


def complaint_channels(item: Item, settings: Settings) -> tuple[str, ...]:
    """With the telephones that the district gave; one that it left open helps nobody, and is left out."""
    return tuple(_channels(item, settings))


def _channels(item: Item, settings: Settings) -> Iterator[str]:
    department = settings.department(item.category)
    for part in item.complaint_channel.split("；"):
        if _LEFT_TO_THE_DISTRICT not in part:
            yield part
            continue
        own = settings.supervision_phone if "监督" in part else department and department.phone
        if own:
            yield part.replace(_LEFT_TO_THE_DISTRICT, own)
