"""What a station has to do now: how many, how late, and what comes first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.tasks import TaskKind
from app.store.exchange import Verdict
from app.store.rebuild import rebuild
from app.store.verify import verify
from app.usecases import lookup, repairs, work
from app.usecases.materials import MaterialForm
from app.usecases.work import AtOthers, Count
from tests.builders import (
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    hand,
    meet,
    the_item,
)

TODAY = date(2026, 11, 20)
Stations = tuple[Station, Station]


@pytest.fixture
def stations(tmp_path: Path) -> Stations:
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(village, township)
    return village, township


def papers_of(item: str) -> tuple[MaterialForm, ...]:
    return tuple(MaterialForm(name=material.name) for material in the_item(item).materials)


def some(station: Station, today: date = TODAY) -> dict[TaskKind, Count]:
    return {kind: one for kind, one in work.counts(station.store, today).items() if one.total}


def test_where_there_is_nothing_to_do_every_kind_says_so(stations: Stations):
    village, _ = stations
    assert work.counts(village.store, TODAY) == dict.fromkeys(TaskKind, Count())
    assert work.tasks(village.store, TODAY) == []
    assert work.at_others(village.store, TODAY) == AtOthers(
        at_authority=Count(), awaiting_supplement=0
    )


def test_each_station_counts_what_is_its_own_to_do(stations: Stations):
    village, township = stations
    sent, kept = (
        a_case(village, "IT022", name, materials=papers_of("IT022")) for name in ("韦一", "韦二")
    )
    lacking = a_case(village, "IT022", "韦三")
    act(village, sent, "forward")
    meet(*stations)
    assert some(village) == {TaskKind.FORWARD: Count(total=1), TaskKind.SUPPLY: Count(total=1)}
    assert some(township) == {TaskKind.TAKE_OVER: Count(total=1)}
    assert work.at_others(village.store, TODAY).at_authority == Count(total=1)
    assert work.at_others(township.store, TODAY).at_authority == Count()  # it received none
    kinds = {task.row.subject: task.kind for task in work.tasks(village.store, TODAY) if task.row}
    assert kinds == {kept: TaskKind.FORWARD, lacking: TaskKind.SUPPLY}


def test_late_and_due_today_are_counted_by_the_first_clock_that_ends(stations: Stations):
    village, _ = stations
    a_case(village, "IT022", materials=papers_of("IT022"))  # to be forwarded by Wednesday
    for today, count in (
        (date(2026, 11, 24), Count(total=1)),
        (date(2026, 11, 25), Count(total=1, due_today=1)),
        (date(2026, 11, 26), Count(total=1, late=1)),
    ):
        assert some(village, today) == {TaskKind.FORWARD: count}


def test_late_comes_first_then_today_then_urgent_then_by_day(tmp_path: Path):
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path)
    for name, urgent in (("早", False), ("早急", True)):
        a_case(village, "IT022", name, materials=papers_of("IT022"), urgent=urgent)
    village.wall.turn(days=3)  # Monday; of Friday's the day is Wednesday
    for name, urgent in (("晚", False), ("晚急", True)):
        a_case(village, "IT022", name, materials=papers_of("IT022"), urgent=urgent)
    late, last = date(2026, 11, 26), date(2026, 11, 25)

    def names(today: date, limit: int = 30) -> list[str]:
        tasks = work.tasks(village.store, today, limit)
        return [task.row.applicant for task in tasks if task.row]

    assert names(date(2026, 11, 23)) == ["早急", "晚急", "早", "晚"]
    assert names(last) == ["早急", "早", "晚急", "晚"]
    assert names(late) == ["早急", "早", "晚急", "晚"]
    assert names(late, limit=2) == ["早急", "早"]
    task = work.tasks(village.store, late)[0]
    assert (task.clock, task.due, task.days_left) == ("forwarding", last, -1)
    assert (task.unit, task.light) == ("working", "yellow")


def test_entries_without_effect_come_after_what_is_pressing(stations: Stations):
    village, _ = stations
    a_case(village, "IT022", "韦一", materials=papers_of("IT022"))
    refused = a_case(village, "IT022", "韦二")
    verdict = Verdict(device=village.device, seq=refused.seq, code="region_out_of_scope", facts={})
    hand(village, verdicts=[verdict])
    assert some(village)[TaskKind.REFUSED] == Count(total=1)
    for today, kinds in (
        (TODAY, [TaskKind.REFUSED, TaskKind.FORWARD]),
        (date(2026, 11, 25), [TaskKind.FORWARD, TaskKind.REFUSED]),
    ):
        assert [task.kind for task in work.tasks(village.store, today)] == kinds
    told = work.tasks(village.store, TODAY)[0]
    assert told.row is None
    assert told.repair is not None
    assert told.repair.applicant == "韦二"
    repairs.settle(village.store, refused)
    assert TaskKind.REFUSED not in some(village)


def test_what_came_back_for_defects_is_with_the_village_again(stations: Stations):
    village, township = stations
    subject = a_case(village, "IT022", materials=papers_of("IT022"))
    act(village, subject, "forward")
    meet(*stations)
    assert work.at_others(village.store, TODAY).at_authority == Count(total=1)
    act(township, subject, "return", reason="defects", defects=["照片不清楚"])
    meet(*stations)
    at_others = work.at_others(village.store, TODAY)
    assert at_others == AtOthers(at_authority=Count(), awaiting_supplement=1)
    assert some(village) == {TaskKind.SUPPLY: Count(total=1)}
    assert some(township) == {}


def test_what_is_decided_is_delivered_by_the_station_that_received_it(stations: Stations):
    village, township = stations
    theirs, own = a_case(village, "IT022"), a_case(township, "IT022")
    act(village, theirs, "forward")
    meet(*stations)
    for subject in (theirs, own):
        act(township, subject, "take_over")
        act(township, subject, "accept")
    approver = township.head
    for subject in (theirs, own):
        act(township, subject, "decide", by=approver, approved=True)
    meet(*stations)
    assert some(village) == {TaskKind.DELIVER: Count(total=1)}
    assert some(township) == {TaskKind.DELIVER: Count(total=1)}


def test_the_list_behind_a_number_has_as_many_cases(stations: Stations):
    village, township = stations
    for number in range(5):
        subject = a_case(
            village, "IT022", f"韦{number}", materials=papers_of("IT022")[: number % 3]
        )
        if number % 2:
            act(village, subject, "forward")
    meet(*stations)
    for station in stations:
        for kind, counted in work.counts(station.store, TODAY).items():
            wanted = work.filter_of(kind)
            if wanted is None:
                assert kind in (TaskKind.REFUSED, TaskKind.OUT_OF_PLACE)
            else:
                assert lookup.count(station.store, wanted, TODAY) == counted.total
    assert some(township)


def test_a_neighbours_work_is_not_ours(tmp_path: Path):
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    neighbour = a_station(district, OTHER_VILLAGE, tmp_path / "n")
    meet(village, township, neighbour)
    a_case(village, "IT022")
    a_case(neighbour, "IT022")
    meet(village, township, neighbour)
    assert sum(one.total for one in work.counts(village.store, TODAY).values()) == 1
    assert some(township) == {}


def test_a_rebuild_finds_the_same_to_do(stations: Stations):
    village, township = stations
    for number in range(4):
        act(village, a_case(village, "IT022", f"韦{number}"), "forward")
    meet(*stations)
    before = work.counts(township.store, TODAY), work.tasks(township.store, TODAY)
    with township.store.changing():
        rebuild(township.store)
    assert (work.counts(township.store, TODAY), work.tasks(township.store, TODAY)) == before
    assert verify(township.store).ok
