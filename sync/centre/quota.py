"""How much one device may write into the ledger: 50,000 entries or 64 MiB a day, and ten days of that at once.

A township writes less than 5,000 entries a day. A station that was away for months, or tells a restored centre
everything again, sends some hundred thousand at once: half a million pass without a pause.

One time for each life of a device is all that is kept (`even_ms`, in its row, which every push writes anyway): when
what it sent would have been sent at that pace. Each entry moves it on by what it costs. While it is more than ten days
ahead of the clock, the device's own new entries are not taken; nothing else is kept from it, and nothing is lost:
it hears how long to wait and sends them again then. A new life begins where the one before it stands.
The centre's clock may be set back: a time that no sending can have reached counts for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

DAY_MS: Final = 86_400_000
ENTRIES_A_DAY: Final = 50_000
BYTES_A_DAY: Final = 64 * 1024 * 1024
AHEAD_MS: Final = 10 * DAY_MS
_SHORTEST_WAIT_S: Final = 5


def cost_ms(raws: Iterable[bytes]) -> int:
    """How long these entries take at the pace of the quota."""
    sizes = [len(raw) for raw in raws]
    return max(len(sizes) * DAY_MS // ENTRIES_A_DAY, sum(sizes) * DAY_MS // BYTES_A_DAY)


def moved_on_ms(even_ms: int, cost: int, now_ms: int) -> int:
    """When a device will be even that was to be so at `even_ms`, and has sent something of that cost now."""
    ahead = even_ms - now_ms
    return now_ms + cost + (ahead if 0 < ahead <= 2 * AHEAD_MS else 0)


def wait_s(even_ms: int, now_ms: int) -> int:
    """Seconds until more is taken; 0 if it is taken now."""
    over = even_ms - now_ms - AHEAD_MS
    return max(_SHORTEST_WAIT_S, math.ceil(over / 1000)) if 0 < over <= AHEAD_MS else 0
