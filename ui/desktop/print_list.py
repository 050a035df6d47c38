"""The prints of a desk as people see them: numbered, the newest first, so many and no more.

The list lives as long as the window; documents that nobody has said came out are there again after a restart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Signal

from app.usecases.printing_queue import OnItsWay
from ui.desktop.print_job import JobState, PrintJob, from_before
from ui.desktop.print_work import Ticket

KEPT: Final = 30


class PrintList(QObject):
    """`dropped` carries the jobs that went well so many prints ago: nobody waits for them any more."""

    changed = Signal()
    dropped = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs: dict[int, PrintJob] = {}
        self._tickets: dict[int, Ticket] = {}
        self._last = 0

    # --- what is in it ----------------------------------------------------------------------------

    @property
    def jobs(self) -> tuple[PrintJob, ...]:
        """Newest first."""
        return tuple(reversed(self._jobs.values()))

    @property
    def busy(self) -> bool:
        return not all(job.state.ended for job in self._jobs.values())

    @property
    def asking(self) -> tuple[PrintJob, ...]:
        """Those of which somebody should say whether they came out, oldest first."""
        return tuple(job for job in self._jobs.values() if job.asks)

    def find(self, n: int) -> PrintJob | None:
        """None if it was dropped."""
        return self._jobs.get(n)

    def ticket(self, n: int) -> Ticket:
        """With which a job waits."""
        return self._tickets.setdefault(n, Ticket(n))

    # --- what becomes of it -----------------------------------------------------------------------

    def next(self) -> int:
        """The number of a new job."""
        self._last += 1
        return self._last

    def add(self, job: PrintJob) -> PrintJob:
        self._jobs[job.n] = job
        self._forget_old()
        self.changed.emit()
        return job

    def take_in(self, found: Sequence[OnItsWay]) -> None:
        """From before the last restart: older than whatever was asked for since."""
        since, self._jobs = self._jobs, {}
        for one in found:
            if any(job.entry == one.entry for job in since.values()):
                continue
            job = from_before(self.next(), one)
            self._jobs[job.n] = job
        self._jobs |= since
        self._forget_old()
        if found:
            self.changed.emit()

    def change(self, n: int, **changes: object) -> PrintJob:
        job = msgspec.structs.replace(self._jobs[n], **changes)
        self._jobs[n] = job
        self.changed.emit()
        return job

    def wait_again(self, n: int) -> PrintJob:
        """With a ticket of its own: whoever withdrew it before wants it now."""
        self._tickets.pop(n, None)
        return self.change(n, state=JobState.WAITING, words="", troubled=False)

    def _forget_old(self) -> None:
        """What went well, oldest first."""
        calm = sorted(
            (old for old in self._jobs.values() if old.state.ended and not old.wants_care),
            key=lambda job: (job.asks, job.n),
        )
        gone = calm[: max(0, len(self._jobs) - KEPT)]
        for old in gone:
            del self._jobs[old.n]
            self._tickets.pop(old.n, None)
        if gone:
            self.dropped.emit(gone)
