"""A mistaken intake put right under its number; urgency and the green channel."""

from __future__ import annotations

from typing import Any

from app.domain import events
from app.domain.case import State
from app.domain.clocks import ClockName
from app.domain.events import MaterialTaken
from app.domain.items import Mode
from app.domain.limits import Unit
from tests.app.domain.rules import scene
from tests.app.domain.rules.scene import (
    DAY,
    LATER,
    TOWNSHIP,
    VILLAGE,
    a_case,
    at,
    done,
    refusal,
    running,
)


def correcting(**said: Any) -> events.CaseCorrected:
    told: dict[str, Any] = {"on": LATER, "reason": "写错了"}
    return events.CaseCorrected(**(told | said))


def test_a_mistaken_intake_is_corrected_under_its_number():
    case = a_case(note="旧")
    body = correcting(parties=(events.Party(name="韦小美"),), notes=("新",))
    after = done(case, body, at(VILLAGE))
    assert (after.applicant.name, after.note, after.corrections) == ("韦小美", "新", (body,))
    assert (after.local_number, after.clocks, after.state) == (
        case.local_number, case.clocks, case.state,
    )  # fmt: skip


def test_the_item_is_corrected_while_the_papers_are_here_and_its_promise_is_as_if_told_at_once():
    body = correcting(item=scene.OF_THE_DISTRICT, item_version=1)
    case = done(a_case(), body, at(VILLAGE))
    assert (case.item, case.mode) == (scene.OF_THE_DISTRICT, Mode.ACCOMPANY)
    assert running(case) == {ClockName.ACCOMPANYING: (DAY, 3, Unit.WORKING)}
    told = refusal(scene.forwarded(), body, at(TOWNSHIP))
    assert told == ("out_of_place", State.IN_TRANSIT)
    roster = correcting(item=scene.ROSTER, item_version=1)
    assert refusal(a_case(), roster, at(VILLAGE)) == ("bad_facts", "not_a_case")


def test_after_a_return_the_promise_runs_from_the_return():
    case = done(scene.under_examination(), scene.returning(on=LATER), at(TOWNSHIP))
    case = done(case, correcting(item=scene.LICENCE, item_version=1), at(VILLAGE))
    assert running(case) == {ClockName.FORWARDING: (LATER, 3, Unit.WORKING)}
    assert any(clock.name is ClockName.EXAMINATION for clock in case.clocks)


def test_an_offer_to_hand_over_is_not_forgotten_by_a_correction():
    offer = events.CaseHandedOver(on=DAY, to=scene.COLLEAGUES[VILLAGE])
    case = done(a_case(), offer, at(VILLAGE))
    case = done(case, correcting(modes=(Mode.ASSIST,)), at(VILLAGE))
    assert ClockName.HAND_OVER in running(case)


def test_the_mode_is_corrected_with_its_promise():
    case = done(a_case(), correcting(modes=(Mode.ACCOMPANY,)), at(VILLAGE))
    assert running(case) == {ClockName.ACCOMPANYING: (DAY, 3, Unit.WORKING)}
    case = done(scene.under_examination(), correcting(modes=(Mode.ASSIST,)), at(TOWNSHIP))
    assert case.mode is Mode.ASSIST
    assert ClockName.EXAMINATION in running(case)


def test_whoever_no_longer_goes_along_has_to_send_the_papers_on():
    case = done(scene.accompanied(), correcting(modes=(Mode.PROXY,)), at(VILLAGE))
    assert (case.state, case.appointment) == (State.RECEIVED, None)
    assert running(case) == {ClockName.FORWARDING: (LATER, 3, Unit.WORKING)}
    case = done(scene.accompanied(), correcting(modes=(Mode.ASSIST,)), at(VILLAGE))
    assert case.state is State.ACCOMPANIED


def test_an_original_that_a_correction_names_is_in_custody_and_one_that_it_drops_stays_there():
    held = MaterialTaken(index=0, original=True, held=True)
    case = done(a_case(), correcting(materials=(held,)), at(VILLAGE))
    assert len(case.held) == 1
    case = done(case, correcting(materials=(MaterialTaken(index=1),)), at(VILLAGE))
    assert [material.index for material in case.materials] == [1]
    assert len(case.held) == 1
    case = done(case, correcting(materials=(held,)), at(VILLAGE))
    assert len(case.held) == 1


def test_after_take_over_only_the_authority_corrects():
    body = correcting(parties=(events.Party(name="韦小美"),))
    for case in (scene.forwarded(), scene.under_examination(), scene.in_progress()):
        assert refusal(case, body, at(VILLAGE)) == ("not_permitted", "papers_elsewhere")
        assert done(case, body, at(TOWNSHIP)).applicant.name == "韦小美"
    assert refusal(a_case(), body, at(TOWNSHIP)) == ("not_permitted", "papers_elsewhere")


def test_a_correction_says_why_and_leaves_nobody_nameless():
    assert refusal(a_case(), correcting(reason=" "), at(VILLAGE)) == ("bad_facts", "empty")
    nameless = correcting(parties=(events.Party(name=" "),))
    assert refusal(a_case(), nameless, at(VILLAGE)) == ("bad_facts", "no_name")
    beyond = correcting(materials=(MaterialTaken(index=99),))
    assert refusal(a_case(), beyond, at(VILLAGE)) == ("bad_facts", "not_asked_for")


def test_a_station_may_call_a_case_urgent_but_not_take_that_back_above():
    urgent = events.CaseMarked(on=DAY, urgent=True, green="重病")
    case = done(scene.in_progress(), urgent, at(VILLAGE))
    assert (case.urgent, case.green) == (True, "重病")
    for body in (
        events.CaseMarked(on=DAY, urgent=False, green="重病"),
        events.CaseMarked(on=DAY, urgent=True),
    ):
        assert refusal(case, body, at(VILLAGE)) == ("not_permitted", "papers_elsewhere")
        done(case, body, at(TOWNSHIP))
    told = refusal(scene.in_progress(), urgent, at(scene.DISTRICT))
    assert told == ("not_permitted", "not_the_authority")
