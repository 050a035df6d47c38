"""What is done with a case that has just been registered: its receipt printed, the next act at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.papers import PaperKind
from app.errors import DaibanError
from app.journal.refs import Ref
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.pages.registration.receipt import Receipt, done_at_once
from ui.desktop.print_choice import receipt_kind
from ui.desktop.print_jobs import JobState, PrintJob, jobs_of


class Aftermath(QObject):
    """Knows no widgets. `acts_changed`: what may be done next, and the label of what was done."""

    printing = Signal(object)
    acts_changed = Signal(object, str)
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._jobs = jobs_of(desk)
        self._jobs.changed.connect(self._on_jobs_changed)
        self._jobs.failed.connect(self._on_jobs_changed)
        self._n: int | None = None
        self.receipt: Receipt | None = None

    def begin(self, receipt: Receipt) -> None:
        """Its receipt is printed, unless the visit's combined one will be; the case is on the disk whatever comes."""
        self.receipt = receipt
        self._n = None
        if not (receipt.repeated or receipt.in_visit):
            self.print_receipt()

    def print_paper(self, kind: PaperKind, subject: Ref | None = None) -> None:
        """Another paper of the case, or of the one that is named; how it went the desk tells."""
        if self.receipt is not None:
            self._jobs.print(subject or self.receipt.subject, kind)

    def print_receipt(self) -> None:
        if self.receipt is not None:
            kind = receipt_kind(self._desk.preferences)
            self._n = self._jobs.print(self.receipt.subject, kind)
            self._on_jobs_changed()

    def print_again(self) -> None:
        """The same pages if they did not come out, else a reprint that is marked and counted."""
        job = self._job()
        if job is not None and job.asks:
            self._jobs.did_not_come_out(job.n)
        elif job is not None and job.state is JobState.FAILED and job.entry is not None:
            self._jobs.print_again(job.n)
        elif job is None or job.state.ended:
            self.print_receipt()

    def came_out(self) -> None:
        """Somebody has the receipt in hand."""
        if self._n is not None:
            self._jobs.came_out(self._n)

    def act(self, verb: str) -> None:
        """One of the acts that need nothing more to be said."""
        receipt = self.receipt
        if receipt is None:
            return
        label = dict(receipt.acts).get(verb, "")
        self._desk.act(
            partial(done_at_once, subject=receipt.subject, verb=verb),
            partial(self._on_acted, receipt, label),
            self._on_refused,
        )

    def _on_acted(self, receipt: Receipt, label: str, acts: tuple[tuple[str, str], ...]) -> None:
        if receipt is self.receipt:
            self.acts_changed.emit(acts, label)

    def _on_refused(self, error: DaibanError) -> None:
        self.refused.emit(wording.sentence_on_screen(error))

    def _on_jobs_changed(self, _: object = None) -> None:
        job = self._job()
        if job is not None:
            self.printing.emit(job)

    def _job(self) -> PrintJob | None:
        return next((job for job in self._jobs.jobs if job.n == self._n), None)
