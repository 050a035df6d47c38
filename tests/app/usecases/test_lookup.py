"""Finding cases, and how they stand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.domain.case import State
from app.domain.clocks import ClockName
from app.domain.lights import Light
from app.journal.refs import Ref
from app.store.exchange import Verdict
from app.store.rows import CaseRow, ClockRow
from app.store.transaction import CaseUnreadable
from app.usecases import lookup
from app.usecases.lookup import AmbiguousNumber, UnknownNumber, UnknownState
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    an_entry,
    carry,
    hand,
    meet,
)


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path)


def test_a_number_is_read_as_people_write_it(village: Station):
    subject = a_case(village)
    plain = f"{VILLAGE}-20261120-A2-0001"
    for typed in (
        plain,
        plain.lower(),
        f" {plain} ",
        plain.replace("-", "－"),
        plain.replace("2", "２"),
    ):
        assert lookup.by_number(village.store, typed).subject == subject


@pytest.mark.parametrize(
    "number",
    ["", " ", "0001", VILLAGE, "450305196203151028", "韦小妹", "\x00", "\ud800", "x" * 9999],
)
def test_what_is_no_number_of_a_case_finds_none(village: Station, number: str):
    a_case(village)
    with pytest.raises(UnknownNumber):
        lookup.by_number(village.store, number)


def test_a_number_that_two_cases_bear_is_said_to_be_so(tmp_path: Path):
    """A cloned disk gave it twice."""
    district = a_district()
    village, clone = (a_station(district, VILLAGE, tmp_path / name) for name in ("one", "two"))
    subject = a_case(village)
    original = village.store.journal.one(subject)
    assert original is not None
    twin = an_entry(
        clone.device,
        2,
        kind=original.kind,
        actor=clone.head.ref,
        body=original.body or b"",
        clock=original.clock,
    )
    carry(district, village)
    carry(clone, village)
    hand(village, (twin.device, twin.seq, [twin.wire]))
    with pytest.raises(AmbiguousNumber) as refused:
        lookup.by_number(village.store, f"{VILLAGE}-20261120-A2-0001")
    assert str(subject) in str(refused.value.facts["cases"])
    assert str(twin.ref) in str(refused.value.facts["cases"])
    assert lookup.by_number(village.store, str(subject)).subject == subject
    assert lookup.by_number(village.store, str(twin.ref)).subject == twin.ref


def test_cases_are_listed_newest_first_page_by_page_and_by_state(village: Station):
    subjects = [a_case(village, name=f"韦{number}") for number in range(5)]
    act(village, subjects[1], "forward")
    assert [row.subject for row in lookup.listed(village.store)] == subjects[::-1]
    assert [row.subject for row in lookup.listed(village.store, limit=2, offset=1)] == subjects[
        3:1:-1
    ]
    assert [row.subject for row in lookup.listed(village.store, state="in_transit")] == [
        subjects[1]
    ]
    assert lookup.listed(village.store, state=State.CLOSED) == []
    with pytest.raises(UnknownState):
        lookup.listed(village.store, state="lost")


def test_how_a_case_stands_depends_on_the_day_it_is_looked_at(village: Station):
    row = lookup.by_number(village.store, village.case(a_case(village)).local_number.text)
    # Three working days from Friday the 20th: Wednesday the 25th.
    told = {
        day: lookup.standing(village.store, row, date(2026, 11, day)) for day in (20, 23, 25, 26)
    }
    assert {standing.due for standing in told.values()} == {date(2026, 11, 25)}
    assert [standing.days_left for standing in told.values()] == [3, 2, 0, -1]
    assert told[20].clock is ClockName.FORWARDING
    assert not told[20].expected
    lights = [standing.light for standing in told.values()]
    assert lights[0] is Light.NORMAL
    assert lights[-1] is not Light.NORMAL


def test_the_clock_shown_is_the_one_that_gives_the_light(village: Station):
    """The forwarding ends first; the statutory limit, later, is the graver one once both are past."""
    row = lookup.by_number(village.store, village.case(a_case(village)).local_number.text)
    first = row.clocks[0]
    later = ClockRow(
        ClockName.STATUTORY, first.starts, 5, first.unit, None, date(2026, 11, 27), False
    )
    row = replace(row, clocks=(first, later))
    before = lookup.standing(village.store, row, date(2026, 11, 26))
    assert (before.clock, before.light) == (ClockName.FORWARDING, Light.YELLOW)
    after = lookup.standing(village.store, row, date(2026, 11, 30))
    assert (after.clock, after.light, after.due) == (ClockName.STATUTORY, Light.RED, later.due)
    assert after.days_left == -1


def test_a_case_that_has_ended_is_due_no_more(village: Station):
    subject = a_case(village, "IT034")
    act(village, subject, "complete")
    row = village.store.rows.by_subject(subject)
    assert row is not None
    standing = lookup.standing(village.store, row, date(2030, 1, 1))
    assert (standing.clock, standing.due, standing.days_left, standing.light) == (
        None,
        None,
        None,
        Light.NORMAL,
    )


def _row(station: Station, subject: Ref) -> CaseRow:
    row = station.store.rows.by_subject(subject)
    assert row is not None
    return row


def test_a_history_tells_every_entry_and_why_one_has_no_effect(tmp_path: Path):
    district = a_district()
    one, other = (a_station(district, VILLAGE, tmp_path / name) for name in ("one", "other"))
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(one, other, township)
    subject = a_case(one)
    meet(one, other, township)
    act(one, subject, "forward")
    other.wall.turn(days=1)
    late = act(other, subject, "forward").head
    seq = len(district.wires) + 1
    odd = [
        an_entry(
            district.device, seq, kind="case.blessed", subject=subject, after=(late,), clock=1
        ),
        an_entry(
            district.device,
            seq + 1,
            kind="case.accepted",
            subject=subject,
            after=(Ref(one.device, 99),),
        ),
    ]
    meet(one, other, township)
    for station in (one, other, township):
        hand(station, (district.device, seq, [entry.wire for entry in odd]))
        told = {entry.ref: why for entry, why in lookup.history(station.store, subject)}
        assert len(told) == 5
        assert told[subject] is None
        reasons = sorted(str(why) for ref, why in told.items() if ref != subject)
        assert reasons == ["None", "needs_upgrade", "out_of_place", "waiting"]


def test_the_history_of_a_case_that_waits_waits(tmp_path: Path):
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    late = a_station(district, TOWNSHIP, tmp_path / "t", told=False)
    subject = a_case(village)
    hand(late, village.own_run())
    assert [why for _, why in lookup.history(late.store, subject)] == ["waiting"]


def test_a_case_the_centre_refused_cannot_be_read(village: Station):
    subject = a_case(village)
    row = _row(village, subject)
    hand(village, verdicts=[Verdict(device=subject.device, seq=subject.seq, code="x", facts={})])
    with pytest.raises(CaseUnreadable):
        lookup.case_of(village.store, row)


@pytest.mark.parametrize("days", range(-40, 40, 13))
def test_a_day_looked_at_never_changes_what_is_stored(village: Station, days: int):
    subject = a_case(village)
    before = _row(village, subject)
    lookup.standing(village.store, before, date(2026, 11, 20) + timedelta(days=days))
    assert _row(village, subject) == before


def test_many_cases_stand_as_each_of_them_does(village: Station):
    for number, item in enumerate(("IT022", "IT005", "IT034", "IT045")):
        village.wall.turn(days=number)
        a_case(village, item)
    rows = lookup.listed(village.store)
    for today in (date(2026, 11, 20), date(2026, 12, 1)):
        each = [lookup.standing(village.store, row, today) for row in rows]
        assert lookup.standings(village.store, rows, today) == each
    assert lookup.standings(village.store, [], date(2026, 11, 20)) == []
