"""daiban centre …: what the district's administrator does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from app.domain.days import CHINA
from ui import logs
from ui.commands import device_lines
from ui.commands.answers import answer
from ui.commands.centre_acts import audit, renew_certificate, rotate_tokens
from ui.commands.centre_backup import backup, hand_back_keys, reseal, restore
from ui.commands.centre_folder import centre_options, database_option, server_part
from ui.commands.centre_move import move
from ui.commands.centre_packet import packet
from ui.commands.centre_regions import regions
from ui.commands.station import unlock
from ui.commands.usage import Group

if TYPE_CHECKING:
    from sync.centre.office import DeviceSummary
    from sync.centre.serving import Address


@click.group(cls=Group)
def centre() -> None:
    """区中心：建立、发登记码、运行、答复数据包、查看和停用设备、发布区划表。

    口令用环境变量 DAIBAN_PASSPHRASE 给出。
    """


centre.add_command(packet)
centre.add_command(regions)
centre.add_command(backup)
centre.add_command(restore)
centre.add_command(move)
centre.add_command(reseal)
centre.add_command(hand_back_keys)
centre.add_command(audit)
centre.add_command(renew_certificate)
centre.add_command(rotate_tokens)


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
@database_option
@centre_options
def init(
    region: str, url: str, regions: Path | None, database: str | None, data: Path, as_json: bool
) -> None:
    """建立一个区的中心，并发布区划、事项目录和日历。"""
    server_part("office").init(
        data, region=region, url=url, regions_csv=regions, unlock=unlock(), database=database
    )
    logs.begin(data)
    document = {"region": region, "url": url, "data": str(data)}
    line = f"{region} 的区中心已建在 {data}，站点访问 {url}。下一步：daiban centre enrol-code、daiban centre serve"
    answer(document, [line], as_json=as_json)


@centre.command("enrol-code")
@click.option("--region", required=True, metavar="CODE", help="站点所在的区划代码，如 450305200201")
@click.option("--name", metavar="NAME", help="站点名称，如 湖塘村政务服务站；缺省由区划名称得出")
@click.option(
    "--days",
    type=click.IntRange(1, 90),
    default=7,
    show_default=True,
    help="几天内有效；要用U盘登记的站点，来回路上的日子也算在里面",
)
@centre_options
def enrol_code(region: str, name: str | None, days: int, data: Path, as_json: bool) -> None:
    """发一个一次性登记码，给一个站点的一台电脑。"""
    issued = server_part("office").enrol_code(
        data, region=region, name=name, unlock=unlock(), days=days
    )
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
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="几个工作进程；多于一个要用 PostgreSQL",
)
@database_option
@centre_options
def serve(
    host: str, port: int | None, workers: int, database: str | None, data: Path, as_json: bool
) -> None:
    """运行中心，直到按 Ctrl+C。准备好时输出一行。"""

    def ready(door: Address) -> None:
        url = f"https://{door.host}:{door.port}"
        document = {"ready": True, "url": url, "host": door.host, "port": door.port}
        line = f"区中心已就绪：{url}（按 Ctrl+C 停止）"
        # One line, whoever starts a centre reads one.
        click.echo(msgspec.json.encode(document) if as_json else line)

    server_part("office").serve(
        data,
        unlock=unlock(),
        host=host,
        port=port,
        database=database,
        workers=workers,
        on_ready=ready,
    )


@centre.command()
@click.option("--region", metavar="CODE", help="只列这个区划和它下面的，如 450305200")
@click.option("--late", is_flag=True, help="只列久未联系的")
@centre_options
def devices(region: str | None, late: bool, data: Path, as_json: bool) -> None:
    """全部设备：上次联系、积压、扫描件、版本、时钟、磁盘、打印机、备份、数据核对。

    要处理的（■）排在前面，然后是要留意的（△）；“情况”一栏说是什么事。
    """
    found = server_part("office").devices(data, unlock=unlock(), region=region)
    told = [_in_china(one) for one in found if not late or device_lines.is_late(one)]
    answer(
        {"devices": [device_lines.document(one) for one in told]},
        device_lines.table_of(told) if told else ["没有这样的设备。"],
        as_json=as_json,
    )


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
        over_quota_until=device.over_quota_until and device.over_quota_until.astimezone(CHINA),
    )
