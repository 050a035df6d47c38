"""peewee without the drivers that nobody here asked for.

When peewee is imported it imports every database driver that it finds. PostgreSQL's costs two thirds of the time,
and only a centre has a use for it: that one brings its driver itself (`sync.centre.postgresql`).
So whoever needs peewee gets it here, or after this module.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_DRIVER: Final = "psycopg"


@contextmanager
def _without_driver() -> Iterator[None]:
    """Let the driver be missing for a moment; where it was imported already, it costs nothing any more."""
    if _DRIVER in sys.modules:
        yield
        return
    sys.modules[_DRIVER] = None  # type: ignore[assignment] # what the import system takes for "not there"
    try:
        yield
    finally:
        del sys.modules[_DRIVER]


with _without_driver():
    from peewee import DatabaseError
    from peewee import _savepoint as Savepoint  # noqa: N812 - it has no other name
    from playhouse.sqlcipher_ext import SqlCipherDatabase

__all__ = ["DatabaseError", "Savepoint", "SqlCipherDatabase"]
