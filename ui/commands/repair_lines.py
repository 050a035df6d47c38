"""An entry without effect, as a JSON document and as a line: whose, which step, by whom, why, and what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.domain.days import CHINA
from app.domain.masking import mask_listed_name
from app.usecases.repairs import Repair
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
        "advice": wording.advice(repair.code),
    }


def said(told: dict[str, Any]) -> str:
    """45030520020120261122A20001 韦*妹 就业创业证申领“登记”（韦代办，2026-11-22 09:00）：不属于本站辖区。请转给…"""
    whose = " ".join(filter(None, (told["number"], told["applicant"], told["item"])))
    by = "，".join(filter(None, (told["operator"], told["at"] and minute(told["at"]))))
    who = f"（{by}）" if by else ""
    step = f"{whose or '内容不明的一条'} “{told['act_label']}”{who}"
    return f"{step}：{told['message'].rstrip('。')}。{told['advice']}"
