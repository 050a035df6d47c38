"""daiban repairs: what the centre sent back, or others were faster with, and what to do about each."""

from __future__ import annotations

from pathlib import Path

import click

from app.journal.refs import Ref
from app.usecases import repairs as kept
from ui.commands import repair_lines
from ui.commands.answers import answer, note
from ui.commands.refusals import NoSuchRepair
from ui.commands.station import station, station_options
from ui.commands.usage import Command

_EVERY = 100_000


@click.command(cls=Command)
@click.option("--done", metavar="ENTRY", help="这一条已经处理，不再提醒；ENTRY 见 --json 的 entry")
@station_options
def repairs(done: str | None, data: Path, operator: str | None, as_json: bool) -> None:
    """要处理的：被区中心退回的、没有生效的，每条是谁的、为什么、怎么办。

    其余的照常上报，不受影响。记录本身不动；处理完的用 --done 从清单里去掉。
    """
    with station(data, operator) as store:
        listed = kept.listed(store, limit=_EVERY)
        if done is not None:
            kept.settle(store, _named(listed, done))
            listed = kept.listed(store, limit=_EVERY)
    told = [repair_lines.document(one) for one in listed]
    lines = [f"{one['task_label']}  {repair_lines.said(one)}（{one['entry']}）" for one in told]
    answer({"repairs": told}, lines, as_json=as_json)
    if not told and not as_json:
        note("没有要处理的。")


def _named(listed: list[kept.Repair], entry: str) -> Ref:
    for one in listed:
        if str(one.ref) == entry.strip():
            return one.ref
    raise NoSuchRepair(entry=entry)
