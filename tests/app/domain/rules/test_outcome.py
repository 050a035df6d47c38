"""Delivery, follow-up, archive; withdrawal and voiding."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.domain import events
from app.domain.case import Original, State
from app.domain.clocks import ClockName
from app.domain.events import Appraisal, Body, DeliveryWay, Grade, Role
from app.domain.items import Retention
from app.domain.limits import Unit
from app.domain.rules.outcome import kept_until
from tests.app.domain.rules import lives, scene
from tests.app.domain.rules.scene import (
    DAY,
    DISTRICT,
    LATER,
    TOWNSHIP,
    VILLAGE,
    a_case,
    archived,
    archiving,
    at,
    changed,
    colleague,
    decided,
    deciding,
    delivered,
    delivering,
    done,
    followed_up,
    following_up,
    in_progress,
    refusal,
    running,
)

PERIOD_OVER = date(2037, 1, 1)


# --- delivery -------------------------------------------------------------------------------------


def test_a_certificate_is_made_only_of_an_approval():
    body = events.CaseCertified(on=DAY, name="就业创业证", number="4503052026001")
    assert done(decided(), body, at(TOWNSHIP)).certificate == body
    rejected = done(in_progress(), deciding(approved=False, reason="不符"), at(TOWNSHIP))
    assert refusal(rejected, body, at(TOWNSHIP)) == ("not_permitted", "rejected")
    nameless = events.CaseCertified(on=DAY, name=" ")
    assert refusal(decided(), nameless, at(TOWNSHIP)) == ("bad_facts", "empty")


def test_both_the_tier_that_decided_and_the_one_below_make_the_certificate():
    body = events.CaseCertified(on=DAY, name="低保证")
    for place in (TOWNSHIP, DISTRICT):
        assert done(decided(scene.REVIEWED), body, at(place)).certificate == body
    assert refusal(decided(scene.REVIEWED), body, at(VILLAGE))[1] == "not_the_authority"


@pytest.mark.parametrize("place", [VILLAGE, TOWNSHIP, DISTRICT])
def test_a_delivery_ends_the_last_limit_and_a_follow_up_is_awaited(place: str):
    case = done(decided(), delivering(LATER), at(place))
    assert (case.state, case.place) == (State.DELIVERED, place)
    assert running(case) == {ClockName.FOLLOW_UP: (LATER, 10, Unit.WORKING)}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"recipient": " "}, "empty"),
        ({"way": DeliveryWay.LEFT}, "empty"),
        ({"way": DeliveryWay.POST}, "empty"),
        ({"way": DeliveryWay.PUBLICATION}, "empty"),
    ],
)
def test_each_way_of_delivery_has_its_proof(said: dict[str, Any], why: str):
    assert refusal(decided(), delivering(**said), at(VILLAGE)) == ("bad_facts", why)
    whole = said | {"recipient": "韦小妹", "proof": "邮件号 1", "witness": "覃邻居"}
    assert done(decided(), delivering(**whole), at(VILLAGE)).delivered is not None


# --- follow-up ------------------------------------------------------------------------------------


def test_a_follow_up_is_made_by_somebody_who_did_not_handle_the_case():
    case = delivered()
    for place in (VILLAGE, TOWNSHIP):
        assert refusal(case, following_up(), at(place)) == ("not_permitted", "is_handler")
        assert done(case, following_up(), colleague(place)).state is State.FOLLOWED_UP
    told = refusal(case, following_up(), colleague(VILLAGE, Role.ARCHIVIST))
    assert told == ("not_permitted", "role")
    for role in (Role.AGENT, Role.SUPERVISOR):
        done(case, following_up(), colleague(TOWNSHIP, role))


def test_the_owner_of_the_matter_is_a_handler_even_if_a_deputy_did_all_of_it():
    case = changed(delivered(), owner=scene.COLLEAGUES[VILLAGE])
    assert refusal(case, following_up(), colleague(VILLAGE)) == ("not_permitted", "is_handler")


def test_a_look_a_paper_and_a_card_make_nobody_a_handler():
    paper = next(lives.said("paper.issued", delivered()))[1]
    case = done(delivered(), paper, colleague(VILLAGE))
    case = done(case, events.CaseNumbersShown(), colleague(VILLAGE))
    assert done(case, following_up(), colleague(VILLAGE)).state is State.FOLLOWED_UP


def test_a_poor_rating_has_to_be_mended_in_fifteen_working_days():
    assert running(followed_up()) == {}
    poor = followed_up(Grade.VERY_POOR)
    assert running(poor) == {ClockName.RECTIFICATION: (DAY, 15, Unit.WORKING)}
    mended = done(poor, events.CaseRectified(on=LATER, measures="已上门道歉"), at(VILLAGE))
    assert (mended.state, running(mended)) == (State.FOLLOWED_UP, {})
    nothing = events.CaseRectified(on=LATER, measures=" ")
    assert refusal(poor, nothing, at(VILLAGE)) == ("bad_facts", "empty")
    assert refusal(mended, events.CaseRectified(on=LATER, measures="…"), at(VILLAGE)) == (
        "out_of_place", State.FOLLOWED_UP,
    )  # fmt: skip


# --- the archive ----------------------------------------------------------------------------------


def test_an_archived_case_is_locked():
    case = archived()
    for body in (
        events.CaseMarked(on=DAY, urgent=True),
        events.CaseCompared(on=DAY, other=scene.PARTS[0], same=True),
        lives.VOIDED,
    ):
        assert refusal(case, body, at(TOWNSHIP)) == ("out_of_place", State.ARCHIVED)
    paper = next(lives.said("paper.issued", case))[1]
    assert done(case, paper, at(TOWNSHIP)).papers == (paper,)


def test_nothing_is_archived_while_something_is_owed():
    held = (Original(what="户口簿", whose="韦", count=1, at=VILLAGE, receiver="", since=DAY),)
    owed = changed(followed_up(), originals=held)
    assert refusal(owed, archiving(), at(TOWNSHIP)) == ("not_permitted", "originals_held")
    poor = followed_up(Grade.POOR)
    assert refusal(poor, archiving(), at(TOWNSHIP)) == ("not_permitted", "not_rectified")
    assert refusal(followed_up(), archiving(number=" "), at(TOWNSHIP)) == ("bad_facts", "empty")


def test_the_file_belongs_to_the_tier_that_took_the_case_over():
    told = refusal(followed_up(), archiving(), at(VILLAGE))
    assert told == ("not_permitted", "not_the_authority")
    own = done(a_case(), lives.WITHDRAWN, at(VILLAGE))
    assert done(own, archiving(), at(VILLAGE)).state is State.ARCHIVED


def test_a_file_is_appraised_when_its_period_is_over():
    keep = events.CaseAppraised(
        on=PERIOD_OVER, appraisal=Appraisal.EXTEND, reason="仍有用", years=5
    )
    case = archived()
    assert kept_until(case) == date(2036, 12, 31)
    early = events.CaseAppraised(
        on=date(2036, 12, 31), appraisal=Appraisal.EXTEND, reason="仍有用", years=5
    )
    assert refusal(case, early, at(TOWNSHIP)) == ("not_permitted", "too_early")
    assert refusal(case, keep, at(VILLAGE)) == ("not_permitted", "not_the_authority")
    assert kept_until(done(case, keep, at(TOWNSHIP))) == date(2042, 12, 31)
    for_ever = done(followed_up(), archiving(retention=Retention.PERMANENT), at(TOWNSHIP))
    assert kept_until(for_ever) is None
    assert refusal(for_ever, keep, at(TOWNSHIP)) == ("not_permitted", "too_early")


@pytest.mark.parametrize(("reason", "years", "why"), [(" ", 5, "empty"), ("仍有用", 0, "too_few")])
def test_an_appraisal_says_why_and_for_how_long(reason: str, years: int, why: str):
    body = events.CaseAppraised(
        on=PERIOD_OVER, appraisal=Appraisal.EXTEND, reason=reason, years=years
    )
    assert refusal(archived(), body, at(TOWNSHIP)) == ("bad_facts", why)


def test_a_file_is_destroyed_by_a_head_who_did_not_appraise_it():
    condemned = events.CaseAppraised(on=PERIOD_OVER, appraisal=Appraisal.DESTROY, reason="期满")
    case = done(archived(), condemned, at(TOWNSHIP))
    body = lives.destroying(case, PERIOD_OVER)
    assert refusal(archived(), body, colleague(TOWNSHIP)) == ("not_permitted", "not_appraised")
    assert refusal(case, body, at(TOWNSHIP)) == ("not_permitted", "is_appraiser")
    assert refusal(case, body, colleague(TOWNSHIP, Role.ARCHIVIST)) == ("not_permitted", "role")
    gone = done(case, body, colleague(TOWNSHIP))
    assert gone.state is State.DESTROYED
    paper = next(lives.said("paper.issued", case))[1]
    for after in (paper, condemned, body, events.CaseNumbersShown()):
        assert refusal(gone, after, colleague(TOWNSHIP)) == ("out_of_place", State.DESTROYED)


def test_the_destruction_register_says_what_the_file_says():
    condemned = events.CaseAppraised(on=PERIOD_OVER, appraisal=Appraisal.DESTROY, reason="期满")
    case = done(archived(), condemned, at(TOWNSHIP))
    other = changed(case, local_number=decided(scene.LICENCE).local_number, item=scene.LICENCE)
    body = lives.destroying(other, PERIOD_OVER)
    assert refusal(case, body, colleague(TOWNSHIP)) == ("bad_facts", "other_file")


# --- other ends -----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [VILLAGE, TOWNSHIP])
def test_the_applicant_may_take_the_request_back_until_it_is_decided(place: str):
    case = done(in_progress(), lives.WITHDRAWN, at(place))
    assert (case.state, case.running_clocks) == (State.WITHDRAWN, ())
    assert refusal(decided(), lives.WITHDRAWN, at(place)) == ("out_of_place", State.DECIDED)
    silent = events.CaseWithdrawn(on=DAY, reason=" ")
    assert refusal(in_progress(), silent, at(place)) == ("bad_facts", "empty")


def test_supervision_voids_what_should_not_be_there():
    case = done(in_progress(), lives.VOIDED, at(TOWNSHIP, Role.SUPERVISOR))
    assert (case.state, case.running_clocks) == (State.VOIDED, ())
    assert refusal(in_progress(), lives.VOIDED, at(TOWNSHIP, Role.HEAD)) == (
        "not_permitted", "role",
    )  # fmt: skip
    silent = events.CaseVoided(on=DAY, reason=" ")
    assert refusal(in_progress(), silent, at(DISTRICT)) == ("bad_facts", "empty")


def test_from_below_nobody_voids_what_a_higher_tier_has_in_hand():
    for case in (scene.forwarded(), in_progress(), scene.passed_up()):
        assert refusal(case, lives.VOIDED, at(VILLAGE)) == ("not_permitted", "papers_elsewhere")


@pytest.mark.parametrize("body", [lives.WITHDRAWN, lives.VOIDED])
def test_an_ended_case_waits_for_nobody_to_take_it(body: Body):
    offer = events.CaseHandedOver(on=DAY, to=scene.COLLEAGUES[VILLAGE])
    case = done(done(a_case(), offer, at(VILLAGE)), body, at(VILLAGE))
    assert (case.hand_over, case.running_clocks) == (None, ())
