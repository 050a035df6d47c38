"""办事指南: an item's guide, made from the item itself. Source: the eight disclosures (八公开), domain.md §7."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.items import Delegation, Item, Starts
from app.domain.papers.sheets import GuideMaterial, GuideSection, Labelled, ServiceGuide
from app.domain.settings import Settings
from app.store.store import Store
from app.usecases import district_settings, item_words
from app.usecases.offices import authority
from app.usecases.paper_facts.shared import basis, fees_words
from app.usecases.today import shown_today

_NUMERALS = "一二三四五六七八"


def service_guide(store: Store, item: Item) -> ServiceGuide:
    """The guide of this version of an item, with the telephones of today."""
    settings = district_settings.current(store)
    return ServiceGuide(
        issuer=store.certificate.station,
        made_on=shown_today(store),
        practice=store.certificate.is_practice,
        item=item.name,
        item_id=item.id,
        version=item_words.version_words(item),
        first=tuple(_first(store, item)),
        sections=(*_disclosures(item), *_further(item, settings)),
    )


def _first(store: Store, item: Item) -> Iterator[Labelled]:
    """What people ask before anything else."""
    yield Labelled(label="谁可以办", words=item_words.applicants(item))
    yield Labelled(label="是否到场", words=item_words.in_person(item))
    yield Labelled(label="到哪里办", words=_where(item))
    yield Labelled(label="谁来决定", words=_who_decides(store, item))
    yield Labelled(label="承诺时限", words=item_words.promised(item))
    yield Labelled(label="法定时限", words=item_words.statutory(item) or "没有规定总期限")
    yield Labelled(label="办件类型", words=f"{item.kind.label}，村里{item.mode.label}")
    yield Labelled(label="收费", words="收费，见第七项" if item.fees else "不收费")


def _who_decides(store: Store, item: Item) -> str:
    """Of entrusted power (委托) the documents bear the entrusting department's name. Source: 行政许可法 art. 24."""
    named = authority(store, store.region, item)
    if item.delegation is not Delegation.ENTRUSTED:
        return named
    department = district_settings.current(store).department(item.category)
    return f"{named}（受{department.name if department else '区级主管部门'}委托，以其名义）"


def _where(item: Item) -> str:
    receives = item_words.at_level(item, item.receives)
    return f"{receives}受理，村（社区）服务站{item.mode.label}"


# --- the eight disclosures --------------------------------------------------------------------------


def _disclosures(item: Item) -> Iterator[GuideSection]:
    """In the order in which they are always posted."""
    said: list[tuple[str, tuple[str, ...]]] = [
        ("项目名称", (f"{item.name}（事项编码{item.id}）",)),
        ("设立依据", basis(item)),
        ("申报材料", tuple(_form_line(item))),
        ("审批标准", item.standards),
        ("办理程序", (item.procedure,)),
        ("承诺期限", tuple(_limits(item))),
        ("收费标准及依据", tuple(map(item_words.fee, item.fees)) or (f"{fees_words(item)}。",)),
        ("窗口权限", (item.window_authority,)),
    ]
    for numeral, (heading, lines) in zip(_NUMERALS, said, strict=True):
        yield GuideSection(
            heading=f"{numeral}、{heading}",
            lines=lines,
            materials=_materials(item) if heading == "申报材料" else (),
        )


def _materials(item: Item) -> tuple[GuideMaterial, ...]:
    return tuple(
        GuideMaterial(
            name=one.name,
            need=item_words.need(one),
            brought=item_words.brought(one),
            source=one.issuer,
            checked=one.note or "",
        )
        for one in item.materials
    )


def _form_line(item: Item) -> Iterator[str]:
    if item.application_form:
        yield f"另填《{item.application_form}》，窗口免费提供空白表和样表。"
    yield "除下列材料外，不得要求提供其他材料。"


_STARTS = {
    Starts.RECEIPT: "收到申请",
    Starts.TAKING_OVER: "接收材料",
    Starts.ACCEPTANCE: "受理",
}


def _limits(item: Item) -> Iterator[str]:
    start, statutory = _STARTS[item.clock.starts], item_words.statutory(item)
    if item.clock.promised:
        yield f"承诺时限：自{start}之日起{item_words.promised(item)}内办结。"
    else:
        yield "承诺时限：即办件，当场或者当日办结。"
    if statutory:
        yield f"法定时限：{statutory}。"
    if item.clock.extension is not None:
        yield f"{item_words.extension(item)}。"
    if item.stops_clock:
        stops = "、".join(map(item_words.stopping, item.stops_clock))
        yield f"下列特别程序所需时间不计入时限：{stops}。"


# --- what else --------------------------------------------------------------------------------------


def _further(item: Item, settings: Settings) -> Iterator[GuideSection]:
    """A heading with nothing under it is left out."""
    notice = item_words.public_notice(item)
    certifiable = tuple(f"{one.name}（{one.basis}）：{one.limit}" for one in item.positive_list)
    said = [
        ("申请条件", item.preconditions),
        ("数量限制", (item.quantity_limit or "没有数量限制。",)),
        ("公示", (f"{notice}。",) if notice else ()),
        ("可以开具的证明", certifiable),
        ("咨询电话", tuple(_phones(item, settings))),
        ("投诉渠道", item_words.complaint_channels(item, settings)),
    ]
    for heading, lines in said:
        if lines:
            yield GuideSection(heading=heading, lines=lines)


def _phones(item: Item, settings: Settings) -> Iterator[str]:
    department = settings.department(item.category)
    if settings.window_phone:
        yield f"窗口电话：{settings.window_phone}"
    if department is not None and department.phone:
        yield f"{department.name}：{department.phone}"
    if settings.supervision_phone:
        yield f"监督电话：{settings.supervision_phone}"
    yield "政务服务便民热线：12345"
