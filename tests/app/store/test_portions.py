"""How much is written in one transaction follows from how long the last took."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.store.portions import Portions
from tests.builders import VILLAGE, a_case, a_district, a_station


@given(st.lists(st.floats(1e-6, 60), max_size=30))
def test_it_grows_twofold_at_most_and_stays_within_bounds(times: list[float]):
    portions = Portions()
    for seconds in times:
        before = portions.size
        portions.took(before, seconds)
        assert 64 <= portions.size <= min(2 * before, 16_384)


def test_what_was_cut_short_says_nothing_about_the_speed():
    portions = Portions(1_000)
    portions.took(10, 30.0)
    assert portions.size == 1_000


def test_where_somebody_works_they_wait_an_eighth_of_a_second_at_most(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    new, busy = Portions(10_000), Portions(10_000)
    new.suit(village.store)
    a_case(village)
    busy.suit(village.store)

    for one in (new, busy):
        one.took(10_000, 1.0)

    assert (new.size, busy.size) == (10_000, 1_200)
