"""The one way to leave the GUI thread: a queue for the store, and another for network, printing and files.

Work is a function that knows no Qt.
Its result comes back to the GUI thread, to `done`, or to `failed` if it was refused.
Anything else that it raises is a bug: logged with its trace, told by `broke`, and to `failed` as WorkBroke,
so that nobody waits for ever; the queue goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, QThread, Signal

from app.errors import DaibanError, Refused

if TYPE_CHECKING:
    from app.store.store import Store

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
_STORE_FAREWELL_S: Final = 30.0
"""Longer than anybody waits for the store (`BUSY_TIMEOUT_MS`): a form that is being registered is registered."""
_OUTSIDE_FAREWELL_S: Final = 3.0
"""A document that is being filed or handed to a printer, preferences that are being kept."""


class WorkBroke(Refused):
    """The work met a bug of ours, which is logged; whether it was done nobody knows."""

    code = "work_broke"


class Job:
    """A piece of work under way. After `cancel` its outcome is told to nobody."""

    def __init__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[DaibanError], object],
    ) -> None:
        self._work = work
        self._done = done
        self._failed = failed
        self.cancelled = False
        self.ended = False
        self._outcome: Any = None
        self._error: Exception | None = None

    def cancel(self) -> None:
        self.cancelled = True

    def tell_nobody(self) -> None:
        """It is still done."""
        self._done = self._failed = lambda _: None

    def run(self) -> None:
        """On the queue's thread."""
        if self.cancelled:
            return
        try:
            self._outcome = self._work()
        except Exception as error:  # the queue must go on
            self._error = error

    def tell(self) -> Exception | None:
        """On the GUI thread; returns what nobody expected."""
        self.ended = True
        error = self._error
        bug = None if isinstance(error, DaibanError) else error
        if self.cancelled:
            return bug
        if bug is not None:
            self._failed(WorkBroke())
        elif isinstance(error, DaibanError):
            self._failed(error)
        else:
            self._done(self._outcome)
        return bug


class Jobs(QObject):
    """Made on the GUI thread. `broke` names the log file of a bug, or "" if there is none."""

    broke = Signal(str)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: Store | None = None
        self._waiting: dict[str, Job] = {}
        self._under_way: set[Job] = set()
        self._stopped = False
        self._telling = Lock()
        self._store_queue, self._store_thread = self._started("store")
        self._outside_queue, self._outside_thread = self._started("outside")
        self._ended.connect(self._on_ended)

    @property
    def busy(self) -> bool:
        """Whether anything is waiting, at work or not told yet."""
        return bool(self._under_way)

    # --- work -------------------------------------------------------------------------------------

    def open(
        self,
        opener: Callable[[], Store],
        *,
        done: Callable[[Store], object],
        failed: Callable[[DaibanError], object],
    ) -> Job:
        """Open the store on its own thread, where it stays. `done` may keep the Store but never use it."""

        def work() -> Store:
            if self._store is not None:
                self._store.close()
                self._store = None
            self._store = opener()
            return self._store

        return self._put(self._store_queue, work, done, failed, None)

    def store(
        self,
        work: Callable[[Store], _T],
        *,
        done: Callable[[_T], object],
        failed: Callable[[DaibanError], object],
        replaces: str | None = None,
    ) -> Job:
        """Run with the store, after everything that was asked for before."""

        def with_store() -> _T:
            assert self._store is not None, "no store is open"
            return work(self._store)

        return self._put(self._store_queue, with_store, done, failed, replaces)

    def outside(
        self,
        work: Callable[[], _T],
        *,
        done: Callable[[_T], object],
        failed: Callable[[DaibanError], object],
        replaces: str | None = None,
    ) -> Job:
        """Run what needs no store: network, printing, files."""
        return self._put(self._outside_queue, work, done, failed, replaces)

    def tell_nobody(self) -> None:
        """Whoever asked is about to go: what was asked for is done, and told to nobody."""
        for job in self._under_way:
            job.tell_nobody()

    def stop(self) -> None:
        """Close the store after its last piece of work, and let what is done outside come to its end; nobody is told.

        A centre or a printer that does not answer is not waited for: what was cut off is taken up at the next start.
        """
        with self._telling:
            self._stopped = True

        def close() -> None:
            if self._store is not None:
                self._store.close()
                self._store = None

        last = Job(close, lambda _: None, lambda _: None)
        self._store_queue.put(last)
        self._store_queue.put(None)
        self._outside_queue.put(None)
        self._store_thread.join(_STORE_FAREWELL_S)
        self._outside_thread.join(_OUTSIDE_FAREWELL_S)

    # --- queues -----------------------------------------------------------------------------------

    def _put(
        self,
        queue: SimpleQueue[Job | None],
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[DaibanError], object],
        replaces: str | None,
    ) -> Job:
        assert QThread.currentThread() is self.thread(), "jobs are asked for on the GUI thread"
        job = Job(work, done, failed)
        if replaces is not None:
            before = self._waiting.get(replaces)
            if before is not None:
                before.cancel()
            self._waiting[replaces] = job
        self._under_way.add(job)
        queue.put(job)
        return job

    def _started(self, name: str) -> tuple[SimpleQueue[Job | None], Thread]:
        queue: SimpleQueue[Job | None] = SimpleQueue()
        thread = Thread(target=self._work_off, args=(queue,), name=f"daiban-{name}", daemon=True)
        thread.start()
        return queue, thread

    def _work_off(self, queue: SimpleQueue[Job | None]) -> None:
        while (job := queue.get()) is not None:
            job.run()
            with self._telling:
                if self._stopped:  # nobody listens any more, and this object may be about to go
                    continue
                try:
                    self._ended.emit(job)
                except RuntimeError:  # the window has gone, and this object with it
                    return

    def _on_ended(self, job: Job) -> None:
        self._under_way.discard(job)
        for name in [name for name, waiting in self._waiting.items() if waiting is job]:
            del self._waiting[name]
        bug = job.tell()
        if bug is not None:
            self._report(bug)

    def _report(self, bug: Exception) -> None:
        from ui import logs

        _LOG.error("bug", exc_info=bug)
        self.broke.emit(str(logs.path_in_use() or ""))
