"""daiban packet: the exchange on a stick, where no line goes."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from app.store.exchange import pending
from sync.client.packets import ReadReport, Written
from ui import wording
from ui.commands.answers import answer, note
from ui.commands.station import station, station_options
from ui.commands.sync import Lost
from ui.commands.usage import Group
from ui.packets import Brought, Unread, read_from
from ui.printer_told import PrinterTold, chosen_printer


@click.group(cls=Group)
def packet() -> None:
    """用U盘交换：写数据包带给区中心，读入区中心的答复。"""


@packet.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@station_options
def write(file: Path, data: Path, operator: str | None, as_json: bool) -> None:
    """把待上报的写成一个数据包；FILE 是文件，或者文件夹（如 U 盘，自动起名）。

    内容只有区中心打得开。读入答复以前，这些记录仍然算待上报；U盘丢了再写一个就是。
    """
    from sync.client import packets

    with station(data, operator) as store:
        written = packets.write(store, file, PrinterTold()(store, chosen_printer(store)))
    answer(msgspec.structs.asdict(written), _written_lines(written), as_json=as_json)


@packet.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path), metavar="FILE")
@station_options
def read(file: Path, data: Path, operator: str | None, as_json: bool) -> None:
    """读入区中心的答复；FILE 是文件，或者文件夹（读入其中给本机的全部）。

    读两遍、先读新的后读旧的都不要紧；损坏的整个不读。
    """
    with station(data, operator) as store:
        lost = Lost(store)
        brought = read_from(store, file)
        document = {
            "read": [msgspec.structs.asdict(one) for one in brought.read],
            "refused": [
                {
                    "file": one.file,
                    "code": one.error.code,
                    "message": wording.sentence(one.error),
                }
                for one in brought.unread
            ],
            "others": brought.others,
            "carried": brought.carried,
            "pending": pending(store),
            "out_of_place": lost.told(),
        }
    for unread in brought.unread:
        note(unread_line(unread))
    answer(document, _read_lines(brought), as_json=as_json)
    if brought.unread:
        raise SystemExit(1)


def unread_line(unread: Unread) -> str:
    return f"{unread.file}：{wording.sentence(unread.error)}"


def _written_lines(written: Written) -> list[str]:
    lines = []
    if written.carried:
        lines.append(f"另写好 {written.carried} 个给下级站点的答复，请带回各站读入。")
    if not written.number:
        return lines
    size = f"{written.entries} 条，{written.bytes} 字节"
    lines.insert(0, f"已写好 {written.file}：第 {written.number} 号，{size}。")
    if written.left:
        lines.append(f"还有 {written.left} 条放不下，读入这一个的答复以后再写一个。")
    if written.sheets or written.sheets_left:
        left = f"，还有 {written.sheets_left} 页下次再带" if written.sheets_left else ""
        lines.append(f"带上扫描件 {written.sheets} 页{left}。")
    return [
        *lines,
        "下一步：交区中心运行 daiban centre packet，把答复带回来，用 daiban packet read 读入。",
    ]


def _read_lines(brought: Brought) -> list[str]:
    lines = [_read_line(one) for one in brought.read]
    if brought.carried:
        told = f"收下 {brought.carried} 个下级站点的数据包，下次 daiban sync 时代送区中心。"
        lines.append(told + "答复到了以后，用 daiban packet write 写到 U 盘。")
    if brought.others:
        lines.append(f"另有 {brought.others} 个数据包不是给本机的，没有读。")
    if brought.read:
        last = brought.read[-1]
        refused = f"，被退回 {last.refused} 条" if last.refused else ""
        lines.append(f"待上报 {last.pending} 条{refused}。")
        if last.sheets or last.sheets_waiting:
            lines.append(f"扫描件送到 {last.sheets} 页，待送 {last.sheets_waiting} 页。")
        if last.more:
            lines.append("区中心还有内容一个数据包放不下：请再写一个数据包，带去取。")
    return lines


def _read_line(report: ReadReport) -> str:
    if report.old:
        return f"{report.file}：这是旧的答复，更新的已经读过或者联网取过，没有改动（收到 {report.received} 条）。"
    return f"{report.file}：区中心已接收 {report.accepted} 条，收到 {report.received} 条。"
