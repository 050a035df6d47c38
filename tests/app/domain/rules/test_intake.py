"""Taking in, mending and sending on; accompanying."""

from __future__ import annotations

import pytest

from app.domain import events
from app.domain.case import Case, State
from app.domain.clocks import ClockName
from app.domain.events import Body, MaterialTaken, PartyRole
from app.domain.items import Mode
from app.domain.limits import Unit
from app.domain.publications import NotPublished
from app.domain.regions import RegionCode
from app.domain.rules import BadFacts
from tests.app.domain.rules import scene
from tests.app.domain.rules.scene import (
    DAY,
    DISTRICT,
    LATER,
    TOWNSHIP,
    VILLAGE,
    a_case,
    at,
    done,
    forwarded,
    forwarding,
    refusal,
    registered,
    running,
    supplying,
    under_examination,
)

FORWARDING = {ClockName.FORWARDING: (DAY, 3, Unit.WORKING)}
EXAMINATION = {ClockName.EXAMINATION: (DAY, 5, Unit.WORKING)}
ACCOMPANYING = {ClockName.ACCOMPANYING: (DAY, 3, Unit.WORKING)}


# --- clocks at the counter ------------------------------------------------------------------------


def test_a_village_that_only_forwards_has_three_working_days_for_it():
    assert running(a_case()) == FORWARDING


def test_the_district_may_set_other_days():
    view = scene.with_settings(forwarding_days=1, taking_over_days=7)
    case = done(None, registered(), at(VILLAGE, of=view))
    assert running(case)[ClockName.FORWARDING] == (DAY, 1, Unit.WORKING)
    case = done(case, forwarding(TOWNSHIP), at(VILLAGE, of=view))
    assert running(case)[ClockName.TAKING_OVER] == (DAY, 7, Unit.WORKING)


def test_at_the_authoritys_own_counter_the_five_days_run_from_receipt():
    """Else a case that it received itself and leaves lying would be watched by nothing."""
    assert running(a_case(station=TOWNSHIP)) == EXAMINATION
    assert running(a_case(scene.ACCEPTED_AT_VILLAGE)) == EXAMINATION
    taken = scene.taking_over(TOWNSHIP, LATER)
    case = done(a_case(station=TOWNSHIP), taken, at(TOWNSHIP, region=TOWNSHIP))
    assert running(case) == EXAMINATION


def test_an_instant_item_is_promised_for_the_day_and_has_no_examination_of_its_own():
    case = a_case(scene.INSTANT_AT_VILLAGE)
    assert running(case) == {ClockName.PROMISED: (DAY, 0, Unit.WORKING)}


def test_above_the_tier_that_examines_nothing_is_promised():
    assert running(a_case(station=DISTRICT)) == {}


def test_a_clock_from_receipt_starts_when_the_receiving_tier_has_the_papers():
    """The township receives IT005: at a village nothing was filed yet; at the township the day of receipt counts."""
    assert ClockName.PROMISED not in running(a_case(scene.FROM_RECEIPT))
    promised = running(under_examination(scene.FROM_RECEIPT, LATER))[ClockName.PROMISED]
    assert promised == (LATER, 2, Unit.NATURAL)
    filed = a_case(scene.FROM_RECEIPT, station=TOWNSHIP)
    assert running(filed)[ClockName.PROMISED] == (DAY, 2, Unit.NATURAL)
    taken = done(filed, scene.taking_over(TOWNSHIP, LATER), at(TOWNSHIP, region=TOWNSHIP))
    assert running(taken)[ClockName.PROMISED] == (DAY, 2, Unit.NATURAL)


def test_whoever_goes_along_has_a_promise_of_their_own_and_whoever_only_tells_has_none():
    assert running(a_case(scene.OF_THE_DISTRICT)) == ACCOMPANYING
    assert running(a_case(scene.OF_THE_DISTRICT, mode=Mode.INFORM)) == {}
    assert running(a_case(scene.OF_THE_DISTRICT, mode=Mode.PROXY)) == FORWARDING


def test_what_nobody_here_examines_is_not_promised_to_be_forwarded():
    assert running(a_case(scene.ASSISTED_OUTSIDE)) == ACCOMPANYING


def test_forwarding_has_the_authority_watched_and_the_promise_run_until_it_takes_over():
    case = done(a_case(), forwarding(TOWNSHIP, LATER), at(VILLAGE))
    watched = {ClockName.TAKING_OVER: (LATER, 2, Unit.WORKING)}
    assert running(case) == FORWARDING | watched
    assert case.place == TOWNSHIP


def test_an_accompanied_case_that_is_forwarded_after_all_has_kept_its_promise():
    case = done(a_case(scene.OF_THE_DISTRICT), forwarding(DISTRICT, LATER), at(VILLAGE))
    assert set(running(case)) == {ClockName.TAKING_OVER}


