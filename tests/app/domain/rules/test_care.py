"""First contact, custody of originals, possible duplicates, looks."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from app.domain import events, rules
from app.domain.case import Case, State
from app.domain.clocks import ClockName
from app.domain.events import CustodyMove, KeptOriginal, OperatorAdded, OperatorChanged, Role
from app.domain.limits import Unit
from app.domain.publications import NotPublished
from app.domain.regions import RegionCode
from app.journal.refs import Ref
from tests.app.domain.rules import scene
from tests.app.domain.rules.scene import (
    DAY,
    DISTRICT,
    LATER,
    TOWNSHIP,
    VILLAGE,
    a_case,
    at,
    changed,
    colleague,
    done,
    refusal,
    running,
)
from tests.builders import a_device

TAKING = events.CaseHandOverTaken(on=LATER)


def offering(to: Ref = scene.COLLEAGUES[VILLAGE]) -> events.CaseHandedOver:
    return events.CaseHandedOver(on=DAY, to=to)


# --- first contact --------------------------------------------------------------------------------


def test_a_matter_stays_the_owners_until_the_named_person_takes_it():
    case = done(a_case(), offering(), at(VILLAGE))
    assert case.owner == scene.PEOPLE[VILLAGE]
    assert running(case)[ClockName.HAND_OVER] == (DAY, 1, Unit.WORKING)
    assert refusal(case, TAKING, at(VILLAGE)) == ("not_permitted", "not_the_named")
    taken = done(case, TAKING, colleague(VILLAGE))
    assert (taken.owner, taken.hand_over) == (scene.COLLEAGUES[VILLAGE], None)
    assert ClockName.HAND_OVER not in running(taken)
    assert refusal(taken, TAKING, colleague(VILLAGE)) == ("out_of_place", State.RECEIVED)


def test_an_offer_may_be_made_to_somebody_else_instead():
    case = done(a_case(), offering(), at(VILLAGE))
    case = done(case, offering(scene.PEOPLE[TOWNSHIP]), at(VILLAGE))
    assert refusal(case, TAKING, colleague(VILLAGE)) == ("not_permitted", "not_the_named")
    assert [one.name for one in case.running_clocks].count(ClockName.HAND_OVER) == 1
    assert done(case, TAKING, at(TOWNSHIP)).owner == scene.PEOPLE[TOWNSHIP]


def test_for_a_village_that_moved_the_head_of_its_township_of_today_offers_what_the_former_left():
    case = changed(a_case(), owner=scene.PEOPLE[TOWNSHIP])
    view = scene.with_village_under(scene.OTHER_TOWNSHIP)
    to = offering(scene.COLLEAGUES[scene.OTHER_TOWNSHIP])
    clerk, head = (at(scene.OTHER_TOWNSHIP, role, of=view) for role in (Role.CLERK, Role.HEAD))
    assert refusal(case, to, clerk) == ("not_permitted", "not_the_owner")
    assert done(case, to, head).hand_over == to
    assert refusal(case, to, at(TOWNSHIP, of=view)) == ("not_permitted", "other_region")


def test_only_the_owner_or_their_head_offers_a_matter():
    to = scene.PEOPLE[TOWNSHIP]
    told = refusal(a_case(), offering(to), colleague(VILLAGE, Role.AGENT))
    assert told == ("not_permitted", "not_the_owner")
    assert done(a_case(), offering(to), colleague(VILLAGE, Role.HEAD)).hand_over is not None
    far = refusal(a_case(), offering(to), at(TOWNSHIP, Role.HEAD))
    assert far == ("not_permitted", "not_the_owner")
    own = refusal(a_case(), offering(scene.PEOPLE[VILLAGE]), at(VILLAGE))
    assert own == ("bad_facts", "owns_it")


def test_a_deputy_offers_and_takes_for_whoever_is_away():
    for_the_owner = colleague(VILLAGE, Role.AGENT)
    stands_in = msgspec.structs.replace(
        for_the_owner,
        writer=msgspec.structs.replace(for_the_owner.writer, stands_for=(scene.PEOPLE[VILLAGE],)),
    )
    case = done(a_case(), offering(scene.PEOPLE[TOWNSHIP]), stands_in)
    assert case.hand_over is not None
    back = done(
        changed(case, owner=scene.PEOPLE[TOWNSHIP]), offering(scene.PEOPLE[VILLAGE]), at(TOWNSHIP)
    )
    assert done(back, TAKING, stands_in).owner == scene.PEOPLE[VILLAGE]


def test_a_matter_is_offered_to_somebody_who_can_take_it():
    view = scene.publications()
    gone, neighbour = Ref(a_device(60), 1), Ref(a_device(61), 1)
    for ref, place in ((gone, VILLAGE), (neighbour, scene.OTHER_VILLAGE)):
        view.staff.add(ref, RegionCode(place), 0, OperatorAdded(name="莫某", roles=(Role.AGENT,)))
    view.staff.change(view.staff.now[gone], 1, OperatorChanged(roles=(), left=True))
    for to in (gone, neighbour):
        told = refusal(a_case(), offering(to), at(VILLAGE, of=view))
        assert told == ("bad_facts", "cannot_take")
    with pytest.raises(NotPublished):
        done(a_case(), offering(Ref(a_device(62), 1)), at(VILLAGE))


def test_whoever_has_left_since_takes_nothing():
    """The offer was made in time: the head of the owner makes another."""
    case = done(a_case(), offering(), at(VILLAGE))
    left = colleague(VILLAGE)
    left = msgspec.structs.replace(
        left, writer=msgspec.structs.replace(left.writer, roles=frozenset())
    )
    assert refusal(case, TAKING, left) == ("not_permitted", "role")
    assert refusal(case, TAKING, at(VILLAGE)) == ("not_permitted", "not_the_named")
    assert done(case, offering(scene.PEOPLE[TOWNSHIP]), at(VILLAGE)).hand_over is not None


# --- custody --------------------------------------------------------------------------------------


def moving(move: CustodyMove, *places: int, **said: Any) -> events.CaseCustodyMoved:
    told: dict[str, Any] = {"on": LATER, "move": move, "places": places, "receiver": "李主任"}
    return events.CaseCustodyMoved(**(told | said))


def keeping(*what: str, **said: Any) -> events.CaseCustodyMoved:
    kept = tuple(KeptOriginal(what=one, whose="韦小妹") for one in what)
    return moving(CustodyMove.TAKEN, originals=kept, **said)


@pytest.fixture
def held() -> Case:
    """The village keeps two originals."""
    return done(a_case(), keeping("户口簿", "房产证"), at(VILLAGE))


def test_an_original_moves_only_from_hand_to_hand(held: Case):
    assert [(one.what, one.at) for one in held.held] == [("户口簿", VILLAGE), ("房产证", VILLAGE)]
    case = done(held, moving(CustodyMove.HANDED_ON, 1, to=TOWNSHIP), at(VILLAGE))
    assert [one.at for one in case.originals] == [VILLAGE, TOWNSHIP]
    assert case.originals[1].receiver == "李主任"
    back = moving(CustodyMove.RETURNED, 1)
    assert refusal(case, back, at(VILLAGE)) == ("not_permitted", "held_elsewhere")
    case = done(case, back, at(TOWNSHIP))
    assert [one.what for one in case.held] == ["户口簿"]
    assert refusal(case, back, at(TOWNSHIP)) == ("out_of_place", "original_returned")


def test_whoever_receives_an_original_may_say_so_too(held: Case):
    case = done(held, moving(CustodyMove.HANDED_ON, 0, to=TOWNSHIP), at(TOWNSHIP))
    assert case.originals[0].at == TOWNSHIP
    far = moving(CustodyMove.HANDED_ON, 1, to=DISTRICT)
    assert refusal(case, far, at(TOWNSHIP)) == ("not_permitted", "held_elsewhere")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (keeping(), "empty"),
        (keeping(" "), "empty"),
        (keeping("户口簿", receiver=" "), "empty"),
        (moving(CustodyMove.RETURNED), "empty"),
        (moving(CustodyMove.RETURNED, 0, 0), "empty"),
        (moving(CustodyMove.RETURNED, 2), "unknown"),
        (moving(CustodyMove.RETURNED, -1), "unknown"),
        (moving(CustodyMove.HANDED_ON, 0, to="999999"), "unknown"),
        (moving(CustodyMove.HANDED_ON, 0, to=VILLAGE), "unknown"),
    ],
)
def test_a_slip_names_what_moves_and_who_signed(
    held: Case, body: events.CaseCustodyMoved, why: str
):
    assert refusal(held, body, at(VILLAGE)) == ("bad_facts", why)


def test_originals_go_back_after_the_end_too(held: Case):
    ended = done(held, events.CaseWithdrawn(on=LATER, reason="不办了"), at(VILLAGE))
    assert done(ended, moving(CustodyMove.RETURNED, 0, 1), at(VILLAGE)).held == ()


# --- duplicates, looks ----------------------------------------------------------------------------


def comparing(*, same: bool, other: Ref = scene.PARTS[0]) -> events.CaseCompared:
    return events.CaseCompared(on=DAY, other=other, same=same, note="看过")


def test_what_was_said_last_of_a_pair_counts():
    case = done(a_case(), comparing(same=True), at(VILLAGE))
    case = done(case, comparing(same=False, other=scene.PARTS[1]), at(VILLAGE))
    case = done(case, comparing(same=False), at(VILLAGE))
    assert {one.other: one.same for one in case.compared} == dict.fromkeys(scene.PARTS, False)


def test_what_a_higher_tier_said_of_a_duplicate_stands():
    case = done(a_case(), comparing(same=False), at(TOWNSHIP))
    assert refusal(case, comparing(same=True), at(VILLAGE)) == ("not_permitted", "settled_above")
    assert done(case, comparing(same=True), at(DISTRICT)).compared[0].same
    itself = comparing(same=True, other=case.subject)
    assert refusal(case, itself, at(VILLAGE)) == ("bad_facts", "itself")


@pytest.mark.parametrize("look", [events.CaseNumbersShown(), events.CaseRecordOpened()])
def test_a_look_changes_nothing(look: events.Body):
    case = a_case()
    assert rules.after(case, look, colleague(TOWNSHIP)) is case
