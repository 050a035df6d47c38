"""How much to send at once: more while the line holds, less when it breaks.

Sizes start small and double with each success; a failure halves them and marks where it was.
Below that mark they double again; past it they go only after a row of successes,
so a line that is cut every so often does not lose a large body each time.
"""

from __future__ import annotations

from typing import Final

import msgspec

FIRST: Final = 16 * 1024
SMALLEST: Final = 256
LARGEST: Final = 1024 * 1024
_PATIENCE: Final = 16
_FIRST_RATIO: Final = 4.0
_RATIOS: Final = (1.0, 20.0)
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

    def succeeded(self, raw: int, packed: int) -> Pace:
        """After a body of `packed` bytes that carried `raw` bytes of entries; a small one proves nothing."""
        if raw < self.room // 2:
            return self
        ratio = min(max(raw / packed, _RATIOS[0]), _RATIOS[1])
        ceiling, successes = self.ceiling, self.successes
        if ceiling < LARGEST:
            successes += 1
            if successes >= _PATIENCE:
                ceiling, successes = min(ceiling * 2, LARGEST), 0
        return Pace(min(self.wire * 2, ceiling), ceiling, successes, ratio)

    def failed(self) -> Pace:
        wire = max(self.wire // 2, SMALLEST)
        return Pace(wire, wire, 0, self.ratio)


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
