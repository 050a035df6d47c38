"""What the authority does with a case it accepted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from app.domain import events
from app.domain.case import Case, State
from app.domain.clocks import ClockName
from app.domain.events import Body, MaterialTaken, Role
from app.domain.limits import Unit
from app.domain.regions import Tier
from app.domain.rules import BadFacts
from app.journal.refs import Ref
from tests.app.domain.rules import scene
from tests.app.domain.rules.scene import (
    DAY,
    DISTRICT,
    LATER,
    LICENCE,
    LICENCE_REVIEWED,
    PLAIN,
    REVIEWED,
    TOWNSHIP,
    VILLAGE,
    a_case,
    at,
    decided,
    deciding,
    done,
    extending,
    frozen,
    in_progress,
    passed_up,
    pausing,
    refusal,
    running,
    splitting,
    under_examination,
)

RESUMED = events.CaseResumed(on=LATER)


# --- special procedures ---------------------------------------------------------------------------


def test_a_special_procedure_freezes_the_limits_and_runs_on_its_own():
    case = done(in_progress(LICENCE), pausing(), at(TOWNSHIP))
    assert case.state is State.PAUSED
    assert frozen(case) == {ClockName.PROMISED, ClockName.STATUTORY}
    assert running(case) == {ClockName.PROCEDURE: (DAY, 20, Unit.WORKING)}
    case = done(case, RESUMED, at(TOWNSHIP))
    assert (case.state, frozen(case)) == (State.IN_PROGRESS, set())
    assert [clock.pauses for clock in case.running_clocks] == [((DAY, LATER),)] * 2
    (procedure,) = case.procedures
    assert (procedure.type, procedure.began, procedure.ended) == ("听证", DAY, LATER)


def test_a_procedure_without_a_fixed_length_has_no_limit_of_its_own():
    case = done(in_progress(LICENCE), pausing(procedure="专家评审", days=0), at(TOWNSHIP))
    assert running(case) == {}


def test_a_procedure_freezes_the_share_of_the_tier_that_has_the_case_and_it_goes_on_there():
    case = done(in_progress(LICENCE_REVIEWED), pausing(), at(TOWNSHIP))
    assert ClockName.REVIEW in frozen(case)
    case = done(passed_up(LICENCE_REVIEWED), pausing(), at(DISTRICT))
    assert done(case, RESUMED, at(DISTRICT)).state is State.WITH_SUPERIOR


def test_only_what_the_item_lists_stops_its_clock():
    told = refusal(in_progress(LICENCE), pausing(procedure="入户调查"), at(TOWNSHIP))
    assert told == ("bad_facts", "does_not_stop_the_clock")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        *(({"days": days}, "not_between") for days in (21, 0, -1, -(2**63), 2**63 - 1)),
        ({"unit": Unit.NATURAL}, "other_unit"),
        ({"approver": " "}, "empty"),
    ],
)
def test_a_procedure_takes_what_the_item_allows(said: dict[str, Any], why: str):
    assert refusal(in_progress(LICENCE), pausing(**said), at(TOWNSHIP)) == ("bad_facts", why)


def test_a_procedure_without_a_basis_of_its_own_has_the_items():
    case = done(in_progress(LICENCE), pausing(basis=""), at(TOWNSHIP))
    assert case.procedures[0].basis == scene.item_of(LICENCE).stops_clock[0].basis


@pytest.mark.parametrize("days", [-1, -(2**63), 3651, 2**63 - 1])
def test_a_procedure_for_which_the_item_names_no_most_has_bounds_all_the_same(days: int):
    body = pausing(procedure="专家评审", days=days)
    assert refusal(in_progress(LICENCE), body, at(TOWNSHIP)) == ("bad_facts", "not_between")


def test_a_refusal_for_the_days_says_how_many_there_may_be_and_of_which():
    for body in (pausing(days=21), extending(days=11)):
        with pytest.raises(BadFacts) as refused:
            done(in_progress(LICENCE), body, at(TOWNSHIP))
        most = body.days - 1
        assert refused.value.facts == {
            "field": "days", "why": "not_between", "least": 1, "most": most, "unit": "个工作日",
        }  # fmt: skip


# --- extension ------------------------------------------------------------------------------------


def test_a_limit_is_extended_once_by_the_head():
    case = done(in_progress(LICENCE), extending(on=LATER), at(TOWNSHIP))
    assert running(case) == {
        ClockName.PROMISED: (DAY, 24, Unit.WORKING),
        ClockName.STATUTORY: (DAY, 30, Unit.WORKING),
    }
    assert refusal(case, extending(on=LATER), at(TOWNSHIP)) == (
        "not_permitted", "extended_already",
    )  # fmt: skip
    only_approver = at(TOWNSHIP, Role.APPROVER)
    assert refusal(in_progress(LICENCE), extending(), only_approver) == ("not_permitted", "role")


@pytest.mark.parametrize(
    ("case", "body", "why"),
    [
        (in_progress(), extending(), "no_extension"),
        (in_progress(LICENCE), extending(days=11), "not_between"),
        (in_progress(LICENCE), extending(days=0), "not_between"),
        (in_progress(LICENCE), extending(reason=" "), "empty"),
        (in_progress(LICENCE), extending(on=DAY + timedelta(days=60)), "limit_over"),
    ],
)
def test_an_extension_is_what_the_item_allows_before_the_limit_is_over(
    case: Case, body: Body, why: str
):
    assert refusal(case, body, at(TOWNSHIP))[1] == why


def test_the_head_of_the_tier_that_answers_for_the_limit_extends_it():
    case = in_progress(REVIEWED)
    assert refusal(case, extending(), at(TOWNSHIP)) == ("not_permitted", "not_the_authority")
    assert done(case, extending(), at(DISTRICT)).extension is not None


# --- joint handling -------------------------------------------------------------------------------


def test_a_parent_waits_for_all_its_parts():
    case = scene.joint()
    for n, child in enumerate(scene.PARTS):
        told = refusal(case, deciding(), at(TOWNSHIP))
        assert told == ("not_permitted", "children_open")
        ended = events.CaseChildEnded(on=LATER, child=child, approved=n == 0, result="")
        assert refusal(case, ended, at(VILLAGE)) == ("not_permitted", "not_the_authority")
        case = done(case, ended, at(TOWNSHIP))
        assert refusal(case, ended, at(TOWNSHIP))[0] == "out_of_place"
    assert [child.outcome for child in case.children] == ["准予", "不予"]
    assert done(case, deciding(LATER), at(TOWNSHIP)).state is State.DECIDED


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR])
def test_a_part_ends_also_after_its_parent_and_by_supervision(role: Role):
    """Else nobody could decide or void a part whose parent was withdrawn."""
    case = done(scene.joint(), events.CaseWithdrawn(on=DAY, reason="不办了"), at(TOWNSHIP))
    for child in scene.PARTS:
        told = refusal(case, scene.archiving(), at(TOWNSHIP))
        assert told == ("not_permitted", "children_open")
        ended = events.CaseChildEnded(on=LATER, child=child, approved=False, result="已作废")
        case = done(case, ended, at(TOWNSHIP, role))
    assert done(case, scene.archiving(), at(TOWNSHIP)).state is State.ARCHIVED


def test_a_parent_is_not_passed_up_before_its_parts_are_done():
    case = done(in_progress(REVIEWED), splitting(), at(TOWNSHIP))
    up = events.CasePassedUp(on=DAY, opinion="符合")
    assert refusal(case, up, at(TOWNSHIP)) == ("not_permitted", "children_open")


def test_a_licence_that_several_handle_has_forty_five_days_and_fifteen_more():
    """行政许可法 art. 42; the station's own promise stays."""
    case = scene.joint()
    assert running(case) == {
        ClockName.PROMISED: (DAY, 14, Unit.WORKING),
        ClockName.STATUTORY: (DAY, 45, Unit.WORKING),
    }
    assert refusal(case, extending(days=16), at(TOWNSHIP)) == ("bad_facts", "not_between")
    longer = done(case, extending(days=15), at(TOWNSHIP))
    assert running(longer)[ClockName.STATUTORY] == (DAY, 60, Unit.WORKING)


