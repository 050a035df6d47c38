"""Cards: what deserves one, who issues, answers and judges it."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from app.domain import events
from app.domain.case import Card, CardState, Case, OutOfPlaceEntry, State
from app.domain.clocks import ClockName
from app.domain.events import CardGrade, Role
from app.domain.watching import Deserved, deserved
from app.journal.refs import Ref
from tests.app.domain.rules import lives, scene
from tests.app.domain.rules.scene import (
    DAY,
    DISTRICT,
    LICENCE,
    TOWNSHIP,
    VILLAGE,
    a_case,
    at,
    changed,
    deciding,
    done,
    forwarded,
    forwarding,
    in_progress,
    refusal,
    taking_over,
)
from tests.builders import a_device

LAST_DAY = date(2026, 11, 25)
"""Of the village's three working days from DAY."""
TOO_LATE = LAST_DAY + timedelta(days=1)


def due(case: Case, on: date) -> dict[tuple[str, CardGrade], Deserved]:
    found = deserved(case, scene.the_publications(), on)
    return {(one.cause, one.grade): one for one in found}


def the_only(case: Case, on: date) -> Deserved:
    (one,) = deserved(case, scene.the_publications(), on)
    return one


def issued(case: Case, on: date = TOO_LATE) -> Case:
    return done(case, lives.issuing(the_only(case, on), on), at(DISTRICT, Role.SUPERVISOR))


def of_card(kind: type, case: Case, on: date = TOO_LATE, note: str = "说明", **more: object):
    card = case.cards[0]
    return kind(on=on, cause=card.cause, since=card.since, grade=card.grade, note=note, **more)


# --- what deserves a card -------------------------------------------------------------------------


def test_the_last_day_is_on_time_and_the_next_is_late():
    assert due(a_case(), LAST_DAY) == {}
    one = the_only(a_case(), TOO_LATE)
    assert (one.cause, one.grade, one.station) == ("forwarding", CardGrade.YELLOW, VILLAGE)
    assert one.person == scene.PEOPLE[VILLAGE]


def test_whoever_forwarded_in_time_is_not_late_when_nobody_takes_over():
    """The authority is: and nobody in particular there, as nobody has the case in hand."""
    one = the_only(forwarded(), DAY + timedelta(days=30))
    assert (one.cause, one.station, one.person) == ("taking_over", TOWNSHIP, None)
    slow = done(a_case(), forwarding(TOWNSHIP, TOO_LATE), at(VILLAGE))
    assert ("forwarding", CardGrade.YELLOW) in due(slow, TOO_LATE)


def test_a_limit_that_was_overstepped_stays_so():
    case = done(forwarded(), taking_over(TOWNSHIP, TOO_LATE), at(TOWNSHIP))
    for on in (TOO_LATE, TOO_LATE + timedelta(days=1)):
        one = due(case, on)["taking_over", CardGrade.YELLOW]
        assert (one.station, one.person) == (TOWNSHIP, None)


def test_past_the_promise_is_yellow_and_past_the_statutory_limit_red():
    case, late = in_progress(LICENCE), DAY + timedelta(days=60)
    assert set(due(case, late)) == {
        ("promised", CardGrade.YELLOW), ("statutory", CardGrade.RED),
    }  # fmt: skip
    case = done(case, deciding(late), at(TOWNSHIP))
    assert {("promised", CardGrade.YELLOW), ("statutory", CardGrade.RED)} <= set(due(case, late))
    assert {one.station for one in due(case, late).values()} == {TOWNSHIP}


def test_silence_on_a_licence_is_red():
    case = done(
        scene.under_examination(LICENCE),
        events.CaseDeemedAccepted(on=DAY + timedelta(days=20)),
        at(TOWNSHIP),
    )
    assert ("examination", CardGrade.RED) in due(case, DAY + timedelta(days=20))
    plain = scene.under_examination()
    assert set(due(plain, DAY + timedelta(days=20))) == {("examination", CardGrade.YELLOW)}


def test_the_days_of_the_applicant_and_frozen_limits_deserve_nothing():
    assert due(scene.awaiting(), DAY + timedelta(days=200)) == {}
    paused = done(in_progress(LICENCE), scene.pausing(), at(TOWNSHIP))
    late = due(paused, DAY + timedelta(days=200))
    assert set(late) == {("procedure", CardGrade.RED)}


