"""daiban enrol: this computer becomes a device of a station."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

import click

from app.domain.regions import Tier
from app.store.keyslots import Unlock
from app.store.store import Store
from sync.packet import NotAPacket
from ui import files, logs
from ui.commands.answers import answer
from ui.commands.station import data_option, json_option, operator_option, unlock
from ui.commands.usage import Command
from ui.packets import NoPackets, in_folder

NEXT_BY_LINE: Final = "请再运行 daiban sync，取得事项目录和日历。"
NEXT_BY_PACKET: Final = "事项目录和日历已随答复收到，可以办件了。"


@click.command(cls=Command)
@click.argument("code", required=False)
@click.option(
    "--packet",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="没有网络：把登记申请写到这个文件或者文件夹（如 U 盘），带给区中心",
)
@click.option(
    "--answer",
    "answered",
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE",
    help="没有网络：读入区中心对登记申请的答复；可以是文件夹",
)
@data_option
@operator_option
@json_option
def enrol(
    code: str | None,
    packet: Path | None,
    answered: Path | None,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """用区中心发的登记码 CODE 把本机登记为一个站点的设备。

    连得上区中心就一步办完；没有网络的用 U 盘：先 --packet，区中心答复后再 --answer。
    DAIBAN_PASSPHRASE 的值从此是本机的设备口令，请妥善保存。
    """
    if answered is not None:
        if code is not None or packet is not None:
            raise click.UsageError("--answer 不要再给登记码，也不和 --packet 一起用")
        _tell(_answered(answered, data, unlock(operator)), as_json, NEXT_BY_PACKET)
    elif packet is not None:
        _ask(code, packet, data, unlock(operator), as_json)
    elif code is None:
        raise click.UsageError("请给出登记码 CODE")
    else:
        from sync.client.enrolment import enrol as enrol_device

        _tell(enrol_device(code, data, unlock(operator)), as_json, NEXT_BY_LINE)


def _ask(code: str | None, to: Path, data: Path, by: Unlock, as_json: bool) -> None:
    from sync.client import enrolment_packets

    file = enrolment_packets.write_request(code, data, by, to)
    lines = [
        f"登记申请已写好：{file}",
        "下一步：交区中心运行 daiban centre packet，把答复带回来，再运行 daiban enrol --answer。口令要和这次的一样。",
    ]
    answer({"request": str(file)}, lines, as_json=as_json)


def _answered(place: Path, data: Path, by: Unlock) -> Store:
    """By the answer for this computer; in a folder, those for others are passed over."""
    from sync.client import enrolment_packets
    from sync.enrolment_packet import SUFFIX

    if not place.is_dir():
        return enrolment_packets.take_answer(data, by, files.read(place))
    for file in in_folder(place, (SUFFIX,)):
        with suppress(enrolment_packets.EnrolmentForAnother, NotAPacket):
            return enrolment_packets.take_answer(data, by, files.read(file))
    raise NoPackets(folder=str(place), why="")


def _tell(store: Store, as_json: bool, then: str) -> None:
    logs.begin(store.folder)
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
    line = f"本机已登记为“{own.station}”的设备 {own.slot_text}。{then}"
    answer(document, [line], as_json=as_json)
