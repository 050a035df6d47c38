"""Strokes that several widgets share: plates, rings, chips, elided text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.desktop import look
from ui.desktop.look import Ink, Mood, Size, Space, TextKind

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
_MEASURED: Final = 4096
"""Heights that are remembered: of some dozens of forms."""


def plate(
    painter: QPainter, rect: QRect | QRectF, *, fill: str, edge: str, edge_px: int, corner_px: float
) -> None:
    """A filled rectangle with round corners; its border lies wholly inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = edge_px / 2
    painter.setPen(QPen(QColor(edge), edge_px) if edge_px else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    inner = QRectF(rect).adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inner, corner_px, corner_px)


def ring(painter: QPainter, rect: QRect | QRectF, *, corner_px: float, colour: str = "") -> None:
    """What shows where the keyboard is, over a border of its own."""
    now = look.current()
    plate(
        painter,
        rect,
        fill="",
        edge=colour or now.theme.focus,
        edge_px=now.px(now.theme.focus_units),
        corner_px=corner_px,
    )


def frame(painter: QPainter, rect: QRect | QRectF) -> None:
    """What shows where the keyboard is on something without a border."""
    now = look.current()
    plate(
        painter,
        rect,
        fill="",
        edge=now.theme.focus,
        edge_px=now.px(Size.FRAME),
        corner_px=now.px(Size.SMALL_CORNER),
    )


def rule(painter: QPainter, left: int, right: int, y: int) -> None:
    painter.fillRect(QRect(left, y, right - left, 1), QColor(look.current().theme.line))


def line_of_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    kind: TextKind,
    colour: str,
    align: Qt.AlignmentFlag = LEFT,
) -> bool:
    """Draw one line, shortened with … where it does not fit; whether it fitted."""
    shown = look.metrics(kind).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(look.font(kind))
    painter.setPen(QColor(colour))
    painter.drawText(rect, align, shown)
    return shown == text


def width_of(text: str, kind: TextKind) -> int:
    return look.metrics(kind).horizontalAdvance(text)


def in_room(texts: Sequence[str], kind: TextKind, room_px: int) -> str:
    """The first that has room; the last, where even that has none."""
    return next((text for text in texts if width_of(text, kind) <= room_px), texts[-1])


def line_height(kind: TextKind) -> int:
    return look.metrics(kind).height()


def wrapped_height(text: str, kind: TextKind, width: int) -> int:
    if not text:
        return 0
    return _wrapped_height(text, kind, max(width, 1), look.current().scale_percent)


@lru_cache(maxsize=_MEASURED)
def _wrapped_height(text: str, kind: TextKind, width: int, _scale_percent: int) -> int:
    """A layout asks for the same height some twenty times before it is content."""
    room = QRect(0, 0, width, 10_000)
    return look.metrics(kind).boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()


def wrapped(painter: QPainter, rect: QRect, text: str, kind: TextKind, colour: str) -> None:
    painter.setFont(look.font(kind))
    painter.setPen(QColor(colour))
    painter.drawText(rect, Qt.TextFlag.TextWordWrap, text)


def icon_at(
    painter: QPainter, x: int, middle: int, name: str, units: int, colour: Ink | str
) -> None:
    """An icon whose left edge is at `x` and whose middle is at `middle`."""
    side = look.current().px(units)
    painter.drawPixmap(QPointF(x, middle - side / 2), look.pixmap(name, side, colour))


def chip_icon(mood: Mood, icon: str | None) -> str | None:
    """The mood's own icon unless another is given; "" and a plain mood have none."""
    if icon is not None:
        return icon or None
    return None if mood is Mood.PLAIN else mood.icon


def chip_width(text: str, icon: str | None) -> int:
    px = look.current().px
    drawn = px(Size.SMALL_ICON) + px(Space.XS) if icon else 0
    return 2 * px(Size.CHIP_PAD) + drawn + width_of(text, TextKind.CHIP)


def chip(
    painter: QPainter, rect: QRect, text: str, mood: Mood, icon: str | None, fill: str = ""
) -> None:
    """A chip that fills `rect`, its text shortened if it must be; `fill` where its own tint would not show."""
    now = look.current()
    tone = now.tone(mood)
    plate(
        painter,
        rect,
        fill=fill or tone.tint,
        edge=fill or tone.edge,
        edge_px=now.px(now.theme.edge_units),
        corner_px=rect.height() / 2,
    )
    x = rect.x() + now.px(Size.CHIP_PAD)
    if icon:
        icon_at(painter, x, rect.center().y() + 1, icon, Size.SMALL_ICON, tone.ink)
        x += now.px(Size.SMALL_ICON) + now.px(Space.XS)
    room = QRect(x, rect.y(), rect.right() - now.px(Size.CHIP_PAD) - x + 2, rect.height())
    line_of_text(painter, room, text, TextKind.CHIP, tone.ink)
