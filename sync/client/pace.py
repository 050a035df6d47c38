"""How much to send at once: more while the line holds, less when it breaks.

Sizes start small and double with each success; a failure halves them and marks where it was,
or more than halves them, where the line broke after little: who had grown to a megabyte on a good line
does not send half of one, and a quarter, to a line that bears sixty kilobytes.
Below that mark they double again; past it they go only after a row of successes,
so a line that is cut every so often does not lose a large body each time.
Failures in a row leave the mark where the first one set it: a line that was dead for an hour
is soon as quick again as it was, while one that bears less marks it lower at the next failure.
Who calls tells only failures that say something about sizes: much was under way, or may have been.
One that comes after several bodies of that size does not: what is lost then is small beside what passed.
"""

from __future__ import annotations

from typing import Final

import msgspec

FIRST: Final = 16 * 1024
SMALLEST: Final = 256
LARGEST: Final = 1024 * 1024
_PATIENCE: Final = 16
_ENOUGH: Final = 6
"""Bodies of one size between two failures that make it worth its losses: smaller ones cost more in headers."""
_FIRST_RATIO: Final = 4.0
_RATIOS: Final = (1.0, 20.0)
_SHARE: Final = 4
"""A body is to be no more than this part of what the line bears between two failures."""
_STEEPEST: Final = 16
"""One failure, which may be chance, makes sizes no smaller than this part."""
_LARGEST_ROOM: Final = 4 * 1024 * 1024


class Pace(msgspec.Struct, frozen=True, array_like=True):
    """`wire` is the size to aim at in packed bytes, `ratio` how much entries shrink when packed."""

    wire: int = FIRST
    ceiling: int = LARGEST
    successes: int = 0
    ratio: float = _FIRST_RATIO

    @property
    def room(self) -> int:
        """How many bytes of entries make a body of that size."""
        return min(int(self.wire * self.ratio), _LARGEST_ROOM)

    def fills(self, raw: int) -> bool:
        """Whether so many bytes of entries say something about sizes, for good or ill."""
        return raw >= self.room // 2

    def succeeded(self, raw: int, packed: int) -> Pace:
        """After a body of `packed` bytes that carried `raw` bytes of entries; a small one proves nothing."""
        if not self.fills(raw):
            return self
        ratio = min(max(raw / packed, _RATIOS[0]), _RATIOS[1])
        ceiling, successes = self.ceiling, self.successes
        if ceiling < LARGEST:
            successes += 1
            if successes >= _PATIENCE:
                ceiling, successes = min(ceiling * 2, LARGEST), 0
        return Pace(min(self.wire * 2, ceiling), ceiling, successes, ratio)

    def failed(self, since: int) -> Pace:
        """After a body that did not arrive whole; `since`: what the line has borne since it failed before."""
        marked = self.ceiling < LARGEST
        if marked and self.successes >= _ENOUGH:
            return Pace(self.wire, self.ceiling, 0, self.ratio)
        half = max(self.wire // 2, SMALLEST)
        wire = max(min(half, since // _SHARE), self.wire // _STEEPEST, SMALLEST)
        if marked and self.successes == 0:
            return Pace(wire, self.ceiling, 0, self.ratio)
        return Pace(wire, wire if marked else half, 0, self.ratio)


def remembered(raw: bytes | None) -> Pace:
    """The pace that a store remembers; one that makes no sense is forgotten."""
    try:
        pace = Pace() if raw is None else msgspec.msgpack.decode(raw, type=Pace)
    except msgspec.MsgspecError:
        return Pace()
    sane = SMALLEST <= pace.wire <= LARGEST and SMALLEST <= pace.ceiling <= LARGEST
    return pace if sane and _RATIOS[0] <= pace.ratio <= _RATIOS[1] else Pace()


def to_remember(pace: Pace) -> bytes:
    return msgspec.msgpack.encode(pace)