# --- papers ---------------------------------------------------------------------------------------


def test_papers_supplied_later_join_those_on_the_table_and_replace_the_same_one():
    case = done(a_case(), supplying(0, copies=1), at(VILLAGE))
    case = done(case, supplying(2, copies=1), at(VILLAGE))
    case = done(case, supplying(0, copies=3), at(VILLAGE))
    assert [(material.index, material.copies) for material in case.materials] == [(0, 3), (2, 1)]


def test_an_original_that_stays_is_in_custody_from_then_on_and_only_once():
    kept = MaterialTaken(index=0, original=True, held=True)
    case = a_case(materials=(kept,))
    assert [(one.whose, one.at, one.since) for one in case.held] == [("韦小妹", VILLAGE, DAY)]
    case = done(case, supplying(0, 1, held=True, on=LATER), at(VILLAGE))
    assert [one.since for one in case.held] == [DAY, LATER]


def test_what_comes_in_on_a_notice_has_to_be_sent_on():
    case = done(scene.awaiting(), supplying(0, on=LATER), at(VILLAGE))
    assert running(case)[ClockName.FORWARDING] == (LATER, 3, Unit.WORKING)
    assert case.state is State.AWAITING_SUPPLEMENT
    again = done(case, supplying(1, on=LATER), at(VILLAGE))
    assert [one.name for one in again.running_clocks].count(ClockName.FORWARDING) == 1
    came = events.CaseSupplementReceived(on=LATER)
    assert ClockName.FORWARDING not in running(done(again, came, at(TOWNSHIP)))


def test_at_the_authoritys_own_counter_the_examination_begins_again_with_what_was_lacking():
    here = at(TOWNSHIP, region=TOWNSHIP)
    case = done(a_case(station=TOWNSHIP), scene.taking_over(TOWNSHIP), here)
    case = done(case, scene.returning(), here)
    assert running(case) == {}
    case = done(case, supplying(0, on=LATER), here)
    assert running(case) == {ClockName.EXAMINATION: (LATER, 5, Unit.WORKING)}


def test_papers_are_supplied_where_the_others_are():
    assert refusal(a_case(), supplying(0), at(TOWNSHIP)) == ("not_permitted", "papers_elsewhere")
    assert refusal(scene.awaiting(), supplying(0), at(scene.DISTRICT)) == (
        "not_permitted",
        "not_the_authority",
    )


