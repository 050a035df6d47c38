"""daiban centre …: what the district's administrator does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from app.domain.days import CHINA
from ui import logs
from ui.commands.answers import answer
from ui.commands.centre_backup import hand_back_keys, reseal
from ui.commands.centre_folder import centre_options, server_part
from ui.commands.centre_packet import packet
from ui.commands.centre_regions import regions
from ui.commands.station import unlock
from ui.commands.tables import table
from ui.commands.usage import Group

if TYPE_CHECKING:
    from sync.centre.office import DeviceSummary
    from sync.centre.server import Listening

_MINUTE_S = 60


@click.group(cls=Group)
def centre() -> None:
    """区中心：建立、发登记码、运行、答复数据包、查看和停用设备、发布区划表。

    口令用环境变量 DAIBAN_PASSPHRASE 给出。
    """


centre.add_command(packet)
centre.add_command(regions)
centre.add_command(reseal)
centre.add_command(hand_back_keys)


@centre.command()
@click.option("--region", required=True, metavar="CODE", help="县（市、区）代码，如 450305")
@click.option(
    "--url", default="https://127.0.0.1:8750", show_default=True, help="站点访问中心的地址"
)
@click.option(
    "--regions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="区划表；程序自带几个区的",
)
@centre_options
def init(region: str, url: str, regions: Path | None, data: Path, as_json: bool) -> None:
    """建立一个区的中心，并发布区划、事项目录和日历。"""
    server_part("office").init(data, region=region, url=url, regions_csv=regions, unlock=unlock())
    logs.begin(data)
    document = {"region": region, "url": url, "data": str(data)}
    line = f"{region} 的区中心已建在 {data}，站点访问 {url}。下一步：daiban centre enrol-code、daiban centre serve"
    answer(document, [line], as_json=as_json)


@centre.command("enrol-code")
@click.option("--region", required=True, metavar="CODE", help="站点所在的区划代码，如 450305200201")
@click.option("--name", metavar="NAME", help="站点名称，如 湖塘村政务服务站；缺省由区划名称得出")
@centre_options
def enrol_code(region: str, name: str | None, data: Path, as_json: bool) -> None:
    """发一个一次性登记码，给一个站点的一台电脑。"""
    issued = server_part("office").enrol_code(data, region=region, name=name, unlock=unlock())
    expires = issued.expires.astimezone(CHINA)
    words = f"（{expires:%Y-%m-%d %H:%M} 前有效，只能用一次）"
    answer({"code": issued.code, "expires": expires}, [issued.code, words], as_json=as_json)


@centre.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="监听的端口，缺省为建立中心时 --url 里的；0 为任意",
)
@centre_options
def serve(host: str, port: int | None, data: Path, as_json: bool) -> None:
    """运行中心，直到按 Ctrl+C。准备好时输出一行。"""

    def ready(listening: Listening) -> None:
        url = f"https://{listening.host}:{listening.port}"
        document = {"ready": True, "url": url, "host": listening.host, "port": listening.port}
        line = f"区中心已就绪：{url}（按 Ctrl+C 停止）"
        # One line, whoever starts a centre reads one.
        click.echo(msgspec.json.encode(document) if as_json else line)

    server_part("office").serve(data, unlock=unlock(), host=host, port=port, on_ready=ready)


@centre.command()
@centre_options
def devices(data: Path, as_json: bool) -> None:
    """全部设备：站点、编号、流水、上次联系、积压。"""
    found = [_in_china(one) for one in server_part("office").devices(data, unlock=unlock())]
    cells = [
        (
            one.device[:12],
            one.slot,
            one.station,
            str(one.entries),
            f"{one.last_contact:%m-%d %H:%M}" if one.last_contact else "—",
            str(one.backlog) if one.backlog is not None else "—",
            _remark(one.revoked is not None, one.clock_off_s),
        )
        for one in found
    ]
    headings = ("设备", "编号", "站点", "流水", "上次联系", "积压", "")
    answer({"devices": found}, table(headings, cells), as_json=as_json)


@centre.command()
@click.argument("device")
@click.option("--reason", default="", metavar="TEXT", help="原因，会发布给各站点")
@centre_options
def revoke(device: str, reason: str, data: Path, as_json: bool) -> None:
    """停用一台设备；DEVICE 为设备编号或其开头。它下一次交换就会被拒绝。"""
    found = _in_china(server_part("office").revoke(data, device, reason=reason, unlock=unlock()))
    answer(
        found,
        [f"已停用 {found.station} 的设备 {found.slot}（{found.device[:12]}）。"],
        as_json=as_json,
    )


def _in_china(device: DeviceSummary) -> DeviceSummary:
    """The same with its times as China's clocks show them."""
    return msgspec.structs.replace(
        device,
        last_contact=device.last_contact and device.last_contact.astimezone(CHINA),
        enrolled=device.enrolled.astimezone(CHINA),
        revoked=device.revoked and device.revoked.astimezone(CHINA),
    )


def _remark(revoked: bool, clock_off_s: int | None) -> str:
    if revoked:
        return "已停用"
    if clock_off_s is not None and abs(clock_off_s) > _MINUTE_S:
        return f"时钟{'快' if clock_off_s > 0 else '慢'} {abs(clock_off_s) // _MINUTE_S} 分"
    return ""
