"""扫描件: how many pages are on their way, how much that is, and which failed and why."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.journal.refs import Ref
from app.usecases.scans_under_way import FaultyScan, ScansUnderWay
from ui import wording
from ui.desktop import case_words, look, words
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.pages.exchange.overview import Overview
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.row_list import Row, RowList
from ui.desktop.widgets.text import Text

_MOST: Final = 5
"""Failures that are listed; the number says the rest."""


class ScansCard(Card):
    """Not there while no scan waits and none failed. `case_asked` carries the Ref of a case."""

    send_asked = Signal()
    case_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("扫描件"), parent=parent)
        self._under_way = ScansUnderWay()
        self._state = ExchangeState()
        self._today: date | None = None
        self._stands = Text()
        self._next = Text("", TextKind.SECONDARY)
        self.send = Button(self.tr("现在传送"), icon="upload")
        self.progress = Progress()
        self.progress.let_be()
        self.failed = RowList()
        self.failed.setAccessibleName(self.tr("没有传成的扫描件"))
        self._assemble()
        self.send.clicked.connect(self.send_asked)
        self.failed.opened.connect(self._on_opened)

    def _assemble(self) -> None:
        self.header_right(self.send)
        lines = look.column(Space.XS)
        lines.addWidget(self._stands)
        lines.addWidget(self._next)
        self.add(lines)
        self.add(self.progress)
        self.add(self.failed)
        self._look()

    def show_overview(self, overview: Overview) -> None:
        self._under_way, self._today = overview.scans, overview.today
        faults = overview.scans.faults[:_MOST]
        self.failed.show_rows([self._row(at, one) for at, one in enumerate(faults)])
        self._look()

    def show_state(self, state: ExchangeState) -> None:
        self._state = state
        self._look()

    @property
    def is_needed(self) -> bool:
        there = bool(self._under_way.waiting or self._under_way.faults or self._sending)
        return there and self._state.reach is not Reach.PRACTICE

    @property
    def _sending(self) -> bool:
        progress = self._state.progress
        return bool(self._state.working and progress is not None and progress.sheets_waiting)

    def _look(self) -> None:
        scans, faults = self._under_way, len(self._under_way.faults)
        self._stands.set_text(self._stands_words())
        then = self._next_words()
        if faults > _MOST:
            then += self.tr("下面是最近的 {n} 页，一共 {all} 页没有传成。").format(
                n=_MOST, all=faults
            )
        self._next.set_text(then)
        self._next.setVisible(bool(then))
        self.send.setVisible(bool(scans.waiting))
        self.send.setEnabled(not self._state.working)
        self.failed.setVisible(bool(faults))
        self._show_progress()
        self.setVisible(self.is_needed)

    def _show_progress(self) -> None:
        self.progress.setVisible(self._sending)
        progress = self._state.progress
        if not self._sending or progress is None:
            return
        sent, left = progress.sheet_bytes, progress.sheets_waiting_bytes
        share = sent / (sent + left) if sent + left else None
        what = self.tr("正在传送，已传完 {n} 页").format(n=progress.sheets)
        self.progress.show_progress(
            what, share, self.tr("还剩 {size}").format(size=words.size(left))
        )

    def _stands_words(self) -> str:
        scans = self._under_way
        if not scans.waiting:
            return self.tr("本机的扫描件都传到区中心了。")
        return self.tr("还有 {n} 页没有传到区中心，共 {size}。").format(
            n=f"{scans.waiting:,}", size=words.size(scans.waiting_bytes)
        )

    def _next_words(self) -> str:
        if not self._under_way.waiting:
            return ""
        if self._state.reach is Reach.OFFLINE:
            return self.tr("都存在这台电脑里，网络恢复后接着传，不用守着。")
        stopped = self._state.report.sheets_stopped if self._state.report is not None else ""
        if stopped:
            why = wording.ON_SCREEN.get(stopped) or wording.worded(stopped, {})
            return self.tr("上次没有传完：{why}").format(why=why)
        return self.tr("记录先传，扫描件随后；断了会从断的地方接着传。")

    def _row(self, at: int, fault: FaultyScan) -> Row:
        row = fault.row
        title = case_words.applicant(row) if row is not None else self.tr("不知道是哪一件")
        why = wording.worded(fault.code, {})
        when = words.moment(fault.at_ms, self._today) if self._today else ""
        tried = self.tr("{when} 试过 {n} 次：{why}").format(when=when, n=fault.times, why=why)
        return Row(
            title=title,
            detail=tried,
            chip=self.tr("没有传成"),
            mood=Mood.WARN,
            act=self.tr("打开办件") if row is not None else "",
            key=(at, row.subject if row is not None else None),
        )

    def _on_opened(self, key: tuple[int, Ref | None]) -> None:
        _, subject = key
        if subject is not None:
            self.case_asked.emit(subject)
