"""A case as lines on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.case import State
from app.domain.limits import Unit
from app.domain.papers import PaperKind
from app.domain.regions import Tier
from app.domain.rules import OutOfPlace
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import lookup, shared_numbers, whereabouts
from app.usecases.duplicates import Judged
from app.usecases.today import shown_today
from app.usecases.whereabouts import Whereabouts
from ui import wording
from ui.commands import repair_lines
from ui.commands.days import day, minute
from ui.commands.life import life_lines, life_pairs
from ui.commands.tables import clipped, pairs, table
from ui.commands.views import Document

_WIDEST_ITEM, _WIDEST_NAME = 18, 10
_RECORD = {
    Whereabouts.HERE: "仅本机，还没有送到区中心",
    Whereabouts.AT_CENTRE: "已上报，区中心收到了",
    Whereabouts.TAKEN_OVER: "已接收，有了办件编号",
    Whereabouts.MOVED: "已划出，这个村归别处管了",
    Whereabouts.REFUSED: "被退回，见下",
}


def listed(store: Store, rows: list[CaseRow]) -> Iterator[str]:
    """The list on a terminal. No identity numbers, no telephones."""
    today = shown_today(store)
    twice = lookup.same_numbers(store, rows)
    cells = []
    for row, where in zip(rows, whereabouts.of(store, rows), strict=True):
        standing = lookup.standing(store, row, today)
        item = store.publications.item(row.item, row.item_version)
        cells.append(
            (
                standing.light.shape + ("！" if row.out_of_place else ""),
                shared_numbers.told(store, row, twice)
                + ("（同号）" if row.local_number in twice else ""),
                State(row.state).label + _pressing_words(row),
                where.label,
                clipped(item.name, _WIDEST_ITEM),
                clipped(row.applicant, _WIDEST_NAME),
                _limit_words(row, standing),
            )
        )
    return table(("", "收件号", "状态", "上报", "事项", "申请人", "期限"), cells)


def _pressing_words(row: CaseRow) -> str:
    words = "、".join((["加急"] if row.urgent else []) + (["绿色"] if row.green else []))
    return f"（{words}）" if words else ""


def _limit_words(row: CaseRow, standing: lookup.Standing) -> str:
    if standing.days_left is None:
        return ""
    unit = next(
        clock.unit for clock in row.clocks if clock.name == standing.clock and clock.stopped is None
    )
    return days_words(standing.days_left, unit) + ("（预计）" if standing.expected else "")


def days_words(left: int, unit: Unit) -> str:
    """剩余 3 个工作日, 今天到期, 超期 2 天."""
    if left == 0:
        return "今天到期"
    word = "个工作日" if unit is Unit.WORKING else "天"
    return f"剩余 {left} {word}" if left > 0 else f"超期 {-left} {word}"


def shown(case: Document) -> Iterator[str]:
    """A case on a terminal, from its document."""
    applicant = case["parties"][0]
    yield from pairs(
        [
            ("收件号", case["local_number"]),
            ("", f"另有一件用了这个号，本件是 {case['subject']}" if case["same_number"] else ""),
            ("办件编号", case["official_number"] or ""),
            ("状态", case["state_label"]),
            (
                "事项",
                f"{case['item']} {case['item_name']}（{case['kind'].label}，{case['mode'].label}）",
            ),
            (
                "申请人",
                " ".join(
                    filter(None, (applicant["name"], applicant["id_number"], applicant["phone"]))
                ),
            ),
            ("地址", applicant["address"]),
            ("其他当事人", "；".join(map(_other_party_words, case["parties"][1:]))),
            ("号码说明", applicant["id_note"]),
            ("收件", f"{day(case['received_on'])}（{case['station_name']}）"),
            ("材料在", case["place_name"]),
            ("上报", _RECORD[case["record"]]),
            ("备注", case["note"]),
            ("退回", _returned_words(case["returned"])),
            ("不予受理", (case["refused"] or {}).get("reason", "")),
            ("决定", _decision_words(case["decision"])),
            ("办结", (case["completed"] or {}).get("result", "")),
            ("送达", _delivery_words(case["delivered"])),
            *life_pairs(case),
            ("可能重复", "；".join(map(_duplicate_words, case["possible_duplicates"]))),
        ]
    )
    for repair in case["repairs"]:
        yield "退回  " + repair_lines.said(repair)
    for misfit in case["out_of_place"]:
        yield "！    " + _misfit_words(misfit, case)
    for clock in case["clocks"]:
        yield "时限  " + _clock_words(clock)
    yield from life_lines(case)
    for material in case["materials"]:
        yield "材料  " + _material_words(material, case["missing_materials"])
    if case["scans"]:
        yield f"扫描件  {case['scans']} 页，用 daiban attachments 查看"
    for paper in case["papers"]:
        again = f"（第 {paper['reprint']} 次补打）" if paper["reprint"] else ""
        void = "" if paper["valid"] else "（所依据的办理没有生效，此件作废）"
        yield f"文书  {PaperKind(paper['document']).label} {paper['number']}{again}{void}"
    if case["acts"]:
        may = "、".join(f"{wording.act_label(verb)} {verb}" for verb in case["acts"])
        yield f"现在可以  {may}"


def _other_party_words(party: Document) -> str:
    said = [party["name"], party["relation"], party["basis"]]
    return f"{party['role'].label} {' '.join(filter(None, said))}"


def _duplicate_words(one: Document) -> str:
    """4503…-0001（同一人：证件号码相同）."""
    if one["number"] is None:
        return str(one["reason"])
    sure = f"{one['strength'].label}：" if one["strength"] else ""
    same = f"，{one['judged'].label}" if one["judged"] is Judged.SAME else ""
    return f"{one['number']}（{sure}{one['reason']}{same}）"


def _misfit_words(misfit: Document, case: Document) -> str:
    """Which act has no effect, whose it was, why, and what to do now."""
    at = minute(misfit["at"])
    who = " ".join(filter(None, (misfit["station_name"], misfit["actor"], at)))
    number = f"，编号 {misfit['number']} 作废" if misfit["number"] else ""
    if misfit["code"] == OutOfPlace.code:
        why = f"另一台设备已先办理，当时这件是“{misfit['state_label']}”"
    else:
        why = misfit["message"]
    todo = f"这件以“{case['state_label']}”为准"
    todo += "；请告知申请人，已出具的文书请收回，需要时重新办理" if misfit["own"] else "，不用处理"
    return f"“{misfit['act_label']}”没有生效（{who}）{number}：{why}。{todo}。"


def _clock_words(clock: Document) -> str:
    expected = "（预计）" if clock["expected"] else ""
    days = f"{clock['limit_days']} {clock['unit'].label}"
    whose = f"（{Tier[clock['tier'].upper()].label}）" if clock["tier"] else ""
    if clock["paused"]:
        return f"{clock['label']}{whose}：{day(clock['starts'])}起 {days}，暂停计时"
    limit = f"{clock['label']}{whose}：{day(clock['starts'])}起 {days}，{day(clock['due'])}到期{expected}"
    if clock["printed"] not in (None, clock["due"]):
        limit += f"（文书上印的是{day(clock['printed'])}）"
    if clock["stopped"]:
        return f"{limit}，{day(clock['stopped'])}停止"
    return f"{limit}，{days_words(clock['days_left'], clock['unit'])}"


def _material_words(material: Document, missing: list[str]) -> str:
    if not material["given"]:
        return f"{'✗' if material['name'] in missing else '·'} {material['name']}（未交）"
    parts = ["原件"] if material["original"] else []
    parts += [f"复印件 {material['copies']} 份"] if material["copies"] else []
    parts += ["代为保管"] if material["held"] else []
    return f"✓ {material['name']}" + (f"（{'，'.join(parts)}）" if parts else "")


def _returned_words(returned: Document | None) -> str:
    if not returned:
        return ""
    return "；".join(returned["defects"]) or f"应由{returned['right_authority']}办理"


def _decision_words(decision: Document | None) -> str:
    if not decision:
        return ""
    outcome = "准予" if decision["approved"] else "不予"
    return "，".join(
        filter(None, (f"{day(decision['on'])} {outcome}", decision["reason"], decision["result"]))
    )


def _delivery_words(delivered: Document | None) -> str:
    if not delivered:
        return ""
    return f"{day(delivered['on'])} 由{delivered['recipient']}（{delivered['relation']}）领取"


def told(entries: list[Document]) -> Iterator[str]:
    cells = [
        (
            minute(entry["at"]),
            Tier[entry["tier"].upper()].label if entry["tier"] else "",
            entry["kind_label"],
            entry["text"].replace("\n", " "),
            "" if entry["fits"] else wording.verdict(entry["why"]),
        )
        for entry in entries
    ]
    return table(("时间", "层级", "做了什么", "经过", ""), cells)
