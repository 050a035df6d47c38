"""Lists as a person chooses them: each choice shows just the cases that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from app.domain import events
from app.domain.case import State
from app.domain.regions import RegionCode
from app.domain.tasks import TaskKind
from app.store.exchange import Verdict
from app.store.rows import CaseRow
from app.usecases import lookup, repairs
from app.usecases.lookup import CaseFilter, DueLight, Order, Whereabouts
from tests.builders import (
    DISTRICT,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_copy,
    a_district,
    a_station,
    act,
    hand,
    meet,
    the_regions,
)

TODAY = date(2026, 11, 20)  # a Friday


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Station:
    """Cases of two villages and of a township's own window, in several states, some late; its store is closed."""
    folder = tmp_path_factory.mktemp("made")
    district = a_district()
    district.wall.turn(days=-30)
    one, other, township = (
        a_station(district, region, folder / region)
        for region in (VILLAGE, OTHER_VILLAGE, TOWNSHIP)
    )
    stations = (one, other, township)
    meet(*stations)
    old = a_case(one, "IT022", "韦老一")
    older = a_case(one, "IT005", "蒙老二", urgent=True)
    district.wall.turn(days=30)
    fresh = a_case(one, "IT066", "韦小妹")
    theirs = a_case(other, "IT022", "覃远", urgent=True)
    own = a_case(township, "IT022", "窗口人")
    act(one, old, "forward")
    act(one, older, "forward")
    meet(*stations)
    act(township, old, "take_over")
    act(township, own, "take_over")
    act(township, own, "accept")
    act(township, older, "return", reason="defects", defects=["缺照片"])
    meet(*stations)
    assert {fresh, theirs, own} <= {row.subject for row in lookup.listed(township.store)}
    for station in stations:
        station.store.close()
    return township


@pytest.fixture
def township(made: Station, tmp_path: Path) -> Iterator[Station]:
    at = a_copy(made, tmp_path / "township")
    yield at
    at.store.close()


def shown(at: Station, /, **wanted: Any) -> list[str]:
    asked = CaseFilter(**wanted)
    page = lookup.page(at.store, asked, TODAY)
    assert page.next is None
    assert lookup.count(at.store, asked, TODAY) == len(page.cases)
    return [one.row.applicant for one in page.cases]


def rows(station: Station) -> list[CaseRow]:
    return lookup.listed(station.store, limit=1000)


def test_nothing_asked_shows_all_the_newest_first(township: Station):
    assert shown(township) == [row.applicant for row in rows(township)]


CHOICES: list[tuple[dict[str, Any], Callable[[CaseRow], bool]]] = [
    ({"states": (State.RECEIVED,)}, lambda row: row.state == "received"),
    (
        {"states": (State.RECEIVED, State.IN_PROGRESS)},
        lambda row: row.state in ("received", "in_progress"),
    ),
    ({"item": "IT022"}, lambda row: row.item == "IT022"),
    ({"station": VILLAGE}, lambda row: row.station == VILLAGE),
    ({"place": TOWNSHIP}, lambda row: row.place == TOWNSHIP),
    ({"urgent": True}, lambda row: row.urgent),
    ({"light": DueLight.LATE}, lambda row: row.due is not None and row.due < TODAY),
    ({"text": "韦"}, lambda row: "韦" in row.applicant),
    ({"text": "wx"}, lambda row: row.applicant == "韦小妹"),
    ({"text": "就业创业证"}, lambda row: row.item == "IT022"),
    ({"text": "20261021"}, lambda row: False),
    ({"text": "1028"}, lambda row: row.id_number.endswith("1028")),
    ({"text": "，"}, lambda row: False),
    ({"mine": True}, lambda row: row.todo_at == TOWNSHIP),
    ({"task": TaskKind.EXAMINE}, lambda row: row.todo == "examine"),
    ({"awaiting_supplement": True}, lambda row: row.applicant == "蒙老二"),
    ({"station": VILLAGE, "text": "韦", "urgent": True}, lambda row: False),
    (
        {"station": VILLAGE, "text": "weilao", "states": (State.UNDER_EXAMINATION,)},
        lambda row: row.applicant == "韦老一",
    ),
]


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize(("wanted", "fits"), CHOICES, ids=[str(one) for one, _ in CHOICES])
def test_each_choice_shows_what_it_names(
    township: Station,
    wanted: dict[str, Any],
    fits: Callable[[CaseRow], bool],
    order: Order,
):
    names = [row.applicant for row in rows(township) if fits(row)]
    assert sorted(shown(township, order=order, **wanted)) == sorted(names)


def test_by_the_due_day_the_first_to_end_comes_first_and_what_has_ended_last(township: Station):
    found = lookup.page(township.store, CaseFilter(order=Order.DUE), TODAY).cases
    days = [one.row.due for one in found]
    running = [day for day in days if day is not None]
    assert running == sorted(running)
    assert days == [*running, *[None] * (len(days) - len(running))]


