"""Acts by their verbs, with the facts that go with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain.case import State
from app.domain.events import Role
from app.domain.rules import NotPermitted
from app.usecases.acts import ACTS, BadActFacts, UnknownAct
from app.usecases.cases import NoAuthority
from app.usecases.registration import MaterialNotAsked
from app.usecases.today import day_of
from tests.builders import (
    DISTRICT,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    meet,
    the_item,
)


@pytest.fixture
def stations(tmp_path: Path) -> tuple[Station, Station, Station]:
    district = a_district()
    places = (VILLAGE, TOWNSHIP, DISTRICT)
    made = tuple(a_station(district, place, tmp_path / place) for place in places)
    meet(*made)
    return made  # type: ignore[return-value]


def test_a_case_goes_its_way_through_three_stations(stations: tuple[Station, ...]):
    village, township, district = stations
    subject = a_case(village, "IT001")
    steps: list[tuple[Station, str, dict[str, Any], State]] = [
        (village, "forward", {"note": "随班车"}, State.IN_TRANSIT),
        (township, "take_over", {}, State.UNDER_EXAMINATION),
        (township, "return", {"reason": "defects", "defects": ["缺户口簿"]}, State.RECEIVED),
        (
            village,
            "supply",
            {"materials": [{"name": the_item("IT001").materials[0].name}]},
            State.RECEIVED,
        ),
        (village, "forward", {}, State.IN_TRANSIT),
        (township, "take-over", {}, State.UNDER_EXAMINATION),
        (township, "accept", {}, State.IN_PROGRESS),
        (district, "decide", {"approved": True, "result": "每月510元"}, State.DECIDED),
        (village, "deliver", {"recipient": "韦大山", "relation": "父亲"}, State.DELIVERED),
    ]
    for station, verb, facts, state in steps:
        assert act(station, subject, verb, **facts).state is state
        meet(*stations)
    cases = [station.case(subject) for station in stations]
    assert cases[0] == cases[1] == cases[2]
    assert cases[0].supplement_notices == 1
    assert cases[0].out_of_place == ()
    assert cases[0].delivered is not None
    assert cases[0].delivered.recipient == "韦大山"


def test_without_a_name_the_result_goes_to_the_applicant(stations: tuple[Station, ...]):
    village, township, _ = stations
    subject = a_case(village, "IT022")
    act(village, subject, "forward")
    meet(*stations)
    for verb in ("take_over", "accept"):
        act(township, subject, verb)
    act(township, subject, "decide", approved=True)
    delivered = act(township, subject, "deliver").delivered
    assert delivered is not None
    assert (delivered.recipient, delivered.relation) == ("韦小妹", "本人")


def test_what_an_outside_body_decides_goes_nowhere_from_here(stations: tuple[Station, ...]):
    with pytest.raises(NoAuthority) as refused:
        act(stations[0], a_case(stations[0], "IT031"), "forward")
    assert refused.value.facts["body"] == the_item("IT031").external_body


def test_a_material_nobody_asked_for_is_not_supplied(stations: tuple[Station, ...]):
    with pytest.raises(MaterialNotAsked):
        act(stations[0], a_case(stations[0]), "supply", materials=[{"name": "莫须有"}])


def test_an_instant_item_is_done_at_once(stations: tuple[Station, ...]):
    case = act(stations[0], a_case(stations[0], "IT034"), "complete")
    assert case.completed is not None
    assert (case.state, case.completed.result) == (State.CLOSED, "已办结")


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ARCHIVIST])
def test_who_does_not_work_at_the_counter_does_not_act(stations: tuple[Station, ...], role: Role):
    village = stations[0]
    with pytest.raises(NotPermitted):
        act(village, a_case(village), "forward", by=village.person(role))


def test_an_act_that_was_refused_leaves_the_running_number_unused(stations: tuple[Station, ...]):
    village, township, _ = stations
    subject = a_case(village, "IT022")
    act(village, subject, "forward")
    meet(*stations)
    with pytest.raises(NotPermitted):
        act(township, subject, "take_over", by=township.person(Role.SUPERVISOR))
    taken = act(township, subject, "take_over")
    assert taken.official_number is not None
    assert taken.official_number.running == 1
    assert taken.clocks[0].stopped == day_of(township.wall())


# --- verbs and facts ------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["", "explode", "take over", "__class__", "FORWARD"])
def test_a_verb_nobody_knows_is_refused(stations: tuple[Station, ...], verb: str):
    with pytest.raises(UnknownAct):
        act(stations[0], a_case(stations[0]), verb)


@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("forward", {"to": "450305"}),
        ("forward", {"note": 1}),
        ("decide", {}),
        ("decide", {"approved": "yes"}),
        ("decide", {"approved": True, "on": "2020-01-01"}),
        ("return", {"reason": "because"}),
        ("return", {"reason": "defects", "defects": "缺户口簿"}),
        ("refuse", {}),
        ("supply", {"materials": [{"copies": 1}]}),
        ("supply", {"materials": [{"name": "户口簿", "copies": -1}]}),
        ("accept", {"anything": None}),
    ],
)
def test_facts_that_do_not_go_with_the_act_are_refused_and_nothing_is_written(
    stations: tuple[Station, ...], verb: str, facts: dict[str, Any]
):
    village = stations[0]
    subject = a_case(village)
    head = village.store.head()
    with pytest.raises(BadActFacts):
        act(village, subject, verb, **facts)
    assert village.store.head() == head


@pytest.mark.parametrize("verb", ACTS)
def test_every_act_tells_what_it_wants_as_a_json_schema(verb: str):
    one = ACTS[verb]
    assert one.verb == verb
    assert one.label.strip()
    assert msgspec.json.encode(one.schema())
