"""One picture, as large as there is room or larger, turned as somebody likes to read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Space
from ui.desktop.widgets import painting

STEPS: Final = (0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
"""The sizes that + and − go through; 1 is one dot of the picture for one of the screen."""
_WHEEL_STEP: Final = 120  # Qt's units of one notch
_QUARTER: Final = 90
_ROUND: Final = 360


class PictureView(QAbstractScrollArea):
    """`zoomed`: the size is another. Turning is for whoever looks; the picture itself stays as it is."""

    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: tuple[QImage, ...] = ()
        self._degrees = 0
        self._chosen: float | None = None  # None: whole
        self._grasped: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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
    def is_empty(self) -> bool:
        return not self._levels

    def turn(self, degrees: int) -> None:
        self._degrees = (self._degrees + degrees) % _ROUND
        self._lay_out()
        self.zoomed.emit()

    # --- size -------------------------------------------------------------------------------------

    @property
    def factor(self) -> float:
        return self._fitting() if self._chosen is None else self._chosen

    def fit(self) -> None:
        self._zoom(None, self.viewport().rect().center())

    def zoom_to(self, factor: float) -> None:
        self._zoom(min(STEPS[-1], max(STEPS[0], factor)), self.viewport().rect().center())

    def zoom_in(self) -> None:
        self._step(1, self.viewport().rect().center())

    def zoom_out(self) -> None:
        self._step(-1, self.viewport().rect().center())

    def _step(self, way: int, held: QPoint) -> None:
        now = self.factor
        if way > 0:
            to = next((step for step in STEPS if step > now * 1.01), STEPS[-1])
        else:
            to = next((step for step in reversed(STEPS) if step < now * 0.99), STEPS[0])
        self._zoom(to, held)

    def _zoom(self, chosen: float | None, held: QPoint) -> None:
        """What lies under `held` (of the viewport) stays there."""
        before, at = self.factor, held + self._offset()
        self._chosen = chosen
        self._lay_out()
        grown = self.factor / before if before else 1
        self.horizontalScrollBar().setValue(round(at.x() * grown) - held.x())
        self.verticalScrollBar().setValue(round(at.y() * grown) - held.y())
        self.zoomed.emit()

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

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _lay_out(self) -> None:
        shown, room = self._shown_size().toSize(), self.viewport().size()
        if self._chosen is None:
            shown = QSize()
        for bar, size, there in (
            (self.horizontalScrollBar(), shown.width(), room.width()),
            (self.verticalScrollBar(), shown.height(), room.height()),
        ):
            bar.setPageStep(there)
            bar.setSingleStep(look.current().px(Space.XL))
            bar.setRange(0, max(0, size - there))
        self.viewport().update()

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
    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        if abs(event.angleDelta().y()) >= _WHEEL_STEP:
            self._step(1 if event.angleDelta().y() > 0 else -1, event.position().toPoint())
        event.accept()

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

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], Any]] = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_1: lambda: self.zoom_to(1.0),
        }
        act = acts.get(event.key())
        if act is None:
            super().keyPressEvent(event)
        else:
            act()
