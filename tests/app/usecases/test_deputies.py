"""Whose act it was, when somebody stood in for another."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.events import Role
from app.domain.rules import NotPermitted
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from app.usecases import deputies, lookup, operators, staff
from app.usecases.staff import DeputyAway
from app.usecases.today import shown_today
from tests.builders import TOWNSHIP, VILLAGE, Station, a_case, a_district, a_station, act, meet

JOB_CARD = "IT022"


@pytest.fixture
def places(tmp_path: Path) -> tuple[Station, Station]:
    district = a_district()
    village, township = (
        a_station(district, region, tmp_path / region) for region in (VILLAGE, TOWNSHIP)
    )
    meet(village, township)
    return village, township


def away(station: Station, absent: OperatorCard, deputy: OperatorCard, days: int = 5) -> None:
    day = shown_today(station.store)
    staff.away(
        station.store, absent.name, deputy.name, day, day + timedelta(days=days), by=station.head
    )


def stood_in(station: Station, subject: Ref) -> dict[str, Ref]:
    """By kind, in whose place the entries of a case were written."""
    entries = [one for one, why in lookup.history(station.store, subject) if why is None]
    found = deputies.stood_in(entries, station.store.publications)
    return {one.kind: found[one.ref] for one in entries if one.ref in found}


def accepted(places: tuple[Station, Station]) -> Ref:
    village, township = places
    subject = a_case(village, JOB_CARD)
    act(village, subject, "forward")
    meet(*places)
    act(township, subject, "take_over")
    act(township, subject, "accept")
    return subject


def test_nobody_away_nobody_stood_in(places: tuple[Station, Station]):
    subject = accepted(places)
    assert stood_in(places[1], subject) == {}


def test_a_power_that_only_the_absent_one_has_is_theirs(places: tuple[Station, Station]):
    _, township = places
    subject = accepted(places)
    clerk = operators.add(township.store, "李窗口", Role.CLERK)
    away(township, township.head, clerk)
    act(township, subject, "decide", by=clerk, approved=True)
    assert stood_in(township, subject) == {"case.decided": township.head.ref}


def test_what_somebody_does_in_their_own_right_is_their_own(places: tuple[Station, Station]):
    village, township = places
    clerk = operators.add(township.store, "李窗口", Role.CLERK)
    other = operators.add(township.store, "王窗口", Role.CLERK)
    away(township, other, clerk)
    subject = a_case(village, JOB_CARD)
    act(village, subject, "forward")
    meet(*places)
    act(township, subject, "take_over", by=clerk)
    act(township, subject, "accept", by=clerk)
    assert stood_in(township, subject) == {}


def test_on_a_matter_of_the_absent_one_the_deputy_acts_for_them(places: tuple[Station, Station]):
    _, township = places
    subject = accepted(places)  # the head took it over: it is theirs
    other = operators.add(township.store, "王窗口", Role.CLERK)
    away(township, township.head, other)
    act(township, subject, "send_outside", by=other, body="派出所")
    assert stood_in(township, subject) == {"case.sent_outside": township.head.ref}


def test_when_the_absence_is_over_nobody_stands_in_any_more(places: tuple[Station, Station]):
    _, township = places
    subject = accepted(places)
    other = operators.add(township.store, "王窗口", Role.CLERK)
    away(township, township.head, other, days=1)
    township.wall.turn(days=3)
    act(township, subject, "send_outside", by=other, body="派出所")
    assert stood_in(township, subject) == {}


def test_a_deputys_deputy_stands_in_for_nobody_but_the_deputy(places: tuple[Station, Station]):
    """A notice names one person; a power of deciding does not wander on to somebody whom nobody named."""
    _, township = places
    subject = accepted(places)
    first, second = (
        operators.add(township.store, name, Role.CLERK) for name in ("李窗口", "王窗口")
    )
    away(township, township.head, first)
    away(township, first, second)
    assert staff.acting_for(township.store, first) == (first.ref, township.head.ref)
    assert staff.acting_for(township.store, second) == (second.ref, first.ref)
    with pytest.raises(NotPermitted):
        act(township, subject, "decide", by=second, approved=True)
    (alone,) = staff.left_alone(township.store)
    assert (alone.told.operator, alone.told.deputy) == (township.head.ref, first.ref)


def test_nobody_who_is_away_is_named_as_a_deputy(places: tuple[Station, Station]):
    _, township = places
    first, second = (
        operators.add(township.store, name, Role.CLERK) for name in ("李窗口", "王窗口")
    )
    away(township, first, second)
    with pytest.raises(DeputyAway) as refused:
        away(township, township.head, first)
    day = shown_today(township.store)
    assert refused.value.facts == {
        "name": "李窗口",
        "since": day.isoformat(),
        "until": (day + timedelta(days=5)).isoformat(),
    }
    later = day + timedelta(days=6)
    staff.away(township.store, township.head.name, first.name, later, later, by=township.head)
    assert staff.left_alone(township.store) == []


def test_every_station_reads_the_same(places: tuple[Station, Station]):
    village, township = places
    subject = accepted(places)
    clerk = operators.add(township.store, "李窗口", Role.CLERK)
    away(township, township.head, clerk)
    act(township, subject, "decide", by=clerk, approved=True)
    meet(*places)
    assert stood_in(village, subject) == stood_in(township, subject)