@pytest.mark.parametrize(
    ("case", "body", "field", "why"),
    [
        (None, registered(scene.ROSTER), "item", "not_a_case"),
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


def test_nobody_is_registered_without_an_applicant_among_the_parties():
    agent = events.Party(name="韦代办", role=PartyRole.AGENT)
    assert refusal(None, registered(parties=(agent,)), at(VILLAGE)) == ("bad_facts", "not_first")


def test_who_saw_a_fingerprint_did_not_take_the_papers():
    def signed(witness: str) -> events.CaseRegistered:
        signing = events.Signing(written_by="韦代办", read_by="韦代办", witness=witness)
        return registered(rare=(events.RareFacts(signing=(signing,)),))

    handler = at(VILLAGE).actor_name
    assert handler
    assert refusal(None, signed(handler), at(VILLAGE)) == ("bad_facts", "is_handler")
    assert refusal(None, signed(" "), at(VILLAGE)) == ("bad_facts", "empty")
    assert done(None, signed("覃邻居"), at(VILLAGE)).signing is not None


def test_a_relative_of_the_staff_is_marked_as_such():
    rare = (events.RareFacts(staff_relative="韦代办之兄", green="孕妇"),)
    case = a_case(rare=rare)
    assert (case.staff_relative, case.green) == ("韦代办之兄", "孕妇")


def test_a_version_of_an_item_that_has_not_come_is_waited_for():
    with pytest.raises(NotPublished):
        done(None, registered(item_version=2), at(VILLAGE))


def test_a_case_is_registered_once():
    assert refusal(a_case(), registered(), at(VILLAGE)) == ("out_of_place", State.RECEIVED)


# --- sending on -----------------------------------------------------------------------------------


def test_a_case_is_forwarded_to_its_authority_and_nowhere_else():
    for to in (TOWNSHIP, scene.OTHER_TOWNSHIP, scene.OTHER_VILLAGE):
        body = forwarding(to)
        told = refusal(a_case(scene.OF_THE_DISTRICT), body, at(VILLAGE))
        assert told == ("not_permitted", "not_the_authority")


def test_what_an_outside_body_decides_is_not_forwarded():
    told = refusal(a_case(scene.OUTSIDE), forwarding(DISTRICT), at(VILLAGE))
    assert told == ("not_permitted", "not_the_authority")


def test_a_station_that_is_the_authority_forwards_to_nobody():
    case = a_case(station=TOWNSHIP)
    here = at(TOWNSHIP, region=TOWNSHIP)
    assert refusal(case, forwarding(TOWNSHIP), here) == ("out_of_place", State.RECEIVED)


def test_papers_are_forwarded_by_who_has_them():
    assert refusal(a_case(), forwarding(TOWNSHIP), at(TOWNSHIP)) == (
        "not_permitted",
        "papers_elsewhere",
    )


# --- accompanying ---------------------------------------------------------------------------------


def test_an_accompanied_case_is_appointed_visited_and_concluded():
    case = scene.accompanied()
    assert (case.state, running(case)) == (State.ACCOMPANIED, ACCOMPANYING)
    case = done(case, events.CaseVisited(on=LATER), at(VILLAGE))
    assert (case.visited_on, running(case)) == (LATER, {})
    concluded = events.CaseConcluded(on=LATER, outcome="已受理", number="残2026-9")
    case = done(case, concluded, at(VILLAGE))
    assert (case.state, case.concluded) == (State.CLOSED, concluded)


def test_an_appointment_may_be_made_again():
    again = events.CaseAppointed(on=LATER, day=LATER, where="区残联二楼")
    case = done(scene.accompanied(), again, at(VILLAGE))
    assert (case.state, case.appointment) == (State.ACCOMPANIED, again)


def test_what_a_body_outside_takes_itself_is_concluded_at_the_station():
    """Nothing of it is ever forwarded or decided here: what came of it is only recorded."""
    body = events.CaseConcluded(on=DAY, outcome="派出所已受理", number="公2026-3")
    for item, mode in ((scene.OUTSIDE, Mode.PROXY), (scene.ASSISTED_OUTSIDE, Mode.ASSIST)):
        case = done(a_case(item, mode=mode), body, at(VILLAGE))
        assert (case.state, case.running_clocks) == (State.CLOSED, ())


@pytest.mark.parametrize(
    ("case", "body", "why"),
    [
        (a_case(), events.CaseAppointed(on=DAY, day=DAY, where="区残联"), "not_accompanied"),
        (a_case(), events.CaseConcluded(on=DAY, outcome="已办"), "not_accompanied"),
        (scene.accompanied(), events.CaseAppointed(on=DAY, day=DAY, where=" "), "empty"),
        (scene.accompanied(), events.CaseAppointed(on=LATER, day=DAY, where="区残联"), "past"),
        (scene.accompanied(), events.CaseConcluded(on=DAY, outcome=" "), "empty"),
    ],
)
def test_an_appointment_and_its_outcome_say_what_has_to_be_said(case: Case, body: Body, why: str):
    assert refusal(case, body, at(VILLAGE))[1] == why


def test_only_where_the_papers_are_does_somebody_go_along():
    for body in (
        events.CaseAppointed(on=DAY, day=DAY, where="区残联"),
        events.CaseVisited(on=DAY),
        events.CaseConcluded(on=DAY, outcome="已办"),
    ):
        assert refusal(scene.accompanied(), body, at(TOWNSHIP))[1] == "papers_elsewhere"


# --- numbers and places ---------------------------------------------------------------------------


def test_it_bears_the_number_of_the_station_and_that_of_the_authority():
    case = under_examination()
    assert case.local_number.text == f"{VILLAGE}-20261120-A1-0001"
    assert case.official_number is not None
    assert case.official_number.text == f"{TOWNSHIP}-20261120-A2-0001"


def test_the_papers_are_where_the_case_says():
    assert a_case().place == VILLAGE
    assert forwarded().place == TOWNSHIP
    assert under_examination().place == TOWNSHIP
    assert done(under_examination(), scene.returning(), at(TOWNSHIP)).place == VILLAGE


def test_a_station_gives_numbers_of_its_own_only():
    forged = registered(station=scene.OTHER_VILLAGE)
    assert refusal(None, forged, at(VILLAGE)) == ("not_permitted", "number_of_another_station")
    theirs = scene.taking_over(scene.OTHER_TOWNSHIP)
    assert refusal(forwarded(), theirs, at(TOWNSHIP))[1] == "number_of_another_station"
    split = scene.part(scene.OTHER_TOWNSHIP)
    assert refusal(None, split, at(TOWNSHIP))[1] == "number_of_another_station"


def test_a_village_registers_nothing_for_its_neighbour():
    body = registered(station=VILLAGE)
    told = refusal(None, body, at(VILLAGE, region=RegionCode(scene.OTHER_VILLAGE)))
    assert told == ("not_permitted", "other_region")
