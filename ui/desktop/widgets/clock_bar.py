"""How much of a limit is used, as a bar with its words."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.tips import set_tip


class ClockBar(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = self._left = self._tip = ""
        self._share = 0.0
        self._mood = Mood.INFO
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_clock(
        self, label: str, left_text: str, share: float, mood: Mood = Mood.INFO, tip: str = ""
    ) -> None:
        """`share` of the limit that is used, from 0 to 1; `tip` tells the date."""
        self._label, self._left, self._tip = label, left_text, tip
        self._share, self._mood = max(0.0, min(share, 1.0)), mood
        self.setAccessibleName(f"{label} {left_text}")
        self.setAccessibleDescription(tip)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = look.current().px
        words = painting.width_of(self._label, TextKind.SECONDARY)
        words += painting.width_of(self._left, TextKind.SECONDARY) + px(Space.XL)
        height = painting.line_height(TextKind.SECONDARY) + px(Space.XS) + px(Size.BAR)
        return QSize(words, height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look.current().px(Size.CHOICE), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        theme, px = now.theme, now.px
        painter = QPainter(self)
        height = painting.line_height(TextKind.SECONDARY)
        urgent = self._mood in (Mood.WARN, Mood.BAD)
        right = self._draw_left(painter, height, now.tone(self._mood).ink if urgent else theme.text)
        room = QRect(0, 0, right, height)
        fitted = painting.line_of_text(
            painter, room, self._label, TextKind.SECONDARY, theme.secondary
        )
        whole = f"{self._label} {self._left}\n{self._tip}".strip()
        set_tip(self, self._tip if fitted else whole)
        self._draw_bar(painter, QRectF(0, height + px(Space.XS), self.width(), px(Size.BAR)))

    def _draw_left(self, painter: QPainter, height: int, ink: str) -> int:
        """The words at the right; answers where the label must end."""
        px = look.current().px
        width = painting.width_of(self._left, TextKind.SECONDARY) + 1
        room = QRect(self.width() - width, 0, width, height)
        painting.line_of_text(painter, room, self._left, TextKind.SECONDARY, ink, painting.RIGHT)
        end = self.width() - width
        if self._mood in (Mood.WARN, Mood.BAD, Mood.PAUSED) and self._left:
            end -= px(Size.SMALL_ICON) + px(Space.XS)
            painting.icon_at(painter, end, height // 2 + 1, self._mood.icon, Size.SMALL_ICON, ink)
        return end - px(Space.S)

    def _draw_bar(self, painter: QPainter, bar: QRectF) -> None:
        now = look.current()
        corner = bar.height() / 2
        edge_px = now.px(now.theme.edge_units) if now.theme.edge_units > 1 else 0
        painting.plate(
            painter,
            bar,
            fill=now.theme.track,
            edge=now.theme.line,
            edge_px=edge_px,
            corner_px=corner,
        )
        if self._share > 0:
            used = QRectF(bar)
            used.setWidth(max(bar.width() * self._share, bar.height()))
            ink = now.tone(self._mood).ink
            painting.plate(painter, used, fill=ink, edge=ink, edge_px=0, corner_px=corner)
