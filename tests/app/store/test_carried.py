"""Packets of stations below stand as files, whole and in order."""

import os
from pathlib import Path

import pytest

from app.store import carried
from app.store.carried import CarriedCounts, Shelf
from tests.builders import TOWNSHIP, Station, a_district, a_station


@pytest.fixture
def township(tmp_path: Path) -> Station:
    return a_station(a_district(), TOWNSHIP, tmp_path)


def test_nothing_is_carried_and_no_folder_made_for_it(township: Station):
    assert carried.counts(township.store) == CarriedCounts()
    assert not (township.store.folder / carried.FOLDER).exists()


def test_they_are_found_in_the_order_in_which_they_came(township: Station):
    for at, name in enumerate(("b", "c", "a")):
        carried.put(township.store, Shelf.UP, name, b"sealed")
        file = township.store.folder / carried.FOLDER / Shelf.UP / name
        os.utime(file, ns=(at, at))
    names = [file.name for file in carried.packets(township.store, Shelf.UP)]
    assert names == ["b", "c", "a"]
    assert carried.counts(township.store) == CarriedCounts(up=3)


def test_half_a_file_that_a_power_cut_left_is_no_packet(township: Station):
    carried.put(township.store, Shelf.DOWN, "a", b"sealed")
    (township.store.folder / carried.FOLDER / Shelf.DOWN / "b.7.new").write_bytes(b"sea")
    assert carried.counts(township.store) == CarriedCounts(down=1)
