"""One conversation with the centre at a time for a data folder, whichever program holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from sync.refusals import ExchangeUnderWay

LOCK: Final = "exchange.lock"
_OTHERS_TURN_S: Final = 20


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Raises ExchangeUnderWay if another program does not come to an end."""
    try:
        with FileLock(folder / LOCK, timeout=_OTHERS_TURN_S):
            yield
    except Timeout as error:
        raise ExchangeUnderWay from error


def leave(folder: Path) -> None:
    """Take a folder away that was made for nothing."""
    (folder / LOCK).unlink(missing_ok=True)
    with suppress(OSError):  # something is in it after all
        folder.rmdir()
