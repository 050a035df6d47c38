"""What is to be done, said in a line: 今天到期 | 转报：覃* 残疾人两项补贴 | 收件 11-18."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.clocks import ClockName
from app.domain.limits import Unit
from app.domain.tasks import TaskKind
from app.usecases.work import BESIDE, Count
from ui import wording
from ui.desktop import case_words, words
from ui.desktop.look.mood import Mood
from ui.desktop.pages.home.glance import CardFacts, TaskFacts
from ui.desktop.widgets.row_list import Row

APART: Final = (TaskKind.REFUSED, TaskKind.OUT_OF_PLACE)
"""Not work at the counter but entries without effect."""


_BEGAN: Final = {
    ClockName.TAKING_OVER: "转报",
    ClockName.EXAMINATION: "接收",
    ClockName.SUPPLEMENT: "告知",
    ClockName.PROMISED: "受理",
    ClockName.STATUTORY: "受理",
    ClockName.REVIEW: "受理",
    ClockName.PROCEDURE: "暂停",
    ClockName.DELIVERY: "决定",
    ClockName.FOLLOW_UP: "送达",
    ClockName.RECTIFICATION: "回访",
    ClockName.HAND_OVER: "移交",
}


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
    if task.kind in BESIDE:
        mood = Mood.INFO
    elif task.days_left is not None:
        chip = words.left(task.days_left, task.unit or Unit.WORKING)
        mood = case_words.left_mood(task.days_left, task.light)
    return Row(
        key=facts.key,
        chip=chip,
        mood=mood,
        title=f"{verb(task.kind)}：{subject}",
        mark="·".join(marks(facts)),
        right=_right(facts),
        act=verb(task.kind) if task.kind in BESIDE else "",
    )


def marks(facts: TaskFacts) -> list[str]:
    """What puts a line before others, and for whom a deputy does it."""
    row = facts.task.row
    said = [_tr("加急")] if row is not None and row.urgent else []
    said += [_tr("绿色通道")] if row is not None and row.green else []
    said += [_tr("代 {name}").format(name=facts.stands_for)] if facts.stands_for else []
    return said


def _right(facts: TaskFacts) -> str:
    if facts.since is None or facts.task.kind in BESIDE:
        return ""
    return f"{_began(facts.task.clock)} {words.bare_day(facts.since)}"


def card_label(facts: CardFacts) -> str:
    return _tr("办理机关处") if facts.task is None else facts.task.label


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


def verb(kind: TaskKind) -> str:
    return {
        TaskKind.FORWARD: _tr("转报"),
        TaskKind.ACCOMPANY: _tr("引领"),
        TaskKind.SUPPLY: _tr("补正"),
        TaskKind.TAKE_OVER: _tr("接收"),
        TaskKind.EXAMINE: _tr("审查"),
        TaskKind.RECEIVE_SUPPLEMENT: _tr("收补正材料"),
        TaskKind.HANDLE: _tr("初审"),
        TaskKind.RESUME: _tr("特别程序中"),
        TaskKind.AWAIT_PARTS: _tr("等联办结果"),
        TaskKind.END_PARTS: _tr("了结联办部分"),
        TaskKind.AWAIT_OUTSIDE: _tr("等外部结果"),
        TaskKind.DECIDE: _tr("决定"),
        TaskKind.DELIVER: _tr("送达"),
        TaskKind.FOLLOW_UP: _tr("回访"),
        TaskKind.RECTIFY: _tr("整改"),
        TaskKind.ARCHIVE: _tr("归档"),
        TaskKind.TAKE_HAND_OVER: _tr("接手"),
        TaskKind.RETURN_ORIGINALS: _tr("退还原件"),
        TaskKind.ANSWER_CARD: _tr("回应黄牌红牌"),
        TaskKind.REFUSED: _tr("中心退回"),
        TaskKind.OUT_OF_PLACE: _tr("未生效"),
    }[kind]


def _began(clock: ClockName | None) -> str:
    """What happened on the day on which the clock began."""
    return _tr(_BEGAN[clock]) if clock in _BEGAN else _tr("收件")


def _tr(text: str) -> str:
    return QCoreApplication.translate("task_words", text)
