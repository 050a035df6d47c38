"""Why scans did not go or come, as far as anybody wants to know."""

import pytest

from app.store.sheet_faults import KEPT, note_fault, note_sound, sheet_faults
from tests.builders import VILLAGE, a_district, a_station


@pytest.fixture
def store(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path)
    yield station.store
    station.store.close()


def told(store):
    return [(one.digest, one.code, one.times) for one in sheet_faults(store)]


def test_the_newest_is_first_and_the_same_again_is_counted(store):
    note_fault(store, b"a", "sheet_damaged")
    note_fault(store, b"b", "bad_content")
    note_fault(store, b"a", "sheet_damaged")
    assert told(store) == [(b"a", "sheet_damaged", 2), (b"b", "bad_content", 1)]

    note_fault(store, b"a", "bad_content")
    assert told(store)[0] == (b"a", "bad_content", 1)


def test_one_that_has_come_through_is_no_fault_any_more(store):
    note_fault(store, b"a", "sheet_damaged")
    note_sound(store, b"b")
    note_sound(store, b"a")
    assert told(store) == []


def test_only_so_many_are_kept(store):
    for number in range(KEPT + 10):
        note_fault(store, bytes([number]), "sheet_damaged")
    assert len(told(store)) == KEPT
    assert told(store)[0][0] == bytes([KEPT + 9])


def test_notes_of_a_newer_program_hide_nothing_else(store):
    store.remember("sheet_faults", b"\xc1")
    assert told(store) == []
    note_fault(store, b"a", "sheet_damaged")
    assert told(store) == [(b"a", "sheet_damaged", 1)]
