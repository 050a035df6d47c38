"""Packets are numbered, and it is known which answer is still to come."""

from pathlib import Path

import pytest

from app.store import packet_log as log
from app.store.packet_log import PacketNotes, ReadPacket, WrittenPacket
from tests.builders import VILLAGE, Station, a_district, a_station


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path)


def a_written(number: int) -> WrittenPacket:
    return WrittenPacket(number=number, file=f"{number}.daiban", at_ms=number, entries=1)


def a_read(number: int) -> ReadPacket:
    return ReadPacket(number=number, file="x", at_ms=number, received=1, accepted=1)


def test_nothing_was_written_yet(village: Station):
    assert log.packet_notes(village.store) == PacketNotes()
    assert log.packet_notes(village.store).awaited is None


def test_no_number_is_given_twice(village: Station):
    assert [log.next_number(village.store) for _ in range(3)] == [1, 2, 3]


def test_the_last_packet_is_awaited_until_its_answer_was_read(village: Station):
    for _ in range(2):
        log.note_written(village.store, a_written(log.next_number(village.store)))
    log.note_read(village.store, a_read(1), made_ms=5)
    awaited = log.packet_notes(village.store).awaited
    assert awaited is not None
    assert awaited.number == 2
    log.note_read(village.store, a_read(2), made_ms=6)
    assert log.packet_notes(village.store).awaited is None


def test_the_newest_answer_stays_the_newest(village: Station):
    log.note_read(village.store, a_read(2), made_ms=6)
    log.note_read(village.store, a_read(1), made_ms=9)
    assert log.packet_notes(village.store).answered == (2, 6)


def test_an_exchange_over_the_line_makes_what_was_written_needless(village: Station):
    log.note_written(village.store, a_written(log.next_number(village.store)))
    log.note_overtaken(village.store)
    notes = log.packet_notes(village.store)
    assert (notes.awaited, notes.overtaken) == (None, 1)


def test_an_exchange_without_packets_writes_nothing(village: Station):
    log.note_overtaken(village.store)
    assert village.store.recall("packets") is None


def test_notes_of_a_newer_program_are_no_reason_to_stop(village: Station):
    village.store.remember("packets", b"\xc1")
    assert log.packet_notes(village.store) == PacketNotes()
    assert log.next_number(village.store) == 1
