"""What this computer is to the centre, and what the centre hears of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.desktop import look, words
from ui.desktop.exchanging import ExchangeState
from ui.desktop.look import Space, TextKind
from ui.desktop.pages.exchange import told
from ui.desktop.pages.exchange.overview import Enrolled, Overview
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.text import Text

_LABEL_UNITS = 88


class DeviceCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("这台电脑"), parent=parent)
        self._grid: QGridLayout = look.grid(Space.S)
        self._grid.setColumnStretch(1, 1)
        self._values: dict[str, Text] = {}
        for label in (
            self.tr("站点"),
            self.tr("设备"),
            self.tr("登记于"),
            self.tr("区中心"),
        ):
            self._add_line(label)
        self._health = Text("", TextKind.SMALL)
        self.add(self._grid)
        self.add(self._health)
        self.body.addStretch(1)

    def _add_line(self, label: str) -> None:
        row = self._grid.rowCount()
        value = Text()
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._values[label] = value
        top = Qt.AlignmentFlag.AlignTop
        name = look.sized(Text(label, TextKind.SECONDARY), width=_LABEL_UNITS)
        self._grid.addWidget(name, row, 0, top)
        self._grid.addWidget(value, row, 1, top)

    def show_overview(self, overview: Overview, state: ExchangeState) -> None:
        for value, text in zip(self._values.values(), self._said(overview.enrolled), strict=True):
            value.set_text(text)
        self._health.set_text(told.told_to_centre(overview.health, state))

    def _said(self, own: Enrolled) -> tuple[str, ...]:
        since = words.day(words.at(own.issued_ms).date())
        if own.life != "A":
            since = self.tr("{day}（恢复或者搬过数据以后重新登记）").format(day=since)
        return (
            self.tr("{station}（{region}）").format(station=own.station, region=own.region),
            self.tr("{slot} 号，编号 {device}").format(slot=own.slot, device=own.device),
            since,
            own.address.removeprefix("https://"),
        )
