"""A strip of the window's frame: white, with one line towards the page."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look


class Edge(Enum):
    TOP = auto()
    LEFT = auto()
    RIGHT = auto()
    BOTTOM = auto()


class Band(QWidget):
    def __init__(self, edge: Edge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edge = edge

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.current().theme
        thick = theme.edge_units
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.paper))
        width, height = self.width(), self.height()
        match self._edge:
            case Edge.TOP:
                painter.fillRect(0, 0, width, thick, QColor(theme.line))
            case Edge.LEFT:
                painter.fillRect(0, 0, thick, height, QColor(theme.line))
            case Edge.RIGHT:
                painter.fillRect(width - thick, 0, thick, height, QColor(theme.line))
            case Edge.BOTTOM:
                painter.fillRect(0, height - thick, width, thick, QColor(theme.line))
