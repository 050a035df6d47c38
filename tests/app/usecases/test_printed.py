"""Deadlines settle when a calendar comes; the day that was printed stays, and stands beside."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from app.domain.calendar import CalendarYear
from app.domain.clocks import ClockName
from app.domain.events import CalendarPublished
from app.domain.papers import PaperKind
from app.journal.refs import Ref
from app.store.rows import ClockRow
from app.store.verify import verify
from app.usecases import papers, printed
from tests.builders import TOWNSHIP, VILLAGE, Station, a_case, a_district, a_station, act, meet
from ui.commands import views

NEW_YEAR = date(2027, 1, 1)
YEAR_2027 = CalendarYear(
    year=2027,
    off=(NEW_YEAR, *(date(2027, 2, 8) + timedelta(days=day) for day in range(5))),
    makeup=(date(2027, 1, 3),),
    source="通知",
)


def promised(station: Station, subject: Ref) -> ClockRow:
    row = station.store.rows.by_subject(subject)
    assert row is not None
    return next(clock for clock in row.clocks if clock.name is ClockName.PROMISED)


def on_paper(station: Station, subject: Ref, name: ClockName) -> date | None:
    case = station.case(subject)
    for clock, one in zip(case.clocks, printed.of_clocks(case), strict=True):
        if clock.name is name and one is not None:
            return one.day
    return None


def issue(station: Station, subject: Ref, kind: PaperKind) -> None:
    papers.issue(
        station.store, subject, kind, by=station.head, render=lambda facts: repr(facts).encode()
    )


def test_a_day_in_a_year_nobody_has_published_settles_and_what_was_printed_stays(tmp_path: Path):
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(village, township)
    district.wall.turn(days=38)  # 2026-12-28, a Monday
    subject = a_case(village, "IT022")
    issue(village, subject, PaperKind.MATERIALS_RECEIPT)
    act(village, subject, "forward")
    meet(village, township)
    act(township, subject, "take_over")
    act(township, subject, "accept")
    issue(township, subject, PaperKind.ACCEPTANCE)
    before = promised(township, subject)
    assert before.expected
    assert on_paper(township, subject, ClockName.PROMISED) == before.due
    forwarding = next(
        one for one in village.case(subject).clocks if one.name is ClockName.FORWARDING
    )
    assert on_paper(township, subject, ClockName.FORWARDING) == date(2026, 12, 31)
    assert forwarding.starts == date(2026, 12, 28)

    district.publish(CalendarPublished(year=YEAR_2027))
    meet(village, township)
    for station in (village, township):
        after = promised(station, subject)
        assert not after.expected
        assert after.due is not None
        assert before.due is not None
        # One working day fewer on New Year's day; the Sunday that is worked gives it back.
        assert after.due == before.due
        assert verify(station.store).ok
    spring = CalendarYear(
        year=2027, off=(NEW_YEAR, date(2027, 1, 4)), makeup=(), source="更正的通知"
    )
    district.publish(CalendarPublished(year=spring))
    meet(village, township)
    row = township.store.rows.by_subject(subject)
    assert row is not None
    moved = promised(township, subject).due
    assert moved is not None
    assert before.due is not None
    assert moved > before.due
    told = views.detail(township.store, row)["clocks"]
    (clock,) = [one for one in told if one["name"] is ClockName.PROMISED]
    assert (clock["due"], clock["printed"], clock["expected"]) == (moved, before.due, False)
    assert [one["printed"] for one in told if one["name"] is ClockName.EXAMINATION] == [None]