def test_what_is_no_licence_keeps_its_limit_when_it_is_split():
    case = done(in_progress(REVIEWED), splitting(), at(TOWNSHIP))
    assert running(case)[ClockName.STATUTORY] == (DAY, 30, Unit.WORKING)


def test_a_village_has_no_departments_to_split_a_case_among():
    case = in_progress(scene.ACCEPTED_AT_VILLAGE)
    assert refusal(case, splitting(), at(VILLAGE)) == ("not_permitted", "not_the_authority")


def test_a_case_is_split_once_into_two_or_more():
    assert refusal(scene.joint(), splitting(), at(TOWNSHIP))[0] == "out_of_place"
    one = splitting(children=scene.PARTS[:1])
    assert refusal(in_progress(), one, at(TOWNSHIP)) == ("bad_facts", "too_few")


@pytest.mark.parametrize(
    "children",
    [(in_progress().subject, scene.PARTS[0]), (scene.PARTS[0], scene.PARTS[0])],
    ids=["itself", "one twice"],
)
def test_the_parts_of_a_case_are_other_cases_each_once(children: tuple[Ref, ...]):
    told = refusal(in_progress(), splitting(children=children), at(TOWNSHIP))
    assert told == ("bad_facts", "twice")


def test_a_part_is_of_another_case_and_brings_only_what_its_item_asks():
    own = at(TOWNSHIP, seq=1)
    assert own.ref == scene.part().parent
    assert refusal(None, scene.part(), own) == ("bad_facts", "itself")
    beyond = len(scene.item_of(PLAIN).materials)
    for indices, why in (((beyond,), "not_asked_for"), ((-1,), "not_asked_for"), ((0, 0), "twice")):
        papers = tuple(MaterialTaken(index=index) for index in indices)
        body = msgspec.structs.replace(scene.part(), materials=papers)
        assert refusal(None, body, at(TOWNSHIP)) == ("bad_facts", why)


