"""daiban archive …: files closed, proposed, appraised, destroyed, and the two registers of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from app.domain.archive import period_label
from app.domain.case import State
from app.domain.events import Appraisal
from app.domain.items import Retention
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store.archive_rows import ArchiveRow
from app.store.store import Store
from app.usecases import archive as files
from app.usecases import archive_register, lookup, operators
from app.usecases.archive import Batch, Destroyed
from ui import wording
from ui.commands import sheets
from ui.commands.answers import answer, note
from ui.commands.days import day
from ui.commands.station import station, station_options
from ui.commands.tables import clipped, table
from ui.commands.usage import Group

_WIDEST_ITEM = 20
_RETENTION = click.option(
    "--retention",
    type=click.Choice([one.value for one in Retention]),
    help="保管期限：10y 十年，30y 三十年，permanent 永久",
)


@click.group(cls=Group)
def archive() -> None:
    """归档：归档目录、归档、到期提出、鉴定、批准销毁、销毁清册。

    NUMBER 为收件号、办件编号或者档号。
    """


@archive.command("list")
@click.option("--year", type=int, metavar="YEAR", help="只看一个年度")
@_RETENTION
@click.option("--waiting", is_flag=True, help="看还没有归档的：已经办完，等本站归档")
@station_options
def list_(
    year: int | None,
    retention: str | None,
    waiting: bool,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """归档目录，按年度、保管期限和档号。"""
    with station(data, operator) as store:
        if waiting:
            rows = files.to_archive(store)
            told = [
                {
                    "local_number": row.local_number,
                    "state": row.state,
                    "item": row.item,
                    "item_name": store.publications.item(row.item, row.item_version).name,
                    "applicant": row.applicant,
                }
                for row in rows
            ]
            cells = [
                (one["local_number"], State(one["state"]).label, one["item_name"], one["applicant"])
                for one in told
            ]
            answer(
                {"waiting": told},
                table(("收件号", "状态", "事项", "申请人"), cells),
                as_json=as_json,
            )
            return
        period = None if retention is None else Retention(retention)
        found = files.catalogue(store, year=year, retention=period)
        answer(
            {"files": [_document(store, one) for one in found]},
            _listed(store, found),
            as_json=as_json,
        )
    if not found and (year or retention):
        note("这个年度、这个期限里没有案卷。")
    elif not found:
        note("归档目录里还没有案卷。归档：daiban archive add 收件号")


@archive.command()
@click.argument("numbers", nargs=-1, metavar="NUMBER...")
@click.option("--all", "every", is_flag=True, help="本站待归档的全部")
@_RETENTION
@click.option("--number", default="", metavar="NUMBER", help="档号；缺省按年度、保管期限接着编")
@station_options
def add(
    numbers: Sequence[str],
    every: bool,
    retention: str | None,
    number: str,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> int:
    """归档：锁定一件或多件，编档号。事项没有写保管期限的，用 --retention 给出。"""
    if number and (every or len(numbers) != 1):
        raise click.UsageError("--number 只能用于一件。")
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        waiting = [row.subject for row in files.to_archive(store)] if every else []
        subjects = _chosen(store, numbers, waiting, every=every)
        period = None if retention is None else Retention(retention)
        done = files.archive(store, subjects, retention=period, number=number, by=by)
        return _said(store, done, "已归档", as_json=as_json)


@archive.command()
@station_options
def propose(data: Path, operator: str | None, as_json: bool) -> None:
    """保管期限已满、该鉴定的案卷：程序提出，由人决定。"""
    with station(data, operator) as store:
        found = files.proposal(store)
        answer(
            {"files": [_document(store, one) for one in found]},
            _listed(store, found),
            as_json=as_json,
        )
    if not found:
        note("没有到期的案卷。")


@archive.command()
@click.argument("numbers", nargs=-1, metavar="NUMBER...")
@click.option("--all", "every", is_flag=True, help="到期的全部")
@click.option("--destroy", "opinion", flag_value="destroy", help="鉴定为可以销毁")
@click.option("--keep", type=click.IntRange(1, 100), metavar="YEARS", help="续存多少年")
@click.option("--reason", required=True, metavar="TEXT", help="理由")
@station_options
def appraise(
    numbers: Sequence[str],
    every: bool,
    opinion: str | None,
    keep: int | None,
    reason: str,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> int:
    """鉴定到期的案卷：逐件，或者同一理由的多件。由档案员办。"""
    if (opinion is None) == (keep is None):
        raise click.UsageError("请给出 --destroy 或者 --keep 年数，只给一个。")
    appraisal = Appraisal.EXTEND if keep else Appraisal.DESTROY
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        due = [row.subject for row in files.proposal(store)] if every else []
        subjects = _chosen(store, numbers, due, every=every)
        done = files.appraise(store, subjects, appraisal, reason, years=keep or 0, by=by)
        return _said(store, done, "已鉴定", as_json=as_json)


@archive.command()
@click.argument("numbers", nargs=-1, metavar="NUMBER...")
@click.option("--all", "every", is_flag=True, help="鉴定为可以销毁的全部")
@click.option("--reason", required=True, metavar="TEXT", help="批准的理由；不要写当事人")
@click.option("--yes", is_flag=True, help="不再询问")
@station_options
def destroy(
    numbers: Sequence[str],
    every: bool,
    reason: str,
    yes: bool,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> int:
    """批准销毁鉴定过的案卷。由负责人办，不能是鉴定的人。

    区中心收到并核对之后，各站点和区中心都把内容删去，不能恢复；销毁清册永久保留。
    """
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        ready = [row.subject for row in files.proposal(store) if row.appraisal == Appraisal.DESTROY]
        subjects = _chosen(store, numbers, ready, every=every)
        if subjects and not yes:
            _need_consent(len(subjects), as_json=as_json)
        done = files.destroy(store, subjects, reason, by=by)
        code = _said(store, done, "已批准销毁", as_json=as_json)
    if done.done:
        note("下一次与区中心交换后，内容从各处删去。")
    return code


@archive.command()
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="存成文本文件"
)
@station_options
def register(out: Path | None, data: Path, operator: str | None, as_json: bool) -> None:
    """销毁清册：什么档案、谁鉴定、谁批准、什么时候。其中没有当事人。"""
    with station(data, operator) as store:
        found = files.register(store)
        text = archive_register.as_text(store, found)
    if out is not None:
        archive_register.save(text, out)
        note(f"已存到 {out}。")
    document: dict[str, Any] = {
        "register": [_line(one) for one in found],
        "count": len(found),
        "pages": sum(one.pages for one in found),
    }
    answer(document, () if out else text.splitlines(), as_json=as_json)


def _need_consent(number: int, *, as_json: bool) -> None:
    """Ask, unless it is a program that asks for JSON. Raises click.Abort, click.UsageError."""
    if as_json:
        raise click.UsageError("销毁后不能恢复；用 --json 时不再询问，确定要办请加 --yes。")
    click.confirm(f"批准销毁 {number} 件？销毁后不能恢复，只留下销毁清册", abort=True, err=True)


for _command in (sheets.archive_catalogue, sheets.certificates, sheets.destroyed):
    archive.add_command(_command)


def _chosen(store: Store, numbers: Sequence[str], all_: list[Ref], *, every: bool) -> list[Ref]:
    """The files that were named, or all that wait. Raises click.UsageError, UnknownNumber."""
    if every == bool(numbers):
        raise click.UsageError("请给出 NUMBER，或者 --all。")
    if every:
        return all_
    found = []
    for number in numbers:
        filed = files.by_number(store, number)
        if len(filed) == 1:
            found.append(filed[0].subject)
        else:
            found.append(lookup.by_number(store, number).subject)
    return found


def _said(store: Store, batch: Batch, verb: str, *, as_json: bool) -> int:
    """What became of several files; 1 if something was left."""
    document = {
        "done": [_document(store, one) for one in batch.done],
        "refused": [
            {"number": one.number, "code": one.error.code, "message": _why(one.error)}
            for one in batch.left
        ],
    }
    lines = [f"{verb}：{one.local_number}，档号 {one.number}" for one in batch.done]
    answer(document, lines, as_json=as_json)
    for one in batch.left:
        note(f"{one.number}：{_why(one.error)}")
    if not batch.done and not batch.left:
        note("没有可办的。")
    return 1 if batch.left else 0


def _why(error: DaibanError) -> str:
    return wording.sentence(error)


def _document(store: Store, row: ArchiveRow) -> dict[str, Any]:
    return {
        "archive_number": row.number,
        "local_number": row.local_number,
        "item": row.item,
        "item_name": store.publications.item(row.item, row.item_version).name,
        "station": row.station,
        "year": row.year,
        "retention": row.retention,
        "archived_on": row.archived_on,
        "kept_until": row.kept_until,
        "pages": row.pages,
        "appraisal": row.appraisal or None,
        "destroyed_on": row.destroyed_on,
    }


def _listed(store: Store, rows: Sequence[ArchiveRow]) -> Iterator[str]:
    cells = [
        (
            row.number,
            row.local_number,
            clipped(store.publications.item(row.item, row.item_version).name, _WIDEST_ITEM),
            period_label(row.retention),
            day(row.kept_until) if row.kept_until else "永久",
            {"": "", "destroy": "可以销毁", "extend": "续存"}[row.appraisal],
        )
        for row in rows
    ]
    return table(("档号", "收件号", "事项", "期限", "保管至", "鉴定"), cells)


def _line(one: Destroyed) -> dict[str, Any]:
    return {
        "archive_number": one.archive_number,
        "local_number": one.local_number,
        "item": one.item,
        "item_name": one.item_name,
        "station": one.station,
        "year": one.year,
        "retention": one.retention,
        "archived_on": one.archived_on,
        "pages": one.pages,
        "appraised_by": one.appraised_by,
        "approved_by": one.approved_by,
        "destroyed_on": one.destroyed_on,
        "reason": one.reason,
        "awaits_centre": one.awaits_centre,
    }
