"""A hybrid logical clock: wall milliseconds in the upper bits, a counter in the lower sixteen.

It orders entries that know of each other and roughly orders the rest; legal days never come from it.
After Kulkarni et al., "Logical Physical Clocks" (2014).
"""

from __future__ import annotations

COUNTER_BITS = 16
DAY_MS = 86_400_000


def hybrid(wall_ms: int) -> int:
    return wall_ms << COUNTER_BITS


def wall_ms(clock: int) -> int:
    """Milliseconds since 1970, UTC."""
    return clock >> COUNTER_BITS


def tick(last: int, now_ms: int) -> int:
    """The time of a new entry: later than `last`, whatever the wall clock says."""
    return max(hybrid(now_ms), last + 1)


def believable(clock: int, centre_ms: int) -> bool:
    """Whether a received time may advance one's own: not more than a day past the centre's."""
    return clock < beyond_belief(centre_ms)


def beyond_belief(centre_ms: int) -> int:
    """The first time that is not believable."""
    return hybrid(centre_ms + DAY_MS + 1)