def test_a_missing_follow_up_is_nobodys_who_may_not_make_it():
    one = the_only(scene.delivered(), DAY + timedelta(days=60))
    assert (one.cause, one.station, one.person) == (ClockName.FOLLOW_UP, TOWNSHIP, None)


def test_a_second_notice_is_flagged_also_when_both_were_returns():
    case = scene.forwarded()
    for _ in range(2):
        assert due(case, DAY) == {}
        case = done(case, scene.returning(), at(TOWNSHIP))
        case = done(case, forwarding(TOWNSHIP), at(VILLAGE))
        case = done(case, taking_over(TOWNSHIP), at(TOWNSHIP))
    one = the_only(case, DAY)
    assert (one.cause, one.since, one.station) == ("second_notice", DAY, TOWNSHIP)
    assert one.person == scene.PEOPLE[TOWNSHIP]


def test_a_decision_without_authorisation_is_flagged_though_it_has_no_effect():
    misfit = OutOfPlaceEntry(
        ref=Ref(a_device(1), 9),
        kind="case.decided",
        code="not_permitted",
        state=State.IN_PROGRESS,
        on=DAY,
    )
    one = the_only(changed(in_progress(), out_of_place=(misfit,)), DAY)
    assert (one.cause, one.since, one.station) == ("unauthorised", DAY, TOWNSHIP)


def test_a_hand_over_that_nobody_takes_is_the_owners_who_still_has_the_matter():
    offer = events.CaseHandedOver(on=DAY, to=scene.PEOPLE[TOWNSHIP])
    case = done(a_case(), offer, at(VILLAGE))
    one = due(case, LAST_DAY)["hand_over", CardGrade.YELLOW]
    assert (one.station, one.person) == (VILLAGE, scene.PEOPLE[VILLAGE])


# --- issuing --------------------------------------------------------------------------------------


def test_a_card_is_issued_only_for_what_is_late():
    early = lives.issuing(the_only(a_case(), TOO_LATE), LAST_DAY)
    assert refusal(a_case(), early, at(DISTRICT)) == ("not_permitted", "no_cause")
    case = issued(a_case())
    assert [(card.cause, card.state) for card in case.cards] == [("forwarding", CardState.ISSUED)]
    again = lives.issuing(the_only(case, TOO_LATE), TOO_LATE)
    assert refusal(case, again, at(DISTRICT)) == ("out_of_place", "card_issued")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"post": " "}, "empty"),
        ({"person": " "}, "empty"),
        ({"station": "999999"}, "unknown"),
    ],
)
def test_a_card_names_post_and_person_of_a_station(said: dict[str, str], why: str):
    one = lives.issuing(the_only(a_case(), TOO_LATE), TOO_LATE)
    fields = {name: getattr(one, name) for name in one.__struct_fields__}
    assert refusal(a_case(), events.CardIssued(**(fields | said)), at(DISTRICT)) == (
        "bad_facts",
        why,
    )


def test_supervision_below_gives_no_card_to_a_station_above():
    one = lives.issuing(
        the_only(forwarded(), TOO_LATE + timedelta(days=9)), TOO_LATE + timedelta(days=9)
    )
    told = refusal(forwarded(), one, at(VILLAGE, Role.SUPERVISOR))
    assert told == ("not_permitted", "not_the_authority")


# --- answering and judging ------------------------------------------------------------------------


def state(case: Case) -> CardState:
    return case.cards[0].state


def test_the_station_named_answers_and_supervision_judges():
    case = issued(a_case())
    for kind in (events.CardConfirmed, events.CardAppealed):
        told = refusal(case, of_card(kind, case), at(TOWNSHIP, Role.HEAD))
        assert told == ("not_permitted", "not_the_named")
    confirmed = done(case, of_card(events.CardConfirmed, case), at(VILLAGE))
    assert state(confirmed) is CardState.CONFIRMED
    appealed = done(confirmed, of_card(events.CardAppealed, case), at(VILLAGE))
    assert (state(appealed), appealed.cards[0].note) == (CardState.APPEALED, "说明")
    withdrawn = done(appealed, of_card(events.CardWithdrawn, case), at(DISTRICT))
    assert state(withdrawn) is CardState.WITHDRAWN
    again = of_card(events.CardConfirmed, case)
    assert refusal(withdrawn, again, at(VILLAGE)) == ("out_of_place", "card_withdrawn")


