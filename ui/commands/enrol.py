"""daiban enrol: this computer becomes a device of a station."""

from __future__ import annotations

from pathlib import Path

import click

from app.domain.regions import Tier
from ui import logs
from ui.commands.answers import answer
from ui.commands.station import data_option, json_option, operator_option, unlock
from ui.commands.usage import Command


@click.command(cls=Command)
@click.argument("code")
@data_option
@operator_option
@json_option
def enrol(code: str, data: Path, operator: str | None, as_json: bool) -> None:
    """用区中心发的登记码 CODE 把本机登记为一个站点的设备。

    需要连得上区中心，只做这一次。DAIBAN_PASSPHRASE 的值从此是本机的设备口令，请妥善保存。
    """
    from sync.client.enrolment import enrol as enrol_device

    store = enrol_device(code, data, unlock(operator))
    logs.begin(data)
    try:
        own = store.certificate
        document = {
            "station": own.station,
            "region": own.region,
            "tier": Tier(own.tier).word,
            "device": store.device.hex(),
            "slot": own.slot_text,
            "centre": store.identity.url,
        }
    finally:
        store.close()
    line = f"本机已登记为“{own.station}”的设备 {own.slot_text}。请再运行 daiban sync，取得事项目录和日历。"
    answer(document, [line], as_json=as_json)
