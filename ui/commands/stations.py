"""daiban stations: how the computers of one's own place and of those below are."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import click

from app.domain.days import CHINA
from app.domain.station_health import judged
from app.errors import DaibanError
from app.store.fleet_notes import FleetNote, fleet_note
from app.store.store import Store
from sync.refusals import Offline
from ui import fleet_words, wording
from ui.commands import device_lines
from ui.commands.answers import answer, note
from ui.commands.station import station, station_options
from ui.commands.usage import Command

_NOBODY: Final = "没有这样的站点电脑。"


@click.command(cls=Command)
@click.option("--find", default="", metavar="TEXT", help="只列名称、区划或者编号里有这几个字的")
@click.option("--late", is_flag=True, help="只列久未联系的")
@station_options
def stations(find: str, late: bool, data: Path, operator: str | None, as_json: bool) -> None:
    """本级和下级站点的每台电脑怎么样了：现在问区中心，连不上就说上次问到的。

    镇街看得到本镇街各村的，村只看得到自己的。要处理的（■）排在前面，然后是要留意的（△）。
    """
    with station(data, operator) as store:
        told, failed = _told(store)
        now_ms = store.wall()
    every = judged(told.stations, told.at_ms, version("daiban"))
    shown = [
        one
        for one in every
        if (not late or device_lines.is_late(one)) and fleet_words.fits(one.health, find)
    ]
    at = datetime.fromtimestamp(told.at_ms / 1000, CHINA)
    if failed is not None:
        waited = fleet_words.span(max(0, now_ms - told.asked_ms) // 1000)
        note(f"{wording.sentence(failed)}\n下面是 {waited}前问到的。")
    document = {
        "at": at.isoformat(timespec="seconds"),
        "fresh": failed is None,
        "stations": [device_lines.of_fleet(one) for one in shown],
    }
    lines = [
        f"截至 {at:%Y-%m-%d %H:%M}，{fleet_words.summary(every)}",
        *(device_lines.fleet_table(shown) if shown else (_NOBODY,)),
    ]
    answer(document, lines, as_json=as_json)


def _told(store: Store) -> tuple[FleetNote, DaibanError | None]:
    """What the centre says now, or said last and why it does not now. Raises that if it never said anything."""
    from sync.client import fleet
    from sync.client.engine import open_line

    line = open_line(store)
    try:
        return fleet.ask(store, line), None
    except (Offline, fleet.CentreTooOld) as error:
        kept = fleet_note(store)
        if kept is None:
            raise
        return kept, error
    finally:
        line.close()
