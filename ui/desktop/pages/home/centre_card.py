"""与区中心: how it stands with the centre, and a button to try now."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import exchange_words, look
from ui.desktop.exchanging import Exchanger, ExchangeState, Reach
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.text import Text

_ICON_UNITS: Final = 20
_MINUTE_MS: Final = 60_000


class CentreCard(Card):
    exchange_asked = Signal()

    def __init__(self, exchanger: Exchanger, parent: QWidget | None = None) -> None:
        super().__init__()
        if parent is not None:
            self.setParent(parent)
        self.set_title(self.tr("与区中心"))
        self._exchanger = exchanger
        self._icon = Icon("cloud-off", _ICON_UNITS)
        self._headline = Text()
        self._detail = Text("", TextKind.SECONDARY)
        self._try = Button(self.tr("立即交换"), icon="refresh-cw", shown_key="F5")
        self._assemble()
        self._try.clicked.connect(self.exchange_asked)
        exchanger.changed.connect(self._on_changed)
        # 离线 12 分钟 grows older.
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._look)
        self._minute.start()
        self._look()

    def _assemble(self) -> None:
        head = look.row(Space.S)
        head.addWidget(self._icon)
        head.addWidget(self._headline, 1)
        self.add(head)
        self.add(self._detail)
        buttons = look.row(Space.S)
        buttons.addWidget(self._try)
        buttons.addStretch(1)
        self.add(buttons)

    def _look(self) -> None:
        self._on_changed(self._exchanger.state)

    def _on_changed(self, state: ExchangeState) -> None:
        told = exchange_words.long(state)
        self._icon.set_icon(told.icon, told.mood)
        self._headline.set_text(told.headline)
        self._detail.set_text(told.detail)
        self._detail.setVisible(bool(told.detail))
        self._try.setVisible(state.reach is not Reach.PRACTICE)
