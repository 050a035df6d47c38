"""After the decision, and the other ends of a case."""

from __future__ import annotations

from app.domain import events
from app.domain.events import Appraisal
from app.domain.masking import mask_listed_name
from app.usecases.story.telling import Telling, joined, said, tell


@tell.register(events.CaseCertified)
def _certified(body: events.CaseCertified, telling: Telling) -> str:
    return joined(f"制成《{body.name}》", f"编号 {body.number}" if body.number else "")


@tell.register(events.CaseDelivered)
def _delivered(body: events.CaseDelivered, telling: Telling) -> str:
    return joined(
        f"{body.way.label}，{mask_listed_name(body.recipient)}（{body.relation}）收下结果",
        body.proof,
        f"见证人 {body.witness}" if body.witness else "",
    )


@tell.register(events.CaseFollowedUp)
def _followed_up(body: events.CaseFollowedUp, telling: Telling) -> str:
    way = f"{body.way}回访" if body.way else "回访"
    return f"{way}：{joined(body.grade.label, body.opinion)}"


@tell.register(events.CaseRectified)
def _rectified(body: events.CaseRectified, telling: Telling) -> str:
    return f"登记整改情况：{body.measures}"


@tell.register(events.CaseArchived)
def _archived(body: events.CaseArchived, telling: Telling) -> str:
    return f"归档，档号 {body.number}"


@tell.register(events.CaseAppraised)
def _appraised(body: events.CaseAppraised, telling: Telling) -> str:
    if body.appraisal is Appraisal.EXTEND:
        return f"鉴定：续存 {body.years} 年{said(body.reason)}"
    return f"鉴定：可以销毁{said(body.reason)}"


@tell.register(events.CaseDestroyed)
def _destroyed(body: events.CaseDestroyed, telling: Telling) -> str:
    return f"批准销毁，内容已清除，只留登记{said(body.reason)}"


@tell.register(events.CaseWithdrawn)
def _withdrawn(body: events.CaseWithdrawn, telling: Telling) -> str:
    return f"登记申请人撤回申请{said(body.reason)}"


@tell.register(events.CaseVoided)
def _voided(body: events.CaseVoided, telling: Telling) -> str:
    return f"把这件作废{said(body.reason)}"
