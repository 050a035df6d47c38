"""daiban centre regions …: the district's table of regions, and another one in its place."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec

from app.domain.region_changes import ChangeKind, RegionChange
from app.domain.regions import COLUMNS, Region, RegionCode, RegionTree, Tier
from ui.commands.answers import answer
from ui.commands.centre_folder import centre_options, server_part
from ui.commands.station import unlock
from ui.commands.tables import table
from ui.commands.usage import Group

if TYPE_CHECKING:
    from sync.centre.redistricting import Redistricting

_INDENT: Final = "　"
_BYTE_ORDER_MARK: Final = "\ufeff"


@click.group(cls=Group)
def regions() -> None:
    """区划表：查看、导出、发布新的。

    村划到别的乡镇、乡镇合并、村改社区，都是发布一张新表：
    旧代码留在表里，写上终止日期和承接区划；代码不变只换上级的，改上级一列。
    """


@regions.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE.csv",
    help="另存为表格，改好后用 publish 发布",
)
@centre_options
def show(out: Path | None, data: Path, as_json: bool) -> None:
    """现行的区划表。"""
    tree: RegionTree = server_part("redistricting").in_force(data, unlock=unlock())
    if out is not None:
        out.write_text(_BYTE_ORDER_MARK + as_csv(tree.rows), encoding="utf-8", newline="")
    cells = [
        (
            row.code,
            f"{_INDENT * (Tier.DISTRICT - row.tier)}{row.name}",
            row.tier.label,
            _remark(row, tree),
        )
        for row in tree.rows
    ]
    document = {"regions": [_document(row) for row in tree.rows], "file": out and str(out)}
    answer(document, table(("代码", "名称", "层级", ""), cells), as_json=as_json)


@regions.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="只看会改变什么，不发布")
@centre_options
def publish(file: Path, check: bool, data: Path, as_json: bool) -> None:
    """发布新的区划表 FILE.csv，自发布起生效；先说明改变了什么。

    列：code, name, tier（village、township、district）, parent, since, until, successor。
    """
    part = server_part("redistricting")
    done: Redistricting = part.publish(data, file, unlock=unlock(), only_look=check)
    lines = [_in_words(one, done.before, done.after) for one in done.changes]
    if not done.changes:
        lines.append("与现行区划表相同，没有发布。")
    elif done.published:
        lines.append("新的区划表已经发布，各站点下次交换后照此办理。")
    else:
        lines.append("以上改变还没有发布；去掉 --check 就发布。")
    document = {
        "published": done.published,
        "regions": len(done.after.rows),
        "changes": done.changes,
    }
    answer(document, lines, as_json=as_json)


def as_csv(rows: tuple[Region, ...]) -> str:
    """The table as `publish` reads it."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows({name: value or "" for name, value in _document(row).items()} for row in rows)
    return text.getvalue()


def _document(row: Region) -> dict[str, str | None]:
    """One row by its columns, as the file and JSON have it."""
    plain = msgspec.structs.asdict(row) | {"tier": row.tier.word}
    return {name: None if plain[name] is None else str(plain[name]) for name in COLUMNS}


def _remark(row: Region, tree: RegionTree) -> str:
    if row.successor is not None:
        return f"{row.until} 并入 {_named(row.successor, tree)}"
    return "" if row.until is None else f"{row.until} 撤销"


def _in_words(change: RegionChange, before: RegionTree, after: RegionTree) -> str:
    what = f"{change.kind.label}　{change.code} {change.name}"
    match change.kind:
        case ChangeKind.ADDED if change.after:
            return f"{what}：上级 {_named(change.after, after)}"
        case ChangeKind.RENAMED:
            return f"{what}：原名 {change.before}"
        case ChangeKind.MOVED:
            old = _named(change.before, before) if change.before else "无"
            return f"{what}：由 {old} 划到 {_named(change.after, after)}，历史随之转去"
        case ChangeKind.MERGED:
            return f"{what}：并入 {_named(change.after, after)}，历史随之转去"
        case ChangeKind.RETIRED:
            return f"{what}：没有承接区划，不再发登记码"
        case ChangeKind.FORGOTTEN:
            return f"{what}：从未用过"
    return what


def _named(code: str, tree: RegionTree) -> str:
    return f"{code} {tree.region(RegionCode(code)).name}"
