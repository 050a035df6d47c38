"""daiban practice …: invented people and cases in a store of their own."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from app.domain.days import CHINA
from app.store import practice as apart
from app.store.store import Store
from app.usecases import operators
from app.usecases import practice as use
from app.usecases.acts import ACTS
from app.usecases.practice_turns import Done
from ui.commands.answers import answer
from ui.commands.days import minute
from ui.commands.station import folder_option, json_option, operator_option, station, unlock
from ui.commands.usage import Command, Group

_seed_option = click.option("--seed", type=int, metavar="N", help="同一个数做出同样的练习数据")


@click.group(cls=Group)
def practice() -> None:
    """练习模式：人和事都是编的，另存一处，不上报，文书印“练习”。

    练习数据在数据文件夹里的 practice 文件夹。开始以后，每个命令加 --practice 就在练习数据里做。
    """


@practice.command(cls=Command)
@folder_option
@operator_option
@_seed_option
@json_option
def start(data: Path, operator: str | None, seed: int | None, as_json: bool) -> None:
    """开始练习：没有练习数据就做一份；以后用同一个口令打开。"""
    real = _real(data)
    with station(real, operator) as store:
        by = operators.acting(store, operator)
        folder = use.start(store, unlock(operator), by=by, seed=seed)
    with station(folder, operator) as own:
        told = _told(folder, own)
    answer(
        told,
        [f"练习数据已备好：{told['station']}，{told['cases']} 件办件。每个命令加 --practice 就在练习数据里做。"],
        as_json=as_json,
    )  # fmt: skip


@practice.command(cls=Command)
@folder_option
@operator_option
@_seed_option
@json_option
def reset(data: Path, operator: str | None, seed: int | None, as_json: bool) -> None:
    """重新开始：扔掉现有的练习数据，另做一份。"""
    real = _real(data)
    with station(real, operator) as store:
        by = operators.acting(store, operator)
        folder = use.reset(store, by=by, seed=seed)
        use.start(store, unlock(operator), by=by)
    with station(folder, operator) as own:
        told = _told(folder, own)
    answer(told, [f"练习数据已重新做好：{told['cases']} 件办件。"], as_json=as_json)


@practice.command("next", cls=Command)
@folder_option
@operator_option
@_seed_option
@json_option
def next_(data: Path, operator: str | None, seed: int | None, as_json: bool) -> None:
    """让别的层级接着办一步：镇街接收、受理、决定，村里补件、送达。"""
    with station(use.made_in(_real(data)), operator) as own:
        done = use.go_on(own, by=operators.acting(own, operator), seed=seed)
    document = {
        "done": [{"number": one.number, "act": one.verb, "station": one.station} for one in done]
    }
    answer(document, _lines(done), as_json=as_json)


@practice.command(cls=Command)
@folder_option
@json_option
def status(data: Path, as_json: bool) -> None:
    """有没有练习数据，什么时候做的。"""
    found = use.state(_real(data))
    made = None if found.made_ms is None else _moment(found.made_ms)
    document = {"folder": str(found.folder), "made": made is not None, "changed": made}
    line = (
        "还没有练习数据。请用 daiban practice start 开始。"
        if made is None
        else f"有练习数据：{found.folder}，最近改动于{minute(made)}。"
    )
    answer(document, [line], as_json=as_json)


def act_label(verb: str) -> str:
    """The word for what a partner did."""
    return ACTS[verb].label if verb in ACTS else {"register": "登记并转报"}.get(verb, verb)


def _real(data: Path) -> Path:
    """The station's folder, whichever of the two was named."""
    return data.parent if apart.is_place(data) else data


def _told(folder: Path, own: Store) -> dict[str, Any]:
    (cases,) = own.database.row("SELECT count(*) FROM case_row")
    return {
        "folder": str(folder),
        "station": own.certificate.station,
        "slot": own.certificate.slot_text,
        "cases": cases,
    }


def _lines(done: list[Done]) -> list[str]:
    if not done:
        return ["现在没有等别的层级办的件。先转报一件，再让镇街接着办。"]
    counts = Counter((one.station, act_label(one.verb)) for one in done)
    return [f"{at}：{label} {n} 件" for (at, label), n in counts.items()]


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, CHINA).isoformat(timespec="seconds")
