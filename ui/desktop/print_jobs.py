"""What is being printed at this desk: one after the other, each with how it goes, and whether it came out.

A document is issued first, which writes its entry, and then put on paper.
One that was issued and did not come out is printed again with the same pages, which counts as nothing;
one that did come out is printed again as a reprint, marked and counted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.papers import PaperKind
from app.errors import DaibanError
from app.journal.refs import Ref
from printing.choice import PrinterChoice
from printing.trial import TITLE
from ui.desktop import print_work
from ui.desktop.desk import Desk
from ui.desktop.jobs import Job, Jobs
from ui.desktop.print_choice import choice_for, kind_on_paper
from ui.desktop.print_following import PrintFollowing
from ui.desktop.print_job import JobState as JobState
from ui.desktop.print_job import PrintJob as PrintJob
from ui.desktop.print_job import SheetAsked as SheetAsked
from ui.desktop.print_job import title_of as title_of
from ui.desktop.print_job import where_filed as where_filed
from ui.desktop.print_list import PrintList
from ui.desktop.print_outcomes import PrintOutcomes
from ui.desktop.print_route import PrintRoute
from ui.desktop.print_work import Issuing
from ui.desktop.print_work import papers_folder as papers_folder

if TYPE_CHECKING:
    from printing.printer import SystemPrinter


def jobs_of(desk: Desk) -> PrintJobs:
    """The desk's one list."""
    return desk.findChild(PrintJobs) or PrintJobs(desk)


class PrintJobs(QObject):
    """What may be asked of it; `printed`, `failed` and `withdrawn` carry the job, `prints` is the list of them."""

    changed = Signal()
    printed = Signal(object)
    failed = Signal(object)
    withdrawn = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        # A queue of their own: a printer's server that is away may be waited for half a minute.
        self._printers = Jobs()
        self._printers.broke.connect(desk.jobs.broke)
        self.destroyed.connect(self._printers.stop)
        self.prints = PrintList(self)
        self._outcomes = PrintOutcomes(desk, self.prints, self._printers, self)
        self._route = PrintRoute(desk, self.prints, self._printers, self._outcomes, self)
        self.prints.changed.connect(self.changed)
        self._route.printed.connect(self.printed)
        self._route.failed.connect(self.failed)
        self._route.withdrawn.connect(self.withdrawn)

    @property
    def jobs(self) -> tuple[PrintJob, ...]:
        """Newest first."""
        return self.prints.jobs

    @property
    def busy(self) -> bool:
        return self.prints.busy

    @property
    def following(self) -> PrintFollowing:
        """What the system tells of what was sent."""
        return self._outcomes.following

    def stop(self) -> None:
        """The window is closed: what is on its way to paper arrives there, if the printer takes it soon."""
        self.following.stop()
        self._printers.stop()

    # --- asking -----------------------------------------------------------------------------------

    def print(self, subject: Ref, kind: PaperKind) -> int:
        """Issue a document and print it; one that was issued before becomes a reprint."""
        return self._issue(subject, kind, self._desk.act)

    def print_in_row(self, subject: Ref, kind: PaperKind, *, only_new: bool) -> int:
        """One of many, of which whoever asks tells when all are done; `only_new`: no reprint."""
        return self._issue(subject, kind, self._desk.act_in_row, in_row=True, only_new=only_new)

    def _issue(
        self,
        subject: Ref,
        kind: PaperKind,
        act: Callable[..., object],
        *,
        in_row: bool = False,
        only_new: bool = False,
    ) -> int:
        kind = kind_on_paper(kind, self._desk.preferences)
        paper = choice_for(kind, self._desk.preferences).paper
        n = self.prints.next()
        job = self.prints.add(
            PrintJob(n=n, title=kind.label, subject=subject, kind=kind, in_row=in_row)
        )
        issuing = Issuing(subject=subject, kind=kind, paper=paper, only_new=only_new)
        self._route.issue(job, issuing, act)
        return n

    def print_form(self, item: str) -> int:
        """An item's application form with nothing filled in, as it is handed out."""
        title = self.tr("空白{kind}").format(kind=PaperKind.APPLICATION_FORM.label)
        return self.print_sheet(SheetAsked(title=title, draw=partial(print_work.blank_form, item)))

    def print_sheet(self, asked: SheetAsked) -> int:
        """A guide, a list, a blank form: no document, no entry; it goes where application forms go."""
        kind, n = PaperKind.APPLICATION_FORM, self.prints.next()
        job = self.prints.add(
            PrintJob(n=n, title=asked.title, kind=kind, sheet=asked, sets=asked.sets)
        )
        self._route.draw(job, asked)
        return n

    def print_trial(self, choice: PrinterChoice) -> int:
        """The test page: no document, no entry."""
        n = self.prints.next()
        job = self.prints.add(PrintJob(n=n, title=TITLE, trial=choice, printer=choice.name))
        self._route.try_out(job)
        return n

    def print_again(self, n: int) -> None:
        """The same pages if they did not come out; a reprint, marked and counted, if they did."""
        job = self.prints.find(n)
        if job is None or not job.state.ended:
            return
        if job.trial is not None:
            self.print_trial(job.trial)
        elif job.pdf:
            self._route.send_again(n)
        elif job.entry is not None and job.state in (JobState.FAILED, JobState.WITHDRAWN):
            self._route.fetch(n, job.entry)
        elif job.subject is not None and job.kind is not None:
            self.print(job.subject, job.kind)
        elif job.sheet is not None:
            self.print_sheet(job.sheet)

    def withdraw(self, n: int) -> None:
        """Nothing more is done about a job that waits, or that failed and nobody wants any more."""
        job = self.prints.find(n)
        if job is None:
            return
        if job.state is JobState.WAITING:
            self.prints.ticket(n).withdraw()
            self.prints.change(n, words=self.tr("正在取消…"))
        elif job.state is JobState.FAILED:
            self._route.give_up(n)

    # --- whether it came out ----------------------------------------------------------------------

    def came_out(self, n: int) -> None:
        """Somebody has it in hand."""
        self._outcomes.came_out([job for job in self.prints.asking if job.n == n])

    def all_came_out(self) -> None:
        """Everything that was asked about."""
        self._outcomes.came_out([job for job in self.prints.asking if not job.troubled])

    def did_not_come_out(self, n: int) -> None:
        """The same pages once more, which counts as nothing; what the printer still holds of them is taken back."""
        job = self.prints.find(n)
        if job is not None and job.asks and job.entry is not None:
            self._route.fetch(n, job.entry)

    # --- printers ---------------------------------------------------------------------------------

    def ask_printers(
        self,
        done: Callable[[list[SystemPrinter]], object],
        failed: Callable[[DaibanError], object] | None = None,
    ) -> Job:
        """The system's printers; the answer may take half a minute: who is gone by then cancels the job."""
        return self._printers.outside(
            print_work.system_printers,
            done=done,
            failed=failed or self._desk.complain,
            replaces="printers",
        )
