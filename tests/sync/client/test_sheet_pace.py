"""How large the pieces of scans are: quick ones grow, slow ones shrink, and what was learnt stays."""

from typing import Any, cast

from sync.client import pace
from sync.client.sheet_pace import LONGEST_S, SMALLEST, SheetPace

KB = 1024


class Remembering:
    """As much of a store as is needed."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.writes = 0

    def recall(self, name):
        return self.kept.get(name)

    def remember(self, name, value):
        self.kept[name] = value
        self.writes += 1


def paced(store: Remembering) -> SheetPace:
    return SheetPace(cast(Any, store))


def grown(store, times=9):
    sizes = paced(store)
    for _ in range(times):
        sizes.succeeded(sizes.size, 0.1)
    return sizes


def test_pieces_grow_to_a_megabyte_while_they_are_quick():
    store = Remembering()
    assert paced(store).size == pace.FIRST
    assert grown(store).size == pace.LARGEST


def test_a_piece_that_takes_long_is_followed_by_a_smaller_one():
    sizes = grown(Remembering())

    sizes.succeeded(sizes.size, LONGEST_S + 1)
    assert sizes.size == pace.LARGEST // 2
    sizes.succeeded(sizes.size, LONGEST_S * 0.9)  # as long as it may take: it stays
    assert sizes.size == pace.LARGEST // 2


def test_pieces_are_never_so_small_that_headers_outweigh_them():
    sizes = paced(Remembering())
    for _ in range(20):
        sizes.failed(100)
    assert sizes.size == SMALLEST


def test_it_is_remembered_once_it_has_changed():
    store = Remembering()
    sizes = grown(store)
    sizes.keep()
    sizes.keep()

    assert store.writes == 1
    assert paced(store).size == pace.LARGEST
    store.kept = dict.fromkeys(store.kept, b"nonsense")
    assert paced(store).size == pace.FIRST


def test_the_short_end_of_a_page_says_nothing():
    sizes = grown(Remembering(), 4)
    before = sizes.size

    sizes.succeeded(1000, 0.1)

    assert sizes.size == before
