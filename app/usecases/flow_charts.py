"""办事流程图: an item's flow chart, made from its steps and from the law that all cases follow.

The item's own steps go straight down. What every case meets beside them hangs at the sides:
papers that are lacking go back, a refusal and a rejection end the way, special procedures stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from app.domain.items import Handling, Item, Kind, Level, Starts, Step, StepBy
from app.domain.papers.sheets import ChartBox, ChartRow, FlowChart, Shape
from app.domain.rules import examining_level
from app.domain.settings import Settings
from app.store.store import Store
from app.usecases import district_settings, item_words
from app.usecases.paper_facts.shared import limit_words
from app.usecases.today import shown_today

_DECIDING: Final = re.compile(r"审批|审定|审核确认|核发|确认|认定|决定|核定|批准|备案|答复")
_JUDGING: Final = re.compile(r"审|核定|核验|复核|确认|认定|决定|批准")
_AFTERWARDS: Final = re.compile(r"发证|发放|拨付|支付|送达|告知|公示|补齐|放款")
_APPLICANT: Final = item_words.APPLICANT
_ORDER: Final = (
    StepBy.APPLICANT,
    StepBy.VILLAGE,
    StepBy.TOWNSHIP,
    StepBy.DISTRICT,
    StepBy.EXTERNAL,
)


def flow_chart(store: Store, item: Item) -> FlowChart:
    """The flow chart of this version of an item, with the district's limits of today."""
    settings = district_settings.current(store)
    return FlowChart(
        issuer=store.certificate.station,
        made_on=shown_today(store),
        practice=store.certificate.is_practice,
        item=item.name,
        item_id=item.id,
        version=item_words.version_words(item),
        limit=limit_words(item) if item.handling is Handling.CASE else "",
        rows=rows(item, settings),
        notes=tuple(_notes(item, settings)),
    )


def rows(item: Item, settings: Settings) -> tuple[ChartRow, ...]:
    """From the request to the end."""
    if item.handling is not Handling.CASE:
        told = _straight(item)
    elif item.decides is Level.EXTERNAL:
        told = _outside(item)
    elif item.kind is Kind.INSTANT:
        told = _instant(item)
    else:
        told = _promised(item, settings)
    return tuple(_begun(told))


def _begun(told: Iterable[ChartRow]) -> Iterator[ChartRow]:
    """The applicant's first step is where the way begins; one that the item does not name is added."""
    first, *rest = told
    if first.box.shape is Shape.STEP and first.box.who == _APPLICANT:
        yield replace(first, box=replace(first.box, shape=Shape.END))
    else:
        yield ChartRow(box=ChartBox(shape=Shape.END, text="提出", who=_APPLICANT))
        yield first
    yield from rest


# --- the four ways ------------------------------------------------------------------------------------


def _promised(item: Item, settings: Settings) -> Iterator[ChartRow]:
    way = _way(item)
    yield from _rows(item, way.before, settings=settings)
    yield ChartRow(
        box=_question("材料齐全、属于受理范围？", way.examiner, _examination(settings)),
        left=(_supplement(settings),),
        right=(
            _end(
                "不予受理",
                "不属于受理范围的，出具不予受理通知书，说明理由、指明有权机关，告知救济途径",
            ),
        ),
        onward="是",
    )
    yield from _rows(item, way.handling, accepts=True, settings=settings)
    yield from _decided(item, way.decision)
    yield from _rows(item, way.after)
    yield ChartRow(box=_delivered(settings))


def _decided(item: Item, step: Step) -> Iterator[ChartRow]:
    """A step that judges is the question itself; one that hands out what was judged comes after it."""
    judged = _step_box(item, step)
    asked = "符合规定条件？"
    if _JUDGING.search(step.name):
        question = replace(judged, shape=Shape.QUESTION, text=f"{step.name}：{asked}")
    else:
        question = _question(asked, item_words.at_level(item, item.decides))
    refused = "不予许可" if item.licence else "不予办理"
    yield ChartRow(
        box=question,
        left=_special(item),
        right=(_end(refused, "出具决定书，说明理由，告知复议、诉讼途径"),),
        onward="准予",
    )
    if question.text == asked:
        yield ChartRow(box=judged)


def _instant(item: Item) -> Iterator[ChartRow]:
    way = _way(item)
    yield from _rows(item, way.before)
    yield ChartRow(
        box=_question("材料齐全、符合条件？", way.examiner, "当场审查"),
        left=(_aside_back("一次性告知补正", "缺什么、按什么标准补，当场一次说清"),),
        right=(_end("不能办理", "当场说明理由，指明该找的机关"),),
        onward="是",
    )
    yield from _rows(item, (*way.handling, way.decision, *way.after))
    yield ChartRow(box=_end("办结", "当场或者当日交付结果"))


def _outside(item: Item) -> Iterator[ChartRow]:
    """Another body decides: the station guides and notes the result."""
    way = _way(item)
    yield from _rows(item, way.before)
    yield ChartRow(
        box=_question("材料齐全、符合条件？", way.examiner),
        left=(_aside_back("告知需要补充的材料", "由办理机构一次说清，服务站协助补齐"),),
        right=(_end("不予办理", "由办理机构说明理由和救济途径"),),
        onward="是",
    )
    yield from _rows(item, (*way.handling, way.decision, *way.after))
    yield ChartRow(box=_end("办结", "由办理机构交付结果，服务站登记结果并回访"))


