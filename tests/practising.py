"""A village's folder with a practice store in it, made once and copied for each test."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from app.store import keyslots, opening
from app.store.keyslots import Unlock
from app.store.store import Store
from app.usecases import practice
from tests.builders import MORNING_MS, VILLAGE, Wall, a_district, a_station

UNLOCK = Unlock(passphrase="practice")
SEED = 20261122


def _made(region: str, folder: Path) -> None:
    station = a_station(a_district(), region, folder)
    keyslots.create(folder, UNLOCK, station.store.key)
    practice.start(station.store, UNLOCK, by=station.head, seed=SEED)
    station.store.close()


@cache
def _master(region: str) -> Path:
    room = tempfile.TemporaryDirectory(prefix="practising", ignore_cleanup_errors=True)
    atexit.register(room.cleanup)
    folder = Path(room.name) / region
    _made(region, folder)
    return folder


def practised(to: Path, region: str = VILLAGE) -> Path:
    """The folder of a real station with a practice store beside it."""
    return Path(shutil.copytree(_master(region), to / region))


def opened(folder: Path) -> Store:
    """The real or the practice store in this folder, on the morning of the tests."""
    return opening.open_store(folder, UNLOCK, wall=Wall(MORNING_MS))
