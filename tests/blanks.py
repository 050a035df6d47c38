"""Databases of stations with every table and nothing in them: made once, then copied for each store.

The migrations, and the slow stretching of a passphrase, take longer than what most tests do with a store.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Final

from app.store import database, keyslots, opening
from app.store.keyslots import Unlock

UNLOCK: Final = Unlock(passphrase="practice")
_IN_TURN: Final = cycle(range(8))
"""Stores of one test have keys of their own."""


@dataclass(frozen=True)
class Blank:
    """`file` is an empty database under `key`."""

    key: bytes
    file: bytes

    def connect(self, path: Path, key: bytes) -> database.Database:
        """As `database.connect`, but where it would make a station's new database there is one with tables."""
        assert key == self.key
        if path.name.startswith(opening.FILE) and not path.exists():
            with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as fresh:
                fresh.write(self.file)
        return database.connect(path, key)


def a_blank() -> Blank:
    return _made(next(_IN_TURN))


@cache
def slots_for(key: bytes) -> bytes:
    """A file of key slots in which UNLOCK finds the key."""
    with tempfile.TemporaryDirectory() as name:
        keyslots.create(Path(name), UNLOCK, key)
        return (Path(name) / keyslots.FILE).read_bytes()


@cache
def _made(_turn: int) -> Blank:
    key = secrets.token_bytes(32)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / opening.FILE
        made = database.connect(path, key)
        database.bring_up_to_date(made, opening.MIGRATIONS)
        made.run("PRAGMA wal_checkpoint(TRUNCATE)")
        made.close()
        return Blank(key=key, file=path.read_bytes())