def _straight(item: Item) -> Iterator[ChartRow]:
    """Rosters, consultations, what is only told: no case, so nothing is accepted or refused."""
    yield from _rows(item, item.steps)
    yield ChartRow(box=_end("办结"))


# --- the item's steps ---------------------------------------------------------------------------------


class _Way(NamedTuple):
    """An item's steps: before anybody examines, up to the decision, it, and after it."""

    examiner: str
    before: tuple[Step, ...]
    handling: tuple[Step, ...]
    decision: Step
    after: tuple[Step, ...]


def _way(item: Item) -> _Way:
    steps = item.steps
    first = _first_examined(item)
    decided = first + _decision(steps[first:], StepBy(item.decides.value))
    return _Way(
        examiner=item_words.step_by(item, steps[first].by),
        before=steps[:first],
        handling=steps[first:decided],
        decision=steps[decided],
        after=steps[decided + 1 :],
    )


def _first_examined(item: Item) -> int:
    """The place of the step before which papers are examined: 受理, or the first of the tier that examines."""
    outside = item.decides is Level.EXTERNAL
    level = Level.EXTERNAL if outside else examining_level(item)
    tier = _ORDER.index(StepBy(level.value))
    places = (
        n
        for n, step in enumerate(item.steps)
        if "受理" in step.name or _ORDER.index(step.by) >= tier
    )
    return next(places, len(item.steps) - 1)


def _decision(steps: Sequence[Step], by: StepBy) -> int:
    """Which step decides: the last of that tier that says so, else its last that hands nothing out."""
    own = [n for n, step in enumerate(steps) if step.by is by] or list(range(len(steps)))
    saying = [n for n in own if _DECIDING.search(steps[n].name)]
    earlier = [n for n in own if not _AFTERWARDS.search(steps[n].name)]
    return (saying or earlier or own[:1])[-1]


def _rows(
    item: Item, steps: Sequence[Step], *, accepts: bool = False, settings: Settings | None = None
) -> Iterator[ChartRow]:
    for n, step in enumerate(steps):
        is_forwarding = step.by is StepBy.VILLAGE and "转报" in step.name and settings is not None
        extra = ""
        if accepts and n == 0 and "受理" in step.name:
            starts = "，承诺时限开始计算" if item.clock.starts is Starts.ACCEPTANCE else ""
            extra = f"出具受理通知书{starts}"
        elif is_forwarding and settings is not None:
            extra = f"出具收件回执，{settings.forwarding_days}个工作日内转报"
        elif "公示" in step.name and item.public_notice is not None:
            extra = f"公示{item_words.days(item.public_notice.days, item.public_notice.unit)}"
        yield ChartRow(box=_step_box(item, step, extra))


def _step_box(item: Item, step: Step, extra: str = "") -> ChartBox:
    span = item_words.days(step.days, item.clock.unit) if step.days else ""
    return ChartBox(
        shape=Shape.STEP,
        text=step.name,
        who=item_words.step_by(item, step.by),
        limit="，".join(filter(None, (span, extra))),
    )


# --- beside the way -----------------------------------------------------------------------------------


def _question(text: str, who: str, limit: str = "") -> ChartBox:
    return ChartBox(shape=Shape.QUESTION, text=text, who=who, limit=limit)


def _end(text: str, limit: str = "") -> ChartBox:
    return ChartBox(shape=Shape.END, text=text, limit=limit)


def _aside_back(text: str, limit: str) -> ChartBox:
    return ChartBox(shape=Shape.STEP, text=text, limit=limit)


def _examination(settings: Settings) -> str:
    return f"{settings.examination_days}个工作日内审查"


def _supplement(settings: Settings) -> ChartBox:
    told = (
        "材料不齐或者不合要求的，出具补正材料一次性告知书，"
        f"申请人{settings.supplement_days}日内补齐，经服务站交回"
    )
    return _aside_back("一次性告知补正", told)


def _special(item: Item) -> tuple[ChartBox, ...]:
    """特别程序 and 延期, where the item has them."""
    told = []
    if item.stops_clock:
        told.append("、".join(map(item_words.stopping, item.stops_clock)) + "，所需时间不计入时限")
    if item.clock.extension is not None:
        span = item_words.days(item.clock.extension, item.clock.unit)
        told.append(f"可以延期一次，最多{span}，书面告知")
    if not told:
        return ()
    name = "特别程序" if item.stops_clock else "延期"
    return (ChartBox(shape=Shape.ASIDE, text=name, limit="；".join(told)),)


def _delivered(settings: Settings) -> ChartBox:
    return _end("送达、办结", f"{settings.delivery_days}个工作日内送达结果，之后回访、归档")


def _notes(item: Item, settings: Settings) -> Iterator[str]:
    if settings.window_phone:
        yield f"窗口电话：{settings.window_phone}"
    channels = item_words.complaint_channels(item, settings)
    if channels:
        yield f"监督投诉：{'；'.join(channels)}"
    yield "代办服务不收费；除本事项公开的材料外，不得要求提供其他材料。"
