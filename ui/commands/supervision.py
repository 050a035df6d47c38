"""daiban cards …: 效能监督 on the command line; and daiban settings: the district's numbers and names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from app.usecases import district_settings, operators, supervision
from app.usecases.supervision import CardLine, Which
from app.usecases.today import shown_today
from ui.commands.answers import answer, note
from ui.commands.days import DAY
from ui.commands.station import station, station_options
from ui.commands.tables import table
from ui.commands.usage import Command, Group


@click.command(cls=Command)
@click.argument("which", required=False, type=click.Choice([one.value for one in Which]))
@click.option("--own", is_flag=True, help="只看发给本站的")
@station_options
def cards(which: str | None, own: bool, data: Path, operator: str | None, as_json: bool) -> None:
    """效能监督：待发的（pending）、已发出的（open）、申诉中的、督办中的、已了结的黄牌和红牌。

    发牌、确认、申诉、维持、撤销、转督办用 daiban case act。
    """
    with station(data, operator) as store:
        day = shown_today(store)
        if own:
            found = supervision.of_station(store)
        elif which in (None, Which.PENDING.value):
            found = supervision.pending(store, day)
        else:
            found = supervision.issued(store, Which(which))
        lights = supervision.lights(store, day)
    document = {
        "lights": lights.lights,
        "counts": lights.cards,
        "cards": [_card(one) for one in found],
    }
    if not as_json and not found:
        note("没有这样的牌。")
    cells = [
        (
            one.grade.label,
            one.cause_label,
            one.row.local_number,
            one.station_name,
            f"{one.post} {one.person}".strip(),
            one.state.label if one.state else "待发",
        )
        for one in found
    ]
    headings = ("牌", "事由", "收件号", "站点", "责任岗位和人", "状态")
    answer(document, table(headings, cells) if cells else (), as_json=as_json)


def _card(one: CardLine) -> dict[str, Any]:
    return {
        "local_number": one.row.local_number,
        "cause": one.cause,
        "cause_label": one.cause_label,
        "since": one.since,
        "grade": one.grade,
        "station": one.station,
        "station_name": one.station_name,
        "post": one.post,
        "person": one.person,
        "state": one.state,
        "issued_on": one.issued_on,
        "due": one.due,
    }


@click.group(cls=Group)
def settings() -> None:
    """区里规定的时限、预警、电话、部门名称：查看；区里可以公布。"""


@settings.command("show")
@station_options
def show(data: Path, operator: str | None, as_json: bool) -> None:
    """现在生效的规定。"""
    with station(data, operator) as store:
        now, coming = district_settings.current(store), district_settings.coming(store)
    told = _all(now)
    document = {"current": told, "coming": None if coming is None else _all(coming)}
    lines = [f"{name}：{value}" for name, value in told.items()]
    answer(document, lines, as_json=as_json)


@settings.command("publish")
@click.argument("changes", metavar="JSON")
@click.option("--effective", type=DAY, metavar="DATE", help="从哪天起生效；缺省今天")
@station_options
def publish(
    changes: str, effective: date | None, data: Path, operator: str | None, as_json: bool
) -> None:
    """公布新的规定；只写要改的，如 '{"forwarding_days": 2, "window_phone": "0773-5800000"}'。"""
    try:
        wanted = msgspec.json.decode(changes, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise click.UsageError("规定要写成一个 JSON 对象") from error
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        day = effective or shown_today(store)
        published = district_settings.publish(store, wanted, effective=day, by=by)
    answer(_all(published), [f"已公布，{published.effective} 起生效。"], as_json=as_json)


def _all(told: msgspec.Struct) -> dict[str, Any]:
    """With what holds by default too."""
    fields: dict[str, Any] = msgspec.structs.asdict(told)
    return fields
