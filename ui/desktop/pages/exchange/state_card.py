"""How it stands with the centre: in large words, what waits, how the exchange goes, and a button to try now."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import exchange_words, look
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.look import Size, Space, TextKind
from ui.desktop.pages.exchange import told
from ui.desktop.pages.exchange.overview import Overview
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.text import Text

_MINUTE_MS: Final = 60_000


class StateCard(Card):
    exchange_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._state = ExchangeState()
        self._overview: Overview | None = None
        self._icon = Icon("cloud-off", Size.LARGE_ICON)
        self._headline = Text("", TextKind.TITLE)
        self._detail = Text("", TextKind.BODY)
        self._waiting = Text("", TextKind.BODY)
        self._safe = Text("", TextKind.SECONDARY)
        self._last = Text("", TextKind.SECONDARY)
        self.exchange = Button(
            self.tr("立即交换"), icon="refresh-cw", kind=ButtonKind.PRIMARY, shown_key="F5"
        )
        self.progress = Progress()
        self._assemble()
        self._look()
        self.exchange.clicked.connect(self.exchange_asked)
        self.progress.cancelled.connect(self.stop_asked)
        # 离线 12 分钟 grows older.
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._look)
        self._minute.start()

    def _assemble(self) -> None:
        lines = look.column(Space.XS)
        for line in (self._headline, self._detail, self._waiting, self._safe, self._last):
            lines.addWidget(line)
        row = look.row(Space.L)
        row.addWidget(self._icon)
        row.addLayout(lines, 1)
        row.addWidget(self.exchange)
        self.add(row)
        self.add(self.progress)

    def show_state(self, state: ExchangeState) -> None:
        self._state = state
        self._look()

    def show_overview(self, overview: Overview) -> None:
        self._overview = overview
        self._look()

    def _look(self) -> None:
        state, overview = self._state, self._overview
        said = exchange_words.long(state)
        self._icon.set_icon(said.icon, said.mood)
        self._headline.set_text(said.headline)
        self._detail.set_text(said.detail if state.working else told.then(state))
        self._safe.set_text(told.safe(state))
        self._show_progress(state)
        self.exchange.setEnabled(not state.working)
        self.exchange.setVisible(state.reach is not Reach.PRACTICE)
        if overview is not None:
            self._waiting.set_text(told.waiting(overview, state))
            self._last.set_text(exchange_words.last(state, overview.exchanged_ms, overview.today))
        self._waiting.setVisible(bool(self._waiting.text()) and not state.working)
        self._last.setVisible(bool(self._last.text()) and not state.working)
        self._detail.setVisible(bool(self._detail.text()))

    def _show_progress(self, state: ExchangeState) -> None:
        self.progress.setVisible(state.working)
        if state.working:
            going = told.progressed(state)
            self.progress.show_progress(going.what, going.share, going.left)
