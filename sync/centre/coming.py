"""Which scans are coming in just now, so that whoever asks how far one is hears of the last byte that arrived.

A sender whose line was cut comes back at once, and may be here before the end of its old connection was noticed
and what came over it was stored.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

SETTLE_S: Final = 1.0
"""So long the end of an old connection is waited for; one that nobody has noticed is dead does not end sooner."""


class Coming:
    """Of one process; used on its event loop only."""

    def __init__(self) -> None:
        self._under_way: dict[tuple[bytes, str], set[asyncio.Event]] = {}

    @contextmanager
    def noted(self, token: bytes, name: str) -> Iterator[None]:
        """While bytes of this sheet come from this sender."""
        over = asyncio.Event()
        beside = self._under_way.setdefault((token, name), set())
        beside.add(over)
        try:
            yield
        finally:
            over.set()
            beside.discard(over)
            if not beside:
                self._under_way.pop((token, name), None)

    async def settled(self, token: bytes, name: str) -> None:
        """Wait until what was coming is stored."""
        for over in list(self._under_way.get((token, name), ())):
            with suppress(TimeoutError):
                async with asyncio.timeout(SETTLE_S):
                    await over.wait()
