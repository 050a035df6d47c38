"""The slim bar at the bottom: this desk's printer, the last exchange, and the keys that work everywhere."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.text import Elided
from ui.desktop.window.acts import IN_STATUS_BAR, nature
from ui.desktop.window.band import Band, Edge

_HEIGHT_UNITS: Final = 32
_ICON_UNITS: Final = 16


class StatusBar(Band):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Edge.TOP, parent)
        self._printer_icon = Icon("printer", _ICON_UNITS)
        self._printer = Elided("", TextKind.SMALL)
        self._exchange = Elided("", TextKind.SMALL)
        keys = [f"{nature(act).keys[0]} {nature(act).short}" for act in IN_STATUS_BAR]
        self._keys = [Elided(text, TextKind.SMALL) for text in keys]
        look.sized(self, height=_HEIGHT_UNITS)
        row = look.row(Space.L, (Space.L, 0, Space.L, 0))
        printer = look.row(Space.XS)
        printer.addWidget(self._printer_icon)
        printer.addWidget(self._printer)
        row.addLayout(printer)
        row.addWidget(self._exchange)
        row.addStretch(1)
        for key in self._keys:
            row.addWidget(key)
        self.setLayout(row)

    def show_printer(self, mood: Mood, text: str) -> None:
        self._printer_icon.set_icon("printer", mood)
        self._printer.set_text(text)
        self._fit()

    def show_exchange(self, text: str) -> None:
        self._exchange.set_text(text)
        self._fit()

    def _fit(self) -> None:
        """The keys are in tooltips and in the help as well: they go first."""
        for key in self._keys:
            key.show()
        for key in reversed(self._keys):
            if self._needed_px() <= self.width():
                return
            key.hide()

    def _needed_px(self) -> int:
        here = look.current()
        shown = [self._printer_icon, self._printer, self._exchange]
        shown += [key for key in self._keys if not key.isHidden()]
        widths = sum(one.sizeHint().width() for one in shown)
        return widths + (len(shown) + 2) * here.px(Space.L)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._fit)  # once the words have their new size
