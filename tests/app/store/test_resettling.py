"""What is published late reaches the cases that it changes, also those that have ended."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.domain import events
from app.domain.calendar import CalendarYear
from app.domain.events import Role
from app.domain.settings import Settings
from app.journal.refs import Ref
from app.store.verify import verify
from app.usecases import supervision
from app.usecases.today import shown_today
from tests.builders import (
    DISTRICT,
    TOWNSHIP,
    VILLAGE,
    District,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    carry,
    meet,
)

LICENCE = "IT040"


def two_stations(district: District, folder: Path) -> tuple[Station, Station]:
    village, township = (
        a_station(district, region, folder / region) for region in (VILLAGE, TOWNSHIP)
    )
    meet(village, township)
    return village, township


def accepted(village: Station, township: Station, item: str) -> Ref:
    subject = a_case(village, item)
    act(village, subject, "forward")
    meet(village, township)
    for verb in ("take_over", "accept"):
        act(township, subject, verb)
    return subject


def test_a_limit_that_was_kept_by_a_calendar_that_comes_later_is_late_no_more(tmp_path: Path):
    """The village learns of the holiday after the case has gone from its hands."""
    district = a_district(years=False)
    village, _ = two_stations(district, tmp_path)
    subject = a_case(village)
    today = shown_today(village.store)
    village.wall.turn(days=7)
    act(village, subject, "forward")
    act(village, subject, "withdraw", reason="不办了")
    row = village.store.rows.by_subject(subject)
    assert row is not None
    assert not row.clocks
    assert row.card_from is not None
    assert [one.cause for one in supervision.pending(village.store, today + timedelta(days=9))] == [
        "forwarding"
    ]
    off = tuple(
        day for day in (today + timedelta(days=n) for n in range(1, 8)) if day.weekday() < 5
    )
    year = CalendarYear(year=today.year, off=off, makeup=(), source="国办发")
    district.publish(events.CalendarPublished(year=year))
    carry(district, village)
    assert supervision.pending(village.store, today + timedelta(days=9)) == []
    assert verify(village.store).ok


def test_a_joint_licence_that_ended_hears_of_the_number_by_which_it_was_extended(tmp_path: Path):
    """The number came down after the case: until then the extension was beyond what the law allows."""
    district = a_district(items=(LICENCE, "IT022"))
    village, township = two_stations(district, tmp_path)
    seat = a_station(district, DISTRICT, tmp_path / "seat")
    day = shown_today(seat.store)
    longer = Settings(effective=day, joint_extension_days=20)
    number = events.SettingsPublished(settings=longer)
    seat_head = seat.head
    with seat.store.writing() as tx:
        tx.publish(number, by=seat_head.ref)
    carry(seat, township)
    subject = accepted(village, township, LICENCE)
    parts = [{"item": "IT022", "department": f"第{n}所"} for n in (1, 2)]
    for child in act(township, subject, "split", parts=parts).children:
        act(township, child.subject, "decide", approved=True)
    act(township, subject, "extend", days=18, reason="案情复杂")
    act(township, subject, "decide", approved=True)
    act(township, subject, "deliver")
    act(township, subject, "follow_up", by=township.person(Role.SUPERVISOR), grade="good")
    carry(township, village)
    row = village.store.rows.by_subject(subject)
    assert row is not None
    assert (row.clocks, row.out_of_place) == ((), 1)
    carry(seat, village)
    row = village.store.rows.by_subject(subject)
    assert row is not None
    assert row.out_of_place == 0
    assert village.case(subject) == township.case(subject)
    assert verify(village.store).ok
