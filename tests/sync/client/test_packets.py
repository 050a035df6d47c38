"""The station's side: what it writes, what it makes of what comes back, in whatever order."""

import shutil
import tempfile
from pathlib import Path

import msgspec
import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st

from app.store import exchange as station_side
from app.store import exchange_log, packet_log, practice
from sync import packet, protocol
from sync.centre import packets as office
from sync.client import engine, packets
from sync.client.packets import PacketForAnother, PacketForTheCentre, PacketNeedsLine
from sync.packet import DamagedPacket, Way
from tests.builders import a_case
from tests.sync.builders import (
    TOWNSHIP,
    VILLAGE,
    Line,
    a_centre,
    a_station,
    exchange,
    own_entries,
    reopened,
)


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


def written(station, stick):
    return Path(packets.write(station.store, stick).file).read_bytes()


def answered(centre, raw):
    return office.answer(centre.ledger, centre.authority, raw, centre.wall()).raw


def read(station, raw):
    return packets.read(station.store, raw, "stick.daiban")


def there_and_back(station, centre, stick):
    return read(station, answered(centre, written(station, stick)))


def test_what_is_carried_there_and_back_is_as_if_exchanged(centre, village, stick, tmp_path):
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    case = a_case(village)

    there = there_and_back(village, centre, stick)
    back = there_and_back(township, centre, stick)

    assert (there.accepted, there.pending, there.refused) == (2, 0, 0)
    assert centre.entries_of(village.device) == own_entries(village.store)
    assert back.received == 2
    assert township.case(case).subject == case


def test_what_was_written_stays_pending_until_its_answer_is_read(centre, village, stick):
    a_case(village)
    done = packets.write(village.store, stick)
    assert (done.entries, done.pending, done.left) == (2, 2, 0)
    back = answered(centre, Path(done.file).read_bytes())
    assert station_side.pending(village.store) == 2
    assert read(village, back).pending == 0


def test_an_exchange_over_the_line_meanwhile_is_harmless(centre, village, stick):
    a_case(village)
    back = answered(centre, written(village, stick))
    exchange(village, centre)
    a_case(village, name="后来的人")
    exchange(village, centre)

    late = read(village, back)

    assert (late.old, late.pending, late.received) == (True, 0, 0)
    assert exchange(village, centre).sent == 0


def test_an_answer_read_twice_changes_nothing(centre, village, stick):
    a_case(village)
    back = answered(centre, written(village, stick))
    first = read(village, back)
    cursor = village.store.recall("cursor")
    again = read(village, back)

    assert (first.old, again.old) == (False, True)
    assert (again.accepted, again.received, again.pending) == (0, 0, 0)
    assert village.store.recall("cursor") == cursor


def test_an_old_answer_after_a_newer_takes_nothing_back(centre, village, stick):
    a_case(village)
    old = answered(centre, written(village, stick))
    a_case(village, name="后来的人")
    there_and_back(village, centre, stick)
    cursor = village.store.recall("cursor")

    late = read(village, old)

    assert (late.old, late.pending) == (True, 0)
    assert village.store.recall("cursor") == cursor


def test_a_packet_answered_twice_is_read_in_any_order(centre, village, stick, tmp_path):
    a_case(village)
    raw = written(village, stick)
    first = answered(centre, raw)
    centre.wall.turn(ms=1000)
    second = answered(centre, raw)
    read(village, second)
    assert read(village, first).pending == 0


def test_a_centre_restored_from_a_copy_is_believed(centre, village, stick, tmp_path):
    copy = centre.saved(tmp_path / "copy")
    a_case(village)
    there_and_back(village, centre, stick)
    centre = centre.restored(copy)

    first = there_and_back(village, centre, stick)
    assert first.pending == 2
    second = there_and_back(village, centre, stick)

    assert second.pending == 0
    assert centre.entries_of(village.device) == own_entries(village.store)


