"""How long a wrong password makes one wait: nobody is locked out, and nobody tries a thousand."""

from __future__ import annotations

from typing import Final

_FREE_TRIES: Final = 3
_FIRST_S: Final = 2
_LONGEST_S: Final = 30
_MOST_DOUBLINGS: Final = 8


class Patience:
    """Counts wrong passwords in a row."""

    def __init__(self) -> None:
        self._failures = 0

    def failed(self) -> int:
        """One more wrong password; the seconds until the next may be tried."""
        self._failures += 1
        beyond = self._failures - _FREE_TRIES
        if beyond < 0:
            return 0
        return int(min(_FIRST_S * 2 ** min(beyond, _MOST_DOUBLINGS), _LONGEST_S))

    def rewarded(self) -> None:
        """The right one."""
        self._failures = 0
