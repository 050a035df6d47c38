"""Many documents, one after the other: the next is issued when the one before is with the printer.

So nothing is numbered that is not printed, the window stays quick, and the order is kept.
What cannot be issued is noted and passed over; a printer that does not print makes the batch wait for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.papers import PaperKind
from app.journal.refs import Ref
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.print_job import JobState, PrintJob
from ui.desktop.print_jobs import PrintJobs, jobs_of


class BatchState(StrEnum):
    NONE = "none"
    RUNNING = "running"
    WAITING = "waiting"
    ENDED = "ended"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A document; `label` says whose."""

    subject: Ref
    kind: PaperKind
    label: str


class Passed(msgspec.Struct, frozen=True, kw_only=True):
    """What was not printed, and why."""

    label: str
    words: str


def batch_of(desk: Desk) -> PrintBatch:
    """The desk's one batch."""
    return desk.findChild(PrintBatch) or PrintBatch(desk)


class PrintBatch(QObject):
    """`passed`: what was not printed so far. `why` it waits, in words."""

    changed = Signal()
    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._jobs: PrintJobs = jobs_of(desk)
        self._wanted: list[Wanted] = []
        self._at = 0
        self._n = 0
        self._only_new = False
        self.state = BatchState.NONE
        self.printed = 0
        self.passed: list[Passed] = []
        self.why = ""
        self._jobs.printed.connect(self._on_printed)
        self._jobs.failed.connect(self._on_failed)
        self._jobs.withdrawn.connect(self._on_withdrawn)

    @property
    def busy(self) -> bool:
        return self.state in (BatchState.RUNNING, BatchState.WAITING)

    @property
    def total(self) -> int:
        return len(self._wanted)

    @property
    def at(self) -> int:
        """Which one it is at, from 1."""
        return min(self._at + 1, self.total)

    @property
    def label(self) -> str:
        return self._wanted[self._at].label if self._at < self.total else ""

    def start(self, wanted: Sequence[Wanted], *, only_new: bool = False) -> bool:
        """False, and said at the desk, while another is under way. `only_new`: not what was printed before."""
        if self.busy:
            self._desk.say(Mood.INFO, self.tr("还有一批没有打完。打完了，或者停下它，再打这一批。"))
            return False
        self._wanted, self._at, self._only_new = list(wanted), 0, only_new
        self.printed, self.passed, self.why = 0, [], ""
        self.state = BatchState.RUNNING
        self._next()
        return True

    def go_on(self) -> None:
        """The printer is ready again: the same pages first."""
        if self.state is BatchState.WAITING:
            self.state, self.why = BatchState.RUNNING, ""
            self.changed.emit()
            self._jobs.print_again(self._n)

    def stop(self) -> None:
        """What is with the printer comes out; nothing more is issued."""
        if not self.busy:
            return
        if self.state is BatchState.WAITING:
            self.passed.append(Passed(label=self.label, words=self.why))
            self._at += 1
        else:  # the one that is being done is not counted among what is left
            self._at += 1
        left = self.total - self._at
        if left:
            words = self.tr("停下了，没有打。")
            rest = self._wanted[self._at :]
            self.passed += [Passed(label=one.label, words=words) for one in rest]
        self._end()

    def _next(self) -> None:
        if self._at >= self.total:
            self._end()
            return
        one = self._wanted[self._at]
        self._n = self._jobs.print_in_row(one.subject, one.kind, only_new=self._only_new)
        self.changed.emit()

    def _on_printed(self, job: PrintJob) -> None:
        if job.n == self._n and self.state is BatchState.RUNNING:
            self.printed += 1
            self._at += 1
            self._next()

    def _on_failed(self, job: PrintJob) -> None:
        if job.n != self._n or self.state is not BatchState.RUNNING:
            return
        if job.entry is not None:  # issued: the printer is what is wrong
            self.state, self.why = BatchState.WAITING, job.words
            self.changed.emit()
            return
        self._pass(job)

    def _on_withdrawn(self, job: PrintJob) -> None:
        if job.n == self._n and self.busy:
            self.state = BatchState.RUNNING
            self._pass(job)

    def _pass(self, job: PrintJob) -> None:
        words = job.words or JobState.WITHDRAWN.label
        self.passed.append(Passed(label=self.label, words=words))
        self._at += 1
        self._next()

    def _end(self) -> None:
        self.state, self._n, self.why = BatchState.ENDED, 0, ""
        self._desk.acted()
        said = self.tr("打了 {n} 份。").format(n=self.printed)
        if self.passed:
            said += self.tr("有 {n} 份没有打，看“文书”里的“打印情况”。").format(n=len(self.passed))
        self._desk.say(Mood.WARN if self.passed else Mood.GOOD, said)
        self.changed.emit()
        self.ended.emit()
