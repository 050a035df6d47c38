"""daiban item export, import, publish, withdraw, check, figures: the district keeps its catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec

from app.domain.catalogue import LARGEST_CATALOGUE_BYTES, BadCatalogue, read_catalogue
from app.domain.faults import shape_faults
from app.domain.items import Item
from app.domain.regions import Tier
from app.store.store import Store
from app.usecases import catalogue_editing, catalogue_figures, operators
from app.usecases.catalogue_editing import Change, ChangeKind, Notes, Published, told
from app.usecases.today import shown_today
from ui import files
from ui.commands.answers import answer
from ui.commands.days import DAY
from ui.commands.station import station, station_options
from ui.commands.tables import table
from ui.commands.usage import Command

if TYPE_CHECKING:
    from app.usecases.catalogue_figures import Figures, Rate
    from app.usecases.catalogue_workbook import Preview

_KINDS: Final = {
    ChangeKind.NEW: "新增",
    ChangeKind.CHANGED: "改动",
    ChangeKind.RESTORED: "恢复",
    ChangeKind.UNCHANGED: "没有改动",
}
_TIERS: Final = {tier.name.lower(): tier.label for tier in reversed(Tier)}


_file = click.argument("file", metavar="FILE.xlsx", type=click.Path(dir_okay=False, path_type=Path))
_effective = click.option(
    "--effective",
    type=DAY,
    metavar="DATE",
    help="从哪天起生效；缺省是今天，或者文件里写的以后的日期",
)


# --- Excel ------------------------------------------------------------------------------------------


@click.command("export", cls=Command)
@_file
@station_options
def export(file: Path, data: Path, operator: str | None, as_json: bool) -> None:
    """把事项目录存成 Excel 文件，可以在里面修改。"""
    from app.usecases import catalogue_workbook

    with station(data, operator) as store:
        content = catalogue_workbook.export(store)
        count = len(catalogue_workbook.kept_items(store))
    files.write(file, content)
    answer({"file": str(file), "items": count}, [f"已导出 {count} 项：{file}"], as_json=as_json)


@click.command("import", cls=Command)
@_file
@_effective
@click.option("--dry-run", is_flag=True, help="只说会改动什么，不发布")
@station_options
def import_(
    file: Path,
    effective: date | None,
    dry_run: bool,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """读入改好的 Excel 文件，发布其中的改动；有一处填错就全部不发布，并指出每个格子。"""
    from app.usecases import catalogue_workbook

    content = files.read(file)
    with station(data, operator) as store:
        seen = catalogue_workbook.preview(store, content, effective)
        if not dry_run:
            by = operators.acting(store, operator)
            catalogue_workbook.take_in(store, content, by=by, effective=effective)
    document = {
        "dry_run": dry_run,
        "changes": [_change(one) for one in seen.changes if one.kind is not ChangeKind.UNCHANGED],
        "unchanged": len(seen.of_kind(ChangeKind.UNCHANGED)),
        "missing": [item.id for item in seen.missing],
        "notes": seen.notes_change,
    }
    answer(document, _previewed(seen, dry_run=dry_run), as_json=as_json)


def _change(one: Change) -> dict[str, object]:
    return {
        "id": one.item.id,
        "name": one.item.name,
        "kind": one.kind,
        "version": one.item.version,
        "effective": one.item.effective,
        "fields": [changed.label for changed in one.differences],
        "warnings": [told(warning) for warning in one.warnings],
    }


def _previewed(seen: Preview, *, dry_run: bool) -> Iterator[str]:
    for one in seen.changes:
        if one.kind is not ChangeKind.UNCHANGED:
            yield from _changed(one)
    if seen.notes_change:
        yield "改动  不予开具的证明和旧名"
    yield f"没有改动的 {len(seen.of_kind(ChangeKind.UNCHANGED))} 项"
    if seen.missing:
        names = "、".join(item.name for item in seen.missing)
        yield f"文件里没有、照旧保留的 {len(seen.missing)} 项：{names}"
    if seen.is_empty:
        yield "文件与现在的目录一样，没有要发布的。"
    elif dry_run:
        yield "以上都还没有发布。去掉 --dry-run 就发布。"
    else:
        yield "已发布，下次交换时下发各站。"


def _changed(one: Change) -> Iterator[str]:
    item = one.item
    fields = "、".join(changed.label for changed in one.differences)
    yield f"{_KINDS[one.kind]}  {item.id} {item.name}，第 {item.version} 版，{_day(item.effective)}起：{fields}"
    for warning in one.warnings:
        yield f"      请留意：{told(warning)}"


# --- publishing -------------------------------------------------------------------------------------


@click.command("publish", cls=Command)
@click.argument(
    "sources", metavar="FILE.json…", nargs=-1, required=True,
    type=click.Path(dir_okay=False, path_type=Path),
)  # fmt: skip
@_effective
@station_options
def publish(
    sources: Sequence[Path],
    effective: date | None,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """发布事项的新版本；每个文件是一个事项、一列事项或整个目录，全部发布或者全部不发布。"""
    read = [_read(file) for file in sources]
    items = [item for found, _ in read for item in found]
    notes = next((told for _, told in reversed(read) if told is not None), None)
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        done = catalogue_editing.publish(store, items, by=by, effective=effective, notes=notes)
    answer(_published(done), _said(done), as_json=as_json)


@click.command("withdraw", cls=Command)
@click.argument("item_id", metavar="ID")
@click.option("--on", "day", type=DAY, required=True, metavar="DATE", help="从哪天起取消")
@click.option("--reason", required=True, help="取消或合并的原因，查到旧名的人会看到")
@click.option("--into", default="", metavar="ID2", help="并入哪个事项；它的名称此后指向那一项")
@station_options
def withdraw(
    item_id: str,
    day: date,
    reason: str,
    into: str,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """取消一个事项，或者把它并入另一个；此前登记的办件照常办完。"""
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        done = catalogue_editing.withdraw(
            store, item_id.upper(), on=day, reason=reason, by=by, into=into.upper()
        )
    document = {"item": item_id.upper(), "on": day, "into": into.upper() or None}
    what = f"并入 {into.upper()}" if into else "取消"
    lines = [f"{item_id.upper()} 从{_day(day)}起{what}。", *(_said(done) if into else ())]
    answer(document | _published(done), lines, as_json=as_json)


def _read(file: Path) -> tuple[list[Item], Notes | None]:
    """The items of a file; of a whole catalogue what stands beside them too.

    Raises UnreadableFile, BadCatalogue.
    """
    content = files.read(file)
    if len(content) > LARGEST_CATALOGUE_BYTES:
        raise BadCatalogue([f"{file.name} 超过 {LARGEST_CATALOGUE_BYTES // 2**20} MB"])
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadCatalogue([f"{file.name} 不是 UTF-8 编码的 JSON"]) from error
    if isinstance(value, dict) and "items" in value:
        whole = read_catalogue(content)
        notes = Notes(not_issued_here=whole.not_issued_here, retired_terms=whole.retired_terms)
        return list(whole.items), notes
    values = value if isinstance(value, list) else [value]
    faults = [
        fault
        for number, one in enumerate(values, 1)
        for fault in shape_faults(one, Item, f"{file.name}[{number}]")
    ]
    if faults:
        raise BadCatalogue(faults)
    return msgspec.convert(values, list[Item]), None


def _published(done: Published) -> dict[str, object]:
    return {
        "published": [
            {"id": item.id, "name": item.name, "version": item.version, "effective": item.effective}
            for item in done.items
        ],
        "notes": done.notes,
    }


def _said(done: Published) -> Iterator[str]:
    for item in done.items:
        yield f"已发布 {item.id} {item.name}，第 {item.version} 版，{_day(item.effective)}起。"
    if done.notes:
        yield "已发布不予开具的证明和旧名。"
    elif not done.items:
        yield "与现在的目录一样，没有要发布的。"


# --- looking ----------------------------------------------------------------------------------------


@click.command("check", cls=Command)
@click.argument(
    "file", metavar="[FILE]", required=False, type=click.Path(dir_okay=False, path_type=Path)
)
@station_options
def check(file: Path | None, data: Path, operator: str | None, as_json: bool) -> int:
    """核对八公开和其他要求；不给文件就核对现在的目录，也可以给 JSON 或 Excel 文件。"""
    from app.usecases import catalogue_workbook

    with station(data, operator) as store:
        if file is None:
            changes = catalogue_editing.weigh(store, catalogue_workbook.kept_items(store))
        elif file.suffix.lower() == ".xlsx":
            changes = list(catalogue_workbook.preview(store, files.read(file)).changes)
        else:
            changes = catalogue_editing.weigh(store, _read(file)[0])
    ok = not any(one.faults for one in changes)
    document = {
        "ok": ok,
        "items": [
            {
                "id": one.item.id,
                "faults": [told(fault) for fault in one.faults],
                "warnings": [told(warning) for warning in one.warnings],
            }
            for one in changes
            if one.faults or one.warnings
        ],
    }
    answer(document, _checked(changes, ok=ok), as_json=as_json)
    return int(not ok)


def _checked(changes: Sequence[Change], *, ok: bool) -> Iterator[str]:
    for one in changes:
        for fault in one.faults:
            yield f"{one.item.id} {one.item.name}  缺：{told(fault)}"
        for warning in one.warnings:
            yield f"{one.item.id} {one.item.name}  请留意：{told(warning)}"
    yield f"核对了 {len(changes)} 项，" + ("都可以发布。" if ok else "有缺的不能发布。")


@click.command("figures", cls=Command)
@station_options
def figures(data: Path, operator: str | None, as_json: bool) -> None:
    """目录的指标：压缩率、进驻率、授权率。"""
    with station(data, operator) as store:
        found = catalogue_figures.figures(store, shown_today(store), _authorised(store))
    compression = found.compression
    document = {
        "on": found.on,
        "items": found.items,
        "compression": msgspec.to_builtins(compression)
        | {"least": catalogue_figures.LEAST_COMPRESSION},
        "coverage": {name: _rate(rate) for name, rate in found.coverage.items()},
        "authorisation": {name: _rate(rate) for name, rate in found.authorisation.items()},
        "closed": found.closed,
        "unauthorised": found.unauthorised,
    }
    answer(document, _figure_lines(found), as_json=as_json)


def _authorised(store: Store) -> set[str]:
    return catalogue_figures.authorised_items(store, shown_today(store))


def _rate(rate: Rate) -> dict[str, object]:
    return {"done": rate.done, "of": rate.of, "share": rate.share}


def _figure_lines(found: Figures) -> Iterator[str]:
    one = found.compression
    enough = "，达到 30%" if one.enough else "，不到 30%"
    yield f"{_day(found.on)}，现行事项 {found.items} 项"
    yield (
        f"压缩率  {_percent(one.share)}{enough if one.share is not None else ''}："
        f"法定合计 {one.statutory} 日，承诺合计 {one.promised} 日，没有法定时限的 {one.without} 项"
    )
    for name, rate in found.coverage.items():
        yield f"进驻率  {_TIERS[name]} {_percent(rate.share)}（{rate.done}/{rate.of}）"
    for name, rate in found.authorisation.items():
        yield f"授权率  {_TIERS[name]} {_percent(rate.share)}（{rate.done}/{rate.of}）"
    yield from table(
        ("编号", "事项", "法定", "承诺", "压缩"),
        [
            (each.item, each.name, f"{each.statutory}", f"{each.promised}", _percent(each.share))
            for each in one.items
        ],
    )


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"


def _day(day: date | None) -> str:
    return "发布之日" if day is None else f"{day.year}年{day.month}月{day.day}日"
