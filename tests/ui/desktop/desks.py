"""Desks for tests: a real store with a connection for the test and another for the desk's queue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.store import opening
from tests.builders import VILLAGE, District, Station, a_district, a_station
from ui.desktop.desk import Desk, StationFacts
from ui.desktop.exchanging import Exchanger
from ui.desktop.jobs import Jobs

WAIT_MS = 20_000
"""Patience with a slow machine; nothing takes it when all is well."""
_TURNS: Final = 2
"""What a turn sets off for the next one, a layout above all, is done as well."""


@dataclass
class SomeDesk:
    """`station` has a connection of its own: what it writes, the desk finds when it looks again."""

    desk: Desk
    station: Station
    district: District
    qtbot: QtBot

    def settle(self) -> None:
        """Wait until every job has come back, and what it set off for the next turn has had that."""
        self.qtbot.waitUntil(lambda: not self.desk.jobs.busy, timeout=WAIT_MS)
        for _ in range(_TURNS):
            turned: list[None] = []
            QTimer.singleShot(0, partial(turned.append, None))
            self.qtbot.waitUntil(partial(bool, turned), timeout=WAIT_MS)
        self.qtbot.waitUntil(lambda: not self.desk.jobs.busy, timeout=WAIT_MS)


def a_desk(
    qtbot: QtBot, folder: Path, region: str = VILLAGE, *, district: District | None = None
) -> SomeDesk:
    """The head's desk at the station of a region (VILLAGE, TOWNSHIP or DISTRICT of tests.builders)."""
    district = district or a_district()
    station = a_station(district, region, folder / region)
    return desk_of(qtbot, station, district)


def desk_of(qtbot: QtBot, station: Station, district: District) -> SomeDesk:
    """A desk at a station that is there already; nobody exchanges in the background."""
    jobs = Jobs()
    opened: list[object] = []
    jobs.open(lambda: opening.beside(station.store), done=opened.append, failed=opened.append)
    qtbot.waitUntil(lambda: bool(opened), timeout=WAIT_MS)
    desk = Desk(
        station.store.folder,
        jobs,
        StationFacts.of(station.store),
        station.head,
        Exchanger(lambda: opening.beside(station.store)),
    )
    return SomeDesk(desk=desk, station=station, district=district, qtbot=qtbot)


def leave(some: SomeDesk) -> None:
    """Everybody goes home."""
    some.desk.exchanger.stop()
    some.desk.jobs.stop()
    some.station.store.close()
