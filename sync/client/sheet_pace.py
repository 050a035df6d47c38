"""How much of a scan goes at once: as for entries, but no piece that takes long.

Between two pieces whatever was recorded meanwhile goes first, so a piece is to be over in seconds.
What came of a piece that broke off stays at the centre, so a failure says something about sizes
only where nothing of the piece came to stay.
"""

from __future__ import annotations

from typing import Final

import msgspec

from app.store.store import Store
from sync.client import pace
from sync.client.pace import Pace

SMALLEST: Final = 4096
LONGEST_S: Final = 8.0
_NAME: Final = "sheet_pace"


class SheetPace:
    """The size of the next piece; `keep` lets the store remember it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        kept = store.recall(_NAME)
        self._pace = self._kept = Pace(ratio=1.0) if kept is None else pace.remembered(kept)

    @property
    def size(self) -> int:
        """Bytes."""
        return max(self._pace.wire, SMALLEST)

    def succeeded(self, size: int, took_s: float) -> None:
        if took_s > LONGEST_S:
            smaller = max(self._pace.wire // 2, pace.SMALLEST)
            self._pace = msgspec.structs.replace(self._pace, wire=smaller)
        elif took_s < LONGEST_S / 2:
            self._pace = self._pace.succeeded(size, size)

    def failed(self, since: int) -> None:
        """Nothing of a piece came to stay; `since`: bytes that the line has borne since it failed before."""
        self._pace = self._pace.failed(since)

    def keep(self) -> None:
        if self._pace != self._kept:
            self._store.remember(_NAME, pace.to_remember(self._pace))
            self._kept = self._pace
