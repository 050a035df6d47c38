"""Pairs of cases that may be one request: found when two stations' offline entries meet, the same in any order."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import events
from app.domain.settings import RelatedItems, Settings
from app.journal.refs import Ref
from app.store.duplicates import Judged
from app.store.rebuild import rebuild
from app.store.verify import verify
from app.usecases import duplicates
from tests.builders import (
    DISTRICT,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    carry,
    hand,
    meet,
)

NUMBER, OTHER_NUMBER = "450305196203151028", "450305198807220015"


def pairs(station: Station) -> set[tuple[Ref, Ref, str, str, str]]:
    """Every pair by its cases, from both sides."""
    subjects = {row.n: row.subject for row in station.store.rows.where("1", limit=-1)}
    return {
        (subjects[one], subjects[other], *rest)
        for one, other, *rest in station.store.database.rows("SELECT * FROM duplicate_row")
    }


def alike(station: Station) -> set[frozenset[Ref]]:
    return {frozenset(pair[:2]) for pair in pairs(station)}


@pytest.fixture
def places(tmp_path: Path) -> tuple[Station, Station, Station]:
    """Two villages and their township."""
    district = a_district()
    named = (VILLAGE, OTHER_VILLAGE, TOWNSHIP)
    one, other, township = (a_station(district, place, tmp_path / place) for place in named)
    meet(one, other, township)
    return one, other, township


def test_offline_entries_of_two_villages_are_a_pair_where_they_meet(
    places: tuple[Station, Station, Station],
):
    one, other, township = places
    first = a_case(one)
    second = a_case(other, name="韦晓妹", applicant={"id_number": ""})
    third = a_case(other, name="李四", applicant={"id_number": OTHER_NUMBER, "phone": ""})
    assert pairs(one) == pairs(other) == set()
    carry(one, township)
    carry(other, township)
    said = ("possible", "sound phone", "open")
    assert pairs(township) == {(first, second, *said), (second, first, *said)}
    assert third not in {ref for pair in alike(township) for ref in pair}
    assert verify(township.store).ok


def test_a_case_that_ends_without_a_result_repeats_nothing(
    places: tuple[Station, Station, Station],
):
    village = places[0]
    first, second = a_case(village), a_case(village)
    assert alike(village) == {frozenset((first, second))}
    act(village, first, "withdraw", reason="登记了两次")
    assert alike(village) == set()
    assert verify(village.store).ok


def test_a_correction_makes_a_pair_and_unmakes_it(places: tuple[Station, Station, Station]):
    village = places[0]
    first, second = a_case(village), a_case(village, applicant={"id_number": OTHER_NUMBER})
    assert alike(village) == {frozenset((first, second))}  # by name and telephone
    third = a_case(village, name="李四", applicant={"id_number": OTHER_NUMBER, "phone": ""})
    assert alike(village) == {frozenset((first, second)), frozenset((second, third))}
    case = village.case(second)
    (party,) = case.parties
    with village.store.writing() as tx:
        body = events.CaseCorrected(
            on=case.received_on,
            reason="号码抄错",
            parties=(events.Party(name="王五", id_number="450305197001010036"),),
        )
        tx.record(body, by=village.head, case=case)
    assert party.name == "韦小妹"
    assert alike(village) == set()
    assert verify(village.store).ok


def test_days_and_related_items_are_the_districts_to_set(
    places: tuple[Station, Station, Station],
):
    village = places[0]
    first = a_case(village, "IT022")
    other_item = a_case(village, "IT005")
    village.wall.turn(days=30)
    later = a_case(village, "IT022")
    assert alike(village) == {frozenset((first, later))}
    for told, expected in (
        (Settings(duplicate_days=29), set()),
        (Settings(duplicate_days=30), {(first, later)}),
        (
            Settings(related=(RelatedItems(items=("IT022", "IT005")),)),
            {(first, later), (first, other_item), (later, other_item)},
        ),
        (Settings(), {(first, later)}),
    ):
        village.district.publish(events.SettingsPublished(settings=told))
        carry(village.district, village)
        assert alike(village) == {frozenset(pair) for pair in expected}
        assert verify(village.store).ok


def test_what_a_person_said_holds_wherever_the_two_are(places: tuple[Station, Station, Station]):
    one, other, township = places
    first, second, third = a_case(one), a_case(other), a_case(other, name="韦大山")
    carry(one, township)
    carry(other, township)
    duplicates.judge(township.store, first, second, same=False, note="两姐妹", by=township.head)
    duplicates.judge(township.store, third, first, same=True, by=township.head)
    said = {frozenset(pair[:2]): pair[4] for pair in pairs(township)}
    assert said == {
        frozenset((first, second)): Judged.DIFFERENT,
        frozenset((first, third)): Judged.SAME,
        frozenset((second, third)): Judged.OPEN,
    }
    marks = township.store.rows.duplicates.marks([1, 2, 3])
    assert sorted(marks.values()) == [Judged.OPEN, Judged.OPEN, Judged.SAME]
    duplicates.judge(township.store, second, third, same=False, by=township.head)
    meet(one, other, township)
    assert pairs(one) == pairs(other) == pairs(township)
    for station in (one, other, township):
        assert verify(station.store).ok


def test_a_pair_that_was_lost_is_noticed_and_made_again(places: tuple[Station, Station, Station]):
    store = places[0].store
    a_case(places[0])
    a_case(places[0])
    for table in ("duplicate_row", "alike_key"):
        with store.changing():
            store.database.run(f"DELETE FROM {table} WHERE case_n = 1")
        assert verify(store).problems == [f"rows:{table}"]
        with store.changing():
            rebuild(store)
        assert verify(store).ok


PEOPLE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("韦小妹", {}),
    ("韦晓妹", {"id_number": ""}),
    ("韦小妹", {"id_number": "", "phone": "", "address": "湖塘村三组12号"}),
    ("韦小妹", {"id_number": OTHER_NUMBER, "phone": "", "address": "朝阳乡湖塘村3组12号"}),
    ("李四", {"id_number": OTHER_NUMBER}),
)
STEPS = st.tuples(
    st.sampled_from(["register", "register", "withdraw", "judge", "publish"]),
    st.integers(0, 1),
    st.integers(0, 99),
)


@settings(max_examples=6)
@given(steps=st.lists(STEPS, min_size=4, max_size=14), seed=st.integers(0, 2**32))
def test_whatever_the_order_of_arrival_the_pairs_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]], seed: int
):
    """Two villages act offline, the district publishes in between, two devices hear it in pieces in any order."""
    folder = tmp_path_factory.mktemp("duplicates")
    district = a_district()
    named = (VILLAGE, OTHER_VILLAGE, TOWNSHIP, DISTRICT, DISTRICT)
    stations = [
        a_station(district, place, folder / str(number)) for number, place in enumerate(named)
    ]
    meet(*stations)
    villages, township, hearing = stations[:2], stations[2], stations[3:]
    subjects: list[Ref] = []
    for what, which, number in steps:
        village = villages[which]
        mine = [one for one in subjects if one.device == village.device]
        if what == "register":
            name, said = PEOPLE[number % len(PEOPLE)]
            item = ("IT022", "IT005")[number % 2]
            subjects.append(a_case(village, item, name, applicant=said))
            village.wall.turn(days=number % 40)
        elif what == "withdraw" and mine:
            subject = mine.pop(number % len(mine))
            subjects.remove(subject)
            act(village, subject, "withdraw", reason="不办了")
        elif what == "judge" and len(mine) > 1:
            duplicates.judge(
                village.store, mine[0], mine[-1], same=bool(number % 2), by=village.head
            )
        elif what == "publish":
            group = RelatedItems(items=("IT022", "IT005"))
            told = Settings(duplicate_days=number, related=(group,) if number % 2 else ())
            district.publish(events.SettingsPublished(settings=told))
    carry(villages[0], township)
    carry(villages[1], township)
    if len(subjects) > 1:
        duplicates.judge(township.store, subjects[0], subjects[1], same=True, by=township.head)
    random = Random(seed)
    for station in hearing:
        pieces = []
        for run in (district.run(), *(one.own_run() for one in (*villages, township))):
            device, first, wires = run
            cut = random.randint(0, len(wires))
            pieces += [(device, first, wires[:cut]), (device, first + cut, wires[cut:])]
        random.shuffle(pieces)
        for piece in pieces:
            hand(station, piece)
    carry(district, township)
    assert pairs(hearing[0]) == pairs(hearing[1]) == pairs(township)
    for station in (township, hearing[0]):
        assert verify(station.store).ok
        with station.store.changing():
            rebuild(station.store)
        assert pairs(station) == pairs(hearing[1])
