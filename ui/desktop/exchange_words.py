"""How it stands with the centre, in a person's words: the pill in the top bar, the card on the 工作台."""

from __future__ import annotations

import time
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from ui import wording
from ui.desktop import words
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.look.mood import Mood


class ShortWords(NamedTuple):
    """`brief` is for where there is little room; `tip` says what is safe and what comes next."""

    mood: Mood
    icon: str
    text: str
    brief: str
    tip: str


class LongWords(NamedTuple):
    mood: Mood
    icon: str
    headline: str
    detail: str


def short(state: ExchangeState) -> ShortWords:
    """For the pill: 在线 · 已全部上报, 离线 · 待上报 3."""
    mood, icon = _sign(state)
    reach = _reach(state)
    if state.reach is Reach.PRACTICE:
        told = long(state)
        return ShortWords(mood, icon, told.headline, reach, told.detail)
    if state.reach is Reach.UNTRIED and not state.working:
        return ShortWords(mood, icon, reach, reach, long(state).detail)
    if state.working:
        return ShortWords(mood, icon, reach, reach, _tr("登记照常，不用等。"))
    unsent = _unsent(state)
    text = _tr("{reach} · {unsent}").format(reach=reach, unsent=unsent)
    number = state.refused if state.refused and not state.pending else state.pending
    brief = f"{reach} {number}" if number else reach
    told = long(state)
    return ShortWords(mood, icon, text, brief, f"{told.headline}\n{told.detail}".strip())


def long(state: ExchangeState, now_ms: int | None = None) -> LongWords:
    """离线 12 分钟，登记照常 / 待上报 3 条 · 网络恢复后自动上报."""
    mood, icon = _sign(state)
    now_ms = time.time_ns() // 1_000_000 if now_ms is None else now_ms
    if state.working:
        return LongWords(mood, icon, _tr("正在与区中心交换"), _tr("登记照常，不用等。"))
    match state.reach:
        case Reach.PRACTICE:
            return LongWords(
                mood, icon, _tr("练习模式，不上报"), _tr("练习数据只在这台电脑里，到不了区中心。")
            )
        case Reach.UNTRIED:
            return LongWords(mood, icon, _tr("打开后还没有交换"), _tr("登记照常，马上会自动交换。"))
        case Reach.OFFLINE:
            headline = _tr("离线 {span}，登记照常").format(
                span=words.ago((now_ms - state.since_ms) / 1000)
            )
            detail = partly(state) or _waiting(state, _tr("网络恢复后自动上报"))
            return LongWords(mood, icon, headline, detail)
        case Reach.REFUSED:
            said = wording.sentence_on_screen(state.error) if state.error else ""
            return LongWords(mood, icon, _tr("区中心没有接受交换，登记照常"), said)
        case Reach.ONLINE:
            if state.refused:
                headline = _tr("在线，有 {n} 条被区中心退回").format(n=state.refused)
                return LongWords(mood, icon, headline, _tr("退回的原因在“同步”里，可以逐条处理。"))
            if state.pending:
                return LongWords(mood, icon, _tr("在线"), _waiting(state, _tr("稍后自动上报")))
            return LongWords(mood, icon, _tr("在线，已全部上报"), _tr("有了新登记会自动上报"))


def partly(state: ExchangeState) -> str:
    """断线前已上报 120 条，还有 80 条网络恢复后接着上报: what passed of the exchange that broke off."""
    facts = state.error.facts if state.error is not None else {}
    sent, received = facts.get("sent", 0), facts.get("received", 0)
    if not isinstance(sent, int) or not isinstance(received, int) or not (sent or received):
        return ""
    passed = [
        _tr("已上报 {n} 条").format(n=f"{sent:,}") if sent else "",
        _tr("已收到 {n} 条").format(n=f"{received:,}") if received else "",
    ]
    told = _tr("断线前{passed}").format(passed=_tr("、").join(filter(None, passed)))
    if state.pending:
        return told + _tr("，还有 {n} 条网络恢复后接着上报").format(n=f"{state.pending:,}")
    return told + _tr("，其余的网络恢复后接着收")


def last(state: ExchangeState, exchanged_ms: int | None, today: date) -> str:
    """上次交换 09:42 · 上行 1.2 KB; the size while the program that exchanged is still open."""
    if exchanged_ms is None:
        return ""
    told = _tr("上次交换 {when}").format(when=words.moment(exchanged_ms, today))
    if state.report is None:
        return told
    up, down = words.size(state.report.bytes_up), words.size(state.report.bytes_down)
    return told + _tr(" · 上行 {up} · 下行 {down}").format(up=up, down=down)


def _sign(state: ExchangeState) -> tuple[Mood, str]:
    if state.working:
        return Mood.INFO, "refresh-cw"
    match state.reach:
        case Reach.PRACTICE:
            return Mood.INFO, "book-open"
        case Reach.UNTRIED | Reach.OFFLINE:
            return Mood.PLAIN, "cloud-off"
        case Reach.REFUSED:
            return Mood.WARN, "triangle-alert"
        case Reach.ONLINE:
            if state.refused:
                return Mood.WARN, "triangle-alert"
            return (Mood.INFO if state.pending else Mood.GOOD), "cloud"


def _reach(state: ExchangeState) -> str:
    if state.working:
        return _tr("正在交换…")
    return {
        Reach.PRACTICE: _tr("练习"),
        Reach.UNTRIED: _tr("尚未交换"),
        Reach.ONLINE: _tr("在线"),
        Reach.OFFLINE: _tr("离线"),
        Reach.REFUSED: _tr("中心未接受"),
    }[state.reach]


def _unsent(state: ExchangeState) -> str:
    if state.pending:
        return _tr("待上报 {n}").format(n=state.pending)
    if state.refused:
        return _tr("被退回 {n}").format(n=state.refused)
    return _tr("已全部上报") if state.reach is Reach.ONLINE else _tr("无待上报")


def _waiting(state: ExchangeState, then: str) -> str:
    if not state.pending:
        return _tr("没有待上报的记录")
    return _tr("待上报 {n} 条 · {then}").format(n=state.pending, then=then)


def _tr(text: str) -> str:
    return QCoreApplication.translate("exchange", text)
