"""Layouts and sizes in units, measured again when the scale changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.desktop.look.current import current
from ui.desktop.look.tokens import Space

_L = TypeVar("_L", bound=QLayout)
_W = TypeVar("_W", bound=QWidget)
Margins = tuple[int, int, int, int]
NO_MARGINS: Final[Margins] = (0, 0, 0, 0)
_SPACING: Final = "spacing_units"
_SIZES: Final = "size_units"


def column(
    spacing: int = Space.S, margins: Margins = NO_MARGINS, parent: QWidget | None = None
) -> QVBoxLayout:
    return spaced(QVBoxLayout() if parent is None else QVBoxLayout(parent), spacing, margins)


def row(
    spacing: int = Space.S, margins: Margins = NO_MARGINS, parent: QWidget | None = None
) -> QHBoxLayout:
    return spaced(QHBoxLayout() if parent is None else QHBoxLayout(parent), spacing, margins)


def grid(
    spacing: int = Space.S, margins: Margins = NO_MARGINS, parent: QWidget | None = None
) -> QGridLayout:
    return spaced(QGridLayout() if parent is None else QGridLayout(parent), spacing, margins)


def flow(
    spacing: int = Space.S, margins: Margins = NO_MARGINS, parent: QWidget | None = None
) -> FlowLayout:
    return spaced(FlowLayout() if parent is None else FlowLayout(parent), spacing, margins)


def spaced(layout: _L, spacing: int, margins: Margins = NO_MARGINS) -> _L:
    """Give a layout its spacing and margins (left, top, right, bottom), all in units."""
    layout.setProperty(_SPACING, [int(spacing), *(int(units) for units in margins)])
    _space(layout)
    return layout


def sized(
    widget: _W,
    *,
    width: int | None = None,
    height: int | None = None,
    min_width: int | None = None,
    max_width: int | None = None,
    min_height: int | None = None,
    max_height: int | None = None,
) -> _W:
    """Hold a widget to these sizes in units, whatever the scale becomes."""
    sizes = {
        "setFixedWidth": width,
        "setFixedHeight": height,
        "setMinimumWidth": min_width,
        "setMaximumWidth": max_width,
        "setMinimumHeight": min_height,
        "setMaximumHeight": max_height,
    }
    given = {name: int(units) for name, units in sizes.items() if units is not None}
    widget.setProperty(_SIZES, {**(widget.property(_SIZES) or {}), **given})
    _size(widget)
    return widget


def measure_again(tops: Iterable[QObject]) -> None:
    """Apply the units of everything under these, after the scale has changed."""
    for top in tops:
        for layout in top.findChildren(QLayout):
            _space(layout)
        for widget in [top, *top.findChildren(QWidget)]:
            if isinstance(widget, QWidget):
                _size(widget)


def _space(layout: QLayout) -> None:
    units = layout.property(_SPACING)
    if units is None:
        return
    spacing, left, top, right, bottom = (current().px(value) for value in units)
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(spacing)


def _size(widget: QWidget) -> None:
    for setter, units in (widget.property(_SIZES) or {}).items():
        getattr(widget, setter)(current().px(units))


class FlowLayout(QLayout):
    """Puts its widgets side by side and begins a new row where one does not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width: Qt asks many times before anything changes

    @override
    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = max(0, len(shown) - 1) * self.spacing()
        return self._framed(
            QSize(sum(s.width() for s in shown) + gaps, max((s.height() for s in shown), default=0))
        )

    @override
    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._items:
            if not item.isEmpty():
                least = least.expandedTo(item.minimumSize())
        return self._framed(least)

    def _framed(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """The height that the rows need at this width."""
        inner = rect.marginsRemoved(self.contentsMargins())
        x, y, row_height = inner.x(), inner.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint().boundedTo(QSize(max(inner.width(), 1), item.sizeHint().height()))
            if x > inner.x() and x + hint.width() > inner.x() + inner.width():
                x, y, row_height = inner.x(), y + row_height + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self.spacing()
            row_height = max(row_height, hint.height())
        return y + row_height - rect.y() + self.contentsMargins().bottom()
