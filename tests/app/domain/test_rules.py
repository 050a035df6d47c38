"""What each act does, who may do it, and which clocks it starts: items of the catalogue, one by one."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import msgspec
import pytest

from app.domain import events, rules
from app.domain.case import Case, ClockName, State
from app.domain.events import Body, DeliveryWay, MaterialTaken, ReturnReason, Role
from app.domain.items import Delegation, Handling, Item, Kind, Level, Starts
from app.domain.limits import Unit
from app.domain.publications import NotPublished, Publications
from app.domain.regions import RegionCode, RegionTree, Tier
from app.domain.rules import BadFacts, NotPermitted, OutOfPlace, Setting, Writer
from app.journal.refs import Ref
from tests.builders import (
    DISTRICT,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    a_device,
    the_catalogue,
    the_item,
    the_regions,
)

DAY = date(2026, 11, 20)
TIERS = {VILLAGE: Tier.VILLAGE, OTHER_VILLAGE: Tier.VILLAGE, TOWNSHIP: Tier.TOWNSHIP,
         OTHER_TOWNSHIP: Tier.TOWNSHIP, DISTRICT: Tier.DISTRICT}  # fmt: skip
ALL_ROLES = frozenset(Role)
AT_TIER = {Tier.VILLAGE: VILLAGE, Tier.TOWNSHIP: TOWNSHIP, Tier.DISTRICT: DISTRICT}

LICENCE = "IT040"  # received, examined and decided by the township
PLAIN = "IT022"
RECEIVED_AT_TOWNSHIP_DECIDED_AT_DISTRICT = "IT001"
OF_THE_DISTRICT = "IT009"
OUTSIDE = "IT031"
INSTANT = "IT011"
INSTANT_AT_VILLAGE = "IT034"
DIRECT_AT_VILLAGE = "IT045"
FROM_RECEIPT = "IT005"
FROM_TAKING_OVER = "IT066"


@cache
def the_publications() -> Publications:
    view = Publications()
    view.tree = RegionTree(the_regions())
    view.items = {item.id: [item] for item in the_catalogue().items}
    return view


def at(place: str, *roles: Role, region: str = VILLAGE, seq: int = 2) -> Setting:
    return Setting(
        ref=Ref(a_device(1), seq),
        region=RegionCode(region),
        writer=Writer(
            region=RegionCode(place), tier=TIERS[place], roles=frozenset(roles) or ALL_ROLES
        ),
        publications=the_publications(),
    )


def done(case: Case | None, body: Body, setting: Setting) -> Case:
    """As a use case does it: whether it may be written today, then what it does."""
    rules.may_write(case, body, setting)
    return rules.after(case, body, setting)


def registered(
    item: str = PLAIN, *, station: str = VILLAGE, **changed: Any
) -> events.CaseRegistered:
    fields: dict[str, Any] = {
        "item": item, "item_version": 1, "mode": the_item(item).mode, "urgent": False, "mandate": True,
        "told": True, "backlog": False, "station": RegionCode(station), "received_on": DAY, "slot": "A1",
        "running": 1, "parties": (events.Party(name="韦小妹"),), "materials": (),
    }  # fmt: skip
    return events.CaseRegistered(**(fields | changed))


def a_case(item: str = PLAIN, *, station: str = VILLAGE) -> Case:
    return done(None, registered(item, station=station), at(station, region=station))


def authority(item: str) -> str:
    tier = rules.examining_level(the_item(item)).tier
    assert tier is not None
    return AT_TIER[tier]


def forwarded(item: str = PLAIN) -> Case:
    body = events.CaseForwarded(to=RegionCode(authority(item)), on=DAY)
    return done(a_case(item), body, at(VILLAGE))


def taking_over(place: str, on: date = DAY) -> events.CaseTakenOver:
    return events.CaseTakenOver(station=RegionCode(place), on=on, slot="A2", running=1)


def under_examination(item: str = PLAIN, on: date = DAY) -> Case:
    place = authority(item)
    case = a_case(item) if place == VILLAGE else forwarded(item)
    return done(case, taking_over(place, on), at(place))


def in_progress(item: str = PLAIN, on: date = DAY) -> Case:
    return done(under_examination(item, on), events.CaseAccepted(on=on), at(authority(item)))


def decided(item: str = PLAIN) -> Case:
    place = AT_TIER[the_item(item).decides.tier or Tier.DISTRICT]
    return done(in_progress(item), events.CaseDecided(on=DAY, approved=True), at(place))


def returning(reason: ReturnReason = ReturnReason.DEFECTS, **said: Any) -> events.CaseReturned:
    return events.CaseReturned(on=DAY, reason=reason, **(said or {"defects": ("缺户口簿",)}))


DELIVERING = events.CaseDelivered(on=DAY, way=DeliveryWay.IN_PERSON, recipient="韦小妹")


# --- the way of a case ----------------------------------------------------------------------------


def test_a_case_goes_from_the_village_to_the_township_and_back_to_the_applicant():
    states = [
        a_case().state,
        forwarded().state,
        under_examination().state,
        in_progress().state,
        decided().state,
    ]
    delivered = done(decided(), DELIVERING, at(VILLAGE))
    assert [*states, delivered.state] == [
        State.RECEIVED, State.IN_TRANSIT, State.UNDER_EXAMINATION, State.IN_PROGRESS, State.DECIDED, State.DELIVERED,
    ]  # fmt: skip
    assert delivered.running_clocks == ()
    assert delivered.state.ended


def test_it_bears_the_number_of_the_station_and_that_of_the_authority():
    case = under_examination()
    assert case.local_number.text == f"{VILLAGE}-20261120-A1-0001"
    assert case.official_number is not None
    assert case.official_number.text == f"{TOWNSHIP}-20261120-A2-0001"


def test_the_papers_are_where_the_case_says():
    assert a_case().place == VILLAGE
    assert forwarded().place == TOWNSHIP
    assert under_examination().place == TOWNSHIP
    returned = done(under_examination(), returning(), at(TOWNSHIP))
    assert returned.place == VILLAGE


def test_a_case_taken_over_twice_keeps_its_first_official_number():
    case = done(under_examination(), returning(), at(TOWNSHIP))
    case = done(case, events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY), at(VILLAGE))
    again = msgspec.structs.replace(taking_over(TOWNSHIP), running=9)
    case = done(case, again, at(TOWNSHIP))
    assert case.official_number is not None
    assert case.official_number.running == 1


def test_a_return_for_defects_counts_as_a_supplement_notice_and_one_for_authority_does_not():
    case = done(under_examination(), returning(), at(TOWNSHIP))
    assert (case.state, case.supplement_notices) == (State.RECEIVED, 1)
    wrong = returning(ReturnReason.WRONG_AUTHORITY, right_authority="区民政局")
    case = done(forwarded(), wrong, at(TOWNSHIP))
    assert (case.state, case.supplement_notices) == (State.RECEIVED, 0)
    assert case.returned == wrong


def test_a_second_supplement_notice_is_counted():
    case = under_examination()
    for _ in range(2):
        case = done(case, returning(), at(TOWNSHIP))
        case = done(case, events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY), at(VILLAGE))
        case = done(case, taking_over(TOWNSHIP), at(TOWNSHIP))
    assert case.supplement_notices == 2


def test_papers_supplied_later_join_those_on_the_table_and_replace_the_same_one():
    case = done(a_case(), supplying(0, copies=1), at(VILLAGE))
    case = done(case, supplying(2, copies=1), at(VILLAGE))
    case = done(case, supplying(0, copies=3), at(VILLAGE))
    assert [(material.index, material.copies) for material in case.materials] == [(0, 3), (2, 1)]


def supplying(index: int, **said: Any) -> events.CaseSupplied:
    return events.CaseSupplied(on=DAY, materials=(MaterialTaken(index=index, **said),))


def test_an_instant_item_is_completed_where_it_was_received():
    completed = events.CaseCompleted(on=DAY, result="已办结")
    case = done(a_case(INSTANT_AT_VILLAGE), completed, at(VILLAGE))
    assert (case.state, case.running_clocks) == (State.CLOSED, ())
    case = done(a_case(INSTANT, station=TOWNSHIP), completed, at(TOWNSHIP, region=TOWNSHIP))
    assert case.state is State.CLOSED


def test_a_station_takes_over_what_it_received_itself_without_forwarding():
    case = done(a_case(DIRECT_AT_VILLAGE), taking_over(VILLAGE), at(VILLAGE))
    assert case.state is State.UNDER_EXAMINATION


def test_a_paper_is_noted_in_any_state():
    paper = events.PaperIssued(
        paper="receipt",
        word="湖政服收",
        year=2026,
        slot="A1",
        running=1,
        on=DAY,
        template=1,
        facts=b"",
    )
    for case in (a_case(), decided()):
        assert done(case, paper, at(VILLAGE)).papers == (paper,)


# --- clocks ---------------------------------------------------------------------------------------


def running(case: Case) -> dict[ClockName, tuple[date, int, Unit]]:
    return {clock.name: (clock.starts, clock.days, clock.unit) for clock in case.running_clocks}


LATER = DAY + timedelta(days=3)


def test_a_village_that_only_forwards_has_three_working_days_for_it():
    assert running(a_case()) == {ClockName.FORWARDING: (DAY, 3, Unit.WORKING)}
    assert running(forwarded()) == running(a_case())


def test_taking_over_ends_the_forwarding_clock_and_starts_five_days_of_examination():
    case = under_examination(on=LATER)
    assert running(case) == {ClockName.EXAMINATION: (LATER, 5, Unit.WORKING)}
    assert case.clocks[0].stopped == LATER


def test_acceptance_starts_the_promised_and_the_statutory_clock():
    own = the_item(LICENCE).clock
    assert (own.starts, own.promised, own.statutory) == (Starts.ACCEPTANCE, 14, 20)
    assert running(in_progress(LICENCE, LATER)) == {
        ClockName.PROMISED: (LATER, 14, Unit.WORKING),
        ClockName.STATUTORY: (LATER, 20, Unit.WORKING),
    }


def test_a_clock_that_starts_at_taking_over_starts_there():
    assert running(under_examination(FROM_TAKING_OVER, LATER)) == {
        ClockName.EXAMINATION: (LATER, 5, Unit.WORKING),
        ClockName.PROMISED: (LATER, 5, Unit.WORKING),
    }
    assert ClockName.PROMISED in running(in_progress(FROM_TAKING_OVER, LATER))


def test_a_clock_from_receipt_starts_when_the_receiving_tier_has_the_papers():
    """The township receives IT005: at a village nothing was filed yet; at the township the day of receipt counts."""
    assert ClockName.PROMISED not in running(a_case(FROM_RECEIPT))
    assert running(under_examination(FROM_RECEIPT, LATER))[ClockName.PROMISED] == (
        LATER,
        2,
        Unit.NATURAL,
    )
    filed = a_case(FROM_RECEIPT, station=TOWNSHIP)
    assert running(filed) == {ClockName.PROMISED: (DAY, 2, Unit.NATURAL)}
    taken = done(filed, taking_over(TOWNSHIP, LATER), at(TOWNSHIP, region=TOWNSHIP))
    assert running(taken)[ClockName.PROMISED] == (DAY, 2, Unit.NATURAL)


def test_a_decision_ends_the_authoritys_clocks_and_starts_ten_days_of_delivery():
    assert running(decided(LICENCE)) == {ClockName.DELIVERY: (DAY, 10, Unit.WORKING)}


def test_a_return_ends_every_clock_and_the_village_has_three_days_again():
    case = done(under_examination(FROM_TAKING_OVER), returning(), at(TOWNSHIP))
    assert running(case) == {ClockName.FORWARDING: (DAY, 3, Unit.WORKING)}


def test_a_refusal_ends_every_clock():
    refused = events.CaseRefused(on=DAY, reason="不属于受理范围")
    case = done(under_examination(), refused, at(TOWNSHIP))
    assert (case.state, case.running_clocks) == (State.REFUSED, ())


CASE_ITEMS = [item for item in the_catalogue().items if item.handling is Handling.CASE]


@pytest.mark.parametrize("item", CASE_ITEMS, ids=lambda item: item.id)
def test_every_item_of_the_catalogue_runs_its_own_clock_from_where_it_says(item: Item):
    level = rules.examining_level(item)
    assert level is (item.receives if item.delegation is not Delegation.NONE else item.decides)
    if level.tier is None:
        assert rules.forwarding_target(a_case(item.id), item, the_publications()) is None
        return
    under = under_examination(item.id, LATER)
    accepted = done(under, events.CaseAccepted(on=LATER), at(authority(item.id)))
    promised = [clock for clock in accepted.clocks if clock.name is ClockName.PROMISED]
    assert [(clock.days, clock.unit) for clock in promised] == [
        (item.clock.promised, item.clock.unit)
    ]
    began_early = any(clock.name is ClockName.PROMISED for clock in under.clocks)
    assert began_early is (item.clock.starts is not Starts.ACCEPTANCE)
    filed_at_village = item.clock.starts is Starts.RECEIPT and item.receives is Level.VILLAGE
    assert promised[0].starts == (DAY if filed_at_village else LATER)
    statutory = [clock for clock in accepted.clocks if clock.name is ClockName.STATUTORY]
    assert [clock.days for clock in statutory] == (
        [] if item.clock.statutory is None else [item.clock.statutory]
    )


# --- who may --------------------------------------------------------------------------------------


def refusal(case: Case | None, body: Body, setting: Setting) -> tuple[str, Any]:
    with pytest.raises((NotPermitted, OutOfPlace, BadFacts)) as refused:
        done(case, body, setting)
    error = refused.value
    assert error.code in {"not_permitted", "out_of_place", "bad_facts"}
    return error.code, error.facts.get("why", error.facts.get("state"))


ACTS: dict[str, tuple[Case, Body]] = {
    "take_over": (forwarded(), taking_over(TOWNSHIP)),
    "return": (under_examination(), returning()),
    "accept": (under_examination(), events.CaseAccepted(on=DAY)),
    "refuse": (under_examination(), events.CaseRefused(on=DAY, reason="材料不实")),
    "decide": (in_progress(), events.CaseDecided(on=DAY, approved=True)),
    "complete": (under_examination(INSTANT), events.CaseCompleted(on=DAY, result="已办结")),
}


@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize("place", [VILLAGE, DISTRICT])
def test_only_the_tier_that_holds_the_power_acts_as_the_authority(verb: str, place: str):
    case, body = ACTS[verb]
    assert refusal(case, body, at(place)) == ("not_permitted", "not_the_authority")
    done(case, body, at(TOWNSHIP))


@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize("place", [OTHER_TOWNSHIP, OTHER_VILLAGE])
def test_nobody_acts_on_a_case_of_another_place(verb: str, place: str):
    case, body = ACTS[verb]
    assert refusal(case, body, at(place)) == ("not_permitted", "other_region")


@pytest.mark.parametrize("verb", ACTS)
def test_an_entry_under_another_region_than_its_case_is_refused(verb: str):
    case, body = ACTS[verb]
    assert refusal(case, body, at(TOWNSHIP, region=TOWNSHIP)) == ("not_permitted", "other_region")


@pytest.mark.parametrize(
    ("verb", "may"),
    [
        ("take_over", {Role.CLERK, Role.APPROVER, Role.HEAD}),
        ("return", {Role.CLERK, Role.APPROVER, Role.HEAD}),
        ("accept", {Role.CLERK, Role.APPROVER, Role.HEAD}),
        ("refuse", {Role.CLERK, Role.APPROVER, Role.HEAD}),
        ("complete", {Role.CLERK, Role.APPROVER, Role.HEAD}),
        ("decide", {Role.APPROVER, Role.HEAD}),
    ],
)
@pytest.mark.parametrize("role", Role)
def test_each_act_of_the_authority_needs_its_role(verb: str, may: set[Role], role: Role):
    case, body = ACTS[verb]
    if role in may:
        done(case, body, at(TOWNSHIP, role))
    else:
        assert refusal(case, body, at(TOWNSHIP, role)) == ("not_permitted", "role")


COUNTER_ACTS: dict[str, tuple[Case | None, Body]] = {
    "register": (None, registered()),
    "supply": (a_case(), supplying(0)),
    "forward": (a_case(), events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY)),
    "deliver": (decided(), DELIVERING),
}


@pytest.mark.parametrize("verb", COUNTER_ACTS)
@pytest.mark.parametrize("role", Role)
def test_each_act_at_the_counter_needs_somebody_who_works_there(verb: str, role: Role):
    case, body = COUNTER_ACTS[verb]
    if role in {Role.AGENT, Role.CLERK, Role.APPROVER, Role.HEAD}:
        done(case, body, at(VILLAGE, role))
    else:
        assert refusal(case, body, at(VILLAGE, role)) == ("not_permitted", "role")


@pytest.mark.parametrize("verb", ["supply", "forward", "deliver"])
def test_nobody_at_all_may_nothing(verb: str):
    case, body = COUNTER_ACTS[verb]
    nobody = msgspec.structs.replace(
        at(VILLAGE), writer=Writer(region=RegionCode(VILLAGE), tier=Tier.VILLAGE, roles=frozenset())
    )
    assert refusal(case, body, nobody) == ("not_permitted", "role")


def test_at_a_village_the_agent_is_the_whole_window_but_does_not_decide():
    case = done(a_case(DIRECT_AT_VILLAGE), taking_over(VILLAGE), at(VILLAGE, Role.AGENT))
    case = done(case, events.CaseAccepted(on=DAY), at(VILLAGE, Role.AGENT))
    deciding = events.CaseDecided(on=DAY, approved=True)
    assert refusal(case, deciding, at(VILLAGE, Role.AGENT)) == ("not_permitted", "role")
    assert done(case, deciding, at(VILLAGE, Role.HEAD)).state is State.DECIDED


def test_the_township_examines_by_authorisation_and_the_district_decides():
    item = RECEIVED_AT_TOWNSHIP_DECIDED_AT_DISTRICT
    case = in_progress(item)
    deciding = events.CaseDecided(on=DAY, approved=True)
    assert refusal(case, deciding, at(TOWNSHIP)) == ("not_permitted", "not_the_authority")
    assert done(case, deciding, at(DISTRICT)).state is State.DECIDED


def test_a_case_is_forwarded_to_its_authority_and_nowhere_else():
    item = the_item(OF_THE_DISTRICT)
    assert rules.forwarding_target(a_case(OF_THE_DISTRICT), item, the_publications()) == DISTRICT
    for to in (TOWNSHIP, OTHER_TOWNSHIP, OTHER_VILLAGE, VILLAGE):
        body = events.CaseForwarded(to=RegionCode(to), on=DAY)
        assert refusal(a_case(OF_THE_DISTRICT), body, at(VILLAGE)) == (
            "not_permitted",
            "not_the_authority",
        )


def test_what_an_outside_body_decides_is_not_forwarded():
    body = events.CaseForwarded(to=RegionCode(DISTRICT), on=DAY)
    assert refusal(a_case(OUTSIDE), body, at(VILLAGE)) == ("not_permitted", "not_the_authority")


def test_a_station_that_is_the_authority_forwards_to_nobody():
    body = events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY)
    case = a_case(station=TOWNSHIP)
    assert refusal(case, body, at(TOWNSHIP, region=TOWNSHIP)) == ("out_of_place", State.RECEIVED)


def test_papers_that_lie_elsewhere_are_neither_forwarded_nor_taken_over_nor_completed():
    body = events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY)
    assert refusal(a_case(), body, at(TOWNSHIP)) == ("not_permitted", "papers_elsewhere")
    assert refusal(a_case(), taking_over(TOWNSHIP), at(TOWNSHIP)) == (
        "not_permitted",
        "papers_elsewhere",
    )
    completed = events.CaseCompleted(on=DAY, result="已办结")
    assert refusal(a_case(INSTANT), completed, at(TOWNSHIP)) == (
        "not_permitted",
        "papers_elsewhere",
    )


def test_a_station_gives_numbers_of_its_own_only():
    forged = registered(station=OTHER_VILLAGE)
    assert refusal(None, forged, at(VILLAGE)) == ("not_permitted", "number_of_another_station")
    assert refusal(forwarded(), taking_over(OTHER_TOWNSHIP), at(TOWNSHIP)) == (
        "not_permitted", "number_of_another_station",
    )  # fmt: skip


def test_a_village_registers_nothing_for_its_neighbour():
    body = registered(station=VILLAGE)
    assert refusal(None, body, at(VILLAGE, region=OTHER_VILLAGE)) == (
        "not_permitted",
        "other_region",
    )


def test_only_an_instant_item_is_completed_at_once():
    completed = events.CaseCompleted(on=DAY, result="已办结")
    assert refusal(under_examination(), completed, at(TOWNSHIP)) == ("not_permitted", "not_instant")
    assert the_item(PLAIN).kind is not Kind.INSTANT


# --- what does not fit ----------------------------------------------------------------------------

CASES = {
    State.RECEIVED: a_case(),
    State.IN_TRANSIT: forwarded(),
    State.UNDER_EXAMINATION: under_examination(),
    State.IN_PROGRESS: in_progress(),
    State.DECIDED: decided(),
    State.DELIVERED: done(decided(), DELIVERING, at(VILLAGE)),
    State.REFUSED: done(
        under_examination(), events.CaseRefused(on=DAY, reason="材料不实"), at(TOWNSHIP)
    ),
}
FITS: dict[str, tuple[Body, str, set[State]]] = {
    "supply": (supplying(0), VILLAGE, {State.RECEIVED}),
    "forward": (events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY), VILLAGE, {State.RECEIVED}),
    "take_over": (taking_over(TOWNSHIP), TOWNSHIP, {State.IN_TRANSIT}),
    "return": (returning(), TOWNSHIP, {State.IN_TRANSIT, State.UNDER_EXAMINATION}),
    "accept": (events.CaseAccepted(on=DAY), TOWNSHIP, {State.UNDER_EXAMINATION}),
    "refuse": (events.CaseRefused(on=DAY, reason="材料不实"), TOWNSHIP, {State.UNDER_EXAMINATION}),
    "decide": (events.CaseDecided(on=DAY, approved=True), TOWNSHIP, {State.IN_PROGRESS}),
    "deliver": (DELIVERING, VILLAGE, {State.DECIDED}),
}


@pytest.mark.parametrize("state", CASES)
@pytest.mark.parametrize("verb", FITS)
def test_an_act_fits_its_states_and_changes_nothing_in_others(verb: str, state: State):
    body, place, fits = FITS[verb]
    case = CASES[state]
    if state in fits:
        assert done(case, body, at(place)).state is not None
        return
    with pytest.raises((OutOfPlace, NotPermitted)) as refused:
        done(case, body, at(place))
    if isinstance(refused.value, OutOfPlace):
        assert refused.value.facts["state"] == state
    else:
        assert (verb, state) == ("take_over", State.RECEIVED)  # its papers still lie at the village


@pytest.mark.parametrize("verb", FITS)
def test_no_act_opens_a_case(verb: str):
    body, place, _ = FITS[verb]
    assert refusal(None, body, at(place)) == ("out_of_place", "none")


def test_a_case_is_registered_once():
    assert refusal(a_case(), registered(), at(VILLAGE)) == ("out_of_place", State.RECEIVED)


def test_a_publication_is_no_act_on_a_case():
    body = events.OperatorAdded(name="某人", roles=(Role.HEAD,))
    assert refusal(a_case(), body, at(VILLAGE)) == ("out_of_place", State.RECEIVED)


# --- what is said with it -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "body", "field", "why"),
    [
        (None, registered("IT013"), "item", "not_a_case"),
        (None, registered("IT065"), "item", "not_a_case"),
        (None, registered(parties=()), "applicant", "no_name"),
        (None, registered(parties=(events.Party(name=" \u3000"),)), "applicant", "no_name"),
        (None, registered(materials=(MaterialTaken(index=99),)), "materials", "not_asked_for"),
        (None, registered(materials=(MaterialTaken(index=-1),)), "materials", "not_asked_for"),
        (None, registered(materials=(MaterialTaken(index=0), MaterialTaken(index=0))), "materials", "twice"),
        (a_case(), supplying(99), "materials", "not_asked_for"),
    ],
)  # fmt: skip
def test_a_registration_that_says_too_much_or_too_little_is_refused(
    case: Case | None, body: Body, field: str, why: str
):
    with pytest.raises(BadFacts) as refused:
        done(case, body, at(VILLAGE))
    assert (refused.value.facts["field"], refused.value.facts["why"]) == (field, why)


@pytest.mark.parametrize(
    ("case", "body", "field"),
    [
        (under_examination(), returning(defects=()), "defects"),
        (under_examination(), returning(defects=(" ", "")), "defects"),
        (
            under_examination(),
            returning(ReturnReason.WRONG_AUTHORITY, right_authority=" "),
            "right_authority",
        ),
        (under_examination(), events.CaseRefused(on=DAY, reason=" "), "reason"),
        (in_progress(), events.CaseDecided(on=DAY, approved=False), "reason"),
    ],
)
def test_no_return_refusal_or_rejection_goes_out_without_its_reason(
    case: Case, body: Body, field: str
):
    with pytest.raises(BadFacts) as refused:
        done(case, body, at(TOWNSHIP))
    assert refused.value.facts["field"] == field


def test_nothing_is_delivered_to_nobody():
    nobody = msgspec.structs.replace(DELIVERING, recipient=" ")
    assert refusal(decided(), nobody, at(VILLAGE)) == ("bad_facts", "empty")


def test_a_version_of_an_item_that_has_not_come_is_waited_for():
    with pytest.raises(NotPublished):
        done(None, registered(item_version=2), at(VILLAGE))


# --- regions that change --------------------------------------------------------------------------


def test_a_township_that_was_merged_is_where_its_successor_is():
    merged = tuple(
        msgspec.structs.replace(row, until=DAY, successor=RegionCode(OTHER_TOWNSHIP))
        if row.code == TOWNSHIP
        else row
        for row in the_regions()
    )
    changed = Publications()
    changed.tree, changed.items = RegionTree(merged), the_publications().items
    here = msgspec.structs.replace(at(VILLAGE), publications=changed)
    there = msgspec.structs.replace(at(OTHER_TOWNSHIP), publications=changed)
    to_the_old = events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY)
    assert refusal(a_case(), to_the_old, here) == ("not_permitted", "not_the_authority")
    case = done(a_case(), to_the_old, at(VILLAGE))  # before the merger
    case = done(case, taking_over(OTHER_TOWNSHIP), there)
    assert case.state is State.UNDER_EXAMINATION
    own = done(
        None,
        registered(station=TOWNSHIP),
        msgspec.structs.replace(at(TOWNSHIP, region=TOWNSHIP), publications=changed),
    )
    there = msgspec.structs.replace(at(OTHER_TOWNSHIP, region=TOWNSHIP), publications=changed)
    assert done(own, taking_over(OTHER_TOWNSHIP), there).place == OTHER_TOWNSHIP
