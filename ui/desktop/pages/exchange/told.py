"""What 同步 says, in a person's words."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.masking import mask_listed_name
from app.domain.station_health import CLOCK_OFF_S
from app.domain.tasks import TaskKind
from app.store.exchange_log import ExchangeNote
from app.usecases.repairs import How, Repair, Settled
from ui import wording
from ui.desktop import case_words, exchange_words, words
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.look.mood import Mood
from ui.desktop.pages.exchange.overview import Health, Overview

_GB: Final = 1024**3
_NO_HARM: Final = ("offline", "exchange_under_way", "exchange_stopped")


class Progressed(msgspec.Struct, frozen=True):
    """`share` is None while nobody knows how much there is."""

    what: str
    share: float | None
    left: str


class Outcome(msgspec.Struct, frozen=True):
    mood: Mood
    text: str
    tip: str = ""


def waiting(overview: Overview, state: ExchangeState) -> str:
    """待上报 3 条，最早的一条 11-20 09:00 记下."""
    if not state.pending:
        return "" if state.reach in (Reach.ONLINE, Reach.PRACTICE) else _tr("没有待上报的记录。")
    told = _tr("待上报 {n} 条").format(n=f"{state.pending:,}")
    if overview.oldest_ms is None:
        return told + _tr("。")
    when = words.moment(overview.oldest_ms, overview.today)
    waits = words.ago((overview.now_ms - overview.oldest_ms) / 1000)
    return told + _tr("，最早的一条 {when} 记下，已等了{span}。").format(when=when, span=waits)


def then(state: ExchangeState) -> str:
    """What comes next by itself, or what stands in the way."""
    if state.reach is Reach.OFFLINE:
        partly = exchange_words.partly(state)
        return partly + _tr("。") if partly else _tr("网络恢复后自动交换，不用守着。")
    if state.reach is Reach.ONLINE and state.refused:
        return _tr("原因和办法在下面，可以逐条处理。")
    if state.reach is Reach.ONLINE and state.pending:
        return _tr("稍后自动上报，不用守着。")
    return exchange_words.long(state).detail


def safe(state: ExchangeState) -> str:
    """What nobody has to worry about."""
    if state.pending:
        return _tr("没有上报的都存在这台电脑里，断网、关机都不会丢。")
    return _tr("登记过的都已经存在这台电脑里。")


def progressed(state: ExchangeState) -> Progressed:
    progress = state.progress
    if progress is None:
        return Progressed(_tr("正在连接区中心"), None, "")
    every = progress.sent + progress.pending
    parts = []
    if progress.sent or progress.pending:
        parts.append(_tr("已上报 {n} 条").format(n=f"{progress.sent:,}"))
    parts.append(_tr("已收到 {n} 条").format(n=f"{progress.received:,}"))
    up, down = words.size(progress.bytes_up), words.size(progress.bytes_down)
    parts.append(_tr("上行 {up}，下行 {down}").format(up=up, down=down))
    if progress.unread:
        left = _tr("还有 {n} 件要整理进列表").format(n=f"{progress.unread:,}")
    else:
        left = (
            _tr("还有 {n} 条要上报").format(n=f"{progress.pending:,}") if progress.pending else ""
        )
    share = progress.sent / every if progress.pending else None
    return Progressed(_tr(" · ").join(parts), share, left)


def clock_off(state: ExchangeState) -> str:
    """Empty unless this computer's clock is far from the centre's."""
    off_s = state.report.clock_off_s if state.report is not None else 0
    if abs(off_s) < CLOCK_OFF_S:
        return ""
    told = (
        _tr("这台电脑的时间比区中心快 {span}")
        if off_s > 0
        else _tr("这台电脑的时间比区中心慢 {span}")
    )
    return told.format(span=words.ago(abs(off_s))) + _tr(
        "，文书上的日期可能不对。请校准电脑的日期和时间。"
    )


def told_to_centre(health: Health, state: ExchangeState) -> str:
    """What the centre knows of this computer."""
    told = _tr(
        "每次交换时，区中心会知道：程序版本 {version}、磁盘剩余 {disk}、待上报 {n} 条、待传的扫描件、"
        "打印机是否正常、上次备份和数据核对的情况。"
    )
    disk = _tr("{n} GB").format(n=f"{health.disk_free / _GB:.1f}")
    return told.format(version=health.version, disk=disk, n=state.pending)


def outcome(note: ExchangeNote) -> Outcome:
    """How one exchange ended; the whole sentence is its tip."""
    if note.by_packet:
        return Outcome(Mood.GOOD, _tr("读入答复"), _tr("区中心的答复，用U盘带回来的"))
    if not note.outcome:
        return Outcome(Mood.GOOD, _tr("成功"), _of_scans(note))
    tip = wording.ON_SCREEN.get(note.outcome) or wording.worded(note.outcome, {})
    text = {
        "offline": _tr("连不上"),
        "exchange_under_way": _tr("别的程序在交换"),
        "centre_not_trusted": _tr("不是本区中心"),
        "unintelligible_answer": _tr("应答读不懂"),
        "unknown_device": _tr("要重新登记"),
        "revoked": _tr("设备已停用"),
        "exchange_stopped": _tr("已停下"),
        "exchange_broke": _tr("程序出错"),
        "disk_full": _tr("磁盘已满"),
        "store_busy": _tr("数据被占用"),
    }.get(note.outcome, _tr("没有接受"))
    tip = _of_scans(note) + tip
    if note.sent or note.received:
        tip = (
            _tr("断开前上报 {sent} 条、收到 {received} 条，都已算数。").format(
                sent=f"{note.sent:,}", received=f"{note.received:,}"
            )
            + tip
        )
        text = _tr("中途断开") if note.outcome == "offline" else text
    mood = Mood.PAUSED if note.outcome in _NO_HARM else Mood.WARN
    if note.times > 1:
        text = _tr("{what}，{n} 次").format(what=text, n=note.times)
    return Outcome(mood, text, tip)


def _of_scans(note: ExchangeNote) -> str:
    """Empty if there were none."""
    told = ""
    if note.sheets or note.sheet_bytes:
        size = words.size(note.sheet_bytes)
        told += _tr("扫描件送出 {n} 页，{size}。").format(n=note.sheets, size=size)
    if note.sheets_waiting:
        told += _tr("还有 {n} 页扫描件待送。").format(n=note.sheets_waiting)
    why = note.sheets_stopped
    if why and why != note.outcome:
        told += wording.ON_SCREEN.get(why) or wording.worded(why, {})
    return told


# --- repairs --------------------------------------------------------------------------------------


def whose(repair: Repair) -> str:
    """韦** 就业创业证申领; what is known of it."""
    row = repair.row
    name = case_words.applicant(row) if row is not None else mask_listed_name(repair.applicant)
    return "　".join(part for part in (name, repair.item) if part) or _tr("内容不明的一条")


def step(repair: Repair) -> str:
    return wording.act_label(repair.kind) if repair.kind else _tr("不明")


def why(repair: Repair) -> str:
    """What happened, whole: 区中心没有收下：…."""
    told = {
        TaskKind.REFUSED: _tr("区中心没有收下：{why}。"),
        TaskKind.OUT_OF_PLACE: _tr("这一步没有生效：{why}。"),
    }.get(repair.task, _tr("{why}。"))
    return told.format(why=wording.verdict(repair.code).rstrip("。"))


def what_to_do(repair: Repair) -> str:
    if repair.task is TaskKind.REFUSED:
        return wording.advice_on_refusal(repair.code, repair.kind)
    return wording.advice(repair.code)


def may_be_registered_again(repair: Repair) -> bool:
    """A registration that the centre refused is no case, so there is nothing to open."""
    return repair.task is TaskKind.REFUSED and repair.kind == "case.registered"


def became(settled: Settled, today: date) -> str:
    """What somebody did about it: 韦代办 09:40 更正后重新登记，新的收件号是 …."""
    when = words.moment(settled.at_ms, today)
    if settled.how is How.REPLACED:
        told = _tr(
            "{by} {when} 更正后重新登记，新的收件号是 {number}。用原收件号也找得到新的这一件。"
        )
    else:
        told = _tr("{by} {when} 撤回，原因：{reason}。")
    return told.format(
        by=settled.by, when=when, number=settled.number, reason=settled.reason.rstrip("。")
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExchangePage", text)
