"""A village moves, regions merge: who then has what, who has something to do, and what everybody's rows say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain.case import State
from app.domain.events import RegionsPublished, Role
from app.domain.papers import PaperKind
from app.domain.regions import RegionCode
from app.domain.rules import NotPermitted
from app.domain.tasks import TaskKind
from app.journal.refs import Ref
from app.store.rebuild import rebuild
from app.store.verify import verify
from app.usecases import lookup, papers, repairs, staff, whereabouts, work
from app.usecases.filters import CaseFilter
from app.usecases.materials import MaterialForm
from app.usecases.whereabouts import Whereabouts
from sync.centre import publishing
from tests.builders import Station, a_case, act, the_item
from tests.sync.builders import (
    DISTRICT,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    ACentre,
    a_centre,
    a_station,
    exchange,
)

DAY = date(2026, 11, 20)
ENDED = date(2026, 10, 31)


@pytest.fixture
def centre(tmp_path: Path) -> ACentre:
    return a_centre(tmp_path / "centre")


def publish(centre: ACentre, **changes: dict[str, Any]) -> None:
    """A table in which the rows of these regions (`r450305200201`) have these values."""
    rows = tuple(
        msgspec.structs.replace(row, **changes.get(f"r{row.code}", {}))
        for row in centre.ledger.tree.rows
    )
    centre.wall.turn(ms=1000)
    with centre.ledger.writing():
        publishing.publish(centre.ledger, [RegionsPublished(regions=rows)], centre.wall())


def everybody_exchanges(centre: ACentre, *stations: Station) -> None:
    for _ in range(2):
        for station in stations:
            exchange(station, centre)


def complete(station: Station, name: str) -> Ref:
    """A request whose papers are all there."""
    needed = [one for one in the_item("IT022").materials if one.required.value == "always"]
    materials = tuple(MaterialForm(name=one.name) for one in needed)
    return a_case(station, "IT022", name, materials=materials)


def to_do(station: Station) -> dict[TaskKind, int]:
    counts = work.counts(station.store, DAY)
    return {kind: count.total for kind, count in counts.items() if count.total}


def rows_of(station: Station) -> list[Any]:
    rows = station.store.rows.where("1", order="n", limit=1000)
    return [msgspec.structs.replace(row, n=0) for row in rows]


def is_sound(station: Station) -> bool:
    """Whether a look over everything finds nothing, and rows made anew are the same."""
    before = rows_of(station)
    with station.store.changing():
        rebuild(station.store)
    return not verify(station.store).problems and rows_of(station) == before


def five(centre: ACentre, village: Station, township: Station) -> list[Ref]:
    """Cases of a village: received, in transit, under examination, in progress with a paper,
    and decided by somebody who was authorised in writing.
    """
    cases = [complete(village, f"第{place}户") for place in "一二三四五"]
    for case in cases[1:]:
        act(village, case, "forward")
    everybody_exchanges(centre, village, township)
    for case in cases[2:]:
        act(township, case, "take_over")
    for case in cases[3:]:
        act(township, case, "accept")
    papers.issue(
        township.store,
        cases[3],
        PaperKind.ACCEPTANCE,
        by=township.head,
        render=lambda facts: b"%PDF",
    )
    approver = township.person(Role.APPROVER)
    staff.authorise(township.store, approver.name, ("IT022",), DAY, DAY, by=township.head)
    act(township, cases[4], "decide", by=approver, approved=True)
    everybody_exchanges(centre, village, township)
    return cases


def test_a_village_moves_to_another_township_with_everything_it_has(
    centre: ACentre, tmp_path: Path
):
    village, old, new = (
        a_station(centre, region, tmp_path / region)
        for region in (VILLAGE, TOWNSHIP, OTHER_TOWNSHIP)
    )
    cases = five(centre, village, old)
    received, transit, examined, accepted, decided = cases
    exchange(new, centre)

    publish(centre, r450305200201={"parent": RegionCode(OTHER_TOWNSHIP)})
    everybody_exchanges(centre, village, old, new)

    for case in cases:
        assert new.case(case) == village.case(case)
        assert not new.case(case).waits_for
        assert new.store.history(case) == village.store.history(case)
    assert to_do(old) == {}
    assert to_do(new) == {TaskKind.TAKE_OVER: 1, TaskKind.EXAMINE: 1, TaskKind.DECIDE: 1}
    assert to_do(village) == {TaskKind.FORWARD: 1, TaskKind.DELIVER: 1}
    assert [one.at for one in to_do_rows(village)] == [one.at for one in to_do_rows(new)]

    act(village, received, "forward")
    exchange(village, centre)
    exchange(new, centre)
    act(new, received, "take_over")
    act(new, transit, "take_over")
    act(new, examined, "accept")
    act(new, accepted, "decide", approved=True)
    with pytest.raises(NotPermitted):
        act(old, examined, "accept")
    everybody_exchanges(centre, village, old, new)
    act(village, accepted, "deliver")
    act(village, decided, "deliver")
    everybody_exchanges(centre, village, old, new)

    for case in cases:
        assert new.case(case) == village.case(case)
        assert new.case(case).out_of_place == ()
    assert village.case(received).place == OTHER_TOWNSHIP
    assert village.case(transit).official_number.region == OTHER_TOWNSHIP  # type: ignore[union-attr]
    assert village.case(examined).official_number.region == TOWNSHIP  # type: ignore[union-attr]
    rows = old.store.rows.where("1")
    # The old township keeps what it had, hears no more, and is told so.
    assert whereabouts.of(old.store, rows) == [Whereabouts.MOVED] * 5
    moved = lookup.page(old.store, CaseFilter(where=Whereabouts.MOVED), DAY)
    assert len(moved.cases) == 5
    assert not lookup.page(old.store, CaseFilter(where=Whereabouts.TAKEN_OVER), DAY).cases
    assert old.case(received).state is State.RECEIVED
    assert old.case(examined).state is State.UNDER_EXAMINATION
    assert lookup.by_number(new.store, new.case(examined).local_number.text).subject == examined
    assert all(map(is_sound, (village, old, new)))


def to_do_rows(station: Station) -> list[Any]:
    found = station.store.database.rows(
        "SELECT local_number, todo, todo_at FROM case_row ORDER BY local_number"
    )
    return [Todo(*row) for row in found]


class Todo(tuple[str, str, str]):
    def __new__(cls, *values: str) -> Todo:
        return super().__new__(cls, values)

    @property
    def at(self) -> tuple[str, str]:
        return self[0], self[2]


def test_what_the_old_township_did_before_it_heard_comes_back_to_it(
    centre: ACentre, tmp_path: Path
):
    village, old, new = (
        a_station(centre, region, tmp_path / region)
        for region in (VILLAGE, TOWNSHIP, OTHER_TOWNSHIP)
    )
    *_, examined, _, _ = five(centre, village, old)
    publish(centre, r450305200201={"parent": RegionCode(OTHER_TOWNSHIP)})
    act(old, examined, "accept")

    everybody_exchanges(centre, village, old, new)

    (repair,) = repairs.listed(old.store)
    assert (repair.code, repair.kind) == ("region_out_of_scope", "case.accepted")
    assert new.case(examined).state is State.UNDER_EXAMINATION
    assert to_do(new)[TaskKind.EXAMINE] == 1
    act(new, examined, "accept")
    everybody_exchanges(centre, village, old, new)
    assert village.case(examined).state is State.IN_PROGRESS
    assert all(map(is_sound, (village, old, new)))


def test_two_townships_become_one_and_both_of_its_counters_have_all_of_it(
    centre: ACentre, tmp_path: Path
):
    village, gone, kept, far = (
        a_station(centre, region, tmp_path / region)
        for region in (VILLAGE, TOWNSHIP, OTHER_TOWNSHIP, "450305400201")
    )
    cases = five(centre, village, gone)
    theirs = complete(far, "远处")
    act(far, theirs, "forward")
    at_the_counter = complete(gone, "柜台")
    everybody_exchanges(centre, village, gone, kept, far)

    publish(centre, r450305200={"until": ENDED, "successor": RegionCode(OTHER_TOWNSHIP)})
    everybody_exchanges(centre, village, gone, kept, far)

    for case in (*cases, at_the_counter, theirs):
        assert gone.case(case) == kept.case(case)
    assert to_do(gone) == to_do(kept)
    act(gone, theirs, "take_over")
    act(kept, cases[1], "take_over")
    act(kept, at_the_counter, "take_over")
    everybody_exchanges(centre, village, gone, kept, far)

    for case in (*cases, at_the_counter, theirs):
        assert gone.case(case) == kept.case(case)
        assert gone.case(case).out_of_place == ()
    assert far.case(theirs).state is State.UNDER_EXAMINATION
    assert village.case(cases[1]).state is State.UNDER_EXAMINATION
    assert all(map(is_sound, (village, gone, kept, far)))


def test_a_village_that_goes_into_its_neighbour_is_served_at_either_counter(
    centre: ACentre, tmp_path: Path
):
    village, neighbour, township = (
        a_station(centre, region, tmp_path / region)
        for region in (VILLAGE, OTHER_VILLAGE, TOWNSHIP)
    )
    received, _, _, _, decided = five(centre, village, township)
    theirs = complete(neighbour, "邻村")
    everybody_exchanges(centre, village, neighbour, township)

    publish(centre, r450305200201={"until": ENDED, "successor": RegionCode(OTHER_VILLAGE)})
    everybody_exchanges(centre, village, neighbour, township)

    assert to_do(village) == to_do(neighbour) == {TaskKind.FORWARD: 2, TaskKind.DELIVER: 1}
    act(neighbour, received, "forward")
    act(neighbour, decided, "deliver")
    act(village, theirs, "forward")
    everybody_exchanges(centre, village, neighbour, township)

    for case in (received, decided, theirs):
        assert village.case(case) == neighbour.case(case) == township.case(case)
        assert village.case(case).out_of_place == ()
    number = village.case(received).local_number
    assert number.region == VILLAGE
    assert lookup.by_number(neighbour.store, number.text).subject == received
    assert all(map(is_sound, (village, neighbour, township)))


def test_a_village_becomes_a_community_and_its_new_station_goes_on(centre: ACentre, tmp_path: Path):
    village, township = (
        a_station(centre, region, tmp_path / region) for region in (VILLAGE, TOWNSHIP)
    )
    received, *_ = five(centre, village, township)
    community = RegionCode("450305200601")
    row = centre.ledger.tree.region(RegionCode(VILLAGE))
    new = msgspec.structs.replace(row, code=community, name="湖塘社区居委会")
    with centre.ledger.writing():
        centre.wall.turn(ms=1000)
        rows = tuple(
            msgspec.structs.replace(one, until=ENDED, successor=community)
            if one.code == VILLAGE
            else one
            for one in centre.ledger.tree.rows
        )
        bodies = [RegionsPublished(regions=(*rows, new))]
        publishing.publish(centre.ledger, list(bodies), centre.wall())
    station = a_station(centre, community, tmp_path / "community")
    everybody_exchanges(centre, village, township, station)

    assert station.case(received) == village.case(received)
    assert to_do(station) == to_do(village)
    assert station.store.publications.station_name(RegionCode(VILLAGE)) == "湖塘社区居委会服务站"
    act(station, received, "forward")
    fresh = complete(station, "新户")
    everybody_exchanges(centre, village, township, station)

    assert township.case(received).state is State.IN_TRANSIT
    assert village.case(fresh).local_number.region == community
    assert all(map(is_sound, (village, township, station)))


def test_a_station_that_comes_late_reads_what_happened_before_every_move(
    centre: ACentre, tmp_path: Path
):
    village, old, new, desk = (
        a_station(centre, region, tmp_path / region)
        for region in (VILLAGE, TOWNSHIP, OTHER_TOWNSHIP, DISTRICT)
    )
    cases = five(centre, village, old)
    publish(centre, r450305200201={"parent": RegionCode(OTHER_TOWNSHIP)})
    everybody_exchanges(centre, village, old, new)
    act(new, cases[2], "accept")
    everybody_exchanges(centre, village, new)
    publish(centre, r450305200201={"parent": RegionCode(TOWNSHIP)})
    everybody_exchanges(centre, village, old, new, desk)
    late = a_station(centre, TOWNSHIP, tmp_path / "late", staffed=False)
    everybody_exchanges(centre, late)

    for case in cases:
        assert late.case(case) == village.case(case) == old.case(case) == desk.case(case)
        assert not late.case(case).waits_for
    assert old.case(cases[2]).state is State.IN_PROGRESS
    assert to_do(new) == {}
    assert all(map(is_sound, (village, old, new, desk, late)))
