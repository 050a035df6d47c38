"""The clocks of a case beside each other, as many in a row as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Space
from ui.desktop.pages.cases.clock_words import ClockLine
from ui.desktop.widgets.clock_bar import ClockBar

_ROOM: Final = 280
"""Units: the least width of a bar that has another beside it."""


class Clocks(QWidget):
    """Bars are kept and said anew: a case that changes does not flicker."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: list[ClockBar] = []
        self._shown = 0
        self._across = 0
        self._grid = look.grid(Space.M, parent=self)
        self._grid.setHorizontalSpacing(look.current().px(Space.L))

    def show_clocks(self, lines: Sequence[ClockLine]) -> None:
        while len(self._bars) < len(lines):
            self._bars.append(ClockBar(self))
        for bar, line in zip(self._bars, lines, strict=False):
            bar.show_clock(line.label, line.left, line.share, line.mood, line.tip)
            bar.setVisible(True)
        for bar in self._bars[len(lines) :]:
            bar.hide()
        self.setVisible(bool(lines))
        if len(lines) != self._shown:
            self._shown, self._across = len(lines), 0
            self._place()

    def bars(self) -> tuple[ClockBar, ...]:
        """Those that are shown."""
        return tuple(self._bars[: self._shown])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        across = max(1, min(self._shown or 1, self.width() // look.current().px(_ROOM)))
        if across == self._across:
            return
        self._across = across
        for bar in self._bars:
            self._grid.removeWidget(bar)
        for at, bar in enumerate(self._bars[: self._shown]):
            self._grid.addWidget(bar, at // across, at % across)
        for column in range(max(across, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self.updateGeometry()
