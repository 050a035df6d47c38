"""What is being printed at this desk: one after the other, each with how it went.

A document is issued first, which writes its entry, and then put on paper.
One that was issued but did not reach the printer is tried again with the same pages;
one that did reach it is printed again as a reprint, marked and counted.
The list lives as long as the window: what was issued before is in the register.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.papers import PaperKind
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import application_forms, catalogue, papers
from app.usecases.papers import Issued
from app.usecases.today import shown_today
from printing.choice import Paper, PrinterChoice
from printing.trial import TITLE, Trial, print_trial
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.jobs import Jobs
from ui.desktop.look.mood import Mood
from ui.desktop.preferences import Preferences

if TYPE_CHECKING:
    from printing.printer import Printed, SystemPrinter

KEPT = 30
_RECEIPTS = (PaperKind.MATERIALS_RECEIPT, PaperKind.MATERIALS_SLIP)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PrintJobs", text)


class JobState(StrEnum):
    WAITING = "waiting"
    PRINTING = "printing"
    PRINTED = "printed"
    FILED = "filed"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {
            JobState.WAITING: _tr("等待打印"),
            JobState.PRINTING: _tr("正在打印"),
            JobState.PRINTED: _tr("已送到打印机"),
            JobState.FILED: _tr("已存为文件"),
            JobState.FAILED: _tr("没有打印"),
        }[self]

    @property
    def mood(self) -> Mood:
        return {
            JobState.WAITING: Mood.PAUSED,
            JobState.PRINTING: Mood.INFO,
            JobState.PRINTED: Mood.GOOD,
            JobState.FILED: Mood.GOOD,
            JobState.FAILED: Mood.BAD,
        }[self]

    @property
    def ended(self) -> bool:
        return self not in (JobState.WAITING, JobState.PRINTING)


class PrintJob(msgspec.Struct, frozen=True, kw_only=True):
    """`subject` and `kind` are None for the test page; `words` says how it went.

    `item` is set for an application form with nothing filled in, which is about no case.
    """

    n: int
    title: str
    state: JobState = JobState.WAITING
    words: str = ""
    subject: Ref | None = None
    kind: PaperKind | None = None
    reprint: int = 0
    printer: str = ""
    file: Path | None = None
    pdf: bytes = b""  # as long as it is not on paper
    trial: PrinterChoice | None = None
    item: str = ""


def jobs_of(desk: Desk) -> PrintJobs:
    """The desk's one list."""
    return desk.findChild(PrintJobs) or PrintJobs(desk)


def receipt_kind(preferences: Preferences) -> PaperKind:
    """The receipt that fits the paper chosen for it."""
    choice = preferences.printer_for(PaperKind.MATERIALS_RECEIPT)
    slip = choice.paper is Paper.SLIP
    return PaperKind.MATERIALS_SLIP if slip else PaperKind.MATERIALS_RECEIPT


def kind_on_paper(kind: PaperKind, preferences: Preferences) -> PaperKind:
    """The document as it will be printed here: the receipt has two sizes."""
    return receipt_kind(preferences) if kind in _RECEIPTS else kind


def choice_for(kind: PaperKind, preferences: Preferences) -> PrinterChoice:
    """Both sizes of the receipt go where the receipt goes."""
    return preferences.printer_for(PaperKind.MATERIALS_RECEIPT if kind in _RECEIPTS else kind)


def papers_folder(preferences: Preferences) -> Path:
    """Where documents go as files. Off the GUI thread: it loads the printer."""
    from printing.printer import usual_folder

    return Path(preferences.file_folder) if preferences.file_folder else usual_folder()


