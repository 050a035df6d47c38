"""Acts by their verbs, with the facts that go with them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import events
from app.domain.case import Case, State
from app.domain.days import day_of
from app.domain.events import Role
from app.domain.rules import NotPermitted
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.journal.refs import Ref
from app.usecases.acts import ACTS, BadActFacts, Moment, UnknownAct, available
from app.usecases.acts.intake import NoAuthority
from app.usecases.materials import MaterialNotAsked
from app.usecases.today import shown_today
from tests.builders import (
    DISTRICT,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    an_entry,
    hand,
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


def test_what_was_pasted_with_an_act_is_written_without_signs_that_nobody_sees(
    stations: tuple[Station, ...],
):
    village, township, _ = stations
    subject = a_case(village, "IT001")
    act(village, subject, "forward", note="随班车\x1b")
    meet(*stations)
    act(township, subject, "take_over")
    act(township, subject, "return", reason="defects", defects=["户口簿\x00\u202e复印件\x1b"])
    bodies = [
        events.decode_body(one.kind, one.version, one.body or b"")
        for one in township.store.history(subject)
    ]
    (forwarded,) = [body for body in bodies if isinstance(body, events.CaseForwarded)]
    (returned,) = [body for body in bodies if isinstance(body, events.CaseReturned)]
    assert forwarded.note == "随班车"
    assert returned.defects == ("户口簿 复印件",)


@pytest.mark.parametrize("verb", ACTS)
def test_every_act_tells_what_it_wants_as_a_json_schema(verb: str):
    one = ACTS[verb]
    assert one.verb == verb
    assert one.label.strip()
    assert msgspec.json.encode(one.schema())


@pytest.mark.parametrize("verb", ACTS)
def test_every_fact_has_its_chinese_title(verb: str):
    for told in ACTS[verb].schema()["$defs"][ACTS[verb].facts.__name__]["properties"].values():
        assert told["title"]
        assert not told["title"].isascii()


# --- what may be done now -------------------------------------------------------------------------

ITEMS = ("IT001", "IT005", "IT009", "IT011", "IT022", "IT031", "IT034", "IT045", "IT066")


def right_facts(station: Station, subject: Ref, verb: str, by: OperatorCard) -> dict[str, Any]:
    """Facts that nobody could object to; a joint handling needs what only a person knows."""
    if verb == "split":
        own = ("IT009", "IT001") if station.store.region == DISTRICT else ("IT022", "IT066")
        parts = [(own[0], "市监所"), (own[1], "国土所")]
        return {"parts": [{"item": item, "department": name} for item, name in parts]}
    case = station.case(subject)
    store = station.store
    item = store.publications.item(case.item, case.item_version)
    at = Moment(store=store, case=case, item=item, by=by, day=shown_today(store))
    facts: dict[str, Any] = msgspec.to_builtins(ACTS[verb].trial(at))
    return facts


class TakenBack(Exception):
    pass


def succeeds(station: Station, subject: Ref, verb: str, by: OperatorCard) -> bool:
    """Whether the act can be performed; nothing of it remains."""
    try:
        with station.store.changing():
            act(station, subject, verb, by=by, **right_facts(station, subject, verb, by))
            raise TakenBack
    except TakenBack:
        return True
    except Refused:
        return False


BESIDE = {
    "take_originals", "return_originals", "hand_on_originals", "correct", "mark", "hand_over", "compare", "withdraw",
    "take_hand_over", "void",
}  # fmt: skip


def ordinary(station: Station, subject: Ref) -> list[str]:
    """Without what may be done beside the way of a case at nearly any time."""
    return [verb for verb in verbs(station, subject, station.head) if verb not in BESIDE]


def verbs(station: Station, subject: Ref, by: OperatorCard) -> list[str]:
    return [one.verb for one in available(station.store, station.case(subject), by)]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Station, ...]:
    district = a_district()
    made = tuple(
        a_station(district, place, tmp_path_factory.mktemp(place))
        for place in (VILLAGE, TOWNSHIP, DISTRICT)
    )
    for station in made:
        for role in Role:
            station.person(role)
    meet(*made)
    return made


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(ITEMS), st.integers(0, 1), st.integers(0, 2**32))
def test_what_is_said_to_be_possible_is_and_nothing_else(
    three: tuple[Station, ...], item: str, first: int, seed: int
):
    chance = Random(seed)
    subject = a_case(three[first], item)
    for _ in range(5):
        meet(*three)
        for station in three:
            by = station.person(chance.choice(list(Role)))
            if not isinstance(station.store.case(subject), Case):
                continue
            # With what a case is to be compared, only a person says.
            others = [verb for verb in ACTS if verb != "compare"]
            can = {verb for verb in others if succeeds(station, subject, verb, by)}
            offered = verbs(station, subject, by)
            assert set(offered) - {"compare"} == can, (
                station.store.region,
                by.roles,
                station.case(subject).state,
            )
            assert len(set(offered)) == len(offered)
        steps = [
            (station, verb)
            for station in three
            if isinstance(station.store.case(subject), Case)
            for verb in verbs(station, subject, station.head)
            if verb != "compare"
        ]
        if not steps:
            break
        station, verb = chance.choice(steps)
        act(station, subject, verb, **right_facts(station, subject, verb, station.head))


def test_the_ordinary_next_act_comes_first(stations: tuple[Station, ...]):
    village, township, district = stations
    everything = [{"name": one.name} for one in the_item("IT001").materials]
    subject = a_case(village, "IT001")
    said: list[tuple[Station, list[str], str, dict[str, Any]]] = [
        (village, ["supply", "forward"], "supply", {"materials": everything}),
        (village, ["forward", "supply"], "forward", {}),
        (township, ["take_over", "return"], "take_over", {}),
        (township, ["accept", "ask_supplement", "return", "refuse"], "return",
         {"reason": "defects", "defects": ["缺户口簿"]}),
        (village, ["supply", "forward"], "supply", {"materials": everything[:1]}),
        (village, ["forward", "supply"], "forward", {}),
        (township, ["take_over", "return"], "take_over", {}),
        (township, ["accept", "ask_supplement", "return", "refuse"], "accept", {}),
        (township, ["pass_up", "send_outside", "split"], "pass_up", {"opinion": "符合条件"}),
        (district, ["decide", "send_down", "send_outside", "extend"], "decide", {"approved": True}),
        (village, ["deliver"], "deliver", {}),
        (village, [], "", {}),
    ]  # fmt: skip
    for station, expected, verb, facts in said:
        assert ordinary(station, subject) == expected
        if verb:
            act(station, subject, verb, **facts)
        meet(*stations)


def test_an_instant_item_is_completed_first(stations: tuple[Station, ...]):
    item = next(one for one in map(the_item, ITEMS) if one.kind == "instant")
    for station in stations:
        subject = a_case(station, item.id)
        offered = verbs(station, subject, station.head)
        assert "complete" not in offered or offered[0] == "complete"


def test_who_only_looks_on_does_none_of_the_work(stations: tuple[Station, ...]):
    village = stations[0]
    subject = a_case(village)
    assert verbs(village, subject, village.person(Role.ARCHIVIST)) == []
    assert verbs(village, subject, village.person(Role.SUPERVISOR)) == ["void"]


def test_while_a_case_needs_an_upgrade_nothing_may_be_done(stations: tuple[Station, ...]):
    village, township, _ = stations
    subject = a_case(village)
    newer = an_entry(
        township.device, 50, kind="case.blessed", subject=subject, after=(subject,), actor=township.head.ref
    )  # fmt: skip
    hand(village, (township.device, 50, [newer.wire]))
    assert verbs(village, subject, village.head) == []


def test_asking_writes_nothing_and_uses_no_number(stations: tuple[Station, ...]):
    village, township, _ = stations
    subject = a_case(village)
    act(village, subject, "forward")
    meet(*stations)
    head = township.store.head()
    for _ in range(3):
        verbs(township, subject, township.head)
    assert township.store.head() == head
    taken = act(township, subject, "take_over")
    assert taken.official_number is not None
    assert taken.official_number.running == 1


def test_facts_that_nobody_would_write_by_hand_are_refused(stations: tuple[Station, ...]):
    village, _, _ = stations
    subject = a_case(village, "IT001")

    with pytest.raises(BadActFacts):
        act(village, subject, "forward", note="报" * 10_000)

    assert village.case(subject).state is State.RECEIVED
