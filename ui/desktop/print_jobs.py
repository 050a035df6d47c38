"""What is being printed at this desk: one after the other, each with how it goes, and whether it came out.

A document is issued first, which writes its entry, and then put on paper.
One that was issued and did not come out is printed again with the same pages, which counts as nothing;
one that did come out is printed again as a reprint, marked and counted.
Where the system tells, what was sent is followed until it is out.
The list lives as long as the window; documents that nobody has said came out are there again after a restart.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.papers import PaperKind, copies_of
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import printing_queue
from app.usecases.papers import Issued
from app.usecases.printing_queue import OnItsWay
from app.usecases.today import shown_today
from printing.choice import PrinterChoice
from printing.trial import TITLE, Trial
from ui import wording
from ui.desktop import print_work
from ui.desktop.desk import Desk
from ui.desktop.jobs import Job, Jobs
from ui.desktop.look.mood import Mood
from ui.desktop.preferences import Preferences
from ui.desktop.print_following import PrintFollowing
from ui.desktop.print_job import JobState as JobState
from ui.desktop.print_job import PrintJob as PrintJob
from ui.desktop.print_job import SheetAsked as SheetAsked
from ui.desktop.print_job import from_before, sets_of
from ui.desktop.print_job import title_of as title_of
from ui.desktop.print_job import where_filed as where_filed
from ui.desktop.print_words import lost_words, news_words, sent_words
from ui.desktop.print_work import Issuing, Order, PrintWithdrawn, Ticket
from ui.desktop.print_work import papers_folder as papers_folder

if TYPE_CHECKING:
    from printing.cups import JobNews
    from printing.printer import Printed, SystemPrinter

KEPT: Final = 30
_RECEIPTS: Final = (PaperKind.MATERIALS_RECEIPT, PaperKind.MATERIALS_SLIP)


def jobs_of(desk: Desk) -> PrintJobs:
    """The desk's one list."""
    return desk.findChild(PrintJobs) or PrintJobs(desk)


def receipt_kind(preferences: Preferences) -> PaperKind:
    """The receipt that fits the paper chosen for it."""
    choice = preferences.printer_for(PaperKind.MATERIALS_RECEIPT)
    return PaperKind.MATERIALS_SLIP if choice.paper.is_roll else PaperKind.MATERIALS_RECEIPT


def kind_on_paper(kind: PaperKind, preferences: Preferences) -> PaperKind:
    """The document as it will be printed here: the receipt has two sizes."""
    return receipt_kind(preferences) if kind in _RECEIPTS else kind


def choice_for(kind: PaperKind, preferences: Preferences) -> PrinterChoice:
    """Both sizes of the receipt go where the receipt goes."""
    return preferences.printer_for(PaperKind.MATERIALS_RECEIPT if kind in _RECEIPTS else kind)


