"""daiban case …: register, look at, act on cases; and daiban search."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
import msgspec

from app.domain.catalogue import UnknownItem
from app.domain.faults import shape_faults
from app.errors import Refused
from app.store.store import Store
from app.usecases import catalogue, looks, lookup, operators
from app.usecases.materials import missing_materials
from app.usecases.today import shown_today
from ui import act_wording, wording
from ui.commands import lines, views
from ui.commands.answers import answer, note
from ui.commands.station import station, station_options
from ui.commands.usage import Command, Group

_TEXT_LIMIT = 100


@click.group(cls=Group)
def case() -> None:
    """办件：登记、列表、查看、经过、办理。"""


@case.command()
@click.option(
    "--file",
    "source",
    required=True,
    metavar="FILE",
    help="每行一件的 JSON Lines 文件；- 为标准输入",
)
@station_options
def register(source: str, data: Path, operator: str | None, as_json: bool) -> int:
    """逐行登记。

    每件存盘之后立即显示它的收件号；有错的行按行号说明原因，其余照常登记。
    """
    from ui.commands.registering import register_lines

    return register_lines(source, data, operator, as_json=as_json)


@case.command("list")
@click.option(
    "--state", metavar="STATE", help="只看一种状态，如 已收件、在途（received、in_transit）"
)
@click.option("--duplicates", is_flag=True, help="只看可能重复、还没有人比对过的")
@click.option(
    "--limit", type=click.IntRange(min=1), help="至多多少件；缺省显示 100 件，--json 为全部"
)
@station_options
def list_(
    state: str | None,
    duplicates: bool,
    limit: int | None,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """办件列表，新的在前。

    “！”：有办理没有生效，请看 daiban case show。“同号”：另有一件用了同一个收件号。
    可能重复的，daiban case show 说明像哪一件；比对过以后用 daiban case act NUMBER compare 记下。
    """
    if state is not None:
        try:
            lookup.state_named(state)
        except lookup.UnknownState as error:
            raise click.UsageError(wording.sentence(error)) from error
    with station(data, operator) as store:
        if as_json:
            most = -1 if limit is None else limit
            rows = lookup.listed(store, state=state, duplicates=duplicates, limit=most)
            answer({"cases": views.summaries(store, rows)}, (), as_json=True)
            return
        shown = limit or _TEXT_LIMIT
        rows = lookup.listed(store, state=state, duplicates=duplicates, limit=shown + 1)
        if not rows and (duplicates or state):
            note("没有符合条件的办件。")
            return
        if not rows:
            note("还没有办件。登记第一件：daiban case register --file 文件")
            return
        answer({}, lines.listed(store, rows[:shown]), as_json=False)
        if any(row.out_of_place for row in rows[:shown]):
            note("标“！”的有办理没有生效，请用 daiban case show 查看。")
        if len(rows) > shown:
            note(f"只显示最新的 {shown} 件，更多请加 --limit。")


@case.command()
@click.argument("number")
@click.option("--reveal", is_flag=True, help="显示完整的身份证号码和电话；记入办件经过")
@station_options
def show(number: str, reveal: bool, data: Path, operator: str | None, as_json: bool) -> None:
    """一件的全部内容；身份证号码和电话遮盖。"""
    with station(data, operator) as store:
        by = operators.acting(store, operator) if operator or operators.of_station(store) else None
        row = lookup.by_number(store, number)
        if reveal:
            looks.shown(store, row.subject, operators.acting(store, operator))
        elif by is not None:
            looks.opened(store, row.subject, by)
        told = views.detail(store, row, by=by, reveal=reveal)
    if reveal:
        note("以下含完整的身份证号码和电话，请勿让无关的人看到。")
    answer(told, lines.shown(told), as_json=as_json)


@case.command()
@click.argument("number")
@station_options
def history(number: str, data: Path, operator: str | None, as_json: bool) -> None:
    """一件的经过：每条流水是谁在什么时候写的，是否生效。"""
    with station(data, operator) as store:
        entries = views.history(store, lookup.by_number(store, number))
    answer({"entries": entries}, lines.told(entries), as_json=as_json)


@case.command()
@click.argument("number")
@click.argument("verb")
@click.option("--facts", default="{}", metavar="JSON", help="这个动作需要的内容，见 daiban acts")
@station_options
def act(
    number: str, verb: str, facts: str, data: Path, operator: str | None, as_json: bool
) -> None:
    """对一件做一个动作，如 forward、take_over、accept、decide、deliver。

    NUMBER 为收件号、办件编号，或者“设备:序号”。
    """
    from app.usecases import acts

    chosen = acts.ACTS.get(verb.replace("-", "_"))
    if chosen is None:
        raise click.UsageError(wording.sentence(acts.UnknownAct(verb=verb)))
    told = _facts(verb, facts)
    faults = shape_faults(told, chosen.facts)
    if faults:
        raise acts.BadActFacts(verb=verb, detail="；".join(faults))
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        row = lookup.by_number(store, number)
        case = acts.perform(store, row.subject, verb, told, by=by)
        done = views.summary_of(store, row.subject)
        item = store.publications.item(case.item, case.item_version)
    label = chosen.label
    missing = missing_materials(item, case.materials) if chosen.verb == "accept" else ()
    warnings = ["missing_materials"] if missing else []
    for code in warnings:
        note(f"请核对：{wording.warning(code)}，还缺：{'、'.join(missing)}。")
    official = f"，办件编号 {done['official_number']}" if done["official_number"] else ""
    stands = f"现在是“{done['state_label']}”（{done['place_name']}）"
    line = f"{act_wording.done(chosen.verb, label)}：{done['local_number']}{official}，{stands}"
    more = {"warnings": warnings, "missing_materials": list(missing)}
    answer({"verb": verb} | done | more, [line], as_json=as_json)


@click.command(cls=Command)
@click.argument("text")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, help="至多多少件", show_default=True
)
@station_options
def search(text: str, limit: int, data: Path, operator: str | None, as_json: bool) -> None:
    """按姓名、拼音、号码、事项查找办件。

    号码可以只写开头，或者末尾四位以上；拼音可以只写首字母。
    """
    with station(data, operator) as store:
        rows = lookup.found(store, text, limit=limit + 1)
        more, rows = len(rows) > limit, rows[:limit]
        if not as_json and not rows:
            note(f"没有找到“{text}”。可以试试姓名、拼音首字母、身份证或电话的末四位。")
            _say_what_it_is(store, text)
            return
        document = {"cases": views.summaries(store, rows), "more": more}
        answer(document, () if as_json else lines.listed(store, rows), as_json=as_json)
    if more:
        note("还有更多，请输入更多字，或者加 --limit。")


def _say_what_it_is(store: Store, text: str) -> None:
    """Somebody may ask for an item, or for a certificate that nobody here may issue, rather than for a case."""
    try:
        item = catalogue.find(store, text, shown_today(store))
    except UnknownItem:
        return
    except Refused as error:
        note(wording.sentence(error))
    else:
        note(f"有这个事项：{item.id} {item.name}。办事指南：daiban item show {item.id}")


def _facts(verb: str, text: str) -> dict[str, Any]:
    """The facts as they were typed. Raises click.UsageError."""
    from app.usecases.acts import BadActFacts

    try:
        return msgspec.json.decode(os.fsencode(text), type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        wrong = BadActFacts(verb=verb, detail="不是一个完整的 JSON 对象，请检查引号、逗号和括号")
        raise click.UsageError(wording.sentence(wrong)) from error
