"""How much is written in one transaction: others wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final, TypeVar

from app.store.store import Store

_T = TypeVar("_T")
_FIRST: Final = 64
_LARGEST: Final = 16_384
_WITHIN_S: Final = 0.12  # the counter must not wait: half of what one portion may take
_WITHIN_FIRST_S: Final = (
    1.0  # where nobody has worked yet: fewer commits write the same pages again
)


class Portions:
    """More at a time while the store is quick, fewer when it is not."""

    def __init__(self, first: int = _FIRST) -> None:
        self.size = first
        self._within_s = _WITHIN_S

    def suit(self, store: Store) -> None:
        """Larger where nobody waits for the store."""
        self._within_s = _WITHIN_S if is_at_work(store) else _WITHIN_FIRST_S

    def cut(self, pieces: Iterator[_T]) -> list[_T]:
        return list(islice(pieces, self.size))

    def took(self, number: int, seconds: float) -> None:
        if number >= self.size:
            fits = int(number * self._within_s / seconds)
            self.size = min(max(_FIRST, fits), 2 * self.size, _LARGEST)


def is_at_work(store: Store) -> bool:
    """Whether anything but a publication was written in this store, in whichever of its lives."""
    query = (
        "SELECT 1 FROM entry WHERE device = ? AND digest IS NOT NULL AND NOT publication LIMIT 1"
    )
    return any(
        store.database.row(query, (store.journal.number_of(life),)) is not None
        for life in store.journal.lives_of(store.device)
    )
