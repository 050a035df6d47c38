"""daiban cards: 效能监督 on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.domain.lights import Light
from app.usecases import supervision
from app.usecases.supervision import CardLine, Which
from app.usecases.today import shown_today
from ui.commands.answers import answer, note
from ui.commands.days import day
from ui.commands.station import station, station_options
from ui.commands.tables import table
from ui.commands.usage import Command

_MOST = 10_000


@click.command(cls=Command)
@click.argument("which", required=False, type=click.Choice([one.value for one in Which]))
@click.option("--own", is_flag=True, help="只看发给本站的")
@click.option(
    "--limit", type=click.IntRange(1, _MOST), default=200, show_default=True, help="最多列多少张"
)
@station_options
def cards(
    which: str | None, own: bool, limit: int, data: Path, operator: str | None, as_json: bool
) -> None:
    """效能监督：待发的（pending）、已发出的（open）、申诉中的、督办中的、已了结的黄牌和红牌。

    发牌、确认、申诉、维持、撤销、转督办用 daiban case act。
    """
    with station(data, operator) as store:
        today = shown_today(store)
        if own:
            found = supervision.of_station(store, limit)
        elif which in (None, Which.PENDING.value):
            found = supervision.pending(store, today, limit)
        else:
            found = supervision.issued(store, Which(which), limit)
        lights = supervision.lights(store, today)
    document = {
        "lights": lights.lights,
        "counts": lights.cards,
        "cards": [_card(one) for one in found],
    }
    if not as_json and not found:
        note("这一类没有黄牌红牌。")
    cells = [
        (
            one.grade.label,
            f"{one.cause_label}（{one.cause}）",
            day(one.since),
            one.row.local_number,
            one.station_name,
            f"{one.post} {one.person}".strip(),
            one.state.label if one.state else "待发",
        )
        for one in found
    ]
    headings = ("牌", "事由", "起算日", "收件号", "站点", "责任岗位和人", "状态")
    heads = [
        "办件：" + "，".join(f"{light.label} {lights.lights[light]}" for light in Light),
        "牌：" + "，".join(f"{one.label} {lights.cards[one]}" for one in Which),
    ]
    answer(document, [*heads, *(table(headings, cells) if cells else ())], as_json=as_json)


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
