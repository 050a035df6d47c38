"""What lies on a stick: read one by one, whatever lies beside it."""

import os
from pathlib import Path

import pytest

from sync.centre import packets as office
from sync.client import packets
from sync.client.packets import PacketForAnother
from tests.builders import a_case
from tests.sync.builders import TOWNSHIP, VILLAGE, a_centre, a_station, exchange
from ui import packets as stick_packets
from ui.files import UnreadableFile
from ui.packets import NoPackets, read_from


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def village(centre, tmp_path):
    return a_station(centre, VILLAGE, tmp_path / "village")


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def answer_on(stick, centre, station):
    raw = Path(packets.write(station.store, stick).file).read_bytes()
    done = office.answer(centre.ledger, centre.authority, raw, centre.wall())
    (stick / done.name).write_bytes(done.raw)
    return stick / done.name


def test_the_oldest_is_read_first_so_none_is_old(centre, village, stick):
    for at in range(3):
        a_case(village, name=f"第{at}人")
        os.utime(answer_on(stick, centre, village), ns=(at, at))
    brought = read_from(village.store, stick)
    assert [one.old for one in brought.read] == [False, False, False]
    assert (brought.others, brought.read[-1].pending) == (3, 0)


def test_a_damaged_one_is_told_and_the_others_are_read(centre, village, stick):
    good, bad = answer_on(stick, centre, village), answer_on(stick, centre, village)
    bad.write_bytes(bad.read_bytes()[:-1])
    (stick / "信.txt").write_text("你好", "utf-8")
    brought = read_from(village.store, stick)
    assert [one.file for one in brought.read] == [good.name]
    assert [(one.file, one.error.code) for one in brought.unread] == [(bad.name, "damaged_packet")]


def test_what_is_for_others_is_passed_over_but_not_when_it_was_named(
    centre, village, stick, tmp_path
):
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    answer = answer_on(stick, centre, township)
    with pytest.raises(NoPackets) as refused:
        read_from(village.store, stick)
    assert refused.value.facts["why"] == "others"
    with pytest.raises(PacketForAnother):
        read_from(village.store, answer)


def test_a_villages_packets_are_taken_along(centre, village, stick, tmp_path):
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    exchange(township, centre)
    file = Path(packets.write(village.store, stick).file)
    assert read_from(township.store, stick).carried == 1
    assert read_from(township.store, file).carried == 1


def test_an_empty_stick_and_one_that_is_gone(village, stick):
    with pytest.raises(NoPackets):
        read_from(village.store, stick)
    stick.rmdir()
    with pytest.raises(UnreadableFile):
        stick_packets.in_folder(stick)
    with pytest.raises(UnreadableFile):
        read_from(village.store, stick)
