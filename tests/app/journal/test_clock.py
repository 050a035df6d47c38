"""The hybrid clock: later than what was seen, whatever the wall says."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.journal import clock

walls = st.integers(0, 2**46)


@given(st.integers(0, 2**62), walls)
def test_a_new_time_is_later_than_the_last(last: int, now_ms: int):
    assert clock.tick(last, now_ms) > last


@given(st.lists(walls, min_size=2, max_size=30))
def test_times_rise_however_the_wall_clock_is_turned(turns: list[int]):
    told = [0]
    for now_ms in turns:
        told.append(clock.tick(told[-1], now_ms))
    assert all(earlier < later for earlier, later in pairwise(told))


@given(walls)
def test_a_clock_that_is_not_behind_tells_the_wall_time(now_ms: int):
    assert clock.wall_ms(clock.tick(0, now_ms + 1)) == now_ms + 1
    assert clock.hybrid(now_ms) == now_ms << 16


@given(walls, st.integers(0, 2**16 - 1))
def test_a_day_ahead_of_the_centre_is_believed_and_no_more(centre_ms: int, counter: int):
    last = clock.hybrid(centre_ms + clock.DAY_MS) + counter
    assert clock.believable(last, centre_ms)
    assert not clock.believable(clock.hybrid(centre_ms + clock.DAY_MS + 1), centre_ms)
