"""What is to be done, said in a line: 今天到期 | 转报：覃* 残疾人两项补贴 | 收件 11-18."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.clocks import ClockName
from app.domain.limits import Unit
from app.domain.tasks import TaskKind
from app.usecases.work import Count
from ui import wording
from ui.desktop import case_words, words
from ui.desktop.look.mood import Mood
from ui.desktop.pages.home.glance import CardFacts, TaskFacts
from ui.desktop.widgets.row_list import Row

APART: Final = (TaskKind.REFUSED, TaskKind.OUT_OF_PLACE)
"""Not work at the counter but entries without effect."""


def row_of(facts: TaskFacts, today: date) -> Row:
    task = facts.task
    subject = " ".join(filter(None, (facts.applicant, facts.item)))
    if task.kind in APART and task.repair is not None:
        why = wording.verdict(task.repair.code)
        return Row(
            key=facts.key,
            chip=task.kind.label,
            mood=Mood.BAD,
            title=f"{why}：{subject}" if subject else why,
            right=words.moment(task.repair.at_ms, today),
        )
    chip, mood = task.kind.label, Mood.PLAIN
    if task.days_left is not None:
        chip = words.left(task.days_left, task.unit or Unit.WORKING)
        mood = case_words.left_mood(task.days_left, task.light)
    return Row(
        key=facts.key,
        chip=chip,
        mood=mood,
        title=f"{_verb(task.kind)}：{subject}",
        right=f"{_began(task.clock)} {words.bare_day(facts.since)}" if facts.since else "",
    )


def card_label(facts: CardFacts) -> str:
    return _tr("在镇街办理") if facts.task is None else facts.task.label


def card_note(facts: CardFacts) -> tuple[Mood, str]:
    """1 件超期, 1 件今天到期: the gravest alone, for there is no room for two."""
    count: Count = facts.count
    if count.late:
        return Mood.BAD, _tr("{n} 件超期").format(n=count.late)
    if count.due_today:
        return Mood.WARN, _tr("{n} 件今天到期").format(n=count.due_today)
    if facts.supplement:
        return Mood.PLAIN, _tr("{n} 件待补正").format(n=facts.supplement)
    return Mood.PLAIN, _tr("都在期限内") if count.total else ""


def _verb(kind: TaskKind) -> str:
    return {
        TaskKind.FORWARD: _tr("转报"),
        TaskKind.SUPPLY: _tr("补正"),
        TaskKind.TAKE_OVER: _tr("接收"),
        TaskKind.EXAMINE: _tr("审查"),
        TaskKind.DECIDE: _tr("决定"),
        TaskKind.DELIVER: _tr("送达"),
        TaskKind.REFUSED: _tr("中心退回"),
        TaskKind.OUT_OF_PLACE: _tr("未生效"),
    }[kind]


def _began(clock: ClockName | None) -> str:
    """What happened on the day on which the clock began."""
    return {
        None: _tr("收件"),
        ClockName.FORWARDING: _tr("收件"),
        ClockName.EXAMINATION: _tr("接收"),
        ClockName.PROMISED: _tr("受理"),
        ClockName.STATUTORY: _tr("受理"),
        ClockName.DELIVERY: _tr("决定"),
    }[clock]


def _tr(text: str) -> str:
    return QCoreApplication.translate("task_words", text)
