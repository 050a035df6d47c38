"""Taking over, asking once for what is missing, accepting or refusing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain import events
from app.domain.case import Case, State
from app.domain.clocks import ClockName
from app.domain.events import Body, ReturnReason
from app.domain.limits import Unit
from tests.app.domain.rules import scene
from tests.app.domain.rules.scene import (
    DAY,
    LATER,
    LICENCE,
    TOWNSHIP,
    VILLAGE,
    a_case,
    asking,
    at,
    awaiting,
    done,
    forwarded,
    forwarding,
    frozen,
    in_progress,
    refusal,
    returning,
    running,
    supplying,
    taking_over,
    under_examination,
)

ACCEPTED = events.CaseAccepted(on=LATER)
LAST_DAY = date(2026, 11, 27)
"""The fifth working day after DAY."""
TOO_LATE = LAST_DAY + timedelta(days=1)


def again(case: Case, on: date = LATER) -> Case:
    """What was returned is sent and taken over again."""
    case = done(case, forwarding(TOWNSHIP, on), at(VILLAGE))
    return done(case, taking_over(TOWNSHIP, on), at(TOWNSHIP))


# --- taking over ----------------------------------------------------------------------------------


def test_taking_over_ends_the_forwarding_clock_and_starts_five_days_of_examination():
    case = under_examination(on=LATER)
    assert running(case) == {ClockName.EXAMINATION: (LATER, 5, Unit.WORKING)}
    assert {clock.stopped for clock in case.clocks if not clock.running} == {LATER}


def test_a_clock_that_starts_at_taking_over_starts_there():
    assert running(under_examination(scene.FROM_TAKING_OVER, LATER)) == {
        ClockName.EXAMINATION: (LATER, 5, Unit.WORKING),
        ClockName.PROMISED: (LATER, 5, Unit.WORKING),
    }
    assert ClockName.PROMISED in running(in_progress(scene.FROM_TAKING_OVER, LATER))


def test_a_station_takes_over_what_it_received_itself_without_forwarding():
    case = done(a_case(scene.DIRECT_AT_VILLAGE), taking_over(VILLAGE), at(VILLAGE))
    assert case.state is State.UNDER_EXAMINATION


def test_whoever_takes_a_case_over_owns_the_matter_and_an_offer_is_void():
    offer = events.CaseHandedOver(on=DAY, to=scene.COLLEAGUES[VILLAGE])
    case = done(forwarded(), offer, at(VILLAGE))
    case = done(case, taking_over(TOWNSHIP), at(TOWNSHIP))
    assert (case.owner, case.hand_over) == (scene.PEOPLE[TOWNSHIP], None)
    assert ClockName.HAND_OVER not in running(case)


def test_papers_that_lie_elsewhere_are_not_taken_over():
    told = refusal(a_case(), taking_over(TOWNSHIP), at(TOWNSHIP))
    assert told == ("not_permitted", "papers_elsewhere")


# --- returns --------------------------------------------------------------------------------------


def test_a_return_ends_every_clock_and_the_village_has_three_days_again():
    case = done(under_examination(scene.FROM_TAKING_OVER), returning(on=LATER), at(TOWNSHIP))
    assert (case.state, case.owner) == (State.RECEIVED, scene.PEOPLE[VILLAGE])
    assert running(case) == {ClockName.FORWARDING: (LATER, 3, Unit.WORKING)}


@pytest.mark.parametrize("item", [scene.FROM_RECEIPT, scene.FROM_TAKING_OVER])
def test_a_clock_that_ran_from_receipt_begins_anew_after_a_return(item: str):
    """Else the authority would decide with no limit at all."""
    case = again(done(under_examination(item), returning(), at(TOWNSHIP)))
    assert running(case)[ClockName.PROMISED][0] == LATER
    accepted = done(case, ACCEPTED, at(TOWNSHIP))
    assert running(accepted)[ClockName.PROMISED][0] == LATER


def test_a_case_taken_over_twice_keeps_its_first_official_number():
    case = done(under_examination(), returning(), at(TOWNSHIP))
    case = done(case, forwarding(TOWNSHIP), at(VILLAGE))
    second = events.CaseTakenOver(station=case.place, on=DAY, slot="A2", running=9)
    case = done(case, second, at(TOWNSHIP))
    assert case.official_number is not None
    assert case.official_number.running == 1


def test_a_return_for_defects_counts_as_a_supplement_notice_and_one_for_authority_does_not():
    case = done(under_examination(), returning(), at(TOWNSHIP))
    assert (case.state, case.supplement_notices, case.noticed_on) == (State.RECEIVED, 1, DAY)
    wrong = returning(ReturnReason.WRONG_AUTHORITY, right_authority="区民政局")
    case = done(forwarded(), wrong, at(TOWNSHIP))
    assert (case.state, case.supplement_notices, case.noticed_on) == (State.RECEIVED, 0, None)
    assert case.returned == wrong


def test_a_second_supplement_notice_is_counted():
    case = again(done(under_examination(), returning(), at(TOWNSHIP)))
    case = done(case, asking(LATER), at(TOWNSHIP))
    assert (case.supplement_notices, case.noticed_on) == (2, LATER)


# --- supplements ----------------------------------------------------------------------------------


def test_a_supplement_notice_stops_the_examination_until_the_authority_has_the_papers():
    case = awaiting()
    assert running(case) == {ClockName.SUPPLEMENT: (DAY, 30, Unit.NATURAL)}
    assert frozen(case) == {ClockName.EXAMINATION}
    case = done(case, supplying(0), at(VILLAGE))
    assert frozen(case) == {ClockName.EXAMINATION}
    case = done(case, events.CaseSupplementReceived(on=LATER), at(TOWNSHIP))
    assert frozen(case) == set()
    examination = case.running_clock(ClockName.EXAMINATION)
    assert examination is not None
    assert examination.pauses == ((DAY, LATER),)


def test_a_supplement_freezes_a_decision_clock_that_runs_before_acceptance():
    case = awaiting(scene.FROM_TAKING_OVER)
    assert frozen(case) == {ClockName.EXAMINATION, ClockName.PROMISED}
    case = done(case, events.CaseSupplementReceived(on=LATER), at(TOWNSHIP))
    assert frozen(case) == set()


def test_the_authority_receives_what_somebody_brought_it_directly():
    came = events.CaseSupplementReceived(
        on=LATER, materials=(events.MaterialTaken(index=0, held=True),)
    )
    case = done(awaiting(), came, at(TOWNSHIP))
    assert (case.supplied_on, [one.at for one in case.held]) == (LATER, [TOWNSHIP])


def test_a_case_lapses_after_the_days_of_its_notice():
    last = DAY + timedelta(days=31)  # 20 December is a Sunday
    assert refusal(awaiting(), events.CaseLapsed(on=last), at(TOWNSHIP)) == (
        "not_permitted", "too_early",
    )  # fmt: skip
    case = done(awaiting(), events.CaseLapsed(on=last + timedelta(days=1)), at(TOWNSHIP))
    assert (case.state, case.running_clocks) == (State.LAPSED, ())


def test_a_case_does_not_lapse_while_what_was_asked_for_is_on_its_way():
    case = done(awaiting(), supplying(0), at(VILLAGE))
    lapse = events.CaseLapsed(on=DAY + timedelta(days=60))
    assert refusal(case, lapse, at(TOWNSHIP)) == ("not_permitted", "supplied")


# --- accepting, refusing, silence -----------------------------------------------------------------


def test_acceptance_starts_the_promised_and_the_statutory_clock():
    assert running(in_progress(LICENCE, LATER)) == {
        ClockName.PROMISED: (LATER, 14, Unit.WORKING),
        ClockName.STATUTORY: (LATER, 20, Unit.WORKING),
    }


def test_a_refusal_ends_every_clock():
    refused = events.CaseRefused(on=DAY, reason="不属于受理范围")
    case = done(under_examination(), refused, at(TOWNSHIP))
    assert (case.state, case.running_clocks) == (State.REFUSED, ())


def test_silence_on_a_licence_is_acceptance_dated_back_to_receipt():
    silent = events.CaseDeemedAccepted(on=TOO_LATE)
    case = done(under_examination(LICENCE), silent, at(TOWNSHIP))
    assert (case.state, case.accepted_on, case.deemed_accepted) == (State.IN_PROGRESS, DAY, True)
    assert running(case)[ClockName.STATUTORY] == (DAY, 20, Unit.WORKING)
    ended = next(clock for clock in case.clocks if clock.name is ClockName.EXAMINATION)
    assert ended.stopped == TOO_LATE


def test_after_a_supplement_silence_counts_from_the_day_the_papers_were_whole():
    case = done(awaiting(LICENCE), events.CaseSupplementReceived(on=LATER), at(TOWNSHIP))
    silent = events.CaseDeemedAccepted(on=LATER + timedelta(days=30))
    assert done(case, silent, at(TOWNSHIP)).accepted_on == LATER


def test_on_its_last_day_nobody_is_silent_yet():
    silent = events.CaseDeemedAccepted(on=LAST_DAY)
    told = refusal(under_examination(LICENCE), silent, at(TOWNSHIP))
    assert told == ("not_permitted", "too_early")


def test_silence_on_anything_else_is_not():
    silent = events.CaseDeemedAccepted(on=TOO_LATE)
    told = refusal(under_examination(), silent, at(TOWNSHIP))
    assert told == ("not_permitted", "not_a_licence")
    assert done(under_examination(), events.CaseAccepted(on=TOO_LATE), at(TOWNSHIP)).accepted_on


SPEAKING: dict[str, Any] = {
    "ask": asking,
    "return": returning,
    "accept": lambda on: events.CaseAccepted(on=on),
    "refuse": lambda on: events.CaseRefused(on=on, reason="材料不实"),
}


@pytest.mark.parametrize("verb", SPEAKING)
def test_after_its_silence_on_a_licence_an_authority_can_only_record_the_acceptance(verb: str):
    """行政许可法 art. 32 (4): a notice after the five days comes too late; a later acceptance would gain days."""
    case = under_examination(LICENCE)
    assert refusal(case, SPEAKING[verb](on=TOO_LATE), at(TOWNSHIP)) == ("not_permitted", "silence")
    done(case, SPEAKING[verb](on=LAST_DAY), at(TOWNSHIP))
    done(under_examination(), SPEAKING[verb](on=TOO_LATE), at(TOWNSHIP))


def test_what_is_not_its_own_an_authority_may_still_pass_to_the_right_one():
    wrong = returning(ReturnReason.WRONG_AUTHORITY, on=TOO_LATE, right_authority="区自然资源局")
    assert done(under_examination(LICENCE), wrong, at(TOWNSHIP)).state is State.RECEIVED


# --- what is said with it -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "body", "field", "why"),
    [
        (under_examination(), returning(defects=()), "defects", "empty"),
        (under_examination(), returning(defects=(" ", "")), "defects", "empty"),
        (under_examination(), returning(ReturnReason.WRONG_AUTHORITY, right_authority=" "), "right_authority", "empty"),
        (under_examination(), events.CaseRefused(on=DAY, reason=" "), "reason", "empty"),
        (under_examination(), asking(defects=()), "defects", "empty"),
        (under_examination(), asking(defects=(events.Defect(what=" "),)), "defects", "empty"),
        (under_examination(), asking(defects=(events.Defect(what="证明", material=99),)), "defects", "not_asked_for"),
        (under_examination(), asking(days=0), "days", "too_few"),
        (awaiting(), events.CaseSupplementReceived(on=DAY, materials=(events.MaterialTaken(index=99),)),
         "materials", "not_asked_for"),
    ],
)  # fmt: skip
def test_no_notice_return_or_refusal_goes_out_without_what_the_law_wants(
    case: Case, body: Body, field: str, why: str
):
    assert refusal(case, body, at(TOWNSHIP)) == ("bad_facts", why)
    assert field
