"""A village without a line brings its scans on the stick too, as many at a time as there is room for."""

import random
from itertools import permutations
from pathlib import Path

import pytest

from app.store import attachments as images
from app.store import exchange as station_side
from sync import packet
from sync.centre import packets as office
from sync.client import packets
from tests.builders import a_case
from tests.sync.attaching import a_sheet, at_centre, attached, names, some_bytes
from tests.sync.builders import (
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    a_centre,
    a_pen,
    a_station,
    exchange,
    sealed_packet,
)

KB = 1024
_seeds = iter(range(1, 1_000_000))


def scan(size=60 * KB):
    return some_bytes(size, seed=next(_seeds))


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


def answered(centre, written):
    raw = Path(written.file).read_bytes()
    return office.answer(centre.ledger, centre.authority, raw, centre.wall())


def read(village, done):
    return packets.read(village.store, done.raw, "stick.daiban")


def test_scans_go_with_the_entries_that_name_them(centre, village, stick):
    sheets = attached(village, a_case(village), scan(), scan())

    written = packets.write(village.store, stick)
    done = answered(centre, written)
    report = read(village, done)

    assert (written.entries, written.sheets, written.sheets_left) == (3, 2, 0)
    assert done.sheets == 2
    assert (report.sheets, report.sheets_waiting, report.pending) == (2, 0, 0)
    assert at_centre(centre, *sheets) == sheets
    assert images.unsent(village.store, 9) == []
    assert exchange(village, centre).sheets == 0


def test_what_has_no_room_goes_with_the_next_one(centre, village, stick, monkeypatch):
    monkeypatch.setattr(packets, "SCANS", 130 * KB)
    sheets = attached(village, a_case(village), *(scan() for _ in range(5)))

    told = []
    while images.waiting(village.store)[0]:
        written = packets.write(village.store, stick)
        told.append((written.sheets, written.sheets_left))
        read(village, answered(centre, written))

    assert told == [(2, 3), (2, 1), (1, 0)]
    assert at_centre(centre, *sheets) == sheets


def test_a_full_packet_is_small_enough_to_be_carried(centre, village, stick):
    case = a_case(village)
    attached(village, case, *(scan(2000 * KB) for _ in range(5)))

    written = packets.write(village.store, stick)

    assert (written.sheets, written.sheets_left) == (3, 2)
    assert written.bytes < 7 * 1024 * KB


def test_a_township_carries_it_over_its_line(centre, village, stick, tmp_path):
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    sheets = attached(village, a_case(village), scan())
    written = packets.write(village.store, stick)

    assert packets.read(township.store, Path(written.file).read_bytes(), "stick") is None
    exchange(township, centre)
    packets.write(township.store, stick)
    assert at_centre(centre, *sheets) == sheets
    (answer,) = (
        raw
        for raw in map(Path.read_bytes, stick.iterdir())
        if packet.read(raw, centre.authority.public).header.way is packet.Way.DOWN
    )
    report = packets.read(village.store, answer, "stick")
    assert report is not None
    assert report.sheets == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_several_in_any_order_and_twice_change_nothing(centre, village, stick, monkeypatch, order):
    monkeypatch.setattr(packets, "SCANS", 130 * KB)
    sheets = attached(village, a_case(village), *(scan() for _ in range(2)))
    written = [packets.write(village.store, stick) for _ in range(3)]
    answers = [answered(centre, one) for one in [*written, written[0]]]

    for place in order:
        read(village, answers[place])

    assert at_centre(centre, *sheets) == sheets
    assert images.waiting(village.store)[0] == 0
    assert station_side.pending(village.store) == 0


def test_a_lost_stick_loses_nothing(centre, village, stick):
    sheets = attached(village, a_case(village), scan())
    packets.write(village.store, stick)
    assert images.waiting(village.store)[0] == 1

    assert exchange(village, centre).sheets == 1
    assert at_centre(centre, *sheets) == sheets


def test_an_answer_asks_again_for_what_a_restored_centre_has_lost(centre, village, stick, tmp_path):
    attached(village, a_case(village), scan())
    read(village, answered(centre, packets.write(village.store, stick)))
    copy = centre.saved(tmp_path / "copy")
    late = attached(village, a_case(village), scan())
    read(village, answered(centre, packets.write(village.store, stick)))
    assert at_centre(centre, *late) == late
    centre = centre.restored(copy)

    for _ in range(3):
        read(village, answered(centre, packets.write(village.store, stick)))

    assert at_centre(centre, *late) == late
    assert images.waiting(village.store)[0] == 0


def test_what_no_entry_of_the_writer_names_is_not_kept(centre):
    owner, other = a_pen(centre, VILLAGE), a_pen(centre, OTHER_VILLAGE)
    content = scan()
    names(owner, a_sheet(content))
    answer = packets_of(centre, other, [content, b"", b"x" * 3 * 2**20, scan()])

    assert answer.sheets == 0
    assert at_centre(centre, a_sheet(content)) == []
    assert packets_of(centre, owner, [content]).sheets == 1


def packets_of(centre, pen, sheets):
    """The answer to a packet of a device without a store, with these scans."""
    raw = sealed_packet(pen, number=1, sheets=sheets)
    return office.answer(centre.ledger, centre.authority, raw, centre.wall())


def test_scans_in_a_request_over_the_line_are_passed_over(centre):
    pen, content = a_pen(centre, VILLAGE), scan()
    names(pen, a_sheet(content))

    answer = pen.send(sheets=[content])

    assert answer.lacks == [a_sheet(content).digest]
    assert answer.kept == []


def test_a_damaged_packet_is_refused_whole(centre, village, stick):
    sheets = attached(village, a_case(village), scan())
    raw = bytearray(Path(packets.write(village.store, stick).file).read_bytes())
    raw[random.Random(1).randrange(len(raw) // 2, len(raw))] ^= 1

    with pytest.raises(packet.DamagedPacket):
        office.answer(centre.ledger, centre.authority, bytes(raw), centre.wall())

    assert at_centre(centre, *sheets) == []
