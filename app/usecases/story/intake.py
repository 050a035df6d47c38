"""At the counter."""

from __future__ import annotations

from app.domain import events
from app.usecases.materials import missing_materials
from app.usecases.story.telling import Telling, day, joined, said, tell


@tell.register(events.CaseRegistered)
def _registered(body: events.CaseRegistered, telling: Telling) -> str:
    missing = missing_materials(telling.item, body.materials)
    lacks = f"缺 {len(missing)} 件" if missing else "必备材料齐全"
    rare = body.rare[0] if body.rare else events.RareFacts()
    return joined(
        f"登记收件（{body.mode.label}）",
        f"补录 {day(body.received_on)}收的件" if body.backlog else "",
        f"收材料 {len(body.materials)} 件",
        lacks,
        "加急" if body.urgent else "",
        f"走绿色通道{said(rare.green)}" if rare.green else "",
        "由他人代书、宣读并见证" if rare.signing else "",
        f"更正后重新登记，代替被退回的 {rare.instead_of[0].text}" if rare.instead_of else "",
    )


@tell.register(events.CaseSupplied)
def _supplied(body: events.CaseSupplied, telling: Telling) -> str:
    names = telling.materials(one.index for one in body.materials)
    return f"补收材料：{names}"


@tell.register(events.CaseForwarded)
def _forwarded(body: events.CaseForwarded, telling: Telling) -> str:
    return f"把材料转往{telling.place(body.to)}{said(body.note)}"


@tell.register(events.CaseAppointed)
def _appointed(body: events.CaseAppointed, telling: Telling) -> str:
    return joined(f"约好 {day(body.day)}陪申请人到{body.where}", body.contact)


@tell.register(events.CaseVisited)
def _visited(body: events.CaseVisited, telling: Telling) -> str:
    return f"陪申请人去办了{said(body.note)}"


@tell.register(events.CaseConcluded)
def _concluded(body: events.CaseConcluded, telling: Telling) -> str:
    return joined(f"登记结果：{body.outcome}", f"对方编号 {body.number}" if body.number else "")


@tell.register(events.CaseCorrected)
def _corrected(body: events.CaseCorrected, telling: Telling) -> str:
    changed = [
        "当事人" if body.parties else "",
        "事项" if body.item else "",
        "办理方式" if body.modes else "",
        "材料" if body.materials else "",
        "备注" if body.notes else "",
    ]
    what = "、".join(one for one in changed if one) or "登记"
    return f"更正了{what}，收件号不变{said(body.reason)}"


@tell.register(events.CaseMarked)
def _marked(body: events.CaseMarked, telling: Telling) -> str:
    urgent = "标为加急" if body.urgent else "标为不加急"
    return joined(urgent, f"走绿色通道{said(body.green)}" if body.green else "")
