"""The way of a job to paper: issued, fetched or drawn, then through the printers' queue, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.papers import copies_of
from app.errors import DaibanError
from app.journal.refs import Ref
from app.usecases.today import shown_today
from printing.trial import Trial
from ui import wording
from ui.desktop import print_work
from ui.desktop.desk import Desk
from ui.desktop.jobs import Jobs
from ui.desktop.look.mood import Mood
from ui.desktop.print_choice import choice_for
from ui.desktop.print_job import JobState, PrintJob, SheetAsked, sets_of, title_of, where_filed
from ui.desktop.print_list import PrintList
from ui.desktop.print_outcomes import PrintOutcomes
from ui.desktop.print_words import sent_words
from ui.desktop.print_work import Issuing, Order, PrintWithdrawn

if TYPE_CHECKING:
    from app.usecases.papers import Issued
    from printing.printer import Printed


class PrintRoute(QObject):
    """Tells every outcome through the desk, besides its signals: whoever asked may be elsewhere by then."""

    printed = Signal(object)
    failed = Signal(object)
    withdrawn = Signal(object)
    _drawn = Signal(int, int, int)

    def __init__(
        self,
        desk: Desk,
        prints: PrintList,
        printers: Jobs,
        outcomes: PrintOutcomes,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._prints = prints
        self._printers = printers
        self._outcomes = outcomes
        self._drawn.connect(self._on_drawn)
        outcomes.lost.connect(self._fail)

    # --- where a job comes from -------------------------------------------------------------------

    def issue(self, job: PrintJob, issuing: Issuing, act: Callable[..., object]) -> None:
        """`act`: how the desk acts."""
        act(
            partial(print_work.issue, self._prints.ticket(job.n), issuing),
            partial(self._on_issued, job.n),
            partial(self._on_failed, job.n),
        )

    def draw(self, job: PrintJob, asked: SheetAsked) -> None:
        self._desk.read(
            asked.draw,
            partial(self._on_sheet_drawn, job.n),
            partial(self._on_failed, job.n),
        )

    def try_out(self, job: PrintJob) -> None:
        """The test page, with the day on it."""
        self._desk.read(
            shown_today, partial(self._on_trial_day, job.n), partial(self._on_failed, job.n)
        )

    def fetch(self, n: int, entry: Ref) -> None:
        """The pages that were issued, from the store."""
        self._wait_again(n)
        self._desk.read(
            partial(print_work.pages, entry),
            partial(self._on_fetched, n),
            partial(self._on_failed, n),
        )

    def send_again(self, n: int) -> None:
        """The pages that are still here."""
        self._put_on_paper(self._wait_again(n))

    def give_up(self, n: int) -> None:
        """Nothing more is done about it."""
        words = ""
        job = self._job(n)
        if job.entry is not None:
            words = self.tr("文书已经出具，要用时再打，不算补打。")
            self._outcomes.given_up(job)
        self.withdrawn.emit(self._prints.change(n, state=JobState.WITHDRAWN, words=words, pdf=b""))

    # --- its pages are there ----------------------------------------------------------------------

    def _on_issued(self, n: int, issued: Issued) -> None:
        facts = issued.facts
        job = self._prints.change(
            n,
            title=f"{facts.title} {facts.number}",
            reprint=facts.reprint,
            pdf=issued.pdf,
            entry=issued.entry,
            sets=sets_of(facts.kind, len(copies_of(facts))),
        )
        self._put_on_paper(job)

    def _on_fetched(self, n: int, pdf: bytes) -> None:
        self._put_on_paper(self._prints.change(n, pdf=pdf))

    def _on_sheet_drawn(self, n: int, drawn: tuple[str, bytes]) -> None:
        title, pdf = drawn
        self._put_on_paper(self._prints.change(n, title=title, pdf=pdf))

    def _on_trial_day(self, n: int, day: date) -> None:
        job = self._job(n)
        assert job.trial is not None
        trial = Trial(
            station=self._desk.station.name, printer=job.printer, paper=job.trial.paper, on=day
        )
        ticket, preferences = self._prints.ticket(n), self._desk.preferences
        self._print(
            n,
            partial(
                print_work.try_printer, ticket, trial, job.trial, preferences, self._drawn.emit
            ),
        )

    def _put_on_paper(self, job: PrintJob) -> None:
        assert job.kind is not None
        choice = choice_for(job.kind, self._desk.preferences)
        if job.sheet is not None:
            choice = msgspec.structs.replace(choice, paper=job.sheet.paper)
        order = Order(
            pdf=job.pdf,
            choice=choice,
            title=title_of(job),
            sets=job.sets,
            before=(job.printer, job.system_job),
        )
        self._prints.change(job.n, printer=choice.name, system_job=0)
        ticket, preferences = self._prints.ticket(job.n), self._desk.preferences
        self._print(
            job.n, partial(print_work.put_on_paper, ticket, order, preferences, self._drawn.emit)
        )

    # --- at the printer ---------------------------------------------------------------------------

    def _print(self, n: int, work: Callable[[], Printed]) -> None:
        self._printers.outside(
            work, done=partial(self._on_printed, n), failed=partial(self._on_failed, n)
        )

    def _on_drawn(self, n: int, side: int, of: int) -> None:
        job = self._prints.find(n)
        if job is not None and not job.state.ended:
            words = self.tr("第 {side} 页，共 {of} 页").format(side=side, of=of) if of > 1 else ""
            self._prints.change(n, state=JobState.PRINTING, words=words)

    def _on_printed(self, n: int, printed: Printed) -> None:
        words = sent_words(printed)
        filed = printed.file is not None
        job = self._prints.change(
            n,
            state=JobState.FILED if filed else JobState.PRINTED,
            words=words,
            file=printed.file,
            pdf=b"",
            system_job=printed.job,
        )
        self._outcomes.sent(job, printed)
        told = where_filed(printed.file) if printed.file is not None else words
        if not job.in_row:
            self._desk.say(Mood.GOOD, f"{title_of(job)}：{told}")
        self.printed.emit(job)

    def _on_failed(self, n: int, error: DaibanError) -> None:
        if isinstance(error, PrintWithdrawn):
            self.give_up(n)
            return
        words = wording.sentence_on_screen(error)
        if self._job(n).entry is not None:
            words += self.tr("文书已经出具，再打这一份不算补打。")
        self._fail(n, words)

    def _fail(self, n: int, words: str) -> None:
        job = self._prints.change(n, state=JobState.FAILED, words=words, troubled=False)
        self._outcomes.stuck(job)
        if not job.in_row or job.entry is not None:
            self._desk.say(Mood.BAD, f"{title_of(job)}：{words}")
        self.failed.emit(job)

    # --- the list ---------------------------------------------------------------------------------

    def _job(self, n: int) -> PrintJob:
        """Of one that is under way: the list keeps those."""
        job = self._prints.find(n)
        assert job is not None
        return job

    def _wait_again(self, n: int) -> PrintJob:
        self._outcomes.following.leave(n)
        return self._prints.wait_again(n)
