"""One document on its way to paper, as people are told of it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.papers import PaperKind
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases.printing_queue import OnItsWay
from printing.choice import Paper, PrinterChoice
from ui.desktop.look.mood import Mood


def _tr(text: str) -> str:
    return QCoreApplication.translate("PrintJobs", text)


class JobState(StrEnum):
    WAITING = "waiting"
    PRINTING = "printing"
    PRINTED = "printed"
    CONFIRMED = "confirmed"
    FILED = "filed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            JobState.WAITING: _tr("等待打印"),
            JobState.PRINTING: _tr("正在打印"),
            JobState.PRINTED: _tr("已送到打印机"),
            JobState.CONFIRMED: _tr("已打出"),
            JobState.FILED: _tr("已存为文件"),
            JobState.FAILED: _tr("没有打印"),
            JobState.WITHDRAWN: _tr("已取消"),
        }[self]

    @property
    def mood(self) -> Mood:
        return {
            JobState.WAITING: Mood.PAUSED,
            JobState.PRINTING: Mood.INFO,
            JobState.PRINTED: Mood.GOOD,
            JobState.CONFIRMED: Mood.GOOD,
            JobState.FILED: Mood.GOOD,
            JobState.FAILED: Mood.BAD,
            JobState.WITHDRAWN: Mood.PLAIN,
        }[self]

    @property
    def ended(self) -> bool:
        return self not in (JobState.WAITING, JobState.PRINTING)


class SheetAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet that is about no case, so that no entry tells of it. `draw` gives its title and its pages.

    `sets` as those of a job.
    """

    title: str  # until it is drawn
    draw: Callable[[Store], tuple[str, bytes]]
    paper: Paper = Paper.A4
    sets: int = 1


class PrintJob(msgspec.Struct, frozen=True, kw_only=True):
    """`subject` and `kind` are None for the test page; `words` says how it goes, or went.

    `entry` says that the document was issued, once it is; `sheet` is set for one that is about no case.
    `system_job` is the system's number of what was sent.
    `sets` are the copies (联) that its pages are, one after the other; 0: nothing stands on the back of another.
    `troubled`: the printer has it and waits for somebody. `in_row`: one of a batch, which tells of all together.
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
    sheet: SheetAsked | None = None
    entry: Ref | None = None
    system_job: int = 0
    sets: int = 1
    troubled: bool = False
    in_row: bool = False

    @property
    def asks(self) -> bool:
        """Whether somebody should say if it came out."""
        return self.state is JobState.PRINTED and self.entry is not None

    @property
    def wants_care(self) -> bool:
        """Whether somebody must do something before it is on paper."""
        return self.state is JobState.FAILED or self.troubled

    @property
    def pressing(self) -> int:
        """What somebody must do something about comes first, what is over last."""
        if self.wants_care:
            return 0
        if not self.state.ended:
            return 1
        return 2 if self.asks else 3


def from_before(n: int, one: OnItsWay) -> PrintJob:
    """A document that was on its way when the window was closed, or the current went."""
    stuck = _tr("上次没有打出来。文书已经出具，再打这一份不算补打。")
    return PrintJob(
        n=n,
        title=one.title,
        state=JobState.FAILED if one.stuck else JobState.PRINTED,
        words=stuck if one.stuck else _tr("上次开机时送去打印的。"),
        subject=one.subject,
        kind=one.kind,
        reprint=one.reprint,
        printer=one.printer,
        entry=one.entry,
        system_job=one.job,
        sets=sets_of(one.kind, one.copies),
    )


def sets_of(kind: PaperKind, copies: int) -> int:
    """Of a document in so many copies."""
    return 0 if kind.torn else copies


def title_of(job: PrintJob) -> str:
    """The document with its number, and that it is a reprint."""
    if not job.reprint:
        return job.title
    return _tr("{title}（补打第 {n} 次）").format(title=job.title, n=job.reprint)


def where_filed(file: Path) -> str:
    """Short, for whoever looks up from other work; the list of prints has the whole path."""
    return _tr("已存为文件，在“{folder}”文件夹里。").format(folder=file.parent.name)
