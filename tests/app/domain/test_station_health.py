import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.regions import Tier
from app.domain.station_health import (
    DAY_S,
    Care,
    Concern,
    StationHealth,
    judge,
    judged,
)

NOW_MS = 1_800_000_000_000
WELL = StationHealth(
    device="00" * 16, station="湖塘村政务服务站", region="450305200201", tier=Tier.VILLAGE, slot="A1",
    enrolled_ms=NOW_MS - 90 * DAY_S * 1000, contact_ms=NOW_MS - 60_000, backlog=0, version="1.2.0",
    clock_off_s=3, disk_free_mb=90_000, printer="ready", backup_days=1, verified="ok",
)  # fmt: skip


def with_(**said):
    return StationHealth(**({name: getattr(WELL, name) for name in WELL.__struct_fields__} | said))


def told(**said):
    one = judge(with_(**said), NOW_MS, "1.2.0")
    return [(remark.concern, remark.care, remark.amount) for remark in one.remarks]


def test_of_a_station_that_is_well_there_is_nothing_to_say():
    assert told() == []
    assert judge(WELL, NOW_MS, "1.2.0").care is Care.FINE


@pytest.mark.parametrize(
    ("said", "concern", "care", "amount"),
    [
        ({"contact_ms": NOW_MS - 3 * DAY_S * 1000}, Concern.SILENT, Care.WATCH, 3 * DAY_S),
        ({"contact_ms": NOW_MS - 8 * DAY_S * 1000}, Concern.SILENT, Care.ACT, 8 * DAY_S),
        ({"contact_ms": None}, Concern.NEVER_CAME, Care.ACT, 0),
        ({"backlog": 120}, Concern.BACKLOG, Care.WATCH, 120),
        ({"backlog": 5_000}, Concern.BACKLOG, Care.ACT, 5_000),
        ({"clock_off_s": 3 * 3600}, Concern.CLOCK, Care.WATCH, 3 * 3600),
        ({"clock_off_s": -2 * DAY_S}, Concern.CLOCK, Care.ACT, -2 * DAY_S),
        ({"disk_free_mb": 1_500}, Concern.DISK, Care.WATCH, 1_500),
        ({"disk_free_mb": 0}, Concern.DISK, Care.ACT, 0),
        ({"printer": "no_paper 3"}, Concern.PRINTER, Care.WATCH, 3),
        ({"printer": "ready 9"}, Concern.PRINTER, Care.WATCH, 9),
        ({"sheets_waiting": 240}, Concern.SHEETS, Care.WATCH, 240),
        ({"backup_days": -1}, Concern.BACKUP, Care.WATCH, -1),
        ({"backup_days": 31}, Concern.BACKUP, Care.ACT, 31),
        ({"verified": "page"}, Concern.DAMAGED, Care.ACT, 0),
        ({"version": "1.1.9"}, Concern.VERSION, Care.WATCH, 0),
    ],
)
def test_what_somebody_should_see_to_is_said(said, concern, care, amount):
    assert told(**said) == [(concern, care, amount)]


def test_what_a_station_never_told_is_not_held_against_it():
    assert told(
        backlog=None, version="", clock_off_s=None, disk_free_mb=None, printer="",
        backup_days=None, verified="",
    ) == []  # fmt: skip
    assert told(printer="HP LaserJet 韦主任") == []
    assert told(version="纯属虚构") == []


def test_one_that_was_enrolled_today_may_still_be_on_its_way():
    assert told(contact_ms=None, enrolled_ms=NOW_MS - 3600_000) == []


def test_the_gravest_comes_first_in_a_station_and_among_stations():
    poorly = with_(version="1.0", backlog=120, disk_free_mb=10)
    lost = with_(contact_ms=NOW_MS - 9 * DAY_S * 1000)
    ranked = judged([WELL, poorly, lost], NOW_MS, "1.2.0")

    assert [one.health for one in ranked] == [lost, poorly, WELL]
    assert [one.concern for one in ranked[1].remarks] == [
        Concern.DISK, Concern.BACKLOG, Concern.VERSION,
    ]  # fmt: skip


def test_the_newest_version_of_the_fleet_is_what_the_others_are_measured_by():
    ranked = judged([with_(version="1.10"), WELL], NOW_MS, "1.2.0")

    assert [len(one.remarks) for one in ranked] == [1, 0]


@given(
    st.builds(
        with_,
        contact_ms=st.none() | st.integers(0, 2 * NOW_MS),
        backlog=st.none() | st.integers(),
        clock_off_s=st.none() | st.integers(),
        disk_free_mb=st.none() | st.integers(),
        printer=st.text(max_size=20),
        version=st.text(max_size=20),
        verified=st.text(max_size=20),
        backup_days=st.none() | st.integers(),
    )
)
def test_whatever_a_station_tells_can_be_judged_and_worded(health):
    from ui import fleet_words

    one = judge(health, NOW_MS, "1.0")

    assert all(fleet_words.remark(remark) and fleet_words.advice(remark) for remark in one.remarks)
    assert fleet_words.remarks(one)
    assert all(value for _, value in fleet_words.details(health))
