"""daiban centre packet: a station's packet in, the answer to it out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.errors import DaibanError
from ui import files, wording
from ui.commands.answers import answer, note
from ui.commands.centre_folder import centre_options, server_part
from ui.commands.station import unlock
from ui.commands.usage import Command
from ui.packets import ALL, NoPackets, in_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from sync.centre.enrolment_packets import AdmittedByPacket
    from sync.centre.packets import AnsweredPacket


@click.command(cls=Command)
@click.argument("file", type=click.Path(exists=True, path_type=Path), metavar="FILE")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="答复写到哪个文件或者文件夹（文件夹里自动起名）",
)
@centre_options
def packet(file: Path, out: Path, data: Path, as_json: bool) -> None:
    """读入站点的数据包或者登记申请，写出答复；FILE 可以是文件夹（如 U 盘），逐个答复。

    中心开着也可以用。同一个数据包读两遍不要紧。
    """
    if file.is_dir() and out.exists() and not out.is_dir():
        raise click.UsageError("FILE 是文件夹时，--out 也要是文件夹")
    found = in_folder(file, ALL) if file.is_dir() else [file]
    answered: list[dict[str, Any]] = []
    refused: list[dict[str, str]] = []
    settled = 0
    with server_part("office").answering(data, unlock()) as answering:
        if not file.is_dir():
            answered.append(_answered(file, out, answering))
        for one in found if file.is_dir() else ():
            try:
                answered.append(_answered(one, out, answering))
            except server_part("packets").PacketForAStation:
                continue  # answers lie beside what they answer
            except server_part("enrolment_packets").RequestSettled as error:
                settled += 1
                note(f"{one.name}：{wording.sentence(error)}")
            except DaibanError as error:
                message = wording.sentence(error)
                refused.append({"file": one.name, "code": error.code, "message": message})
                note(f"{one.name}：{message}")
    if not answered and not refused and not settled:
        raise NoPackets(folder=str(file), why="")
    answer(
        {"answered": answered, "refused": refused},
        [_line(one) for one in answered],
        as_json=as_json,
    )
    if refused:
        raise SystemExit(1)


def _answered(
    file: Path, out: Path, answering: Callable[[bytes], AnsweredPacket | AdmittedByPacket]
) -> dict[str, Any]:
    done = answering(files.read(file))
    to = out / done.name if out.is_dir() else out
    files.write_for_all(to, done.raw)
    told: dict[str, Any] = {
        "file": file.name,
        "answer": str(to),
        "station": done.station,
        "slot": done.slot,
        "enrolled": isinstance(done, server_part("enrolment_packets").AdmittedByPacket),
    }
    if not told["enrolled"]:
        told.update(
            {
                name: getattr(done, name)
                for name in ("number", "taken", "refused", "sent", "more", "sheets", "over_quota")
            }
        )
    return told


def _line(one: dict[str, Any]) -> str:
    if one["enrolled"]:
        return (
            f"{one['station']}（{one['slot']}）：登记好了，请把答复带回那台电脑 → {one['answer']}"
        )
    told = f"{one['station']}（{one['slot']}）第 {one['number']} 号：新收 {one['taken']} 条"
    told += f"，退回 {one['refused']} 条" if one["refused"] else ""
    told += f"，扫描件 {one['sheets']} 页" if one["sheets"] else ""
    told += "（超过限额，新的这次没有收，仍在站点）" if one["over_quota"] else ""
    told += f"，答复里有 {one['sent']} 条 → {one['answer']}"
    return told + ("（一个放不下，请站点再带一个来）" if one["more"] else "")