def test_a_card_is_answered_by_nobody_but_the_station_it_names():
    """A colleague may file the answer: a card lies with a post, and whoever has it may be ill."""
    case = issued(a_case())
    appeal = of_card(events.CardAppealed, case)
    for place in (scene.OTHER_VILLAGE, scene.OTHER_TOWNSHIP):
        assert refusal(case, appeal, at(place)) == ("not_permitted", "other_region")
    for role in (Role.SUPERVISOR, Role.ARCHIVIST):
        assert refusal(case, appeal, at(VILLAGE, role)) == ("not_permitted", "role")
    assert refusal(case, appeal, at(DISTRICT)) == ("not_permitted", "not_the_named")
    assert state(done(case, appeal, scene.colleague(VILLAGE, Role.AGENT))) is CardState.APPEALED


def test_for_a_village_that_moved_its_township_of_today_answers():
    """Duties move with the village; its former township can write nothing of it any more."""
    of_the_township = msgspec.structs.replace(issued(a_case()).cards[0], station=TOWNSHIP)
    case = changed(a_case(), cards=(of_the_township,))
    appeal = of_card(events.CardAppealed, case)
    assert refusal(case, appeal, at(scene.OTHER_TOWNSHIP)) == ("not_permitted", "other_region")
    view = scene.with_village_under(scene.OTHER_TOWNSHIP)
    assert refusal(case, appeal, at(TOWNSHIP, of=view)) == ("not_permitted", "other_region")
    assert refusal(case, appeal, at(VILLAGE, of=view)) == ("not_permitted", "not_the_named")
    assert state(done(case, appeal, at(scene.OTHER_TOWNSHIP, of=view))) is CardState.APPEALED


def test_a_card_is_upheld_only_after_an_appeal():
    case = issued(a_case())
    upheld = of_card(events.CardUpheld, case)
    assert refusal(case, upheld, at(DISTRICT)) == ("out_of_place", "card_issued")
    appealed = done(case, of_card(events.CardAppealed, case), at(VILLAGE))
    assert state(done(appealed, upheld, at(DISTRICT))) is CardState.UPHELD


def test_a_card_becomes_a_supervised_task():
    case = issued(a_case())
    body = of_card(events.CardTasked, case, by=TOO_LATE + timedelta(days=7))
    tasked = done(case, body, at(DISTRICT))
    assert (state(tasked), tasked.cards[0].by) == (CardState.TASKED, TOO_LATE + timedelta(days=7))


def test_an_appeal_has_its_days():
    case = issued(a_case())
    last = of_card(events.CardAppealed, case, on=date(2026, 12, 3))
    assert state(done(case, last, at(VILLAGE))) is CardState.APPEALED
    late = of_card(events.CardAppealed, case, on=date(2026, 12, 4))
    assert refusal(case, late, at(VILLAGE)) == ("not_permitted", "appeal_over")


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        (events.CardAppealed, VILLAGE),
        (events.CardUpheld, DISTRICT),
        (events.CardWithdrawn, DISTRICT),
        (events.CardTasked, DISTRICT),
    ],
)
def test_whoever_appeals_or_judges_says_why(kind: type, place: str):
    case = issued(a_case())
    more = {"by": TOO_LATE} if kind is events.CardTasked else {}
    assert refusal(case, of_card(kind, case, note=" ", **more), at(place)) == ("bad_facts", "empty")


def test_a_card_that_is_not_there_is_not_answered():
    case = issued(a_case())
    other = changed(case, cards=(changed_since(case.cards[0]),))
    assert refusal(case, of_card(events.CardConfirmed, other), at(VILLAGE)) == (
        "bad_facts", "unknown",
    )  # fmt: skip


def changed_since(card: Card) -> Card:
    fields = {name: getattr(card, name) for name in card.__struct_fields__}
    return Card(**(fields | {"since": DAY - timedelta(days=1)}))