def test_lights_are_counted_from_the_day_that_is_given(township: Station):
    by_day = {row.applicant: row.due for row in rows(township)}
    assert by_day["韦小妹"] == date(2026, 11, 25)
    for today, light, seen in (
        (date(2026, 11, 26), DueLight.LATE, True),
        (date(2026, 11, 25), DueLight.LATE, False),
        (date(2026, 11, 25), DueLight.TODAY, True),
        (date(2026, 11, 25), DueLight.SOON, False),
        (date(2026, 11, 24), DueLight.SOON, True),
        (date(2026, 11, 23), DueLight.SOON, True),
        (date(2026, 11, 21), DueLight.SOON, False),  # Saturday: two working days end on Tuesday
        (date(2026, 11, 20), DueLight.WEEK, False),
        (date(2026, 11, 23), DueLight.WEEK, True),
        (date(2026, 11, 25), DueLight.WEEK, True),
        (date(2026, 11, 26), DueLight.WEEK, False),
    ):
        page = lookup.page(township.store, CaseFilter(light=light), today)
        assert ("韦小妹" in [one.row.applicant for one in page.cases]) is seen, (today, light)


def test_a_list_is_read_page_after_page(township: Station):
    for order in Order:
        wanted = CaseFilter(order=order)
        whole = lookup.page(township.store, wanted, TODAY).cases
        found: list[lookup.Listed] = []
        page = lookup.page(township.store, wanted, TODAY, limit=2)
        found += page.cases
        while page.next is not None:
            page = lookup.page(township.store, wanted, TODAY, after=page.next, limit=2)
            found += page.cases
        assert tuple(found) == whole


def test_an_empty_store_has_an_empty_list(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    page = lookup.page(village.store, CaseFilter(text="韦", order=Order.DUE), TODAY)
    assert (page.cases, page.next) == ((), None)
    assert lookup.count(village.store, CaseFilter(), TODAY) == 0


def test_what_a_person_types_is_no_part_of_the_question(township: Station):
    for text in ("'", '"', "%", "_", "韦' OR 1 --", ") UNION SELECT", "\x00", "\ud800", "{0}", "*"):
        assert shown(township, text=text) == []


def test_a_village_that_was_merged_is_listed_with_the_one_that_it_joined(township: Station):
    moved = tuple(
        replace(row, until=date(2026, 11, 1), successor=RegionCode(OTHER_VILLAGE))
        if row.code == VILLAGE
        else row
        for row in the_regions()
    )
    township.district.publish(events.RegionsPublished(regions=moved))
    meet(township)
    assert sorted(shown(township, station=OTHER_VILLAGE)) == ["蒙老二", "覃远", "韦小妹", "韦老一"]
    codes = [row.code for row in lookup.stations(township.store)]
    assert VILLAGE not in codes
    assert OTHER_VILLAGE in codes
    assert DISTRICT not in codes


# --- where the record is --------------------------------------------------------------------------


def where(station: Station) -> dict[str, Whereabouts]:
    page = lookup.page(station.store, CaseFilter(), TODAY)
    told = {one.row.applicant: one.where for one in page.cases}
    for place in Whereabouts:
        names = [name for name, there in told.items() if there is place]
        assert sorted(shown(station, where=place)) == sorted(names)
    return told


def test_a_record_goes_from_this_machine_to_the_centre_to_the_authority(tmp_path: Path):
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(village, township)
    subject = a_case(village, "IT022", "韦小妹")
    a_case(village, "IT022", "蒙大")
    assert where(village) == {"韦小妹": Whereabouts.HERE, "蒙大": Whereabouts.HERE}
    hand(village, accepted=subject.seq)
    assert where(village) == {"韦小妹": Whereabouts.AT_CENTRE, "蒙大": Whereabouts.HERE}
    act(village, subject, "forward")
    assert where(village)["韦小妹"] is Whereabouts.HERE
    hand(village, accepted=village.store.head().seq)
    meet(village, township)
    assert where(township) == dict.fromkeys(("韦小妹", "蒙大"), Whereabouts.AT_CENTRE)
    act(township, subject, "take_over")
    assert where(township)["韦小妹"] is Whereabouts.HERE
    meet(village, township)
    assert where(village)["韦小妹"] is Whereabouts.TAKEN_OVER


def test_what_the_centre_refused_is_marked_until_somebody_has_seen_to_it(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    subject = a_case(village, "IT022", "韦小妹")
    act(village, subject, "forward")
    forwarded = village.store.head().seq
    verdict = Verdict(device=village.device, seq=forwarded, code="region_out_of_scope", facts={})
    hand(village, accepted=forwarded, verdicts=[verdict])
    assert where(village) == {"韦小妹": Whereabouts.REFUSED}
    repairs.settle(village.store, repairs.listed(village.store)[0].ref)
    assert where(village) == {"韦小妹": Whereabouts.AT_CENTRE}
