"""Posts, deputies and written authorisations, as a head arranges them and as rules and folds see them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain import events
from app.domain.case import State
from app.domain.events import Role, Window
from app.domain.rules import NotPermitted
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from app.store.verify import verify
from app.usecases import staff
from app.usecases.deputies import stood_in
from app.usecases.staff import BadPeriod, Duty, LastHead, NotAnApprover, OwnDeputy
from app.usecases.today import shown_today
from tests.builders import TOWNSHIP, VILLAGE, Station, a_case, a_district, a_station, act, meet

ITEM = "IT022"


@pytest.fixture
def places(tmp_path: Path) -> tuple[Station, Station]:
    district = a_district()
    village, township = (
        a_station(district, region, tmp_path / region) for region in (VILLAGE, TOWNSHIP)
    )
    meet(village, township)
    return village, township


def accepted(village: Station, township: Station) -> Ref:
    subject = a_case(village, ITEM)
    act(village, subject, "forward")
    meet(village, township)
    act(township, subject, "take_over")
    act(township, subject, "accept")
    return subject


def authorise(at: Station, approver: OperatorCard, *items: str, days: int = 30) -> None:
    day = shown_today(at.store)
    staff.authorise(
        at.store, approver.name, items, day, day + timedelta(days=days), by=at.head, document="授〔2026〕1号"
    )  # fmt: skip


def test_an_approver_decides_only_what_the_head_authorised_in_writing(
    places: tuple[Station, Station],
):
    village, township = places
    subject = accepted(village, township)
    approver = township.person(Role.APPROVER)
    with pytest.raises(NotPermitted) as refused:
        act(township, subject, "decide", by=approver, approved=True)
    assert refused.value.facts["why"] == "not_authorised"
    authorise(township, approver, "IT066")
    with pytest.raises(NotPermitted):
        act(township, subject, "decide", by=approver, approved=True)
    authorise(township, approver, "就业创业证申领")
    assert act(township, subject, "decide", by=approver, approved=True).state is State.DECIDED


def test_an_authorisation_is_published_and_every_machine_reads_the_decision_alike(
    places: tuple[Station, Station],
):
    village, township = places
    subject = accepted(village, township)
    approver = township.person(Role.APPROVER)
    authorise(township, approver)
    act(township, subject, "decide", by=approver, approved=True)
    meet(village, township)
    assert village.case(subject) == township.case(subject)
    assert village.case(subject).state is State.DECIDED
    assert verify(village.store).ok


def test_what_was_decided_before_an_authorisation_was_withdrawn_stands(
    places: tuple[Station, Station],
):
    village, township = places
    first, second = accepted(village, township), accepted(village, township)
    approver = township.person(Role.APPROVER)
    authorise(township, approver, ITEM)
    act(township, first, "decide", by=approver, approved=True)
    staff.withdraw(township.store, staff.authorisations(township.store)[0], by=township.head)
    assert staff.authorisations(township.store) == []
    assert township.case(first).state is State.DECIDED
    with pytest.raises(NotPermitted):
        act(township, second, "decide", by=approver, approved=True)
    assert verify(township.store).ok


def test_nobody_but_the_head_authorises_and_nobody_but_an_approver_is(
    places: tuple[Station, Station],
):
    _, township = places
    approver, clerk = township.person(Role.APPROVER), township.person(Role.CLERK)
    day = shown_today(township.store)
    with pytest.raises(NotPermitted):
        staff.authorise(township.store, approver.name, (), day, day, by=approver)
    with pytest.raises(NotAnApprover):
        staff.authorise(township.store, clerk.name, (), day, day, by=township.head)
    with pytest.raises(BadPeriod):
        staff.authorise(
            township.store, approver.name, (), day, day - timedelta(days=1), by=township.head
        )


def test_an_authorisation_that_no_head_wrote_is_worth_nothing(places: tuple[Station, Station]):
    village, township = places
    subject = accepted(village, township)
    approver = township.person(Role.APPROVER)
    body = events.ApproverAuthorised(
        operator=approver.ref, items=(), since=date(2000, 1, 1), until=date(2099, 1, 1)
    )
    with township.store.writing() as tx:
        tx.publish(body, by=approver.ref)
    with pytest.raises(NotPermitted):
        act(township, subject, "decide", by=approver, approved=True)


# --- deputies ---------------------------------------------------------------------------------------


def test_a_deputy_acts_with_the_powers_of_whoever_is_away_and_it_is_told(
    places: tuple[Station, Station],
):
    village, township = places
    subject = accepted(village, township)
    clerk, day = township.person(Role.CLERK), shown_today(township.store)
    with pytest.raises(NotPermitted):
        act(township, subject, "decide", by=clerk, approved=True)
    staff.away(township.store, township.head.name, clerk.name, day, day, by=township.head)
    act(township, subject, "decide", by=clerk, approved=True)
    entries, _ = township.store.reading_order(township.store.history(subject))
    (decided,) = [one for one in entries if one.kind == "case.decided"]
    assert stood_in(entries, township.store.publications)[decided.ref] == township.head.ref
    meet(village, township)
    assert village.case(subject).state is State.DECIDED


def test_whoever_is_back_takes_the_powers_along(places: tuple[Station, Station]):
    village, township = places
    subject = accepted(village, township)
    clerk, day = township.person(Role.CLERK), shown_today(township.store)
    staff.away(township.store, township.head.name, clerk.name, day, day, by=township.head)
    staff.back(township.store, staff.absences(township.store)[0], by=township.head)
    assert staff.absences(township.store) == []
    assert staff.acting_for(township.store, clerk) == (clerk.ref,)
    with pytest.raises(NotPermitted):
        act(township, subject, "decide", by=clerk, approved=True)


def test_only_oneself_or_the_head_says_who_is_away(places: tuple[Station, Station]):
    _, township = places
    store, day = township.store, shown_today(township.store)
    clerk, approver = township.person(Role.CLERK), township.person(Role.APPROVER)
    with pytest.raises(NotPermitted):
        staff.away(store, approver.name, township.head.name, day, day, by=clerk)
    with pytest.raises(OwnDeputy):
        staff.away(store, clerk.name, clerk.name, day, day, by=clerk)
    with pytest.raises(BadPeriod):
        staff.away(store, clerk.name, approver.name, day, day - timedelta(days=1), by=clerk)
    staff.away(store, clerk.name, approver.name, day, day, by=clerk)
    assert clerk.ref in staff.acting_for(store, approver)


# --- posts ------------------------------------------------------------------------------------------


def test_a_changed_role_holds_from_then_on_and_what_was_done_before_stands(
    places: tuple[Station, Station],
):
    village, township = places
    clerk = township.person(Role.CLERK)
    first, second = a_case(village, ITEM), a_case(village, ITEM)
    for subject in (first, second):
        act(village, subject, "forward")
    meet(village, township)
    act(township, first, "take_over", by=clerk)
    changed = staff.change(township.store, clerk.name, by=township.head, roles=(Role.ARCHIVIST,))
    assert changed.roles == (Role.ARCHIVIST,)
    assert township.case(first).state is State.UNDER_EXAMINATION
    with pytest.raises(NotPermitted):
        act(township, second, "take_over", by=clerk)
    meet(village, township)
    assert village.case(first) == township.case(first)
    assert verify(township.store).ok


def test_a_card_says_post_window_and_duty(places: tuple[Station, Station]):
    village, township = places
    clerk = township.person(Role.CLERK)
    duty = Duty(
        post="民政岗", window=Window.DEPARTMENT, department="社会事务办", duty="低保受理", phone="0773-1234567"
    )  # fmt: skip
    staff.change(township.store, clerk.name, by=township.head, duty=duty)
    meet(village, township)
    seen = village.store.publications.operators[clerk.ref]
    assert (seen.post, seen.window, seen.department) == ("民政岗", Window.DEPARTMENT, "社会事务办")
    assert seen.roles == (Role.CLERK,)


def test_who_has_left_does_nothing_any_more_and_a_station_keeps_a_head(
    places: tuple[Station, Station],
):
    village, township = places
    clerk = township.person(Role.CLERK)
    staff.change(township.store, clerk.name, by=township.head, left=True)
    assert clerk.ref not in [card.ref for card in staff.working(township.store)]
    subject = a_case(village, ITEM)
    act(village, subject, "forward")
    meet(village, township)
    with pytest.raises(NotPermitted):
        act(township, subject, "take_over", by=clerk)
    with pytest.raises(LastHead):
        staff.change(township.store, township.head.name, by=township.head, left=True)
    with pytest.raises(LastHead):
        staff.change(township.store, township.head.name, by=township.head, roles=(Role.CLERK,))


def test_a_station_does_not_change_the_people_of_another(places: tuple[Station, Station]):
    village, township = places
    clerk = township.person(Role.CLERK)
    meet(village, township)
    with village.store.writing() as tx:
        tx.publish(
            events.OperatorChanged(roles=(Role.HEAD,)),
            by=village.head.ref,
            subject=clerk.ref,
            after=(clerk.ref,),
        )
    meet(village, township)
    assert township.store.publications.operators[clerk.ref].roles == (Role.CLERK,)
