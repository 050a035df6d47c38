"""An entry without effect, as a JSON document and as a line: whose, which step, by whom, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.domain.days import CHINA
from app.domain.masking import mask_listed_name
from app.domain.tasks import TaskKind
from app.usecases.repairs import Repair, Settled
from app.usecases.shared_numbers import SharedNumber
from ui import wording
from ui.commands.days import minute


def document(repair: Repair) -> dict[str, Any]:
    """`entry` names it to `daiban repairs --done`; the applicant is masked, as on the list."""
    at = datetime.fromtimestamp(repair.at_ms / 1000, CHINA) if repair.at_ms else None
    return {
        "entry": str(repair.ref),
        "task": repair.task,
        "task_label": repair.task.label,
        "number": repair.local_number,
        "applicant": mask_listed_name(repair.applicant),
        "item": repair.item,
        "act": wording.act_verb(repair.kind),
        "act_label": wording.act_label(repair.kind) if repair.kind else "不明",
        "operator": repair.operator,
        "at": None if at is None else at.isoformat(timespec="seconds"),
        "code": repair.code,
        "facts": repair.facts,
        "message": wording.verdict(repair.code),
        "advice": wording.advice_on_refusal(repair.code, repair.kind)
        if repair.task is TaskKind.REFUSED
        else wording.advice(repair.code),
    }


def settled_document(settled: Settled) -> dict[str, Any]:
    """One that somebody has seen to: how, when, by whom and why; `instead` is the number that took its place."""
    at = datetime.fromtimestamp(settled.at_ms / 1000, CHINA)
    return document(settled.repair) | {
        "how": settled.how,
        "how_label": settled.how.label,
        "settled_at": at.isoformat(timespec="seconds"),
        "settled_by": settled.by,
        "reason": settled.reason,
        "instead": settled.number,
    }


def said_settled(told: dict[str, Any]) -> str:
    """已更正重登  450305200201-20261122-A2-0001 韦*妹 …：新收件号 …"""
    whose = " ".join(filter(None, (told["number"], told["applicant"], told["item"])))
    became = (
        f"新收件号 {told['instead']}" if told["instead"] else "",
        f"原因：{told['reason']}" if told["reason"] else "",
        told["settled_by"],
        minute(told["settled_at"]),
    )
    return f"{told['how_label']}  {whose or '内容不明的一条'}（{'，'.join(filter(None, became))}）"


def said(told: dict[str, Any]) -> str:
    """45030520020120261122A20001 韦*妹 就业创业证申领“登记”（韦代办，2026-11-22 09:00）：不属于本站辖区。请转给…"""
    whose = " ".join(filter(None, (told["number"], told["applicant"], told["item"])))
    by = "，".join(filter(None, (told["operator"], told["at"] and minute(told["at"]))))
    who = f"（{by}）" if by else ""
    step = f"{whose or '内容不明的一条'} “{told['act_label']}”{who}"
    return f"{step}：{told['message'].rstrip('。')}。{told['advice']}"


def shared_document(shared: Sequence[SharedNumber]) -> list[dict[str, Any]]:
    """Numbers that two cases bear, each case with how it is told from the other and where it was registered."""
    return [
        {
            "number": one.number,
            "cases": [
                {
                    "told_number": case.told,
                    "subject": str(case.row.subject),
                    "applicant": mask_listed_name(case.row.applicant),
                    "slot": case.slot,
                    "ours": case.ours,
                }
                for case in one.cases
            ],
        }
        for one in shared
    ]


def shared_lines(shared: Sequence[SharedNumber]) -> list[str]:
    """One for each case: 同号  450305200201-20261122-A2-0001/B 韦*妹（电脑 B2 登记）."""
    return [
        f"同号  {case.told} {mask_listed_name(case.row.applicant)}"
        f"（{'本机，' if case.ours else ''}电脑 {case.slot} 登记）"
        for one in shared
        for case in one.cases
    ]
