"""While the authority works on what it accepted."""

from __future__ import annotations

from typing import Final

from app.domain import events
from app.domain.case import State
from app.usecases.story.telling import Telling, joined, numbered, said, span, tell

_ENDS: Final = frozenset(state.label for state in State if state.ended) | {"没有立件"}
"""What is told of a part that ended without a decision (app.usecases.acts.joint)."""


@tell.register(events.CasePaused)
def _paused(body: events.CasePaused, telling: Telling) -> str:
    limit = f"不超过 {span(body.days, body.unit)}" if body.days else ""
    return joined(
        f"启动特别程序“{body.procedure}”，办理时限暂停",
        limit,
        f"依据{body.basis}" if body.basis else "",
        f"批准人 {body.approver}",
    )


@tell.register(events.CaseResumed)
def _resumed(body: events.CaseResumed, telling: Telling) -> str:
    return f"结束特别程序，办理时限继续计算{said(body.result)}"


@tell.register(events.CaseExtended)
def _extended(body: events.CaseExtended, telling: Telling) -> str:
    unit = telling.item.clock.unit
    return joined(f"延期 {span(body.days, unit)}{said(body.reason)}", f"批准人 {body.approver}")


@tell.register(events.CaseChildOpened)
def _child_opened(body: events.CaseChildOpened, telling: Telling) -> str:
    return f"在联办中立了这一件，由{body.department}办理"


@tell.register(events.CaseSplit)
def _split(body: events.CaseSplit, telling: Telling) -> str:
    return f"分成 {len(body.names)} 部分联办{numbered(body.names)}"


@tell.register(events.CaseChildEnded)
def _child_ended(body: events.CaseChildEnded, telling: Telling) -> str:
    """A part that nobody decided is withdrawn or returned, not rejected."""
    if body.result in _ENDS:
        return f"登记联办部分的结果：{body.result}"
    outcome = "准予" if body.approved else "不予"
    told = body.result if body.result and body.result != outcome else ""
    return f"登记联办部分的结果：{joined(outcome, told)}"


@tell.register(events.CasePassedUp)
def _passed_up(body: events.CasePassedUp, telling: Telling) -> str:
    return f"初审后报上级决定{said(body.opinion, '，意见')}"


@tell.register(events.CaseSentDown)
def _sent_down(body: events.CaseSentDown, telling: Telling) -> str:
    how = "退回下级重新调查" if body.returned else "答复下级"
    return f"{how}{said(body.opinion, '，意见')}"


@tell.register(events.CaseSentOutside)
def _sent_outside(body: events.CaseSentOutside, telling: Telling) -> str:
    return joined(f"转{body.body}办理", f"对方编号 {body.number}" if body.number else "")


@tell.register(events.CaseOutsideAnswered)
def _outside_answered(body: events.CaseOutsideAnswered, telling: Telling) -> str:
    return joined(
        f"登记外部机构的结果：{body.result}", f"对方编号 {body.number}" if body.number else ""
    )


@tell.register(events.CaseDecided)
def _decided(body: events.CaseDecided, telling: Telling) -> str:
    outcome = "准予" if body.approved else "不予"
    return joined(f"作出{outcome}决定{said(body.reason)}", body.result)


@tell.register(events.CaseCompleted)
def _completed(body: events.CaseCompleted, telling: Telling) -> str:
    return f"当场办结{said(body.result)}"
