"""What the card of the packets says: what was written or read, and what comes next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication

from app.errors import DaibanError
from ui import wording
from ui.desktop import words
from ui.desktop.look.mood import Mood
from ui.desktop.pages.exchange.overview import Overview

if TYPE_CHECKING:
    from sync.client.packets import ReadReport, Written
    from ui.packets import Brought


class PacketSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody just did came to this."""

    mood: Mood
    text: str


def stands(overview: Overview) -> str:
    """What was written or read last."""
    notes = overview.packets
    if notes.awaited is not None:
        return _tr("{when} 导出 {file}，有 {n} 条，还没有读到答复。").format(
            when=words.moment(notes.awaited.at_ms, overview.today),
            file=notes.awaited.file,
            n=f"{notes.awaited.entries:,}",
        )
    if notes.read is not None and notes.read.number > notes.overtaken:
        return _tr("{when} 读入 {file}：区中心已接收 {n} 条，收到 {m} 条。").format(
            when=words.moment(notes.read.at_ms, overview.today),
            file=notes.read.file,
            n=f"{notes.read.accepted:,}",
            m=f"{notes.read.received:,}",
        )
    return _tr("没有网络，或者网络一时好不了，可以用U盘和区中心交换。")


def next_step(overview: Overview) -> str:
    """What to do now; what is under way for the stations below first."""
    return "\n".join(part for part in (_carried(overview), _own_step(overview)) if part)


def _carried(overview: Overview) -> str:
    told = []
    if overview.carried.up:
        told.append(
            _tr("代下级站点带的 {n} 个数据包，下次交换时送上。").format(n=overview.carried.up)
        )
    if overview.carried.down:
        told.append(
            _tr("给下级站点的 {n} 个答复，按“导出到U盘”取走。").format(n=overview.carried.down)
        )
    if overview.carried.no:
        told.append(
            _tr("代带的 {n} 个区中心没有收下，请写它的站点重新导出，或者问区中心。").format(
                n=overview.carried.no
            )
        )
    return "".join(told)


def _own_step(overview: Overview) -> str:
    if overview.packets.awaited is not None:
        return _tr(
            "下一步：把U盘带给区中心读入，带回答复，按“从U盘读入”。"
            "在这以前这些记录仍算待上报；U盘丢了，再导出一个就是。"
        )
    return _tr("导出以后带给区中心，再把答复带回来读入。里面的内容只有区中心打得开。")


def written(written: Written) -> PacketSaid:
    carried = _tr("给下级站点的 {n} 个答复已写到U盘，请带回去读入。").format(n=written.carried)
    if not written.number:
        return PacketSaid(mood=Mood.GOOD, text=carried)
    told = _tr("已写好 {file}（{n} 条，{size}）。拔U盘前请先安全弹出，再带给区中心。").format(
        file=Path(written.file).name, n=f"{written.entries:,}", size=words.size(written.bytes)
    )
    if written.carried:
        told += carried
    if written.left:
        told += _tr("还有 {n} 条放不下，读入答复以后再导出一次。").format(n=f"{written.left:,}")
    if written.sheets:
        told += _tr("带上扫描件 {n} 页。").format(n=written.sheets)
    if written.sheets_left:
        told += _tr("还有 {n} 页扫描件，读入答复以后再导出一次。").format(n=written.sheets_left)
    return PacketSaid(mood=Mood.GOOD, text=told)


def brought(brought: Brought) -> PacketSaid:
    told = [_read(one) for one in brought.read]
    told += [
        _tr("{file}：{why}").format(file=one.file, why=wording.sentence_on_screen(one.error))
        for one in brought.unread
    ]
    if brought.carried:
        told.append(
            _tr("下级站点的 {n} 个数据包已收下，随下次交换送区中心；答复到了再导出到U盘。").format(
                n=brought.carried
            )
        )
    if brought.others:
        told.append(_tr("另有 {n} 个不是给这台电脑的，没有读。").format(n=brought.others))
    if brought.read and brought.read[-1].more:
        told.append(_tr("区中心还有内容一个数据包放不下，请再导出一个带去取。"))
    elif brought.read and brought.read[-1].pending:
        pending = f"{brought.read[-1].pending:,}"
        told.append(_tr("还有 {n} 条待上报，可以再导出一个。").format(n=pending))
    return PacketSaid(mood=Mood.WARN if brought.unread else Mood.GOOD, text="\n".join(told))


def failed(error: DaibanError) -> PacketSaid:
    return PacketSaid(mood=Mood.BAD, text=wording.sentence_on_screen(error))


def _read(report: ReadReport) -> str:
    if report.old:
        return _tr("{file}：旧的答复，更新的已经读过或者联网取过，没有改动。").format(
            file=report.file
        )
    told = _tr("{file}：区中心已接收 {n} 条，收到 {m} 条。").format(
        file=report.file, n=f"{report.accepted:,}", m=f"{report.received:,}"
    )
    if report.sheets or report.sheets_waiting:
        told += _tr("扫描件送到 {n} 页，待送 {m} 页。").format(
            n=report.sheets, m=report.sheets_waiting
        )
    return told


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExchangePage", text)
