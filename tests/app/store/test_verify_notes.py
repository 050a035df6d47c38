import pytest

from app.store.verify import damaged_pages
from app.store.verify_notes import is_due, note_pages, note_verified, verified
from tests.builders import VILLAGE, a_district, a_station


@pytest.fixture
def village(tmp_path):
    return a_station(a_district(items=()), VILLAGE, tmp_path / "v", staffed=False)


def test_until_somebody_has_looked_nothing_is_known(village):
    assert verified(village.store) == ""
    assert is_due(village.store)


def test_what_was_found_is_remembered_by_its_code_alone(village):
    note_verified(village.store, ["rows:韦小妹", "page:7"])
    assert verified(village.store) == "rows"
    note_verified(village.store, [])
    assert verified(village.store) == "ok"


def test_sound_pages_make_nothing_else_well(village):
    note_verified(village.store, ["rows:1"])
    village.wall.turn(days=7)
    note_pages(village.store, damaged_pages(village.store))
    assert verified(village.store) == "rows"
    assert not is_due(village.store)
    note_pages(village.store, ["page:3"])
    assert verified(village.store) == "page"
    note_pages(village.store, [])
    assert verified(village.store) == "ok"


def test_it_is_looked_at_again_after_a_week_and_when_the_clock_went_back(village):
    note_verified(village.store, [])
    assert not is_due(village.store)
    village.wall.turn(days=7)
    assert is_due(village.store)
    village.wall.turn(days=-30)
    assert is_due(village.store)


def test_a_note_of_a_newer_program_is_no_note(village):
    with village.store.changing():
        village.store.remember("verified", b"\x01")
    assert verified(village.store) == ""