def test_a_part_runs_on_its_own_items_clock():
    child = done(None, scene.part(item=LICENCE, on=LATER), at(TOWNSHIP))
    assert (child.state, child.accepted_on, child.parent) == (
        State.IN_PROGRESS, LATER, scene.part().parent,
    )  # fmt: skip
    assert running(child) == {
        ClockName.PROMISED: (LATER, 14, Unit.WORKING),
        ClockName.STATUTORY: (LATER, 20, Unit.WORKING),
    }
    assert refusal(child, splitting(LATER), at(TOWNSHIP))[0] == "out_of_place"


def test_a_part_is_opened_by_a_tier_that_has_power_over_it():
    child = scene.part(item=scene.OF_THE_DISTRICT)
    assert refusal(None, child, at(TOWNSHIP)) == ("not_permitted", "not_the_authority")
    roster = scene.part(item=scene.ROSTER)
    assert refusal(None, roster, at(TOWNSHIP)) == ("bad_facts", "not_a_case")


def test_a_decided_part_is_closed_and_only_the_parent_is_delivered():
    child = done(None, scene.part(), at(TOWNSHIP))
    child = done(child, deciding(), at(TOWNSHIP))
    assert (child.state, child.running_clocks) == (State.CLOSED, ())
    assert child.decision is not None


# --- above and outside ----------------------------------------------------------------------------


def test_each_tier_has_a_clock_of_its_own_when_a_case_goes_up_again():
    def share(case: Case) -> list[tuple[Tier | None, int]]:
        return [
            (clock.tier, clock.days)
            for clock in case.running_clocks
            if clock.name is ClockName.REVIEW
        ]

    assert share(in_progress(REVIEWED)) == [(Tier.TOWNSHIP, 11)]
    case = passed_up(REVIEWED)
    assert (case.state, case.place, share(case)) == (
        State.WITH_SUPERIOR, DISTRICT, [(Tier.DISTRICT, 5)],
    )  # fmt: skip
    assert ClockName.PROMISED in running(case)
    again = events.CaseSentDown(on=LATER, opinion="请补充入户记录", returned=True)
    assert share(done(case, again, at(DISTRICT))) == [(Tier.TOWNSHIP, 11)]


def test_a_licence_whose_steps_say_nothing_has_twenty_days_below():
    """行政许可法 art. 43."""
    assert running(in_progress(LICENCE_REVIEWED))[ClockName.REVIEW] == (DAY, 20, Unit.WORKING)
    assert ClockName.REVIEW not in running(passed_up(LICENCE_REVIEWED))


def test_a_superior_sends_down_its_answer_or_the_case():
    answer = events.CaseSentDown(on=LATER, opinion="同意")
    case = done(passed_up(), answer, at(DISTRICT))
    assert (case.state, case.place, case.opinion, case.sent_down) == (
        State.IN_PROGRESS, TOWNSHIP, "同意", True,
    )  # fmt: skip
    assert ClockName.REVIEW not in running(case)
    silent = events.CaseSentDown(on=LATER, opinion=" ")
    assert refusal(passed_up(), silent, at(DISTRICT)) == ("bad_facts", "empty")


@pytest.mark.parametrize(
    ("case", "opinion", "why"),
    [
        (in_progress(), "符合", "decides_itself"),
        (in_progress(scene.DECIDED_OUTSIDE), "符合", "decided_outside"),
        (in_progress(REVIEWED), " ", "empty"),
    ],
)
def test_a_case_goes_up_where_somebody_above_decides_and_with_an_opinion(
    case: Case, opinion: str, why: str
):
    body = events.CasePassedUp(on=DAY, opinion=opinion)
    assert refusal(case, body, at(TOWNSHIP))[1] == why


