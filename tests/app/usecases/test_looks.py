"""Whoever sees full numbers is written down, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.events import Role
from app.domain.papers import PaperKind
from app.domain.rules import NotPermitted
from app.journal import clock
from app.journal.entry import Entry
from app.store import exchange
from app.store.rebuild import rebuild
from app.store.transaction import CaseUnreadable
from app.store.verify import verify
from app.usecases import looks, lookup
from tests.builders import (
    DISTRICT,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    an_entry,
    hand,
    meet,
)

MINUTE_MS = 60_000


@pytest.fixture
def stations(tmp_path: Path) -> tuple[Station, Station, Station]:
    district = a_district()
    made = tuple(a_station(district, p, tmp_path / p) for p in (VILLAGE, TOWNSHIP, DISTRICT))
    meet(*made)
    return made  # type: ignore[return-value]


def seen(station: Station, subject) -> list[Entry]:
    return [one for one in station.store.history(subject) if one.kind == "case.numbers_shown"]


def opened(station: Station, subject) -> list[Entry]:
    return [one for one in station.store.history(subject) if one.kind == "case.record_opened"]


def test_the_numbers_are_whole_and_that_they_were_seen_goes_to_everybody(stations):
    village, township, _ = stations
    subject = a_case(village)
    meet(*stations)
    (applicant,) = looks.shown(township.store, subject, township.head)
    assert (applicant.id_number, applicant.phone) == ("450305196203151028", "13877300000")
    meet(*stations)
    (look,) = seen(village, subject)
    assert (look.actor, look.device) == (township.head.ref, township.device)
    assert len(look.wire) < 100


def test_nothing_of_the_case_its_row_or_its_search_changes(stations):
    village = stations[0]
    subject = a_case(village)
    case, row = village.case(subject), village.store.rows.by_subject(subject)
    looks.shown(village.store, subject, village.head)
    assert village.case(subject) == case
    assert village.store.rows.by_subject(subject) == row
    assert lookup.found(village.store, "韦小妹") == [row]
    with village.store.changing():
        rebuild(village.store)
    assert village.store.rows.by_subject(subject) == row
    assert verify(village.store).ok


def test_within_ten_minutes_a_second_look_of_the_same_person_is_the_same_look(stations):
    village = stations[0]
    subject, other = a_case(village), a_case(village)
    clerk = village.person(Role.CLERK)
    for by, turn, count in (
        (village.head, 0, 1), (village.head, 9, 1), (clerk, 0, 2), (village.head, 1, 3), (clerk, 8, 3),
        (clerk, 1, 4),
    ):  # fmt: skip
        village.wall.turn(ms=turn * MINUTE_MS)
        looks.shown(village.store, subject, by)
        assert len(seen(village, subject)) == count
    assert seen(village, other) == []


def test_a_clock_that_was_turned_back_hides_no_look(stations):
    village = stations[0]
    subject = a_case(village)
    village.wall.turn(days=30)
    looks.shown(village.store, subject, village.head)
    village.wall.turn(days=-30)
    looks.shown(village.store, subject, village.head)
    assert len(seen(village, subject)) == 2


def test_everybody_may_look_and_a_closed_case_too(stations):
    village, township, _ = stations
    subject = a_case(village, "IT022")
    act(village, subject, "forward")
    meet(*stations)
    act(township, subject, "take_over")
    act(township, subject, "refuse", reason="不属于受理范围")
    meet(*stations)
    for station in stations:
        for role in Role:
            looks.shown(station.store, subject, station.person(role))
        assert station.case(subject).out_of_place == ()
    meet(*stations)
    assert len(seen(village, subject)) == len(stations) * len(Role)
    assert all(why is None for _, why in lookup.history(village.store, subject))


def test_acts_go_on_as_if_nobody_had_looked(stations):
    village, township, _ = stations
    subject = a_case(village, "IT022")
    looks.shown(village.store, subject, village.head)
    act(village, subject, "forward")
    meet(*stations)
    looks.shown(township.store, subject, township.head)
    act(township, subject, "take_over")
    ordered = [one.kind for one, _ in lookup.history(township.store, subject)]
    assert ordered == [
        "case.registered", "case.numbers_shown", "case.forwarded", "case.numbers_shown", "case.taken_over",
    ]  # fmt: skip
    after = {one.kind: one.after for one in township.store.history(subject)}
    assert after["case.forwarded"] == (subject,)


def test_what_only_a_newer_program_reads_may_still_be_looked_at(stations):
    village, township, _ = stations
    subject = a_case(village)
    newer = an_entry(
        township.device, 50, kind="case.blessed", subject=subject, after=(subject,), actor=township.head.ref
    )  # fmt: skip
    hand(village, (township.device, 50, [newer.wire]))
    assert village.case(subject).needs_upgrade
    assert looks.shown(village.store, subject, village.head)
    assert len(seen(village, subject)) == 1


def test_a_case_that_is_not_here_shows_nothing(stations, tmp_path: Path):
    village, township, _ = stations
    subject = a_case(village)
    with pytest.raises(CaseUnreadable):
        looks.shown(township.store, subject, township.head)
    assert exchange.pending(township.store) == 1  # its operator's card, as before
    neighbour = a_station(village.district, OTHER_VILLAGE, tmp_path / "n")
    meet(village, neighbour)
    with pytest.raises(NotPermitted):
        looks.shown(neighbour.store, subject, neighbour.head)
    assert seen(neighbour, subject) == []


def test_the_time_of_a_look_is_in_its_header(stations):
    village = stations[0]
    subject = a_case(village)
    looks.shown(village.store, subject, village.head)
    assert clock.wall_ms(seen(village, subject)[0].clock) == village.wall()


def test_a_record_opened_by_a_station_that_is_not_concerned_is_written_down_once_a_day(stations):
    village, township, district = stations
    subject = a_case(village, "IT022")  # the township examines it and decides
    meet(*stations)
    for station in (village, township):
        looks.opened(station.store, subject, station.head)
    assert not looks.is_to_be_noted(township.store, township.case(subject), township.head)
    assert opened(village, subject) == opened(township, subject) == []
    case = district.case(subject)
    colleague = district.person(Role.SUPERVISOR)
    for by, hours, count in (
        (district.head, 0, 1), (district.head, 2, 1), (colleague, 0, 2), (district.head, 24, 3),
    ):  # fmt: skip
        district.wall.turn(ms=hours * 60 * MINUTE_MS)
        looks.opened(district.store, subject, by)
        assert len(opened(district, subject)) == count
    assert district.case(subject) == case
    meet(*stations)
    assert [one.device for one in opened(village, subject)] == [district.device] * 3


def test_a_record_stays_noted_where_it_was_seen_whole_but_not_the_other_way_round(stations):
    village, _, district = stations
    subject, other = a_case(village, "IT022"), a_case(village, "IT022")
    meet(*stations)
    looks.shown(district.store, subject, district.head)
    looks.opened(district.store, subject, district.head)
    assert (len(seen(district, subject)), len(opened(district, subject))) == (1, 0)
    looks.opened(district.store, other, district.head)
    looks.shown(district.store, other, district.head)
    assert (len(seen(district, other)), len(opened(district, other))) == (1, 1)


def test_the_tier_that_decides_is_concerned_and_so_is_whoever_has_the_case_in_hand(stations):
    village, township, district = stations
    subject = a_case(village, "IT001")  # the township examines, the district decides
    meet(*stations)
    for station in (township, district):
        looks.opened(station.store, subject, station.head)
        assert opened(station, subject) == []
    own = a_case(township, "IT022")
    meet(*stations)
    looks.opened(district.store, own, district.head)
    assert len(opened(district, own)) == 1


def test_a_page_with_whole_numbers_is_a_look_and_one_that_masks_them_is_none(stations):
    village = stations[0]
    subject = a_case(village)
    looks.seen_on_paper(village.store, subject, PaperKind.MATERIALS_RECEIPT, village.head)
    assert seen(village, subject) == []
    looks.seen_on_paper(village.store, subject, PaperKind.APPLICATION_FORM, village.head)
    assert len(seen(village, subject)) == 1
