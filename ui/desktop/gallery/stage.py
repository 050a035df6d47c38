"""Where a page stands for its picture: the real window over a real store, an exchange that only says how it stands."""

from __future__ import annotations

import atexit
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QApplication
from typing_extensions import override

from app.store import opening
from app.store.store import Store
from sync.client.engine import ExchangeReport
from ui.desktop.desk import Desk, StationFacts
from ui.desktop.exchanging import Exchanger, ExchangeState, Reach
from ui.desktop.gallery.district import Station
from ui.desktop.jobs import Jobs
from ui.desktop.preferences import Preferences
from ui.desktop.print_jobs import PrintJobs, jobs_of
from ui.desktop.start.pages import factories
from ui.desktop.window.main_window import MainWindow

_QUIET_S: Final = 0.15
"""So long nothing may be under way: what is typed is looked up 80 ms after the last key."""
_PATIENCE_S: Final = 30.0

REPORT: Final = ExchangeReport(
    sent=3,
    received=12,
    refused=0,
    pending=0,
    bytes_up=1229,
    bytes_down=5830,
    round_trips=2,
    seconds=1.4,
    clock_off_s=0,
)
ONLINE: Final = ExchangeState(reach=Reach.ONLINE, report=REPORT)
WORKING: Final = ExchangeState(reach=Reach.ONLINE, report=REPORT, working=True, pending=3)


def offline(pending: int) -> ExchangeState:
    """For twelve minutes."""
    from sync.refusals import Offline

    since = time.time_ns() // 1_000_000 - 12 * 60_000
    return ExchangeState(
        reach=Reach.OFFLINE,
        since_ms=since,
        pending=pending,
        error=Offline(url="https://zhengwu.qixing.example:8750"),
    )


class StillExchanger(Exchanger):
    """Goes nowhere; says what it is told to say."""

    def __init__(self) -> None:
        super().__init__(_no_store)

    def stand(self, state: ExchangeState) -> None:
        self.state = state

    @override
    def exchange_now(self) -> None:
        pass


class Stage:
    """The desk of one station, kept for all its pictures."""

    def __init__(self, station: Station) -> None:
        self._station = station
        jobs = Jobs()
        atexit.register(jobs.stop)
        jobs.open(lambda: opening.beside(station.store), done=lambda _: None, failed=lambda _: None)
        self.exchanger = StillExchanger()
        facts = StationFacts.of(station.store)
        self.desk = Desk(
            station.store.folder,
            jobs,
            facts,
            station.person(),
            self.exchanger,
            _preferences(station),
        )

    def window(self, *, state: ExchangeState = ONLINE, operator: str | None = None) -> MainWindow:
        """A new window at this desk, as somebody finds it who sits down."""
        self.desk.operator = self._station.person(operator)
        self.desk.preferences = _preferences(self._station)
        self.exchanger.stand(state)
        for before in self.desk.findChildren(PrintJobs):
            before.setParent(None)
            before.deleteLater()
        return MainWindow(self.desk, factories())

    def settle(self) -> None:
        """Wait until everything that was asked for has come, and is shown."""
        self.until(lambda: not self.desk.jobs.busy and not jobs_of(self.desk).busy)

    def until(self, so: Callable[[], bool]) -> None:
        """Wait until something is so, and stays so a moment."""
        begun = quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < _QUIET_S:
            QApplication.processEvents()
            if not so():
                quiet_since = time.monotonic()
                if quiet_since - begun > _PATIENCE_S:
                    raise TimeoutError
            time.sleep(0.002)


def after(seconds: float) -> None:
    """For what is told only after a while."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.002)


def settle_alone() -> None:
    """For what has no desk yet: let Qt do what it has put off."""
    after(_QUIET_S)


def _preferences(station: Station) -> Preferences:
    return Preferences(file_folder=str(station.store.folder / "代办文书"))


def _no_store() -> Store:
    raise AssertionError("nobody exchanges here")
