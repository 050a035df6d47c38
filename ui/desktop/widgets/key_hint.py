"""A key, drawn as a key: F2."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size, Space, TextKind
from ui.desktop.widgets import painting


def key_words(key: str) -> str:
    """A key sequence as people know it from their keyboard."""
    return key.replace("Return", "Enter").replace("+", " ")


def key_size(text: str) -> QSize:
    px = look.current().px
    width = painting.width_of(text, TextKind.SMALL) + 2 * px(Space.XS + 2)
    return QSize(max(width, px(Size.KEY)), px(Size.KEY))


def draw_key(painter: QPainter, rect: QRect, text: str, colour: str, edge: str) -> None:
    corner = look.current().px(Size.SMALL_CORNER)
    painting.plate(painter, rect, fill="", edge=edge, edge_px=1, corner_px=corner)
    painting.line_of_text(painter, rect, text, TextKind.SMALL, colour, Qt.AlignmentFlag.AlignCenter)


class KeyHint(QWidget):
    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = key_words(key)
        self.setAccessibleName(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return key_size(self._text)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.current().theme
        draw_key(QPainter(self), self.rect(), self._text, theme.secondary, theme.edge)
