"""The last exchanges: each once, the same failure counted, never more than are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.store import exchange_log as log
from app.store.exchange_log import KEPT, ExchangeNote
from tests.builders import VILLAGE, Station, a_district, a_station


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path)


def a_note(at_ms: int, sent: int = 0) -> ExchangeNote:
    return ExchangeNote(started_ms=at_ms, last_ms=at_ms + 40, seconds=0.04, sent=sent)


def test_nothing_has_been_exchanged_yet(village: Station):
    assert log.exchange_log(village.store) == []
    assert log.last_exchange_ms(village.store) is None


def test_the_newest_comes_first_and_the_oldest_go(village: Station):
    notes = [a_note(1000 * place, sent=place) for place in range(KEPT + 5)]
    for note in notes:
        log.note_exchange(village.store, note)
    assert log.exchange_log(village.store) == notes[: -KEPT - 1 : -1]
    assert log.last_exchange_ms(village.store) == notes[-1].last_ms


def test_the_same_failure_again_only_counts_on(village: Station):
    log.note_exchange(village.store, a_note(0))
    for place in range(1000):
        log.note_failure(village.store, "offline", 10 + place)
    kept, _ = log.exchange_log(village.store)
    assert (kept.outcome, kept.times, kept.started_ms, kept.last_ms) == ("offline", 1000, 10, 1009)
    assert log.last_exchange_ms(village.store) == 40  # a failure is no exchange
    log.note_failure(village.store, "busy", 2000)
    log.note_failure(village.store, "offline", 3000)
    log.note_exchange(village.store, a_note(4000))
    log.note_failure(village.store, "offline", 5000)
    told = [(note.outcome, note.times) for note in log.exchange_log(village.store)]
    assert told == [
        ("offline", 1),
        ("", 1),
        ("offline", 1),
        ("busy", 1),
        ("offline", 1000),
        ("", 1),
    ]


def test_what_passed_before_each_of_the_same_failures_adds_up(village: Station):
    for place in (1, 2):
        broken = ExchangeNote(started_ms=place, last_ms=place, sent=place, outcome="offline")
        log.note_broken(village.store, broken)
    (kept,) = log.exchange_log(village.store)
    assert (kept.sent, kept.times, kept.started_ms, kept.last_ms) == (3, 2, 1, 2)


@pytest.mark.parametrize("kept", [b"", b"\xc1", b"\x91\x81\xa1x\x01"])
def test_what_a_newer_program_kept_is_no_reason_to_fail(village: Station, kept: bytes):
    village.store.remember("exchange_log", kept)
    assert log.exchange_log(village.store) == []
    log.note_failure(village.store, "offline", 1)
    assert len(log.exchange_log(village.store)) == 1
