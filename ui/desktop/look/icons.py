"""Icons by their Lucide names, drawn in a colour of the theme and sharp at any pixel ratio."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

import resources
from ui.desktop.look.current import current
from ui.desktop.look.tokens import Ink


def pixmap(name: str, size_px: int, colour: Ink | str | None = None) -> QPixmap:
    """The icon as a picture of that many logical pixels, for the sharpest screen that is attached.

    `colour` is an ink of the theme or a colour as #RRGGBB.
    """
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _drawn(name, size_px, _hex(colour), ratio)


def icon(name: str, colour: Ink | str | None = None) -> QIcon:
    """An icon that asks for its colour when it is painted, so it follows a change of theme."""
    return QIcon(_ThemedEngine(name, colour))


def _hex(colour: Ink | str | None) -> str:
    if colour is None:
        return current().theme.text
    if colour.startswith("#"):
        return str(colour)
    return current().colour(Ink(colour))


@lru_cache(maxsize=128)
def _source(name: str) -> bytes:
    return resources.read_bytes(f"icons/{name}.svg")


@lru_cache(maxsize=512)
def _drawn(name: str, size_px: int, colour: str, ratio: float) -> QPixmap:
    drawn = QPixmap(QSize(round(size_px * ratio), round(size_px * ratio)))
    drawn.fill(Qt.GlobalColor.transparent)
    # The set is drawn for strokes of 2 in 24; a little thinner is calmer beside text.
    svg = (
        _source(name)
        .replace(b"currentColor", colour.encode())
        .replace(b'stroke-width="2"', b'stroke-width="1.75"')
    )
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


class _ThemedEngine(QIconEngine):
    def __init__(self, name: str, colour: Ink | str | None) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
        side = min(rect.width(), rect.height())
        picture = _drawn(self._name, side, self._ink(mode), ratio)
        painter.drawPixmap(
            rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, picture
        )

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        side = max(1, min(size.width(), size.height()))
        return _drawn(self._name, side, self._ink(mode), scale).copy()

    @override
    def clone(self) -> QIconEngine:
        return _ThemedEngine(self._name, self._colour)

    def _ink(self, mode: QIcon.Mode) -> str:
        if mode == QIcon.Mode.Disabled:
            return current().theme.disabled
        return _hex(self._colour)
