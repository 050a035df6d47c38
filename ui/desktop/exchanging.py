"""The exchange in the background: a thread with a store connection of its own, and what the window tells of it.

It exchanges when the desktop starts, at once when something was recorded, somebody asks or the network returns,
every five minutes otherwise, and patiently on a bad line (`sync.client.schedule`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from threading import Event, Thread
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from app.errors import DaibanError, Refused
from app.store import exchange as station
from app.store import verify_notes
from app.store.exchange_log import note_failure
from app.store.store import Store
from ui.printer_told import PrinterTold

if TYPE_CHECKING:
    from sync.client.engine import ExchangeReport, Progress
    from sync.client.transport import Line

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
_LOOK_AGAIN_S: Final = 2.0
"""While much comes down, pages look again no more often."""
_STORE_RETRY_S: Final = 5.0
_FAREWELL_S: Final = 3.0


class ExchangeBroke(Refused):
    """The exchange met a bug of ours; it is logged, and tried again later."""

    code = "exchange_broke"


class Reach(StrEnum):
    """How the centre was found at the last try. REFUSED: it answered, and would not exchange with us.

    PRACTICE: there is none, and nobody looks for it.
    """

    UNTRIED = "untried"
    ONLINE = "online"
    OFFLINE = "offline"
    REFUSED = "refused"
    PRACTICE = "practice"


class ExchangeState(msgspec.Struct, frozen=True, kw_only=True):
    """`since_ms`: since when `reach` is so; `progress` while `working`; `report` and `error`: the last of each.

    The error's facts `sent` and `received` are what passed before the exchange broke off.
    `refused` counts entries that the centre set apart.
    """

    reach: Reach = Reach.UNTRIED
    working: bool = False
    since_ms: int = 0
    pending: int = 0
    refused: int = 0
    progress: Progress | None = None
    report: ExchangeReport | None = None
    error: DaibanError | None = None


class Exchanger(QObject):
    """`changed` carries the new ExchangeState; `brought` says that the store holds something new.

    `fleet_told`: the centre has said how the stations below are; it carries the error if it has not.
    """

    changed = Signal(object)
    brought = Signal()
    fleet_told = Signal(object)
    broke = Signal(str)
    _told = Signal(object)

    def __init__(
        self,
        open_store: Callable[[], Store],
        printer: Callable[[], str] = str,
        parent: QObject | None = None,
    ) -> None:
        """`open_store` opens a connection for the thread; `printer` is the system's name of this desk's printer."""
        super().__init__(parent)
        self.state = ExchangeState()
        self._open_store = open_store
        self._printer = printer
        self._printer_told = PrinterTold()
        self._bell = Event()
        self._stopped = Event()
        self._interrupted = Event()
        self._fleet_asked = Event()
        self._thread: Thread | None = None
        self._line: Line | None = None
        self._latest = self.state
        self._looked_s = 0.0
        self._told.connect(self._on_told)

    # --- on the GUI thread ------------------------------------------------------------------------

    def start(self) -> None:
        """Begin, unless it has begun already."""
        if self._thread is not None or self._stopped.is_set():
            return
        self._thread = Thread(target=self._run, name="daiban-exchange", daemon=True)
        self._thread.start()

    def exchange_now(self) -> None:
        """Somebody asked, something was recorded, or the network is back."""
        self._bell.set()

    def ask_fleet(self) -> None:
        """Somebody looks at how the stations below are: after an exchange the centre is asked."""
        self._fleet_asked.set()
        self.exchange_now()

    def interrupt(self) -> None:
        """End the exchange that is under way after its present round; the next begins when somebody rings, or later."""
        if self.state.working:
            self._interrupted.set()

    def listen_to_network(self) -> None:
        """Exchange as soon as the system says that the network has returned, where it says so."""
        from PySide6.QtNetwork import QNetworkInformation

        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            QNetworkInformation.instance().reachabilityChanged.connect(self._on_reachability)

    def end_soon(self) -> None:
        """End without anybody waiting for it."""
        self._stopped.set()
        self._bell.set()

    def stop(self) -> None:
        """End, in the middle of an exchange too: what is under way is asked for again next time."""
        self.end_soon()
        if self._thread is not None:
            self._thread.join(_FAREWELL_S)

    @Slot(object)
    def _on_told(self, state: ExchangeState) -> None:
        self.state = state
        self.changed.emit(state)

    def _on_reachability(self, reachability: object) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        if reachability is not QNetworkInformation.Reachability.Disconnected:
            self.exchange_now()

    # --- on anybody's thread ----------------------------------------------------------------------

    def beside(self, work: Callable[[Store, str], _T]) -> _T:
        """Work with a connection of its own and what is told of the printer: what is exchanged in packets."""
        store = self._open_store()
        try:
            return work(store, self._printer_told(store, self._printer()))
        finally:
            store.close()

    # --- on its own thread ------------------------------------------------------------------------

    def _run(self) -> None:
        from sync.client import schedule

        while not self._stopped.is_set():
            try:
                store = self._open_store()
                try:
                    self._watch(store)
                finally:
                    store.close()
            except DaibanError as error:  # the store: busy, or the disk is full
                self._tell(error=error, working=False)
                self._stopped.wait(_STORE_RETRY_S)
            except Exception as error:  # the loop must go on
                self._tell(error=self._bug(error), working=False)
                self._stopped.wait(schedule.POLL_S)

    def _watch(self, store: Store) -> None:
        from sync.client import schedule
        from sync.client.engine import open_line
        from sync.client.road import Road

        self._line = open_line(store)
        self._tell(pending=station.pending(store), refused=station.refused(store))
        try:
            schedule.watch(
                lambda: self._exchange(store),
                lambda: self._count(store),
                lambda outcome: self._on_outcome(store, outcome),
                self._stopped,
                bell=self._bell,
                returned=Road(store.identity.url).has_returned,
            )
        finally:
            self._line.close()

    def _count(self, store: Store) -> int:
        """What waits now; it grows with every record, and a packet's answer takes it away."""
        pending = station.pending(store)
        if pending != self._latest.pending:
            self._tell(pending=pending)
        return pending

    def _exchange(self, store: Store) -> ExchangeReport:
        from sync.client import schedule
        from sync.client.engine import exchange

        assert self._line is not None
        if self._interrupted.is_set():
            self._bell.wait(schedule.POLL_S)
            self._bell.clear()
            self._interrupted.clear()
        self._tell(working=True, progress=None, pending=station.pending(store))
        self._looked_s = time.monotonic()
        try:
            printer = self._printer_told(store, self._printer())
            return exchange(store, self._line, printer, self._after_round)
        except DaibanError:
            raise
        except Exception as error:  # the loop must go on
            raise self._bug(error) from error

    def _bug(self, error: Exception) -> ExchangeBroke:
        from ui import logs

        _LOG.error("bug", exc_info=error)
        if self._is_there():
            self.broke.emit(str(logs.path_in_use() or ""))
        return ExchangeBroke()

    def _is_there(self) -> bool:
        """Whether the window, and this object with it, has not gone without stopping the thread."""
        if not isValid(self):
            self._stopped.set()
        return not self._stopped.is_set()

    def _after_round(self, progress: Progress) -> None:
        from sync.refusals import ExchangeStopped

        if self._stopped.is_set() or self._interrupted.is_set():
            raise ExchangeStopped
        self._tell(progress=progress, pending=progress.pending)
        if progress.received and time.monotonic() - self._looked_s > _LOOK_AGAIN_S:
            self._looked_s = time.monotonic()
            self._say_brought()

    def _on_outcome(self, store: Store, outcome: ExchangeReport | DaibanError) -> None:
        from sync.refusals import ExchangeStopped, Offline

        if isinstance(outcome, ExchangeStopped):
            with suppress(DaibanError):
                self._tell(working=False, progress=None, pending=station.pending(store))
            self._say_brought()
            return
        self._interrupted.clear()  # it came to its end before it could be stopped
        before = self._latest
        counts: dict[str, object] = {"working": False, "progress": None}
        refused = before.refused
        with suppress(DaibanError):
            refused = station.refused(store)
            counts |= {"pending": station.pending(store), "refused": refused}
        if isinstance(outcome, DaibanError):
            if isinstance(outcome, ExchangeBroke):  # of the others the exchange itself keeps a note
                with suppress(DaibanError):
                    note_failure(store, outcome.code, store.wall())
            reach = Reach.OFFLINE if isinstance(outcome, Offline) else Reach.REFUSED
            self._tell(reach=reach, error=outcome, **counts)
            if outcome.facts.get("sent") or outcome.facts.get("received"):
                self._say_brought()
        else:
            self._tell(reach=Reach.ONLINE, report=outcome, error=None, **counts)
            if outcome.sent or outcome.received or refused != before.refused:
                self._say_brought()
            self._look_after(store)

    def _look_after(self, store: Store) -> None:
        """What is not pressing: how the stations below are, and once a week whether a page of the store is damaged."""
        from app.store.verify import damaged_pages
        from sync.client import fleet

        assert self._line is not None
        try:
            if self._fleet_asked.is_set() or fleet.is_due(store):
                self._fleet_asked.clear()
                fleet.ask(store, self._line)
                self._say_fleet(None)
        except DaibanError as error:  # of no harm to anybody; it is asked again later
            self._say_fleet(error)
        with suppress(DaibanError):
            if verify_notes.is_due(store) and not self._stopped.is_set():
                verify_notes.note_pages(store, damaged_pages(store))

    def _say_fleet(self, error: DaibanError | None) -> None:
        if self._is_there():
            self.fleet_told.emit(error)

    def _tell(self, **changed: object) -> None:
        if changed.get("reach", self._latest.reach) != self._latest.reach:
            changed["since_ms"] = time.time_ns() // 1_000_000
        self._latest = msgspec.structs.replace(self._latest, **changed)
        if self._is_there():
            self._told.emit(self._latest)

    def _say_brought(self) -> None:
        if self._is_there():
            self.brought.emit()
