"""The table of documents that went to paper."""

from __future__ import annotations

import pytest

from app.journal.refs import Ref
from app.store import print_queue
from app.store.print_queue import PrintRow
from tests.builders import VILLAGE, a_district, a_station


@pytest.fixture
def store(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path)
    yield station.store
    station.store.close()


def put(store, *entries):
    refs = [Ref(store.device, seq) for seq in entries]
    with store.changing():
        for at, ref in enumerate(refs, 1_000):
            print_queue.add(store, ref, at)
    return refs


def test_rows_come_in_the_order_in_which_they_were_issued(store):
    refs = put(store, 7, 5, 9)
    assert [row.entry for row in print_queue.rows(store)] == refs


def test_a_row_tells_how_far_it_came(store):
    (one,) = put(store, 7)
    with store.changing():
        print_queue.change(store, one, stuck=False, printer="laser", job=3)
    assert print_queue.rows(store) == [PrintRow(entry=one, stuck=False, printer="laser", job=3)]
    with store.changing():
        print_queue.change(store, one, stuck=True)
    assert print_queue.rows(store) == [PrintRow(entry=one, stuck=True, printer="", job=0)]


def test_what_was_removed_does_not_come_back_by_a_change(store):
    one, other = put(store, 7, 8)
    with store.changing():
        print_queue.remove(store, [one])
        print_queue.change(store, one, stuck=True)
    assert [row.entry for row in print_queue.rows(store)] == [other]


def test_what_is_old_is_removed(store):
    _, new = put(store, 7, 8)
    with store.changing():
        print_queue.remove_older(store, 1_001)
    assert [row.entry for row in print_queue.rows(store)] == [new]