class PrintJobs(QObject):
    """Tells every outcome through the desk, besides its signals: whoever asked may be elsewhere by then."""

    changed = Signal()
    printed = Signal(object)
    failed = Signal(object)
    withdrawn = Signal(object)
    _drawn = Signal(int, int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._jobs: dict[int, PrintJob] = {}
        self._tickets: dict[int, Ticket] = {}
        self._last = 0
        # A queue of their own: a printer's server that is away may be waited for half a minute.
        self._printers = Jobs()
        self._printers.broke.connect(desk.jobs.broke)
        self.destroyed.connect(self._printers.stop)
        self._drawn.connect(self._on_drawn)
        self.following = PrintFollowing(self._printers, self)
        self.following.told.connect(self._on_told)
        desk.read(printing_queue.on_their_way, self._on_found)

    @property
    def jobs(self) -> tuple[PrintJob, ...]:
        """Newest first."""
        return tuple(reversed(self._jobs.values()))

    @property
    def busy(self) -> bool:
        return not all(job.state.ended for job in self._jobs.values())

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
        job = self._add(
            PrintJob(n=self._next(), title=kind.label, subject=subject, kind=kind, in_row=in_row)
        )
        issuing = Issuing(subject=subject, kind=kind, paper=paper, only_new=only_new)
        act(
            partial(print_work.issue, self._ticket(job.n), issuing),
            partial(self._on_issued, job.n),
            partial(self._on_failed, job.n),
        )
        return job.n

    def print_again(self, n: int) -> None:
        """The same pages if they did not come out; a reprint, marked and counted, if they did."""
        job = self._jobs.get(n)
        if job is None or not job.state.ended:
            return
        if job.trial is not None:
            self.print_trial(job.trial)
        elif job.pdf:
            self._put_on_paper(self._wait_again(n))
        elif job.entry is not None and job.state in (JobState.FAILED, JobState.WITHDRAWN):
            self._fetch(n, job.entry)
        elif job.subject is not None and job.kind is not None:
            self.print(job.subject, job.kind)
        elif job.sheet is not None:
            self.print_sheet(job.sheet)

    def came_out(self, n: int) -> None:
        """Somebody has it in hand."""
        self._answered([n])

    def all_came_out(self) -> None:
        """Everything that was asked about."""
        self._answered([n for n, job in self._jobs.items() if job.asks and not job.troubled])

    def did_not_come_out(self, n: int) -> None:
        """The same pages once more, which counts as nothing; what the printer still holds of them is taken back."""
        job = self._jobs.get(n)
        if job is not None and job.asks and job.entry is not None:
            self._fetch(n, job.entry)

    def withdraw(self, n: int) -> None:
        """Nothing more is done about a job that waits, or that failed and nobody wants any more."""
        job = self._jobs.get(n)
        if job is None:
            return
        if job.state is JobState.WAITING:
            self._ticket(n).withdraw()
            self._change(n, words=self.tr("正在取消…"))
        elif job.state is JobState.FAILED:
            self._withdrawn(n)

    def print_form(self, item: str) -> int:
        """An item's application form with nothing filled in, as it is handed out."""
        title = self.tr("空白{kind}").format(kind=PaperKind.APPLICATION_FORM.label)
        return self.print_sheet(SheetAsked(title=title, draw=partial(print_work.blank_form, item)))

    def print_sheet(self, asked: SheetAsked) -> int:
        """A guide, a list, a blank form: no document, no entry; it goes where application forms go."""
        kind = PaperKind.APPLICATION_FORM
        job = self._add(
            PrintJob(n=self._next(), title=asked.title, kind=kind, sheet=asked, sets=asked.sets)
        )
        self._desk.read(
            asked.draw,
            partial(self._on_sheet_drawn, job.n),
            partial(self._on_failed, job.n),
        )
        return job.n

    def print_trial(self, choice: PrinterChoice) -> int:
        """The test page: no document, no entry."""
        job = self._add(
            PrintJob(n=self._next(), title=TITLE, trial=choice, printer=choice.name)
        )  # fmt: skip
        self._desk.read(
            shown_today, partial(self._on_trial_day, job.n), partial(self._on_failed, job.n)
        )
        return job.n

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

    # --- on the way to paper ----------------------------------------------------------------------

    def _on_issued(self, n: int, issued: Issued) -> None:
        facts = issued.facts
        job = self._change(
            n,
            title=f"{facts.title} {facts.number}",
            reprint=facts.reprint,
            pdf=issued.pdf,
            entry=issued.entry,
            sets=sets_of(facts.kind, len(copies_of(facts))),
        )
        self._put_on_paper(job)

    def _fetch(self, n: int, entry: Ref) -> None:
        """The pages that were issued, from the store."""
        self._wait_again(n)
        self._desk.read(
            partial(print_work.pages, entry),
            partial(self._on_fetched, n),
            partial(self._on_failed, n),
        )

    def _on_fetched(self, n: int, pdf: bytes) -> None:
        self._put_on_paper(self._change(n, pdf=pdf))

    def _on_sheet_drawn(self, n: int, drawn: tuple[str, bytes]) -> None:
        title, pdf = drawn
        self._put_on_paper(self._change(n, title=title, pdf=pdf))

    def _on_trial_day(self, n: int, day: date) -> None:
        job = self._jobs[n]
        assert job.trial is not None
        trial = Trial(
            station=self._desk.station.name, printer=job.printer, paper=job.trial.paper, on=day
        )
        preferences = self._desk.preferences
        ticket = self._ticket(n)
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
        self._change(job.n, printer=choice.name, system_job=0)
        preferences, ticket = self._desk.preferences, self._ticket(job.n)
        self._print(
            job.n, partial(print_work.put_on_paper, ticket, order, preferences, self._drawn.emit)
        )

    def _print(self, n: int, work: Callable[[], Printed]) -> None:
        self._printers.outside(
            work, done=partial(self._on_printed, n), failed=partial(self._on_failed, n)
        )

    def _on_drawn(self, n: int, side: int, of: int) -> None:
        job = self._jobs.get(n)
        if job is not None and not job.state.ended:
            words = self.tr("第 {side} 页，共 {of} 页").format(side=side, of=of) if of > 1 else ""
            self._change(n, state=JobState.PRINTING, words=words)

    def _on_printed(self, n: int, printed: Printed) -> None:
        words = sent_words(printed)
        filed = printed.file is not None
        job = self._change(
            n,
            state=JobState.FILED if filed else JobState.PRINTED,
            words=words,
            file=printed.file,
            pdf=b"",
            system_job=printed.job,
        )
        if job.entry is not None:
            self._note(partial(print_work.note_printed, job.entry, printed))
        self.following.follow(n, printed.printer, printed.job)
        told = where_filed(printed.file) if printed.file is not None else words
        if not job.in_row:
            self._desk.say(Mood.GOOD, f"{title_of(job)}：{told}")
        self.printed.emit(job)

    def _on_failed(self, n: int, error: DaibanError) -> None:
        if isinstance(error, PrintWithdrawn):
            self._withdrawn(n)
            return
        words = wording.sentence_on_screen(error)
        if self._jobs[n].entry is not None:
            words += self.tr("文书已经出具，再打这一份不算补打。")
        self._fail(n, words)

    def _fail(self, n: int, words: str) -> None:
        job = self._change(n, state=JobState.FAILED, words=words, troubled=False)
        if job.entry is not None:
            self._note(partial(print_work.note_stuck, job.entry))
        if not job.in_row or job.entry is not None:
            self._desk.say(Mood.BAD, f"{title_of(job)}：{words}")
        self.failed.emit(job)

    def _withdrawn(self, n: int) -> None:
        job = self._jobs[n]
        words = ""
        if job.entry is not None:
            words = self.tr("文书已经出具，要用时再打，不算补打。")
            self._note(partial(print_work.note_done, (job.entry,)))
        self.withdrawn.emit(self._change(n, state=JobState.WITHDRAWN, words=words, pdf=b""))

    def _wait_again(self, n: int) -> PrintJob:
        self._tickets.pop(n, None)
        self.following.leave(n)
        return self._change(n, state=JobState.WAITING, words="", troubled=False)

    # --- whether it came out ----------------------------------------------------------------------

    def _on_found(self, found: list[OnItsWay]) -> None:
        """From before the last restart: older than whatever was asked for since."""
        since, self._jobs = self._jobs, {}
        for one in found:
            if any(job.entry == one.entry for job in since.values()):
                continue
            job = from_before(self._next(), one)
            self._jobs[job.n] = job
        self._jobs |= since
        self._forget_old()
        for job in self._jobs.values():
            if job.asks:
                self.following.follow(job.n, job.printer, job.system_job)
        if found:
            self.changed.emit()

    def _answered(self, asked: list[int]) -> None:
        entries = tuple(
            entry
            for n in asked
            if (job := self._jobs.get(n)) is not None
            and job.asks
            and (entry := job.entry) is not None
        )
        for n in asked:
            if n in self._jobs and self._jobs[n].asks:
                self.following.leave(n)
                self._change(n, state=JobState.CONFIRMED, words="", troubled=False)
        if entries:
            self._note(partial(print_work.note_done, entries))

    def _on_told(self, n: int, news: JobNews) -> None:
        from printing.cups import Stage

        job = self._jobs[n]
        if news.stage is Stage.LOST:
            self._fail(n, lost_words(job.printer))
            return
        words, troubled = news_words(news, job.printer)
        if (words, troubled) != (job.words, job.troubled):
            self._change(n, words=words, troubled=troubled)

    def _note(self, work: Callable[[Store], None]) -> None:
        self._desk.read(work, lambda _: None)

    # --- the list ---------------------------------------------------------------------------------

    def _ticket(self, n: int) -> Ticket:
        return self._tickets.setdefault(n, Ticket(n))

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _add(self, job: PrintJob) -> PrintJob:
        self._jobs[job.n] = job
        self._forget_old()
        self.changed.emit()
        return job

    def _forget_old(self) -> None:
        """What went well, oldest first: nobody waits any more for what was sent so many prints ago."""
        calm = sorted(
            (old for old in self._jobs.values() if old.state.ended and not old.wants_care),
            key=lambda job: (job.asks, job.n),
        )
        gone = calm[: max(0, len(self._jobs) - KEPT)]
        unanswered = tuple(old.entry for old in gone if old.asks and old.entry is not None)
        if unanswered:
            self._note(partial(print_work.note_done, unanswered))
        for old in gone:
            del self._jobs[old.n]
            self._tickets.pop(old.n, None)
            self.following.leave(old.n)

    def _change(self, n: int, **changes: object) -> PrintJob:
        job = msgspec.structs.replace(self._jobs[n], **changes)
        self._jobs[n] = job
        self.changed.emit()
        return job
