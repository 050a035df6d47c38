"""How the last prints went, each with a button to print it again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look import Space, TextKind
from ui.desktop.print_jobs import JobState, PrintJob, title_of
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.text import Elided, Text

_SHOWN = 3


class PrintList(Card):
    """`asked_again` carries the number of a job. Not there before anything was printed."""

    asked_again = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("打印情况"), self.tr("没打出来的，在这里再打"), parent)
        self._rows = [_PrintRow() for _ in range(_SHOWN)]
        self._more = Text("", TextKind.SECONDARY)
        for row in self._rows:
            row.asked_again.connect(self.asked_again)
            self.add(row)
        self.add(self._more)
        self.show_jobs(())

    def show_jobs(self, jobs: tuple[PrintJob, ...]) -> None:
        """Newest first; what failed before what went well."""
        ordered = sorted(jobs, key=lambda job: job.state is not JobState.FAILED)
        for row, job in zip(self._rows, [*ordered[:_SHOWN], *[None] * _SHOWN], strict=False):
            row.show_job(job)
        self._more.set_text(self._rest(ordered[_SHOWN:]))
        self._more.setVisible(len(ordered) > _SHOWN)
        self.setVisible(bool(jobs))

    def _rest(self, jobs: list[PrintJob]) -> str:
        waiting = sum(not job.state.ended for job in jobs)
        if waiting:
            return self.tr("还有 {n} 份在等待打印").format(n=waiting)
        return self.tr("另有 {n} 份，已打印的都在登记簿里").format(n=len(jobs))


class _PrintRow(QWidget):
    asked_again = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._n = 0
        self._chip = Chip()
        self._title = Elided("", TextKind.BODY)
        self._words = Text("", TextKind.SECONDARY)
        self._again = Button("")
        self._again.clicked.connect(lambda: self.asked_again.emit(self._n))
        told = look.row(Space.S)
        told.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self._words, 1)
        texts = look.column(Space.XS)
        texts.addWidget(self._title)
        texts.addLayout(told)
        row = look.row(Space.M, parent=self)
        row.addLayout(texts, 1)
        row.addWidget(self._again)

    def show_job(self, job: PrintJob | None) -> None:
        self.setVisible(job is not None)
        if job is None:
            return
        self._n = job.n
        self._chip.say(job.state.mood, job.state.label)
        self._title.set_text(title_of(job))
        self._words.set_text(job.words if job.state is JobState.FAILED else "")
        # 补打 is another copy, marked and counted; what never came out is the same one again.
        marked = job.state in (JobState.PRINTED, JobState.FILED) and job.trial is None
        words = self.tr("补打") if marked else self.tr("再打")
        self._again.set_text(words)
        self._again.setAccessibleName(f"{words}：{title_of(job)}")
        self._again.setEnabled(job.state.ended)
