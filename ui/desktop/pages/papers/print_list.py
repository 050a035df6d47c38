"""How the last prints went, and whether they came out: each with what can be done about it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.print_job import JobState, PrintJob, title_of
from ui.desktop.print_jobs import PrintJobs
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.reading_order import follow_layout
from ui.desktop.widgets.text import Elided, Text

_SHOWN: Final = 3


def _tr(text: str) -> str:
    return QCoreApplication.translate("PrintList", text)


class PrintAct(StrEnum):
    """What may be done about a print."""

    CAME_OUT = "came_out"
    DID_NOT = "did_not"
    TRY_AGAIN = "try_again"
    REPRINT = "reprint"
    WITHDRAW = "withdraw"
    DROP = "drop"

    @property
    def label(self) -> str:
        return {
            PrintAct.CAME_OUT: _tr("是"),
            PrintAct.DID_NOT: _tr("没有，再打一次"),
            PrintAct.TRY_AGAIN: _tr("再打"),
            PrintAct.REPRINT: _tr("补打"),
            PrintAct.WITHDRAW: _tr("取消"),
            PrintAct.DROP: _tr("不打了"),
        }[self]


def acts_of(job: PrintJob) -> tuple[PrintAct, ...]:
    """补打 is another copy, marked and counted; what never came out is the same one again."""
    match job.state:
        case JobState.WAITING:
            return (PrintAct.WITHDRAW,)
        case JobState.FAILED if job.entry is not None or job.pdf:
            return (PrintAct.TRY_AGAIN, PrintAct.DROP)
        case JobState.FAILED | JobState.WITHDRAWN:
            return (PrintAct.TRY_AGAIN,)
        case JobState.PRINTED if job.asks:
            return (PrintAct.CAME_OUT, PrintAct.DID_NOT)
        case JobState.PRINTED | JobState.CONFIRMED | JobState.FILED:
            return (PrintAct.TRY_AGAIN if job.entry is None else PrintAct.REPRINT,)
        case _:
            return ()


class PrintList(Card):
    """Not there before anything was printed."""

    def __init__(self, jobs: PrintJobs, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("打印情况"), "", parent)
        self._jobs = jobs
        self._whole = False
        self._rows: list[_PrintRow] = []
        self._more = Text("", TextKind.SECONDARY)
        self._all = Button("", kind=ButtonKind.QUIET)
        self._all.clicked.connect(self._on_all)
        self._came_out = Button(self.tr("都打出来了"), icon="check")
        self._came_out.clicked.connect(jobs.all_came_out)
        self._list = look.column(Space.M)
        foot = look.row(Space.M)
        foot.addWidget(self._more, 1)
        foot.addWidget(self._all)
        foot.addWidget(self._came_out)
        self.add(self._list)
        self.add(foot)
        self._add_rows(_SHOWN)
        jobs.changed.connect(self.show_jobs)
        self.show_jobs()

    def show_jobs(self) -> None:
        """What wants somebody first, then the newest."""
        ordered = sorted(self._jobs.jobs, key=lambda job: job.pressing)
        shown = ordered if self._whole else ordered[:_SHOWN]
        if len(self._rows) < len(shown):
            self._add_rows(len(shown))
            follow_layout(self.window())
        for row, job in zip(self._rows, [*shown, *[None] * len(self._rows)], strict=False):
            row.show_job(job)
        asked = sum(job.asks for job in ordered)
        self._came_out.setVisible(asked > 1)
        self.set_note(self.tr("有 {n} 份等您看看打出来没有").format(n=asked) if asked else "")
        self._more.set_text("" if self._whole else _rest(ordered[_SHOWN:]))
        self._all.set_text(self.tr("收起") if self._whole else self.tr("全部显示"))
        self._all.setVisible(len(ordered) > _SHOWN)
        self.setVisible(bool(ordered))

    def _add_rows(self, wanted: int) -> None:
        while len(self._rows) < wanted:
            row = _PrintRow()
            row.acted.connect(self._on_acted)
            self._rows.append(row)
            self._list.addWidget(row)

    def _on_all(self) -> None:
        self._whole = not self._whole
        self.show_jobs()

    def _on_acted(self, n: int, act: PrintAct) -> None:
        match act:
            case PrintAct.CAME_OUT:
                self._jobs.came_out(n)
            case PrintAct.DID_NOT:
                self._jobs.did_not_come_out(n)
            case PrintAct.TRY_AGAIN | PrintAct.REPRINT:
                self._jobs.print_again(n)
            case PrintAct.WITHDRAW | PrintAct.DROP:
                self._jobs.withdraw(n)


def _rest(jobs: list[PrintJob]) -> str:
    if not jobs:
        return ""
    waiting = sum(not job.state.ended for job in jobs)
    if waiting:
        return _tr("还有 {n} 份在等待打印").format(n=waiting)
    return _tr("另有 {n} 份，已打印的都在登记簿里").format(n=len(jobs))


class _PrintRow(QWidget):
    acted = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._n = 0
        self._acts: tuple[PrintAct, ...] = ()
        self._chip = Chip()
        self._title = Elided("", TextKind.BODY)
        self._words = Text("", TextKind.SECONDARY)
        self._question = Text(_tr("打出来了吗？"), TextKind.STRONG)
        self._buttons = [Button(""), Button("")]
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda *_, place=place: self._on_clicked(place))
        told = look.row(Space.S)
        told.addWidget(self._chip)
        told.addWidget(self._question)
        told.addStretch(1)
        for button in self._buttons:
            told.addWidget(button)
        column = look.column(Space.XS, parent=self)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addLayout(told)

    def show_job(self, job: PrintJob | None) -> None:
        self.setVisible(job is not None)
        if job is None:
            return
        self._n = job.n
        self._chip.say(Mood.WARN if job.troubled else job.state.mood, job.state.label)
        self._title.set_text(title_of(job))
        told = job.state in (JobState.FAILED, JobState.WITHDRAWN) or not job.state.ended
        words = job.words if told or job.troubled else ""
        self._words.set_text(words)
        self._words.setVisible(bool(words))
        self._question.setVisible(job.asks)
        self._acts = acts_of(job)
        for button, act in zip(self._buttons, [*self._acts, None, None], strict=False):
            button.setVisible(act is not None)
            if act is not None:
                button.set_text(act.label)
                button.setAccessibleName(f"{act.label}：{title_of(job)}")

    def _on_clicked(self, place: int) -> None:
        if place < len(self._acts):
            self.acted.emit(self._n, self._acts[place])
