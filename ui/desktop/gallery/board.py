"""The board that widgets are pinned on to be looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Space
from ui.desktop.widgets.card import Card

LONG_NAME = "阿卜杜热西提·麦麦提图尔荪江·阿布都克热木"
LONG_ITEM = "城乡居民基本养老保险参保登记（含被征地农民社会保障补贴资格审核确认）"


class Board(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.column = look.column(Space.L, (Space.L, Space.L, Space.L, Space.L), self)

    def pin(self, title: str, *things: QWidget | QLayout) -> Card:
        card = Card(title)
        for thing in things:
            card.add(thing)
        self.column.addWidget(card)
        return card

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(look.current().theme.ground))


def beside(*widgets: QWidget, spacing: int = Space.S) -> QLayout:
    """A row that wraps where it must."""
    row = look.flow(spacing)
    for widget in widgets:
        row.addWidget(widget)
    return row


def columns(*widgets: QWidget) -> QLayout:
    row = look.row(Space.L)
    for widget in widgets:
        row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
    return row