@pytest.mark.parametrize(
    "body",
    [
        pausing(),
        events.CaseSentOutside(on=DAY, body="区医院"),
        splitting(),
        events.CaseSentDown(on=DAY, opinion="…"),
    ],
    ids=lambda body: type(body).__name__,
)
def test_only_one_tier_has_a_case_in_hand(body: Body):
    """What the district did is not undone by the township, nor is its work done from above."""
    below, above = at(TOWNSHIP), at(DISTRICT)
    assert refusal(passed_up(LICENCE_REVIEWED), body, below)[0] in {"not_permitted", "out_of_place"}
    assert refusal(in_progress(LICENCE_REVIEWED), body, above)[0] in {
        "not_permitted", "out_of_place",
    }  # fmt: skip


def test_below_nobody_ends_what_the_superior_began():
    case = done(passed_up(LICENCE_REVIEWED), pausing(), at(DISTRICT))
    assert refusal(case, RESUMED, at(TOWNSHIP)) == ("not_permitted", "not_the_authority")
    case = done(passed_up(), events.CaseSentOutside(on=DAY, body="区医院"), at(DISTRICT))
    answer = events.CaseOutsideAnswered(on=DAY, result="已核实")
    assert refusal(case, answer, at(TOWNSHIP)) == ("not_permitted", "not_the_authority")
    assert done(case, answer, at(DISTRICT)).state is State.WITH_SUPERIOR


def test_what_a_body_outside_decides_is_only_recorded():
    """IT056: the township takes over, sends outside, and records the answer as the result; the limit runs on."""
    item = scene.DECIDED_OUTSIDE
    case = scene.sent_outside(item)
    assert (case.state, set(running(case))) == (State.OUTSIDE, {ClockName.PROMISED})
    told = refusal(in_progress(item), deciding(), at(TOWNSHIP))
    assert told == ("not_permitted", "not_the_authority")
    answered = scene.answered(item)
    assert answered.outside_answer is not None
    assert refusal(answered, deciding(), at(DISTRICT)) == ("not_permitted", "not_the_authority")
    recorded = done(answered, deciding(), at(TOWNSHIP, Role.CLERK))
    assert recorded.state is State.DECIDED
    unnamed = events.CaseSentOutside(on=DAY, body=" ")
    assert refusal(in_progress(item), unnamed, at(TOWNSHIP)) == ("bad_facts", "empty")
    empty = events.CaseOutsideAnswered(on=DAY, result=" ")
    assert refusal(case, empty, at(TOWNSHIP)) == ("bad_facts", "empty")


# --- the end --------------------------------------------------------------------------------------


def test_a_decision_ends_the_authoritys_clocks_and_starts_ten_days_of_delivery():
    assert running(decided(LICENCE)) == {ClockName.DELIVERY: (DAY, 10, Unit.WORKING)}


def test_lateness_decides_nothing():
    """However late, a case stays in progress until somebody decides."""
    case = in_progress(LICENCE)
    late = DAY + timedelta(days=400)
    rejected = deciding(late, approved=False, reason="不符合规划")
    decision = done(case, rejected, at(TOWNSHIP)).decision
    assert decision is not None
    assert not decision.approved
    assert case.decision is None
    assert ClockName.STATUTORY in running(case)


def test_a_rejection_says_why():
    body = deciding(approved=False, reason=" ")
    assert refusal(in_progress(), body, at(TOWNSHIP)) == ("bad_facts", "empty")


def test_an_instant_item_is_completed_where_it_was_received():
    completed = events.CaseCompleted(on=DAY, result="已办结")
    case = done(a_case(scene.INSTANT_AT_VILLAGE), completed, at(VILLAGE))
    assert (case.state, case.running_clocks) == (State.CLOSED, ())
    case = a_case(scene.INSTANT, station=TOWNSHIP)
    assert done(case, completed, at(TOWNSHIP, region=TOWNSHIP)).state is State.CLOSED
    assert refusal(a_case(scene.INSTANT), completed, at(TOWNSHIP))[1] == "papers_elsewhere"


def test_only_an_instant_item_is_completed_at_once():
    completed = events.CaseCompleted(on=DAY, result="已办结")
    told = refusal(under_examination(), completed, at(TOWNSHIP))
    assert told == ("not_permitted", "not_instant")
