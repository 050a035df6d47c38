"""What the status bar says of paper: what is being printed, what failed, else where documents come out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.domain.papers import PaperKind
from ui.desktop.look.mood import Mood
from ui.desktop.preferences import Preferences
from ui.desktop.print_choice import choice_for
from ui.desktop.print_jobs import JobState, PrintJob

_UNDER_WAY = (JobState.WAITING, JobState.PRINTING)


def printer_words(preferences: Preferences, jobs: Sequence[PrintJob]) -> tuple[Mood, str]:
    """`jobs` are the newest first."""
    under_way = [job for job in jobs if job.state in _UNDER_WAY]
    if under_way:
        more = _tr("，还有 {n} 份").format(n=len(under_way) - 1) if len(under_way) > 1 else ""
        return Mood.INFO, _tr("正在打印 {title}").format(title=under_way[-1].title) + more
    if jobs and jobs[0].state is JobState.FAILED:
        return Mood.BAD, _tr("没有打印：{title}").format(title=jobs[0].title)
    troubled = next((job for job in jobs if job.troubled), None)
    if troubled is not None:
        return Mood.WARN, troubled.words
    asked = sum(job.asks for job in jobs)
    printer = choice_for(PaperKind.MATERIALS_RECEIPT, preferences).name
    words = printer or _tr("没有设打印机，文书存为文件")
    if asked:
        words += _tr(" · {n} 份打出来了吗？").format(n=asked)
    return Mood.PLAIN, words


def _tr(text: str) -> str:
    return QCoreApplication.translate("StatusBar", text)
