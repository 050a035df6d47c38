"""Cards: deserved by what is late, issued once, answered and judged."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.case import CardState
from app.domain.events import CardGrade, Role
from app.domain.lights import Light
from app.domain.rules import NotPermitted, OutOfPlace
from app.errors import Refused
from app.journal.refs import Ref
from app.store.verify import verify
from app.usecases import district_settings, staff, supervision
from app.usecases.district_settings import BadSettings
from app.usecases.supervision import Which
from app.usecases.today import shown_today
from tests.builders import (
    DISTRICT,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    meet,
)


@pytest.fixture
def places(tmp_path: Path) -> tuple[Station, Station, Station]:
    district = a_district()
    made = tuple(
        a_station(district, region, tmp_path / region) for region in (VILLAGE, TOWNSHIP, DISTRICT)
    )
    meet(*made)
    return made  # type: ignore[return-value]


def pass_days(station: Station, days: int) -> date:
    station.wall.turn(days=days)
    return shown_today(station.store)


def in_transit(village: Station, *others: Station) -> Ref:
    subject = a_case(village, "IT022")
    act(village, subject, "forward")
    meet(village, *others)
    return subject


def test_a_case_that_nobody_takes_over_is_seen_and_the_authority_gets_the_card(
    places: tuple[Station, Station, Station],
):
    village, township, district = places
    subject = in_transit(village, township, district)
    assert supervision.pending(district.store, shown_today(district.store)) == []
    day = pass_days(village, 10)
    pending = supervision.pending(district.store, day)
    late = {(one.cause, one.station) for one in pending}
    assert ("taking_over", TOWNSHIP) in late
    supervisor = district.person(Role.SUPERVISOR)
    case = act(district, subject, "issue_card", by=supervisor, cause="taking_over")
    assert [(card.cause, card.station, card.grade) for card in case.cards] == [
        ("taking_over", TOWNSHIP, CardGrade.YELLOW)
    ]
    assert case.cards[0].person
    assert case.cards[0].post


def test_a_card_is_issued_once_whoever_issues_it(places: tuple[Station, Station, Station]):
    village, township, district = places
    subject = in_transit(village, township, district)
    pass_days(village, 10)
    act(district, subject, "issue_card", by=district.person(Role.SUPERVISOR), cause="taking_over")
    with pytest.raises(Refused):
        act(
            district,
            subject,
            "issue_card",
            by=district.person(Role.SUPERVISOR),
            cause="taking_over",
        )
    act(township, subject, "issue_card", by=township.person(Role.SUPERVISOR), cause="taking_over")
    meet(*places)  # the township had not heard of the district's
    assert len(township.case(subject).cards) == 1
    assert township.case(subject).out_of_place[0].code == OutOfPlace.code
    assert township.case(subject) == district.case(subject)


def test_nothing_late_no_card(places: tuple[Station, Station, Station]):
    village, township, district = places
    subject = in_transit(village, township, district)
    with pytest.raises(NotPermitted):
        act(district, subject, "issue_card", by=district.person(Role.SUPERVISOR))


def test_a_card_is_appealed_upheld_tasked_or_withdrawn(places: tuple[Station, Station, Station]):
    village, township, district = places
    subject = in_transit(village, township, district)
    pass_days(village, 10)
    supervisor = district.person(Role.SUPERVISOR)
    act(district, subject, "issue_card", by=supervisor, cause="taking_over")
    meet(*places)
    with pytest.raises(NotPermitted):
        act(village, subject, "appeal_card", note="不是我们的")
    act(township, subject, "appeal_card", note="停电三天")
    meet(*places)
    assert [one.state for one in supervision.issued(district.store, Which.APPEALED)] == [
        CardState.APPEALED
    ]
    act(district, subject, "uphold_card", by=supervisor, note="可以用纸质收件")
    day = shown_today(district.store)
    case = act(
        district, subject, "task_card", by=supervisor, note="三日内接收", until=(day + timedelta(days=3)).isoformat()
    )  # fmt: skip
    assert case.cards[0].state is CardState.TASKED
    act(district, subject, "withdraw_card", by=supervisor, note="已经办好")
    meet(*places)
    assert [one.state for one in supervision.issued(township.store, Which.CLOSED)] == [
        CardState.WITHDRAWN
    ]
    for station in places:
        assert station.store.rows.by_subject(subject).cards == 0  # type: ignore[union-attr]
        assert verify(station.store).ok


def test_a_second_supplement_notice_is_flagged(places: tuple[Station, Station, Station]):
    village, township, district = places
    subject = in_transit(village, township, district)
    act(township, subject, "take_over")
    for _ in range(2):
        act(township, subject, "ask_supplement", defects=[{"what": "照片不清楚"}])
        act(township, subject, "receive_supplement")
    meet(*places)
    pending = supervision.pending(district.store, shown_today(district.store))
    assert [one.cause for one in pending] == ["second_notice"]


def test_what_was_issued_makes_room_for_the_next(places: tuple[Station, Station, Station]):
    """More are issued than a list shows, and those that wait are still all there."""
    village, *_ = places
    subjects = [a_case(village, name=f"韦{n}") for n in range(206)]
    day = pass_days(village, 10)
    supervisor = village.person(Role.SUPERVISOR)
    assert len(supervision.pending(village.store, day)) == 200
    for subject in subjects[:203]:
        act(village, subject, "issue_card", by=supervisor)
    pending = supervision.pending(village.store, day)
    assert [one.row.subject for one in pending] == subjects[203:]
    assert [one.row.subject for one in supervision.pending(village.store, day, 1)] == [
        subjects[203]
    ]
    counts = supervision.card_counts(village.store, day)
    assert (counts[Which.PENDING], counts[Which.OPEN]) == (3, 203)
    assert verify(village.store).ok


def test_what_ended_late_waits_for_its_card_after_what_is_late_still(
    places: tuple[Station, Station, Station],
):
    village, *_ = places
    ended, waits = a_case(village, name="韦一"), a_case(village, name="韦二")
    day = pass_days(village, 10)
    act(village, ended, "withdraw", reason="不办了")
    pending = supervision.pending(village.store, day)
    assert [(one.row.subject, one.cause) for one in pending] == [
        (waits, "forwarding"), (ended, "forwarding"),
    ]  # fmt: skip
    act(village, ended, "issue_card", by=village.person(Role.SUPERVISOR))
    assert [one.row.subject for one in supervision.pending(village.store, day)] == [waits]


def test_a_decision_without_authorisation_is_flagged_where_nothing_is_late(
    places: tuple[Station, Station, Station],
):
    """Two computers of the township: the authorisation had been taken back on the other."""
    village, township, district = places
    approver = township.person(Role.APPROVER)
    day = shown_today(township.store)
    staff.authorise(township.store, approver.name, (), day, day, by=township.head)
    beside = a_station(township.district, TOWNSHIP, township.store.folder / "beside", staffed=False)
    meet(*places, beside)
    subject = in_transit(village, township, district, beside)
    for verb in ("take_over", "accept"):
        act(township, subject, verb)
    meet(*places, beside)
    (given,) = staff.authorisations(township.store)
    staff.withdraw(township.store, given, by=township.head)
    village.wall.turn(ms=60_000)
    act(beside, subject, "decide", by=approver, approved=True)
    meet(*places, beside)
    pending = supervision.pending(district.store, day)
    assert [(one.cause, one.station) for one in pending] == [("unauthorised", TOWNSHIP)]
    act(district, subject, "issue_card", by=district.person(Role.SUPERVISOR))
    assert supervision.pending(district.store, day) == []


def test_lights_count_what_is_open(places: tuple[Station, Station, Station]):
    village, township, district = places
    in_transit(village, township, district)
    day = shown_today(district.store)
    before = supervision.lights(district.store, day).lights
    assert sum(before.values()) == 1
    after = supervision.lights(district.store, day + timedelta(days=30))
    assert after.lights[Light.YELLOW] == 1
    assert after.cards[Which.PENDING] > 0


# --- the district's numbers -------------------------------------------------------------------------


def test_a_published_limit_holds_from_its_day_on_and_moves_nothing_that_has_begun(
    places: tuple[Station, Station, Station],
):
    village, _, district = places
    before = a_case(village, "IT022")
    day = shown_today(district.store)
    district_settings.publish(
        district.store, {"forwarding_days": 1}, effective=day, by=district.head
    )
    meet(*places)
    after = a_case(village, "IT022")
    days = [village.case(subject).clocks[0].days for subject in (before, after)]
    # A fold reads what holds on the day of the act; both were received on the day of the change.
    assert days == [1, 1]
    later = day + timedelta(days=7)
    district_settings.publish(
        district.store, {"forwarding_days": 5}, effective=later, by=district.head
    )
    meet(*places)
    assert village.case(after).clocks[0].days == 1
    assert district_settings.current(village.store).forwarding_days == 1
    coming = district_settings.coming(village.store)
    assert coming is not None
    assert coming.forwarding_days == 5
    for station in places:
        assert verify(station.store).ok


def test_settings_are_the_districts_and_every_fault_is_named(
    places: tuple[Station, Station, Station],
):
    _, township, district = places
    day = shown_today(district.store)
    with pytest.raises(NotPermitted):
        district_settings.publish(township.store, {}, effective=day, by=township.head)
    with pytest.raises(BadSettings) as refused:
        district_settings.publish(
            district.store,
            {"forwarding_days": -1, "colour": "red"},
            effective=day,
            by=district.head,
        )
    assert len(refused.value.faults) == 2
    with pytest.raises(BadSettings):
        district_settings.publish(
            district.store, {}, effective=day - timedelta(days=1), by=district.head
        )


def test_lights_read_in_pieces_are_the_same(
    places: tuple[Station, Station, Station], monkeypatch: pytest.MonkeyPatch
):
    village, _, _ = places
    for name in ("甲一", "乙二", "丙三", "丁四", "戊五"):
        a_case(village, "IT022", name)
    day = shown_today(village.store)
    days = [day, day + timedelta(days=3), day + timedelta(days=30)]
    whole = [supervision.lights(village.store, one).lights for one in days]
    monkeypatch.setattr(supervision, "_LOOKED_AT_ONCE", 2)
    assert [supervision.lights(village.store, one).lights for one in days] == whole
    assert sum(whole[0].values()) == 5
