"""A township takes its villages' packets along, sealed as they are."""

from pathlib import Path

import pytest

from app.store import carried
from app.store import exchange as station_side
from app.store.carried import CarriedCounts
from sync.centre import publishing
from sync.client import engine, packets
from sync.client.packets import PacketForTheCentre, PacketNeedsLine
from sync.packet import DamagedPacket
from sync.refusals import Offline
from tests.builders import a_case
from tests.sync.builders import (
    DISTRICT,
    OTHER_TOWNSHIP,
    TOWNSHIP,
    VILLAGE,
    Line,
    Weather,
    a_centre,
    a_station,
    exchange,
    own_entries,
)


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def village(centre, tmp_path):
    return a_station(centre, VILLAGE, tmp_path / "village")


@pytest.fixture
def township(centre, tmp_path):
    station = a_station(centre, TOWNSHIP, tmp_path / "township")
    exchange(station, centre)
    return station


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def written(station, stick):
    return Path(packets.write(station.store, stick).file).read_bytes()


def counted(station):
    shelves = carried.counts(station.store)
    return shelves.up, shelves.down, shelves.no


def test_a_villages_packet_goes_up_and_its_answer_comes_back(centre, village, township, stick):
    case = a_case(village)
    raw = written(village, stick)

    assert packets.read(township.store, raw, "x.daiban") is None
    assert counted(township) == (1, 0, 0)
    exchange(township, centre)
    assert counted(township) == (0, 1, 0)
    laid = packets.write(township.store, stick)

    assert (laid.carried, laid.number, laid.entries) == (1, 0, 0)
    assert counted(township) == (0, 0, 0)
    (answer,) = stick.glob("*-答复.daiban")
    report = packets.read(village.store, answer.read_bytes(), answer.name)
    assert report is not None
    assert (report.accepted, report.pending) == (2, 0)
    assert centre.entries_of(village.device) == own_entries(village.store)
    exchange(township, centre)
    assert township.case(case).subject == case


def test_what_it_carries_nobody_on_the_way_can_read(village, township, stick):
    a_case(village, name="韦小妹")
    packets.read(township.store, written(village, stick), "x.daiban")
    (kept,) = carried.packets(township.store, carried.Shelf.UP)
    assert "韦小妹".encode() not in kept.read_bytes()


def test_a_line_that_is_down_leaves_it_for_the_next_exchange(centre, village, township, stick):
    a_case(village)
    packets.read(township.store, written(village, stick), "x.daiban")
    with pytest.raises(Offline):
        exchange(township, centre, [Weather.LOST_REQUEST] * 10)
    assert counted(township) == (1, 0, 0)

    exchange(township, centre, [Weather.CLEAR, Weather.LOST_ANSWER])
    assert counted(township) == (1, 0, 0)
    assert len(centre.entries_of(village.device)) == 2

    exchange(township, centre)
    assert counted(township) == (0, 1, 0)
    assert len(centre.entries_of(village.device)) == 2


def test_the_same_packet_taken_along_twice_is_one(village, township, stick):
    raw = written(village, stick)
    for _ in range(2):
        packets.read(township.store, raw, "x.daiban")
    assert counted(township) == (1, 0, 0)


def test_several_villages_packets_go_together_with_ones_own(
    centre, village, township, stick, tmp_path
):
    other = a_station(centre, VILLAGE, tmp_path / "other")
    for station in (village, other):
        a_case(station)
        packets.read(township.store, written(station, stick), "x.daiban")
    exchange(township, centre)
    a_case(township)
    laid = packets.write(township.store, stick)
    assert (laid.carried, laid.number, laid.entries) == (2, 1, 1)
    assert len(list(stick.glob("*-答复.daiban"))) == 2


def test_nothing_to_carry_costs_nothing(centre, township):
    line = Line(centre)
    assert engine.exchange(township.store, line).round_trips == 1
    assert line.traffic.up < 400


def test_what_is_not_below_is_not_carried(centre, village, township, stick, tmp_path):
    elsewhere = a_station(centre, OTHER_TOWNSHIP, tmp_path / "elsewhere")
    seat = a_station(centre, DISTRICT, tmp_path / "seat")
    with pytest.raises(PacketForTheCentre):
        packets.read(elsewhere.store, written(village, stick), "x.daiban")
    with pytest.raises(PacketForTheCentre):
        packets.read(township.store, written(seat, stick), "x.daiban")
    with pytest.raises(PacketForTheCentre):
        packets.read(village.store, written(township, stick), "x.daiban")
    assert carried.counts(elsewhere.store) == CarriedCounts()


def test_a_damaged_one_is_refused_where_it_is_handed_in(village, township, stick):
    raw = bytearray(written(village, stick))
    raw[-1] ^= 1
    with pytest.raises(DamagedPacket):
        packets.read(township.store, bytes(raw), "x.daiban")
    assert counted(township) == (0, 0, 0)


def test_one_that_the_centre_does_not_take_is_laid_aside_and_the_others_go(
    centre, village, township, stick, tmp_path
):
    other = a_station(centre, VILLAGE, tmp_path / "other")
    for station in (village, other):
        packets.read(township.store, written(station, stick), "x.daiban")
    with centre.ledger.writing():
        publishing.withdraw(centre.ledger, centre.device(village.device), "lost", centre.wall())

    exchange(township, centre)

    assert counted(township) == (0, 1, 1)
    assert station_side.pending(township.store) == 0


def test_a_restored_store_speaks_to_the_centre_before_it_uses_packets(village, stick):
    raw = written(village, stick)
    village.store.remember("restored", b"")
    for use in (
        lambda: packets.write(village.store, stick),
        lambda: packets.read(village.store, raw, "x.daiban"),
    ):
        with pytest.raises(PacketNeedsLine):
            use()
