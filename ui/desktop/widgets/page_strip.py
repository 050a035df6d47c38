"""Small pictures of pages in a row that wraps: looked at, put in order, turned and taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Ink, Mood, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.tips import set_tip

PICTURE: Final = QSize(66, 88)
"""Units of the room for a picture."""
_EDGE: Final = 6  # units around a picture, inside its cell
_WIDE: Final = 3  # cells that a strip would like to have beside each other at least
_QUARTER: Final = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class PageCard:
    """`picture` is None while it is being read, or if it is not on this computer, which `mark` says in two words."""

    key: object
    picture: QImage | None = None
    mark: str = ""
    mood: Mood = Mood.PLAIN


class PageStrip(QWidget):
    """One stop of the Tab key: arrows move, Enter looks at it large.

    Where pages may be changed: Ctrl+arrows move a page, R and Shift+R turn it, Delete takes it away, and the mouse
    carries it to its place.
    `opened`, `removed` carry a place; `moved` from where to where; `turned` a place and degrees clockwise.
    """

    opened = Signal(int)
    moved = Signal(int, int)
    turned = Signal(int, int)
    removed = Signal(int)
    chosen = Signal(int)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._cards: tuple[PageCard, ...] = ()
        self._at = 0
        self._editable = True
        self._carried: int | None = None  # the page that the mouse took up
        self._before: int | None = None  # before which it would be put down
        self._pressed_at = QPoint()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._say()

    # --- what is shown ----------------------------------------------------------------------------

    def show_cards(self, cards: Sequence[PageCard]) -> None:
        """The page that the keyboard is on stays, by its key."""
        before = self._cards[self._at].key if self._cards else None
        count = len(self._cards)
        self._cards = tuple(cards)
        keys = [card.key for card in self._cards]
        at = keys.index(before) if before in keys else self._at
        self._at = max(0, min(at, len(keys) - 1))
        if len(keys) != count:
            self.updateGeometry()
        self._say()
        self.update()

    def set_name(self, name: str) -> None:
        """Whose pages they are."""
        self._name = name
        self._say()

    def set_editable(self, editable: bool) -> None:
        self._editable = editable
        self._say()

    @property
    def cards(self) -> tuple[PageCard, ...]:
        return self._cards

    @property
    def at(self) -> int:
        """The page that the keyboard is on."""
        return self._at

    def choose(self, at: int) -> None:
        if self._cards:
            self._at = max(0, min(at, len(self._cards) - 1))
            self._say()
            self.update()
            self.chosen.emit(self._at)

    def _say(self) -> None:
        parts = [self._name]
        if self._cards:
            where = self.tr("第 {page} 页，共 {count} 页")
            parts.append(where.format(page=self._at + 1, count=len(self._cards)))
            parts.append(self._cards[self._at].mark)
        else:
            parts.append(self.tr("没有扫描件"))
        self.setAccessibleName("，".join(part for part in parts if part))
        keys = self.tr("回车看大图；Ctrl+左右键换位置，R 向右转，Delete 移走")
        set_tip(self, keys if self._editable else self.tr("回车看大图"))
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    # --- sizes ------------------------------------------------------------------------------------

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def sizeHint(self) -> QSize:
        width = self._cell().width() * max(_WIDE, len(self._cards))
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return self._cell()

    @override
    def heightForWidth(self, width: int) -> int:
        in_a_row = max(1, width // self._cell().width())
        rows = max(1, -(-len(self._cards) // in_a_row))
        return rows * self._cell().height()

    def _cell(self) -> QSize:
        px = look.current().px
        line = painting.line_height(TextKind.SMALL)
        return QSize(
            px(PICTURE.width()) + 2 * px(_EDGE), px(PICTURE.height()) + 2 * px(_EDGE) + line
        )

    def place_of(self, at: int) -> QRect:
        """Where a page stands."""
        cell = self._cell()
        in_a_row = max(1, self.width() // cell.width())
        row, column = divmod(at, in_a_row)
        return QRect(QPoint(column * cell.width(), row * cell.height()), cell)

    def _page_at(self, point: QPoint) -> int | None:
        for at in range(len(self._cards)):
            if self.place_of(at).contains(point):
                return at
        return None

    # --- keys -------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._act_of(event) if self._cards else None
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _act_of(self, event: QKeyEvent) -> Callable[[], Any] | None:
        last, at, key = len(self._cards) - 1, self._at, event.key()
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            moving: dict[int, int] = {Qt.Key.Key_Left: at - 1, Qt.Key.Key_Right: at + 1}
            to = moving.get(key)
            if to is None or not self._editable:
                return None
            return lambda: self._move(at, to)
        in_a_row = max(1, self.width() // self._cell().width())
        steps: dict[int, int] = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        # Up and Down leave the strip where there is no row above or below.
        if last >= in_a_row:
            steps |= {Qt.Key.Key_Up: at - in_a_row, Qt.Key.Key_Down: at + in_a_row}
        if key in steps:
            return lambda: self.choose(steps[key])
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            return lambda: self.opened.emit(at)
        if not self._editable:
            return None
        back = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_R:
            return lambda: self.turned.emit(at, -_QUARTER if back else _QUARTER)
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return lambda: self.removed.emit(at)
        return None

    def _move(self, at: int, to: int) -> None:
        if 0 <= to < len(self._cards) and to != at:
            self.moved.emit(at, to)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say()
        self.update()

    # --- the mouse --------------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._page_at(event.position().toPoint())
        if at is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.choose(at)
        self._pressed_at = event.position().toPoint()
        self._carried = at if self._editable else None
        self._before = None

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._carried is None:
            return
        point = event.position().toPoint()
        far = (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if self._before is None and not far:
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._before = self._gap_at(point)
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        carried, before = self._carried, self._before
        self._carried = self._before = None
        self.unsetCursor()
        self.update()
        if carried is not None and before is not None:
            self._move(carried, before - (before > carried))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._page_at(event.position().toPoint())
        if at is not None:
            self.opened.emit(at)

    def _gap_at(self, point: QPoint) -> int:
        """Before which page something carried to this point would be put down."""
        for at in range(len(self._cards)):
            place = self.place_of(at)
            if point.y() < place.bottom() and point.x() < place.center().x():
                return at
        return len(self._cards)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self._cards:
            return
        at = self._page_at(event.pos())
        if at is not None and event.reason() is QContextMenuEvent.Reason.Mouse:
            self.choose(at)
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """What can be done with the page that the keyboard is on."""
        menu, at = QMenu(self), self._at
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(look.icon("zoom-in"), self.tr("看大图"), lambda: self.opened.emit(at))
        if self._editable:
            turn = self.turned.emit
            menu.addAction(look.icon("rotate-cw"), self.tr("向右转"), lambda: turn(at, _QUARTER))
            menu.addAction(look.icon("rotate-ccw"), self.tr("向左转"), lambda: turn(at, -_QUARTER))
            menu.addAction(
                look.icon("arrow-left"), self.tr("往前移"), lambda: self._move(at, at - 1)
            )
            menu.addAction(
                look.icon("arrow-right"), self.tr("往后移"), lambda: self._move(at, at + 1)
            )
            menu.addAction(look.icon("trash-2"), self.tr("移走"), lambda: self.removed.emit(at))
        return menu

    # --- painting ---------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at, card in enumerate(self._cards):
            place = self.place_of(at)
            if place.intersects(event.rect()):
                self._paint_card(painter, place, at, card)
        if self._before is not None:
            self._paint_gap(painter, self._before)

    def _paint_card(self, painter: QPainter, place: QRect, at: int, card: PageCard) -> None:
        now = look.current()
        px, theme = now.px, now.theme
        edge = px(_EDGE)
        room = QRect(
            place.left() + edge, place.top() + edge, px(PICTURE.width()), px(PICTURE.height())
        )
        self._paint_picture(painter, room, card)
        under = QRect(
            place.left(), room.bottom() + 1, place.width(), place.bottom() - room.bottom()
        )
        ink = now.tone(card.mood).ink if card.mark else theme.secondary
        painting.line_of_text(
            painter, under, card.mark or f"{at + 1}", TextKind.SMALL, ink, painting.CENTRE
        )
        if at == self._at and self.hasFocus():
            painting.ring(painter, place.adjusted(1, 1, -1, -1), corner_px=px(Size.CORNER))
        if at == self._carried and self._before is not None:
            painter.setOpacity(0.6)
            painter.fillRect(room, QColor(theme.paper))
            painter.setOpacity(1)

    def _paint_picture(self, painter: QPainter, room: QRect, card: PageCard) -> None:
        now = look.current()
        px, theme = now.px, now.theme
        picture = card.picture
        if picture is None or picture.isNull():
            painting.plate(
                painter, room, fill=theme.ground, edge=theme.line, edge_px=1,
                corner_px=px(Size.SMALL_CORNER),
            )  # fmt: skip
            side = px(Size.XL_ICON)
            painting.icon_at(
                painter, room.center().x() - side // 2, room.center().y(), "image",
                Size.XL_ICON, Ink.FAINT,
            )  # fmt: skip
            return
        size = QSize(picture.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        fitted = QRect(QPoint(), size)
        fitted.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(fitted), picture)
        painter.setPen(QColor(theme.edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(fitted.adjusted(0, 0, -1, -1))

    def _paint_gap(self, painter: QPainter, before: int) -> None:
        px, theme = look.current().px, look.current().theme
        at = min(before, len(self._cards) - 1)
        place = self.place_of(at)
        left = place.left() if before == at else place.right()
        bar = QRect(left - px(Space.XS) // 2, place.top(), px(Space.XS), place.height())
        painter.fillRect(bar.intersected(self.rect()), QColor(theme.primary))