class PrintJobs(QObject):
    """Tells every outcome through the desk, besides its signals: whoever asked may be elsewhere by then."""

    changed = Signal()
    printed = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._jobs: dict[int, PrintJob] = {}
        self._last = 0
        # A queue of their own: a printer's server that is away may be waited for half a minute.
        self._printers = Jobs()
        self._printers.broke.connect(desk.jobs.broke)
        self.destroyed.connect(self._printers.stop)

    @property
    def jobs(self) -> tuple[PrintJob, ...]:
        """Newest first."""
        return tuple(reversed(self._jobs.values()))

    @property
    def busy(self) -> bool:
        return not all(job.state.ended for job in self._jobs.values())

    def stop(self) -> None:
        """The window is closed: what is on its way to paper arrives there, if the printer takes it soon."""
        self._printers.stop()

    # --- asking -----------------------------------------------------------------------------------

    def print(self, subject: Ref, kind: PaperKind) -> int:
        """Issue a document and print it; one that was issued before becomes a reprint."""
        kind = kind_on_paper(kind, self._desk.preferences)
        job = self._add(PrintJob(n=self._next(), title=kind.label, subject=subject, kind=kind))
        self._desk.act(
            partial(_issue, subject, kind),
            partial(self._on_issued, job.n),
            partial(self._on_failed, job.n),
        )
        return job.n

    def print_again(self, n: int) -> None:
        """The same pages if they never reached the printer; a reprint, marked and counted, if they did."""
        job = self._jobs.get(n)
        if job is None or not job.state.ended:
            return
        if job.trial is not None:
            self.print_trial(job.trial)
        elif job.pdf:
            self._put_on_paper(self._change(n, state=JobState.PRINTING, words=""))
        elif job.subject is not None and job.kind is not None:
            self.print(job.subject, job.kind)
        elif job.item:
            self.print_form(job.item)

    def print_form(self, item: str) -> int:
        """An item's application form with nothing filled in, as it is handed out: no document, no entry."""
        kind = PaperKind.APPLICATION_FORM
        title = self.tr("空白{kind}").format(kind=kind.label)
        job = self._add(PrintJob(n=self._next(), title=title, kind=kind, item=item))
        self._desk.read(
            partial(_blank_form, item),
            partial(self._on_form_drawn, job.n),
            partial(self._on_failed, job.n),
        )
        return job.n

    def print_trial(self, choice: PrinterChoice) -> int:
        """The test page: no document, no entry."""
        job = self._add(
            PrintJob(
                n=self._next(), title=TITLE, state=JobState.PRINTING, trial=choice,
                printer=choice.printer,
            )
        )  # fmt: skip
        self._desk.read(
            shown_today, partial(self._on_trial_day, job.n), partial(self._on_failed, job.n)
        )
        return job.n

    def ask_printers(
        self,
        done: Callable[[list[SystemPrinter]], object],
        failed: Callable[[DaibanError], object] | None = None,
    ) -> None:
        """The system's printers; the answer may take half a minute."""
        self._printers.outside(
            _system_printers,
            done=done,
            failed=failed or self._desk.complain,
            replaces="printers",
        )

    # --- at work ----------------------------------------------------------------------------------

    def _on_issued(self, n: int, issued: Issued) -> None:
        facts = issued.facts
        job = self._change(
            n,
            title=f"{facts.title} {facts.number}",
            state=JobState.PRINTING,
            reprint=facts.reprint,
            pdf=issued.pdf,
        )
        self._put_on_paper(job)

    def _on_form_drawn(self, n: int, drawn: tuple[str, bytes]) -> None:
        title, pdf = drawn
        self._put_on_paper(self._change(n, title=title, state=JobState.PRINTING, pdf=pdf))

    def _on_trial_day(self, n: int, day: date) -> None:
        job = self._jobs[n]
        assert job.trial is not None
        trial = Trial(
            station=self._desk.station.name,
            printer=job.printer,
            paper=job.trial.paper,
            on=day,
        )
        self._print(n, partial(_print_trial, trial, job.trial, self._desk.preferences))

    def _put_on_paper(self, job: PrintJob) -> None:
        assert job.kind is not None
        choice = choice_for(job.kind, self._desk.preferences)
        self._change(job.n, printer=choice.printer)
        self._print(job.n, partial(_print, job.pdf, choice, title_of(job), self._desk.preferences))

    def _print(self, n: int, work: Callable[[], Printed]) -> None:
        self._printers.outside(
            work, done=partial(self._on_printed, n), failed=partial(self._on_failed, n)
        )

    def _on_printed(self, n: int, printed: Printed) -> None:
        if printed.file is None:
            state = JobState.PRINTED
            words = self.tr("已送到打印机“{printer}”。").format(printer=printed.printer)
        else:
            state = JobState.FILED
            words = self.tr("已存为文件 {file}").format(file=printed.file)
        job = self._change(n, state=state, words=words, file=printed.file, pdf=b"")
        told = words if printed.file is None else where_filed(printed.file)
        self._desk.say(Mood.GOOD, f"{title_of(job)}：{told}")
        self.printed.emit(job)

    def _on_failed(self, n: int, error: DaibanError) -> None:
        words = wording.sentence_on_screen(error)
        if self._jobs[n].pdf and not self._jobs[n].item:
            words += self.tr("文书已经出具，再打这一份不算补打。")
        job = self._change(n, state=JobState.FAILED, words=words)
        self._desk.say(Mood.BAD, f"{title_of(job)}：{words}")
        self.failed.emit(job)

    # --- the list ---------------------------------------------------------------------------------

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _add(self, job: PrintJob) -> PrintJob:
        self._jobs[job.n] = job
        done = [n for n, old in self._jobs.items() if old.state.ended and not old.pdf]
        for n in done[: max(0, len(self._jobs) - KEPT)]:
            del self._jobs[n]
        self.changed.emit()
        return job

    def _change(self, n: int, **changes: object) -> PrintJob:
        job = msgspec.structs.replace(self._jobs[n], **changes)
        self._jobs[n] = job
        self.changed.emit()
        return job


def where_filed(file: Path) -> str:
    """Short, for whoever looks up from other work; the list of prints has the whole path."""
    return _tr("已存为文件，在“{folder}”文件夹里。").format(folder=file.parent.name)


def title_of(job: PrintJob) -> str:
    """The document with its number, and that it is a reprint."""
    if not job.reprint:
        return job.title
    return _tr("{title}（补打第 {n} 次）").format(title=job.title, n=job.reprint)


# --- off the GUI thread -----------------------------------------------------------------------------


def _issue(subject: Ref, kind: PaperKind, store: Store, by: OperatorCard) -> Issued:
    from printing import render

    return papers.issue(store, subject, kind, by=by, render=render)


def _blank_form(item: str, store: Store) -> tuple[str, bytes]:
    """What it is called, and its pages."""
    from printing import render

    found = catalogue.find(store, item, shown_today(store))
    facts = application_forms.blank(store, found)
    return _tr("空白《{name}》").format(name=facts.name), render(facts)


def _print(pdf: bytes, choice: PrinterChoice, title: str, preferences: Preferences) -> Printed:
    from printing.printer import print_pages

    return print_pages(pdf, choice, title=title, folder=papers_folder(preferences))


def _print_trial(trial: Trial, choice: PrinterChoice, preferences: Preferences) -> Printed:
    return print_trial(trial, choice, folder=papers_folder(preferences))


def _system_printers() -> list[SystemPrinter]:
    from printing.printer import printers

    return printers()
