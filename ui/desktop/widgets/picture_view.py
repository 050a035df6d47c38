"""One picture, as large as there is room or larger, turned as somebody likes to read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Space
from ui.desktop.widgets import painting
from ui.desktop.widgets.zoom_area import ZoomArea

STEPS: Final = (0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
"""The sizes that + and − go through; 1 is one dot of the picture for one of the screen."""
_QUARTER: Final = 90
_ROUND: Final = 360


class PictureView(ZoomArea):
    """Turning is for whoever looks; the picture itself stays as it is."""

    steps = STEPS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: tuple[QImage, ...] = ()
        self._degrees = 0
        self._grasped: QPoint | None = None
        self.setAccessibleName(self.tr("扫描件"))

    # --- what is shown ----------------------------------------------------------------------------

    def show_picture(self, levels: Sequence[QImage]) -> None:
        """The picture, and smaller ones of it, largest first; none shows nothing."""
        self._levels = tuple(levels)
        self._degrees = 0
        self._chosen = None
        self._lay_out()
        self.zoomed.emit()

    @property
    def degrees(self) -> int:
        """How far it is turned, clockwise: 0, 90, 180 or 270."""
        return self._degrees

    @property
    @override
    def is_empty(self) -> bool:
        return not self._levels

    def turn(self, degrees: int) -> None:
        self._degrees = (self._degrees + degrees) % _ROUND
        self._lay_out()
        self.zoomed.emit()

    # --- size -------------------------------------------------------------------------------------

    @override
    def _fitting(self) -> float:
        whole = self._turned_size()
        if whole.isEmpty():
            return 1.0
        # Without scroll bars: what is whole needs none.
        room = self.maximumViewportSize()
        gap = 2 * look.current().px(Space.S)
        return min(
            1.0,
            max(room.width() - gap, 1) / whole.width(),
            max(room.height() - gap, 1) / whole.height(),
        )

    def _turned_size(self) -> QSize:
        if not self._levels:
            return QSize()
        size = self._levels[0].size()
        return size.transposed() if self._degrees % (2 * _QUARTER) else size

    def _shown_size(self) -> QSizeF:
        return QSizeF(self._turned_size()) * self.factor

    @override
    def _lay_out(self) -> None:
        # What is whole is not scrolled, even if rounding makes it a dot larger than the room.
        self._scroll_over(QSize() if self.fits else self._shown_size().toSize(), Space.XL)

    # --- events -----------------------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self.zoomed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(look.current().theme.track))
        if self._levels:
            self._paint_picture(painter)
        if self.hasFocus():
            painting.frame(painter, self.viewport().rect())

    def _paint_picture(self, painter: QPainter) -> None:
        shown, room = self._shown_size(), self.viewport().size()
        left = max(0.0, (room.width() - shown.width()) / 2) - self.horizontalScrollBar().value()
        top = max(0.0, (room.height() - shown.height()) / 2) - self.verticalScrollBar().value()
        upright = QSizeF(self._levels[0].size()) * self.factor
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(QPointF(left + shown.width() / 2, top + shown.height() / 2))
        painter.rotate(self._degrees)
        place = QRectF(QPointF(-upright.width() / 2, -upright.height() / 2), upright)
        painter.drawImage(place, self._level_for(upright.width()))
        painter.setPen(QColor(look.current().theme.edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        painter.restore()

    def _level_for(self, width: float) -> QImage:
        """The smallest that is not smaller than what is drawn: small print stays readable in it."""
        dots = width * self.devicePixelRatioF()
        enough = [level for level in self._levels if level.width() >= dots]
        return enough[-1] if enough else self._levels[0]

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grasped = event.position().toPoint() + self._offset()
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grasped is not None:
            to = self._grasped - event.position().toPoint()
            self.horizontalScrollBar().setValue(to.x())
            self.verticalScrollBar().setValue(to.y())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grasped = None
        self.viewport().unsetCursor()
