"""What is to be done next, and by whose station: made from a case alone, never from today's date."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from app.domain import rules
from app.domain.case import CardState, Case, State
from app.domain.clocks import ClockName
from app.domain.items import Item, Level, Mode, Required
from app.domain.publications import Publications
from app.domain.regions import RegionCode, Tier
from app.journal.refs import Ref

_APPLICANT_GOES = frozenset({Mode.ACCOMPANY, Mode.INFORM})


class TaskKind(StrEnum):
    """In the order of a case's life; then what runs beside it; the last two are about entries that have no effect."""

    FORWARD = "forward"
    ACCOMPANY = "accompany"
    SUPPLY = "supply"
    TAKE_OVER = "take_over"
    EXAMINE = "examine"
    RECEIVE_SUPPLEMENT = "receive_supplement"
    HANDLE = "handle"
    RESUME = "resume"
    AWAIT_PARTS = "await_parts"
    END_PARTS = "end_parts"
    AWAIT_OUTSIDE = "await_outside"
    DECIDE = "decide"
    DELIVER = "deliver"
    FOLLOW_UP = "follow_up"
    RECTIFY = "rectify"
    ARCHIVE = "archive"
    TAKE_HAND_OVER = "take_hand_over"
    RETURN_ORIGINALS = "return_originals"
    ANSWER_CARD = "answer_card"
    REFUSED = "refused"
    OUT_OF_PLACE = "out_of_place"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _LABELS[self]


_LABELS = {
    TaskKind.FORWARD: "待转报",
    TaskKind.ACCOMPANY: "待引领",
    TaskKind.SUPPLY: "待补正",
    TaskKind.TAKE_OVER: "待接收",
    TaskKind.EXAMINE: "待审查",
    TaskKind.RECEIVE_SUPPLEMENT: "待收补正",
    TaskKind.HANDLE: "待办理",
    TaskKind.RESUME: "特别程序中",
    TaskKind.AWAIT_PARTS: "待联办结果",
    TaskKind.END_PARTS: "待了结联办部分",
    TaskKind.AWAIT_OUTSIDE: "待外部结果",
    TaskKind.DECIDE: "待决定",
    TaskKind.DELIVER: "待送达",
    TaskKind.FOLLOW_UP: "待回访",
    TaskKind.RECTIFY: "待整改",
    TaskKind.ARCHIVE: "待归档",
    TaskKind.TAKE_HAND_OVER: "待接手",
    TaskKind.RETURN_ORIGINALS: "待退还原件",
    TaskKind.ANSWER_CARD: "待回应黄牌红牌",
    TaskKind.REFUSED: "中心退回",
    TaskKind.OUT_OF_PLACE: "未生效",
}


class NextTask(NamedTuple):
    """`at` is the region whose station is to do it, at today's place in the tree; `who` the person, if only one may."""

    kind: TaskKind
    at: RegionCode
    who: Ref | None = None


def next_task(case: Case, publications: Publications) -> NextTask | None:
    """What the case waits for; None when it waits for nothing, or the applicant goes on alone."""
    here = in_charge(case, case.place, publications)
    match case.state:
        case State.RECEIVED:
            return _at_the_counter(case, here, publications)
        case State.ACCOMPANIED:
            return NextTask(TaskKind.ACCOMPANY, here)
        case State.IN_TRANSIT:
            return NextTask(TaskKind.TAKE_OVER, here)
        case State.UNDER_EXAMINATION:
            return NextTask(TaskKind.EXAMINE, here)
        case State.AWAITING_SUPPLEMENT:
            if case.supplied_on is None:
                return NextTask(TaskKind.SUPPLY, in_charge(case, case.station, publications))
            return NextTask(TaskKind.RECEIVE_SUPPLEMENT, here)
        case State.PAUSED:
            return NextTask(TaskKind.RESUME, here)
        case State.OUTSIDE:
            return NextTask(TaskKind.AWAIT_OUTSIDE, here)
        case State.IN_PROGRESS | State.WITH_SUPERIOR:
            return _at_work(case, publications)
        case State.DECIDED:
            # Whoever received the papers knows the applicant.
            return NextTask(TaskKind.DELIVER, in_charge(case, case.station, publications))
        case State.DELIVERED:
            return NextTask(TaskKind.FOLLOW_UP, _following_up(case, publications))
        case State.FOLLOWED_UP | State.CLOSED | State.REFUSED | State.LAPSED:
            if case.running_clock(ClockName.RECTIFICATION):
                return NextTask(TaskKind.RECTIFY, here)
            return NextTask(TaskKind.ARCHIVE, keeping(case, publications))
        case State.WITHDRAWN | State.VOIDED:
            if case.open_children:
                return NextTask(TaskKind.END_PARTS, here)
            return NextTask(TaskKind.ARCHIVE, keeping(case, publications))
    return None


