"""Joint handling (联办): the parts stand and fall with their parent."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain import events
from app.domain.case import Case, State
from app.domain.events import Role
from app.domain.rules import BadFacts, NotPermitted
from app.domain.tasks import TaskKind
from app.journal.refs import Ref
from app.store.verify import verify
from app.usecases.acts import available
from app.usecases.today import shown_today
from tests.builders import (
    DISTRICT,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_device,
    a_district,
    a_station,
    act,
    meet,
)

PARTS = [{"item": "IT066", "department": "信访办"}, {"item": "IT022", "department": "人社所"}]


@pytest.fixture
def places(tmp_path: Path) -> tuple[Station, Station, Station]:
    district = a_district()
    made = tuple(
        a_station(district, region, tmp_path / region) for region in (VILLAGE, TOWNSHIP, DISTRICT)
    )
    meet(*made)
    return made  # type: ignore[return-value]


def accepted(village: Station, *others: Station) -> Ref:
    township, *_ = others
    subject = a_case(village)
    act(village, subject, "forward")
    meet(village, *others)
    for verb in ("take_over", "accept"):
        act(township, subject, verb)
    return subject


def parts_of(station: Station, subject: Ref) -> list[Case]:
    return [station.case(child.subject) for child in station.case(subject).children]


def todo(station: Station, subject: Ref) -> str:
    row = station.store.rows.by_subject(subject)
    assert row is not None
    return row.todo


def test_who_takes_the_request_back_takes_back_all_its_parts(places: tuple[Station, ...]):
    village, township, district = places
    subject = accepted(*places)
    first, _ = act(township, subject, "split", parts=PARTS).children
    act(township, first.subject, "decide", approved=True, result="同意")
    case = act(township, subject, "withdraw", reason="不办了")
    assert [child.outcome for child in case.children] == ["同意", "已撤回"]
    assert [part.state for part in parts_of(township, subject)] == [State.CLOSED, State.WITHDRAWN]
    assert not any(part.running_clocks for part in parts_of(township, subject))
    meet(*places)
    archivist = township.person(Role.ARCHIVIST)
    assert act(township, subject, "archive", by=archivist, number="2026-1").archived
    assert village.case(subject).children == district.case(subject).children
    assert all(verify(station.store).ok for station in places)


def test_what_supervision_voids_is_void_with_its_parts(places: tuple[Station, ...]):
    _, township, district = places
    subject = accepted(*places)
    act(township, subject, "split", parts=PARTS)
    meet(*places)
    act(district, subject, "void", by=district.person(Role.SUPERVISOR), reason="误录")
    assert {part.state for part in parts_of(district, subject)} == {State.VOIDED}
    meet(*places)
    assert not any(case.out_of_place for case in parts_of(township, subject))


def test_parts_that_the_village_may_not_end_are_the_authoritys_to_end(places: tuple[Station, ...]):
    village, township, _ = places
    subject = accepted(*places)
    act(township, subject, "split", parts=PARTS)
    meet(*places)
    day = shown_today(village.store)
    act(village, subject, "withdraw", reason="不办了")
    village.wall.turn(days=3)
    assert {part.state for part in parts_of(village, subject)} == {State.IN_PROGRESS}
    meet(*places)
    assert todo(township, subject) == TaskKind.END_PARTS
    (part, *_) = parts_of(township, subject)
    with pytest.raises(NotPermitted) as refused:
        act(township, part.subject, "decide", approved=True)
    assert refused.value.facts["why"] == "parent_ended"
    offered = [one.verb for one in available(township.store, part, township.head)]
    assert not {"decide", "pass_up", "extend", "send_outside"} & set(offered)
    assert "withdraw" in offered
    (first, *_) = available(township.store, township.case(subject), township.head)
    assert first.verb == "end_parts"
    assert "end_parts" not in [
        one.verb for one in available(village.store, village.case(subject), village.head)
    ]
    case = act(township, subject, "end_parts")
    assert {child.outcome for child in case.children} == {"已撤回"}
    assert todo(township, subject) == TaskKind.ARCHIVE
    for part in parts_of(township, subject):
        assert part.withdrawn is not None
        assert (part.withdrawn.on, part.withdrawn.reason) == (day, "联办主件已撤回")
    meet(*places)
    assert all(verify(station.store).ok for station in places)


def test_a_split_that_crossed_a_withdrawal_leaves_no_part_that_can_be_decided(
    places: tuple[Station, ...],
):
    """Neither had heard of the other: the township's split is read first, then the village's withdrawal."""
    village, township, _ = places
    subject = accepted(*places)
    meet(*places)
    act(village, subject, "withdraw", reason="不办了")
    village.wall.turn(days=1)
    act(township, subject, "split", parts=PARTS)
    opened = [child.subject for child in township.case(subject).children]
    meet(*places)
    assert township.case(subject) == village.case(subject)
    for part in opened:
        with pytest.raises(NotPermitted):
            act(township, part, "decide", approved=True)
    if township.case(subject).open_children:
        act(township, subject, "end_parts")
    for part in opened:
        if not township.case(part).state.ended:
            act(township, part, "withdraw", reason="不办了")
        clocks = township.case(part).clocks
        assert all(clock.stopped and clock.stopped >= clock.starts for clock in clocks)
    assert township.case(subject).open_children == ()
    meet(*places)
    assert all(verify(station.store).ok for station in places)


def test_a_part_that_is_nowhere_is_told_as_never_opened(places: tuple[Station, ...]):
    """Whatever a broken program wrote: the parent does not wait for it for ever."""
    _, township, _ = places
    subject = accepted(*places)
    gone = (Ref(a_device(88), 1), Ref(a_device(88), 2))
    with township.store.writing() as tx:
        split = events.CaseSplit(on=shown_today(township.store), children=gone, names=("甲", "乙"))
        tx.record(split, by=township.head, case=tx.case(subject))
    offered = [one.verb for one in available(township.store, township.case(subject), township.head)]
    assert "end_parts" in offered
    assert "decide" not in offered
    case = act(township, subject, "end_parts")
    assert [child.outcome for child in case.children] == ["没有立件"] * 2
    assert act(township, subject, "decide", approved=True).state is State.DECIDED


def test_parts_that_are_on_their_way_are_left_alone(places: tuple[Station, ...]):
    _, township, _ = places
    subject = accepted(*places)
    case = act(township, subject, "split", parts=PARTS)
    offered = [one.verb for one in available(township.store, case, township.head)]
    assert "end_parts" not in offered


def test_one_department_handles_an_item_once(places: tuple[Station, ...]):
    subject = accepted(*places)
    with pytest.raises(BadFacts) as refused:
        act(places[1], subject, "split", parts=[PARTS[0], PARTS[0]])
    assert refused.value.facts == {"field": "children", "why": "twice"}
    assert places[1].case(subject).children == ()
