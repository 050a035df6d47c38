"""daiban repairs: what the centre sent back, or others were faster with, and what to do about each."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from app.store.store import Store
from app.usecases import operators, refused_registrations, shared_numbers
from app.usecases import repairs as kept
from app.usecases.repairs import Repair
from ui.commands import repair_lines
from ui.commands.answers import answer, note
from ui.commands.refusals import NoSuchRepair
from ui.commands.station import station, station_options
from ui.commands.usage import Command
from ui.repair_text import WhoAsks, for_district

_EVERY = 100_000


@click.command(cls=Command)
@click.option("--done", metavar="ENTRY", help="这一条已经处理，不再提醒；ENTRY 见 --json 的 entry")
@click.option(
    "--form",
    metavar="ENTRY",
    help="被退回的登记：输出原来填的内容（JSON 一行），改好后用 daiban case register 重新登记",
)
@click.option("--withdraw", metavar="ENTRY", help="撤回被退回的这一条，不办了；要写 --reason")
@click.option("--reason", default="", metavar="TEXT", help="撤回的原因")
@click.option("--text", metavar="ENTRY", help="请区中心处理：输出可以转给区中心的文字")
@click.option(
    "--reprinted",
    metavar="NUMBER",
    help="同号的收件号 NUMBER：申请人的回执已经换过，不再提醒",
)
@click.option("--settled", is_flag=True, help="也列七天内处理过的：已更正重登、已撤回")
@station_options
def repairs(
    done: str | None,
    form: str | None,
    withdraw: str | None,
    reason: str,
    text: str | None,
    reprinted: str | None,
    settled: bool,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """要处理的：被区中心退回的、没有生效的，每条是谁的、为什么、怎么办。

    其余的照常上报，不受影响。记录本身不动；处理完的用 --done 从清单里去掉。
    “同号”：这块硬盘被复制过，两件办件用了一个收件号；带“/”的那一件请给申请人换回执。
    被退回的登记没有成为办件：用 --form 取出来更正，重新登记；新件记着它代替哪个收件号。
    """
    with station(data, operator) as store:
        if form is not None:
            _show_form(store, form, as_json=as_json)
            return
        if text is not None:
            said = for_district(_named(store, text), WhoAsks.of(store))
            answer({"text": said}, said.split("\n"), as_json=as_json)
            return
        if withdraw is not None:
            by = operators.acting(store, operator)
            kept.withdraw(store, _named(store, withdraw).ref, reason, by=by)
        if done is not None:
            kept.settle(store, _named(store, done).ref)
        if reprinted is not None:
            shared_numbers.put_aside(store, reprinted)
        shared = shared_numbers.shared(store)
        told = [repair_lines.document(one) for one in kept.listed(store, limit=_EVERY)]
        after = [repair_lines.settled_document(one) for one in kept.seen_to(store)]
    lines = [f"{one['task_label']}  {repair_lines.said(one)}（{one['entry']}）" for one in told]
    lines += repair_lines.shared_lines(shared)
    document: dict[str, object] = {"repairs": told}
    if shared:
        document["shared_numbers"] = repair_lines.shared_document(shared)
    if settled:
        lines += [repair_lines.said_settled(one) for one in after]
        document["settled"] = after
    answer(document, lines, as_json=as_json)
    if not told and not shared and not as_json:
        note("没有要处理的。")


def _show_form(store: Store, entry: str, *, as_json: bool) -> None:
    ref, _ = kept.refused_registration(store, entry)
    refilled = refused_registrations.refilled(store, ref)
    pages = sum(len(one.sheets) for one in refilled.scans)
    line = msgspec.json.encode(refilled.form).decode()
    answer({"form": msgspec.to_builtins(refilled.form), "scans": pages}, [line], as_json=as_json)
    if pages:
        note(f"原来的扫描件 {pages} 页会随重新登记一起带过去。")


def _named(store: Store, entry: str) -> Repair:
    """Raises NoSuchRepair."""
    for one in kept.listed(store, limit=_EVERY):
        if str(one.ref) == entry.strip():
            return one
    raise NoSuchRepair(entry=entry)
