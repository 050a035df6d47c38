"""A small mark that turns while something is awaited."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Ink, Size
from ui.desktop.widgets import painting

_STEP_MS = 80
_STEP_DEGREES = 30


class Spinner(QWidget):
    """Its room stays when it is still."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._angle = 0
        self._timer = QTimer(self, interval=_STEP_MS)
        self._timer.timeout.connect(self._on_step)
        self.setAccessibleName(self.tr("请稍候"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def start(self) -> None:
        self._timer.start()
        self.update()

    def stop(self) -> None:
        self._timer.stop()
        self.update()

    def is_turning(self) -> bool:
        return self._timer.isActive()

    @override
    def sizeHint(self) -> QSize:
        side = look.current().px(Size.ICON)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_turning():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        half = self.width() / 2
        painter.translate(half, half)
        painter.rotate(self._angle)
        painter.translate(-half, -half)
        painting.icon_at(painter, 0, self.height() // 2, "loader-circle", Size.ICON, Ink.PRIMARY)

    def _on_step(self) -> None:
        self._angle = (self._angle + _STEP_DEGREES) % 360
        self.update()