def test_an_answer_for_another_computer_says_for_whom(centre, village, stick, tmp_path):
    other = a_station(centre, VILLAGE, tmp_path / "other")
    back = answered(centre, written(village, stick))

    with pytest.raises(PacketForAnother) as refused:
        read(other, back)
    assert refused.value.facts == {
        "station": village.store.certificate.station,
        "slot": village.store.certificate.slot_text,
    }


def test_ones_own_packet_is_no_answer(village, stick):
    with pytest.raises(PacketForTheCentre):
        read(village, written(village, stick))


def test_nobody_but_the_district_answers(centre, village, stick, tmp_path):
    """A station that seals an answer itself is found out, whatever its tier."""
    seat = a_station(centre, "450305", tmp_path / "seat")
    looked = packet.read(answered(centre, written(village, stick)), centre.authority.public)
    who = village.store.identity
    message, _ = packet.opened(looked, sender=who.district_public, private=who.keys.seal_private)
    forged = packet.seal(
        looked.header,
        message,
        to=who.keys.seal_public,
        sign=seat.store.identity.keys.sign,
    )
    with pytest.raises(DamagedPacket):
        read(village, forged)


def test_a_damaged_answer_leaves_everything_as_it_was(centre, village, stick):
    a_case(village)
    back = bytearray(answered(centre, written(village, stick)))
    back[-1] ^= 1
    before = village.store.recall("cursor"), village.store.recall("accepted")

    with pytest.raises(DamagedPacket):
        read(village, bytes(back))

    assert (village.store.recall("cursor"), village.store.recall("accepted")) == before
    assert packet_log.packet_notes(village.store).read is None


def test_a_copied_disk_is_told_to_use_the_line_once(centre, village, stick, tmp_path):
    folder = village.store.folder
    village.store.close()
    shutil.copytree(folder, tmp_path / "clone")
    village, clone = reopened(folder, centre.wall), reopened(tmp_path / "clone", centre.wall)
    a_case(village, name="韦一")
    a_case(clone, name="韦二")
    there_and_back(village, centre, stick)

    with pytest.raises(PacketNeedsLine):
        there_and_back(clone, centre, stick)

    exchange(clone, centre)
    assert clone.device != village.device
    a_case(clone, name="韦三")
    assert there_and_back(clone, centre, stick).pending == 0


def test_a_packet_that_was_written_before_a_new_life_is_another_devices(
    centre, village, stick, tmp_path
):
    folder = village.store.folder
    village.store.close()
    shutil.copytree(folder, tmp_path / "clone")
    village, clone = reopened(folder, centre.wall), reopened(tmp_path / "clone", centre.wall)
    a_case(village, name="韦一")
    exchange(village, centre)
    a_case(clone, name="韦二")
    back = answered(centre, written(clone, stick))
    exchange(clone, centre)

    with pytest.raises(PacketForAnother):
        read(clone, back)
    assert exchange(clone, centre).pending == 0


def test_what_does_not_fit_follows_after_the_answer(centre, village, stick, monkeypatch):
    for n in range(6):
        a_case(village, name=f"第{n}人")
    monkeypatch.setattr(protocol, "MAX_ENTRIES", 4)
    first = packets.write(village.store, stick)
    assert (first.entries, first.pending, first.left) == (4, 7, 3)
    read(village, answered(centre, Path(first.file).read_bytes()))
    assert station_side.pending(village.store) == 3
    there_and_back(village, centre, stick)
    assert station_side.pending(village.store) == 0
    assert centre.entries_of(village.device) == own_entries(village.store)


def test_practice_data_go_onto_no_stick(village, stick):
    with village.store.changing():
        practice.mark(village.store.database)
    with pytest.raises(practice.NotInPractice):
        packets.write(village.store, stick)
    assert list(stick.iterdir()) == []


