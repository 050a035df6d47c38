"""What the centre makes of a packet, whoever carried it."""

import msgspec
import pytest

from app.journal import certificate as certificates
from app.journal.keys import DeviceKeys
from sync import packet, protocol
from sync.centre import packets, publishing
from sync.centre.packets import PacketForAStation, PacketOfRevoked
from sync.packet import DamagedPacket, PacketOfOtherDistrict
from sync.protocol import Answer, Health
from tests.sync.builders import TOWNSHIP, VILLAGE, a_centre, a_pen, sealed_packet, wires_in
from tests.sync.packeteers import ADistrict, a_packet

pytestmark = pytest.mark.usefixtures("on_each")


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def pen(centre):
    return a_pen(centre, VILLAGE)


def carried(centre, raw):
    return packets.answer(centre.ledger, centre.authority, raw, centre.wall())


def inside(pen, done):
    """The answer, opened by the one whom it is for."""
    looked = packet.read(done.raw, pen.centre.authority.public)
    message, _ = packet.opened(
        looked, sender=pen.centre.authority.public, private=pen.keys.seal_private
    )
    return protocol.decode(message, Answer)


def test_it_takes_what_is_sent_and_answers_as_over_the_line(centre, pen):
    wires = [pen.write() for _ in range(3)]

    done = carried(centre, sealed_packet(pen))

    assert (done.taken, done.refused, done.number) == (3, 0, 1)
    assert centre.entries_of(pen.device) == wires
    told = inside(pen, done)
    assert told.accepted.seq == 3
    assert wires_in(told) == wires_in(pen.send())
    assert not told.more


def test_the_answer_begins_after_what_the_station_has(centre, pen):
    pen.send(last=0)
    other = a_pen(centre, VILLAGE)
    wire = other.write()
    other.send()

    told = inside(pen, carried(centre, sealed_packet(pen)))

    assert wires_in(told)[-1] == wire
    assert len(wires_in(told)) == 2  # the other computer's certificate, and what it wrote


def test_the_same_packet_twice_changes_nothing(centre, pen):
    pen.write()
    raw = sealed_packet(pen)
    first, again = carried(centre, raw), carried(centre, raw)

    assert (first.taken, again.taken) == (1, 0)
    assert inside(pen, again).accepted == inside(pen, first).accepted
    assert len(centre.entries_of(pen.device)) == 1


def test_an_old_packet_after_a_newer_takes_nothing_back(centre, pen):
    pen.write()
    old = sealed_packet(pen)
    pen.write()
    carried(centre, sealed_packet(pen, number=2))

    late = carried(centre, old)

    assert (late.taken, inside(pen, late).accepted.seq) == (0, 2)
    assert len(centre.entries_of(pen.device)) == 2


def test_an_old_packet_says_nothing_of_how_the_station_is_now(centre, pen):
    pen.write()
    old = sealed_packet(pen, health=Health(version="0.1", backlog=7))
    pen.write()
    carried(centre, sealed_packet(pen, number=2, health=Health(version="0.2", clock_ms=5)))
    carried(centre, old)

    health = centre.device(pen.device).health
    assert (health.version, health.clock_ms) == ("0.2", 0)


def test_what_may_not_be_said_is_refused_one_by_one(centre, pen):
    pen.write()
    pen.write(region="990101")

    done = carried(centre, sealed_packet(pen))

    assert (done.taken, done.refused) == (2, 1)
    assert [one.code for one in inside(pen, done).refused] == ["unknown_region"]


def test_a_ledger_from_an_older_copy_knows_the_device_by_its_certificate(centre, tmp_path):
    copy = centre.saved(tmp_path / "copy")
    pen = a_pen(centre, VILLAGE)
    wire = pen.write()
    raw = sealed_packet(pen)
    centre = pen.centre = centre.restored(copy)
    assert centre.devices.known(pen.device) is None

    done = carried(centre, raw)

    assert done.taken == 1
    assert centre.entries_of(pen.device) == [wire]


def test_a_revoked_devices_packet_is_refused_whole(centre, pen):
    pen.write()
    raw = sealed_packet(pen)
    with centre.ledger.writing():
        publishing.withdraw(centre.ledger, centre.device(pen.device), "lost", centre.wall())

    with pytest.raises(PacketOfRevoked):
        carried(centre, raw)
    assert centre.entries_of(pen.device) == []


def test_an_answer_is_not_for_the_centre(centre, pen):
    done = carried(centre, sealed_packet(pen))
    with pytest.raises(PacketForAStation):
        carried(centre, done.raw)


def test_another_districts_packet_is_refused(centre):
    elsewhere = ADistrict()
    with pytest.raises(PacketOfOtherDistrict):
        carried(centre, a_packet(elsewhere, DeviceKeys.generate()))


def test_a_message_that_says_something_else_is_refused_whole(centre, pen):
    pen.write()
    request = pen.request()
    wrong = msgspec.structs.replace(request, head=msgspec.structs.replace(request.head, seq=9))
    for message in (b"", b"\x90", b"\xc1", protocol.encode(wrong)):
        header = packet.read(sealed_packet(pen), centre.authority.public).header
        raw = packet.seal(header, message, to=centre.authority.recovery_public, sign=pen.keys.sign)
        with pytest.raises(DamagedPacket):
            carried(centre, raw)
    assert centre.entries_of(pen.device) == []


def test_ten_thousand_entries_go_in_one_packet_and_come_in_one(centre, pen):
    wires = [pen.write() for _ in range(10_000)]
    township = a_pen(centre, TOWNSHIP)

    up = carried(centre, sealed_packet(pen))
    down = carried(centre, sealed_packet(township))

    assert (up.taken, inside(pen, up).accepted.seq) == (10_000, 10_000)
    assert wires_in(inside(township, down))[-10_000:] == wires
    assert not down.more


def test_what_one_answer_cannot_hold_the_next_one_brings(centre, pen, monkeypatch):
    wires = [pen.write() for _ in range(50)]
    pen.send()
    township = a_pen(centre, TOWNSHIP)
    monkeypatch.setattr(packet, "ROOM", 30_000)
    got: list[bytes] = []
    for number in range(1, 100):
        done = carried(centre, sealed_packet(township, number=number))
        told = inside(township, done)
        got += wires_in(told)
        township.cursor = told.cursor
        if not done.more:
            break
    assert number > 2
    assert [wire for wire in got if wire in set(wires)] == wires


def test_a_long_journal_comes_in_runs_that_may_be_read(centre, pen, monkeypatch):
    wires = [pen.write() for _ in range(25)]
    pen.send()
    township = a_pen(centre, TOWNSHIP)
    monkeypatch.setattr(protocol, "MAX_ENTRIES", 10)
    told = inside(township, carried(centre, sealed_packet(township)))
    assert max(len(run.entries) for run in told.runs) == 10
    assert [wire for wire in wires_in(told) if wire in set(wires)] == wires


def test_the_answer_is_named_after_the_place(centre, pen):
    done = carried(centre, sealed_packet(pen, number=4))
    assert done.name.startswith("湖塘村-")
    assert done.name.endswith("-4-答复.daiban")
    looked = packet.read(done.raw, centre.authority.public)
    assert certificates.read(looked.header.certificate).device == pen.device
