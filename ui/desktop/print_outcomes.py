"""Whether what was sent came out: as the system tells it, as somebody says, as the store keeps it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.store.store import Store
from app.usecases import printing_queue
from app.usecases.printing_queue import OnItsWay
from ui.desktop import print_work
from ui.desktop.desk import Desk
from ui.desktop.jobs import Jobs
from ui.desktop.print_following import PrintFollowing
from ui.desktop.print_job import JobState, PrintJob
from ui.desktop.print_list import PrintList
from ui.desktop.print_words import lost_words, news_words

if TYPE_CHECKING:
    from printing.cups import JobNews
    from printing.printer import Printed


class PrintOutcomes(QObject):
    """Where the system tells, what was sent is followed until it is out; `lost`: a job's number, and words."""

    lost = Signal(int, str)

    def __init__(self, desk: Desk, prints: PrintList, printers: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._prints = prints
        self.following = PrintFollowing(printers, self)
        self.following.told.connect(self._on_told)
        prints.dropped.connect(self._on_dropped)
        desk.read(printing_queue.on_their_way, self._on_found)

    # --- what the printing tells ------------------------------------------------------------------

    def sent(self, job: PrintJob, printed: Printed) -> None:
        """The printer has it, or it is a file."""
        if job.entry is not None:
            self._note(partial(print_work.note_printed, job.entry, printed))
        self.following.follow(job.n, printed.printer, printed.job)

    def stuck(self, job: PrintJob) -> None:
        if job.entry is not None:
            self._note(partial(print_work.note_stuck, job.entry))

    def given_up(self, job: PrintJob) -> None:
        """Nobody wants it on paper any more."""
        if job.entry is not None:
            self._note(partial(print_work.note_done, (job.entry,)))

    # --- what people say --------------------------------------------------------------------------

    def came_out(self, asked: Sequence[PrintJob]) -> None:
        """Somebody has them in hand."""
        for job in asked:
            self.following.leave(job.n)
            self._prints.change(job.n, state=JobState.CONFIRMED, words="", troubled=False)
        self._done(asked)

    # --- what comes by itself ---------------------------------------------------------------------

    def _on_found(self, found: list[OnItsWay]) -> None:
        self._prints.take_in(found)
        for job in self._prints.asking:
            self.following.follow(job.n, job.printer, job.system_job)

    def _on_told(self, n: int, news: JobNews) -> None:
        from printing.cups import Stage

        job = self._prints.find(n)
        assert job is not None  # what is dropped is no more followed
        if news.stage is Stage.LOST:
            self.lost.emit(n, lost_words(job.printer))
            return
        words, troubled = news_words(news, job.printer)
        if (words, troubled) != (job.words, job.troubled):
            self._prints.change(n, words=words, troubled=troubled)

    def _on_dropped(self, gone: Sequence[PrintJob]) -> None:
        self._done([job for job in gone if job.asks])
        for job in gone:
            self.following.leave(job.n)

    def _done(self, jobs: Sequence[PrintJob]) -> None:
        entries = tuple(job.entry for job in jobs if job.entry is not None)
        if entries:
            self._note(partial(print_work.note_done, entries))

    def _note(self, work: Callable[[Store], None]) -> None:
        self._desk.read(work, lambda _: None)