def test_it_is_noted_what_was_written_and_read(centre, village, stick):
    a_case(village)
    done = packets.write(village.store, stick)
    notes = packet_log.packet_notes(village.store)
    assert notes.awaited == notes.written
    assert notes.written is not None
    assert (notes.written.file, notes.written.entries) == (Path(done.file).name, 2)

    read(village, answered(centre, Path(done.file).read_bytes()))

    notes = packet_log.packet_notes(village.store)
    assert notes.awaited is None
    assert notes.read is not None
    assert (notes.read.file, notes.read.accepted) == ("stick.daiban", 2)
    newest = exchange_log.exchange_log(village.store)[0]
    assert (newest.by_packet, newest.sent, newest.outcome) == (True, 2, "")


def test_every_packet_has_a_number_and_a_file_of_its_own(village, stick):
    for _ in range(3):
        packets.write(village.store, stick)
    numbers = [
        packet.read(file.read_bytes(), village.store.identity.district_public).header.number
        for file in stick.iterdir()
    ]
    assert sorted(numbers) == [1, 2, 3]


def test_what_a_power_cut_left_on_the_stick_goes_with_the_next_packet(village, stick):
    done = packets.write(village.store, stick)
    mine = stick / f"{Path(done.file).name}.99.new"
    others = stick / "旁村-20261122-1.daiban.99.new"
    for rest in (mine, others):
        rest.write_bytes(b"half")
    packets.write(village.store, stick)
    assert not mine.exists()
    assert others.exists()


def test_anybody_may_read_the_file_and_only_the_centre_what_is_in_it(village, stick):
    a_case(village, name="韦小妹")
    done = packets.write(village.store, stick)
    raw = Path(done.file).read_bytes()
    assert Path(done.file).stat().st_mode & 0o777 == 0o644
    assert "韦小妹".encode() not in raw
    looked = packet.read(raw, village.store.identity.district_public)
    assert looked.header.way is Way.UP
    keys = village.store.identity.keys
    with pytest.raises((DamagedPacket, InvalidTag)):
        packet.opened(looked, sender=keys.sign_public, private=keys.seal_private)


class Step(msgspec.Struct, frozen=True):
    what: str
    which: int = 0


STEPS = st.lists(
    st.one_of(
        st.just(Step("register")),
        st.just(Step("decide")),
        st.just(Step("write")),
        st.just(Step("line")),
        st.builds(Step, st.just("carry"), st.integers(0, 5)),
        st.builds(Step, st.just("read"), st.integers(0, 5)),
    ),
    max_size=14,
)


@settings(max_examples=20)
@given(STEPS)
def test_packets_in_any_order_between_exchanges_end_in_agreement(steps):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        centre = a_centre(folder / "centre")
        village = a_station(centre, VILLAGE, folder / "village")
        township = a_station(centre, TOWNSHIP, folder / "township")
        stick = folder / "stick"
        stick.mkdir()
        up: list[bytes] = []
        down: list[bytes] = []
        cases = []
        for n, step in enumerate(steps):
            match step.what:
                case "register":
                    cases.append(a_case(village, name=f"第{n}人"))
                case "decide":
                    exchange(township, centre)
                    a_case(township, name=f"镇第{n}人")
                    exchange(township, centre)
                case "write":
                    up.append(written(village, stick))
                case "line":
                    exchange(village, centre)
                case "carry" if up:
                    down.append(answered(centre, up[step.which % len(up)]))
                case "read" if down:
                    read(village, down[step.which % len(down)])
        for _ in range(2):
            there_and_back(village, centre, stick)
        assert station_side.pending(village.store) == 0
        assert centre.entries_of(village.device) == own_entries(village.store)
        assert exchange(village, centre).received == 0
        exchange(township, centre)
        for case in cases:
            assert township.case(case) == village.case(case)
        for station in (village, township):
            station.store.close()


def test_a_packet_is_little_more_than_what_the_line_would_carry(centre, village, stick):
    """All that is around the message: the certificate, two signatures, a key and a tag."""
    for place in range(20):
        a_case(village, name=f"第{place}人")
    line = Line(centre)
    done = packets.write(village.store, stick)
    engine.exchange(village.store, line)
    assert done.bytes - line.traffic.up <= 450
