"""daiban item …: the catalogue as the district published it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from app.domain.items import Handling, Item, Required, StoppingProcedure, missing_disclosures
from app.store.store import Store
from app.usecases import catalogue
from app.usecases.today import shown_today
from ui.commands import item_editing, sheets
from ui.commands.answers import answer
from ui.commands.days import day
from ui.commands.station import station, station_options
from ui.commands.tables import pairs, table
from ui.commands.usage import Group


@click.group(cls=Group)
def item() -> None:
    """事项目录：查看、核对；区里发布、修改、取消，导入和导出 Excel。"""


@item.command("list")
@station_options
def list_(data: Path, operator: str | None, as_json: bool) -> None:
    """现行的全部事项。"""
    with station(data, operator) as store:
        items = _current(store)
    document = {"items": [_summary(one) for one in items]}
    cells = [
        (one.id, one.name, one.kind.label, one.mode.label, one.decides.label, _limit(one))
        for one in items
    ]
    answer(
        document, table(("编号", "名称", "类型", "方式", "决定", "承诺"), cells), as_json=as_json
    )


@item.command()
@click.argument("asked", metavar="ITEM")
@station_options
def show(asked: str, data: Path, operator: str | None, as_json: bool) -> None:
    """一个事项的全部内容；ITEM 为编号、名称或旧名。"""
    with station(data, operator) as store:
        found = catalogue.find(store, asked, shown_today(store))
        ending = store.publications.coming_withdrawal(found.id, shown_today(store))
        versions = store.publications.items[found.id]
        merged = catalogue.merged_from(store, asked, shown_today(store))
    document = msgspec.to_builtins(found) | {
        "version": found.version,
        "effective": found.effective,
        "missing_disclosures": missing_disclosures(found),
        "versions": [{"version": one.version, "effective": one.effective} for one in versions],
        "withdrawn_on": None if ending is None else ending.on,
        "merged_from": None
        if merged is None
        else {"item": merged.item, "on": merged.on, "reason": merged.reason},
    }
    lines = list(item_lines(found))
    if merged is not None:
        lines.insert(0, f"“{asked}”从{day(merged.on)}起并到这一项：{merged.reason}")
    for one in versions:
        since = "发布之日" if one.effective is None else day(one.effective)
        lines.append(f"版本  第 {one.version} 版，{since}起" + ("（现行）" if one is found else ""))
    if ending is not None:
        lines.append(f"将于{day(ending.on)}取消：{ending.reason}")
    answer(document, lines, as_json=as_json)


for _command in (
    item_editing.check,
    item_editing.figures,
    item_editing.export,
    item_editing.import_,
    item_editing.publish,
    item_editing.withdraw,
    sheets.guide,
    sheets.chart,
    sheets.sample,
):
    item.add_command(_command)


def _current(store: Store) -> list[Item]:
    day = shown_today(store)
    found = (
        store.publications.current_item(name, day) for name in sorted(store.publications.items)
    )
    return [one for one in found if one is not None]


def _summary(one: Item) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "version": one.version,
        "category": one.category,
        "handling": one.handling,
        "kind": one.kind,
        "mode": one.mode,
        "receives": one.receives,
        "decides": one.decides,
        "promised_days": one.clock.promised,
        "statutory_days": one.clock.statutory,
        "unit": one.clock.unit,
        "materials": [material.name for material in one.materials],
    }


def _limit(one: Item) -> str:
    if one.handling is not Handling.CASE:
        return "—"
    return f"{one.clock.promised} {one.clock.unit.label}" if one.clock.promised else "当日"


def _statutory(one: Item) -> str:
    days = one.clock.statutory
    return f"{days} {one.clock.unit.label}" if days else "没有规定"


def _extension(one: Item) -> str:
    clock = one.clock
    if not clock.extension:
        return "不能延期"
    by = f"，{clock.extension_by}" if clock.extension_by else ""
    return f"可延 {clock.extension} {clock.unit.label}{by}，只一次"


def _stopping(one: StoppingProcedure) -> str:
    most = f"，最长 {one.max_days} {one.unit.label}" if one.max_days else ""
    return f"{one.type}（{one.basis}{most}）"


def item_lines(one: Item) -> Iterator[str]:
    yield from pairs(
        [
            ("编号", f"{one.id}（第 {one.version} 版）"),
            ("名称", one.name),
            ("别名", "、".join(one.aliases)),
            ("类型", f"{one.kind.label}，{one.mode.label}"),
            ("收件", one.receives.label),
            ("决定", one.external_body or one.decides.label),
            ("承诺", _limit(one)),
            ("法定", _statutory(one)),
            ("延期", _extension(one)),
            (
                "特别程序",
                "；".join(map(_stopping, one.stops_clock)) or "没有列",
            ),
            ("程序", one.procedure),
            ("条件", "；".join(said.rstrip("。") for said in one.standards)),
            ("收费", "；".join(fee.name for fee in one.fees) or "不收费"),
            ("依据", "；".join(basis.title for basis in one.legal_basis)),
            ("投诉", one.complaint_channel),
        ]
    )
    for material in one.materials:
        need = "必交" if material.required is Required.ALWAYS else material.condition or "视情形"
        yield f"材料  {material.name}（{need}）"
