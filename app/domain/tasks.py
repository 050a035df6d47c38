"""What is to be done next, and by whose station: made from a case alone, never from today's date."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from app.domain import rules
from app.domain.case import Case, State
from app.domain.items import Item, Level, Mode, Required
from app.domain.publications import Publications
from app.domain.regions import RegionCode

_APPLICANT_GOES = frozenset({Mode.ACCOMPANY, Mode.INFORM})


class TaskKind(StrEnum):
    """In the order of a case's life; the last two are about entries that have no effect."""

    FORWARD = "forward"
    SUPPLY = "supply"
    TAKE_OVER = "take_over"
    EXAMINE = "examine"
    DECIDE = "decide"
    DELIVER = "deliver"
    REFUSED = "refused"
    OUT_OF_PLACE = "out_of_place"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    TaskKind.FORWARD: "待转报",
    TaskKind.SUPPLY: "待补正",
    TaskKind.TAKE_OVER: "待接收",
    TaskKind.EXAMINE: "待审查",
    TaskKind.DECIDE: "待决定",
    TaskKind.DELIVER: "待送达",
    TaskKind.REFUSED: "中心退回",
    TaskKind.OUT_OF_PLACE: "未生效",
}


class NextTask(NamedTuple):
    """`at` is the region whose station is to do it, at today's place in the tree."""

    kind: TaskKind
    at: RegionCode


def next_task(case: Case, publications: Publications) -> NextTask | None:
    """What the case waits for; None when it has ended, or the applicant goes on alone."""
    match case.state:
        case State.RECEIVED:
            return _at_the_counter(case, publications)
        case State.IN_TRANSIT:
            return NextTask(TaskKind.TAKE_OVER, present(publications, case.place))
        case State.UNDER_EXAMINATION:
            return NextTask(TaskKind.EXAMINE, present(publications, case.place))
        case State.IN_PROGRESS:
            item = publications.item(case.item, case.item_version)
            decides = _region_at(case, item.decides, publications)
            return NextTask(TaskKind.DECIDE, decides or present(publications, case.place))
        case State.DECIDED:
            # Whoever received the papers knows the applicant.
            return NextTask(TaskKind.DELIVER, present(publications, case.station))
    return None


def present(publications: Publications, region: RegionCode) -> RegionCode:
    """Where a region stands today: a merged one at its successor's place."""
    tree = publications.tree
    if region not in tree:
        return region
    return tree.at_tier(region, tree.region(region).tier) or region


def _at_the_counter(case: Case, publications: Publications) -> NextTask | None:
    item = publications.item(case.item, case.item_version)
    here = present(publications, case.place)
    target = _region_at(case, rules.examining_level(item), publications)
    if target == here:
        return NextTask(TaskKind.TAKE_OVER, here)
    if case.returned is not None and case.supplied_on is None:
        return NextTask(TaskKind.SUPPLY, here)
    if target is None or case.mode in _APPLICANT_GOES:
        return None
    return NextTask(TaskKind.SUPPLY if _lacks_papers(case, item) else TaskKind.FORWARD, here)


def _region_at(case: Case, level: Level, publications: Publications) -> RegionCode | None:
    if level.tier is None or case.region not in publications.tree:
        return None
    return publications.tree.at_tier(case.region, level.tier)


def _lacks_papers(case: Case, item: Item) -> bool:
    given = {material.index for material in case.materials}
    return any(
        material.required is Required.ALWAYS and index not in given
        for index, material in enumerate(item.materials)
    )