def side_tasks(case: Case, publications: Publications) -> Iterator[NextTask]:
    """What is to be done beside the way of the case."""
    offer = case.hand_over
    if offer is not None:
        to = publications.operators.get(offer.to)
        if to is not None and _reaches(to.region, case, publications):
            yield NextTask(TaskKind.TAKE_HAND_OVER, present(publications, to.region), offer.to)
    if case.state.ended:
        for region in dict.fromkeys(one.at for one in case.held):
            yield NextTask(
                TaskKind.RETURN_ORIGINALS, in_charge(case, RegionCode(region), publications)
            )
    for station in dict.fromkeys(
        card.station for card in case.cards if card.state is CardState.ISSUED
    ):
        yield NextTask(TaskKind.ANSWER_CARD, in_charge(case, RegionCode(station), publications))


def _reaches(region: RegionCode, case: Case, publications: Publications) -> bool:
    """Whether a station may still write on a case: its village may have moved to another township."""
    tree, here = publications.tree, present(publications, region)
    return here not in tree or case.region not in tree or tree.under(case.region, here)


def present(publications: Publications, region: RegionCode) -> RegionCode:
    """Where a region stands today: a merged one at its successor's place."""
    return publications.tree.present(region) if region in publications.tree else region


def in_charge(case: Case, region: RegionCode, publications: Publications) -> RegionCode:
    """Who does today what fell to a region's station in a case.

    The station itself, or the one it went into, while the case's village is under it.
    Of a village that moved, the station of the same tier that it is under now: duties move with the village
    (行政诉讼法 art. 26: whoever goes on exercising a power answers for it).
    """
    tree = publications.tree
    here = present(publications, region)
    if here not in tree or case.region not in tree or tree.under(case.region, here):
        return here
    tier = tree.region(here).tier
    return tree.at_tier(case.region, tier) or tree.at_tier(case.region, Tier.DISTRICT) or here


def _at_the_counter(case: Case, here: RegionCode, publications: Publications) -> NextTask | None:
    item = publications.item(case.item, case.item_version)
    target = _region_at(case, rules.examining_level(item), publications)
    if target == here:
        return NextTask(TaskKind.TAKE_OVER, here)
    if case.returned is not None and case.supplied_on is None:
        return NextTask(TaskKind.SUPPLY, here)
    if target is None or case.mode in _APPLICANT_GOES:
        return NextTask(TaskKind.ACCOMPANY, here)
    return NextTask(TaskKind.SUPPLY if _lacks_papers(case, item) else TaskKind.FORWARD, here)


def _at_work(case: Case, publications: Publications) -> NextTask:
    """Who decides, decides; below, the first review is made and passed up, or a body outside is asked."""
    here = in_charge(case, case.place, publications)
    if case.open_children:
        return NextTask(TaskKind.AWAIT_PARTS, here)
    item = publications.item(case.item, case.item_version)
    if item.decides is Level.EXTERNAL and case.outside_answer is None:
        return NextTask(TaskKind.HANDLE, here)
    decides = _region_at(case, item.decides, publications) or here
    if case.state is State.WITH_SUPERIOR or decides == here or case.parent is not None:
        return NextTask(TaskKind.DECIDE, decides)
    return NextTask(TaskKind.HANDLE, here)


def _following_up(case: Case, publications: Publications) -> RegionCode:
    """Somebody who did not handle the case: a village has one agent, so its township asks (domain.md §1)."""
    station = in_charge(case, case.station, publications)
    tree = publications.tree
    if station not in tree or tree.region(station).tier is not Tier.VILLAGE:
        return station
    above = tree.region(station).parent
    return station if above is None else present(publications, above)


def keeping(case: Case, publications: Publications) -> RegionCode:
    """Whose archive the file belongs to: the authority's that took it over, else the station's."""
    taken = case.official_number
    return in_charge(case, case.station if taken is None else taken.region, publications)


def _region_at(case: Case, level: Level, publications: Publications) -> RegionCode | None:
    if level.tier is None or case.region not in publications.tree:
        return None
    return publications.tree.at_tier(case.region, Tier(level.tier))


def _lacks_papers(case: Case, item: Item) -> bool:
    given = {material.index for material in case.materials}
    for index, material in enumerate(item.materials):
        if material.required is Required.ALWAYS and index not in given:
            return True
    return False
