"""The steps of an item drawn as boxes from left to right, going on in the next row where they must."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec
from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets import painting

_BOX: Final = 132
"""The least width of a box in units; boxes share what is left of a row."""
_GAP: Final = 28
_ARROW: Final = 5
_LINE: Final = 2


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """`by` who takes the step, `days` how long; `ours`: whoever looks at it takes it."""

    name: str
    by: str
    days: str = ""
    ours: bool = False


class _Row(NamedTuple):
    boxes: list[QRect]


class FlowChart(QWidget):
    """As high as its rows; the tallest name makes the boxes of its row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: tuple[Box, ...] = ()
        self._heights: dict[int, int] = {}  # by width: layouts ask dozens of times
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        self._boxes = tuple(boxes)
        self._heights.clear()
        said = (
            self.tr("第 {n} 步 {name}").format(n=n, name="，".join(_said(box)))
            for n, box in enumerate(boxes, 1)
        )
        self.setAccessibleName(self.tr("流程图：") + "；".join(said))
        self._measure()
        self.update()

    def boxes(self) -> tuple[Box, ...]:
        return self._boxes

    def places(self) -> list[QRect]:
        """Where each box is drawn."""
        return [rect for row in self._rows(self.width()) for rect in row.boxes]

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            rows = list(self._rows(width))
            self._heights[width] = rows[-1].boxes[0].bottom() + 1 if rows else 0
        return self._heights[width]

    @override
    def sizeHint(self) -> QSize:
        width = max(self.width(), look.current().px(_BOX))
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look.current().px(_BOX), self.minimumHeight())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._heights.clear()
            self._measure()

    def _measure(self) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()

    def _rows(self, width: int) -> Iterator[_Row]:
        px = look.current().px
        gap = px(_GAP)
        per_row = max(1, (width + gap) // (px(_BOX) + gap))
        per_row = min(per_row, max(len(self._boxes), 1))
        box = (width - gap * (per_row - 1)) // per_row
        top = 0
        for first in range(0, len(self._boxes), per_row):
            boxes = self._boxes[first : first + per_row]
            height = max(_height(one, box) for one in boxes)
            yield _Row([QRect(at * (box + gap), top, box, height) for at in range(len(boxes))])
            top += height + gap

    # --- drawing ----------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        number = 0
        before: QRect | None = None
        for row in self._rows(self.width()):
            for place in row.boxes:
                if before is not None:
                    _connect(painter, before, place)
                number += 1
                _draw(painter, place, number, self._boxes[number - 1])
                before = place


def _said(box: Box) -> list[str]:
    return [part for part in (box.name, box.by, box.days) if part]


def _under(box: Box) -> str:
    return " · ".join(part for part in (box.by, box.days) if part)


def _inside(width: int) -> int:
    return width - 2 * look.current().px(Space.M)


def _height(box: Box, width: int) -> int:
    px = look.current().px
    inside = _inside(width)
    name = painting.wrapped_height(box.name, TextKind.BODY, inside)
    under = painting.wrapped_height(_under(box), TextKind.SMALL, inside)
    return px(Space.S) * 2 + px(Size.KEY) + px(Space.XS) * 2 + name + under


def _draw(painter: QPainter, place: QRect, number: int, box: Box) -> None:
    now = look.current()
    px = now.px
    tone = now.tone(Mood.INFO if box.ours else Mood.PLAIN)
    painting.plate(
        painter,
        place,
        fill=tone.tint if box.ours else now.theme.paper,
        edge=tone.ink if box.ours else now.theme.edge,
        edge_px=px(now.theme.edge_units),
        corner_px=px(Size.CORNER),
    )
    left, width = place.x() + px(Space.M), _inside(place.width())
    top = place.y() + px(Space.S)
    dot = QRect(left, top, px(Size.KEY), px(Size.KEY))
    painting.plate(
        painter, dot, fill=tone.ink, edge=tone.ink, edge_px=0, corner_px=dot.height() / 2
    )
    painting.line_of_text(
        painter, dot, str(number), TextKind.CHIP, now.theme.paper, Qt.AlignmentFlag.AlignCenter
    )
    top = dot.bottom() + 1 + px(Space.XS)
    high = painting.wrapped_height(box.name, TextKind.BODY, width)
    painting.wrapped(
        painter, QRect(left, top, width, high), box.name, TextKind.BODY, now.theme.text
    )
    top += high + px(Space.XS)
    high = painting.wrapped_height(_under(box), TextKind.SMALL, width)
    painting.wrapped(
        painter, QRect(left, top, width, high), _under(box), TextKind.SMALL, now.theme.secondary
    )


def _connect(painter: QPainter, before: QRect, after: QRect) -> None:
    """Straight on in a row; down and back to the left to begin the next one."""
    px = look.current().px
    colour = QColor(look.current().theme.secondary)
    painter.setPen(QPen(colour, px(_LINE)))
    margin, half = px(Space.XS), px(_GAP) / 2
    if before.y() == after.y():
        y = before.center().y()
        end = QPointF(after.left() - margin, y)
        path = [QPointF(before.right() + margin, y), end]
    else:
        end = QPointF(after.center().x(), after.top() - margin)
        between = after.top() - half
        path = [
            QPointF(before.center().x(), before.bottom() + margin),
            QPointF(before.center().x(), between),
            QPointF(end.x(), between),
            end,
        ]
    painter.drawPolyline(QPolygonF(path))
    _head(painter, path[-2], end, colour)


def _head(painter: QPainter, start: QPointF, end: QPointF, colour: QColor) -> None:
    size = look.current().px(_ARROW)
    along = QPointF(
        (end.x() > start.x()) - (end.x() < start.x()), (end.y() > start.y()) - (end.y() < start.y())
    )
    across = QPointF(-along.y(), along.x())
    back = end - along * size
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([end, back + across * size, back - across * size]))
