"""daiban settings …: the numbers, telephones and names that the district sets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from app.domain.lights import Threshold
from app.domain.settings import Settings
from app.usecases import district_settings, operators
from app.usecases.today import shown_today
from ui.commands.answers import answer
from ui.commands.days import DAY, day
from ui.commands.station import station, station_options
from ui.commands.tables import table
from ui.commands.usage import Group
from ui.rule_wording import CONTACTS, LIMITS, clock_title, rule_title


@click.group(cls=Group)
def settings() -> None:
    """区里规定的时限、预警、电话、部门名称：查看；区里可以公布。"""


@settings.command("show")
@station_options
def show(data: Path, operator: str | None, as_json: bool) -> None:
    """现在生效的规定；已公布、还没有生效的也说明。"""
    with station(data, operator) as store:
        now, coming = district_settings.current(store), district_settings.coming(store)
    document = {"current": _all(now), "coming": None if coming is None else _all(coming)}
    answer(document, _lines(now, coming), as_json=as_json)


@settings.command("publish")
@click.argument("changes", metavar="JSON")
@click.option("--effective", type=DAY, metavar="DATE", help="从哪天起生效；缺省今天")
@station_options
def publish(
    changes: str, effective: date | None, data: Path, operator: str | None, as_json: bool
) -> None:
    """公布新的规定，只写要改的。

    例如 '{"forwarding_days": 2, "window_phone": "0773-5800000"}'；名称见 daiban settings show。
    """
    try:
        wanted = msgspec.json.decode(changes, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError) as error:
        wrong = "规定要写成一个 JSON 对象，请检查引号、逗号和括号。什么也没有公布"
        raise click.UsageError(wrong) from error
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        on = effective or shown_today(store)
        published = district_settings.publish(store, wanted, effective=on, by=by)
    line = f"已公布，{day(published.effective)}起生效。已经开始的时限不变。"
    answer(_all(published), [line], as_json=as_json)


def _all(told: Settings) -> dict[str, Any]:
    """With what holds by default too."""
    fields: dict[str, Any] = msgspec.structs.asdict(told)
    return fields


def _lines(now: Settings, coming: Settings | None) -> Iterator[str]:
    yield from table(("规定", "现在", "JSON 里的名称"), list(_cells(now)))
    yield ""
    yield from table(("预警和发牌", "预警", "黄牌", "红牌"), list(_lights(now)))
    if coming is not None:
        old = dict(_words(now))
        changed = [
            f"{rule_title(name)} {said}" for name, said in _words(coming) if said != old.get(name)
        ]
        yield ""
        yield f"{day(coming.effective)}起改为：{'；'.join(changed) or '预警和发牌，见 --json'}"


def _cells(told: Settings) -> Iterator[tuple[str, ...]]:
    for name, said in _words(told):
        yield rule_title(name), said or "没有填", name


def _words(told: Settings) -> Iterator[tuple[str, str]]:
    """Each rule with its value in words."""
    for name, (_, unit) in LIMITS.items():
        yield name, f"{getattr(told, name)} {unit}"
    for name in CONTACTS:
        yield name, getattr(told, name)
    yield (
        "departments",
        "；".join(
            " ".join(filter(None, (one.category, one.name, one.phone))) for one in told.departments
        ),
    )
    yield "related", "；".join("、".join(one.items) for one in told.related)


def _lights(told: Settings) -> Iterator[tuple[str, ...]]:
    for field in msgspec.structs.fields(told.thresholds):
        one: Threshold = getattr(told.thresholds, field.name)
        yield (
            clock_title(field.name),
            "—" if one.warning is None else f"剩 {one.warning} 天",
            "—" if one.yellow is None else f"超 {one.yellow} 天",
            "—" if one.red is None else f"超 {one.red} 天",
        )
