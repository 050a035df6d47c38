"""How the cells of a table are drawn: text, two lines, or a chip."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.tips import plain_tip

_Index = QModelIndex | QPersistentModelIndex


class CellRole(IntEnum):
    """What a model says of a cell beside its text; KEY is asked of column 0 and names the row.

    SHORTER are other words for DETAIL where that has no room, longest first; the tooltip has the whole.
    """

    DETAIL = Qt.ItemDataRole.UserRole + 1
    MOOD = Qt.ItemDataRole.UserRole + 2
    ICON = Qt.ItemDataRole.UserRole + 3
    KEY = Qt.ItemDataRole.UserRole + 4
    STRONG = Qt.ItemDataRole.UserRole + 5
    SHORTER = Qt.ItemDataRole.UserRole + 6


class CellKind(StrEnum):
    TEXT = "text"
    TWO_LINES = "two_lines"
    CHIP = "chip"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """`width` in units, or a share of what is left by `stretch`, never less than `width` then either."""

    width: int = 0
    stretch: int = 0
    figures: bool = False
    kind: CellKind = CellKind.TEXT


class CellPainter(QStyledItemDelegate):
    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.columns: tuple[Column, ...] = ()
        self.hovered_row = -1

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        px = look.current().px
        column = self._column(index)
        text = str(index.data() or "")
        if column.kind is CellKind.CHIP:
            width = painting.chip_width(text, self._chip_icon(index))
        else:
            detail = str(index.data(CellRole.DETAIL) or "")
            width = painting.width_of(text, self._kind(index))
            width = max(width, painting.width_of(detail, TextKind.SECONDARY))
        return QSize(width + 2 * px(Space.S), px(Size.ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        now = look.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, now.theme.selected)
        elif index.row() == self.hovered_row:
            painter.fillRect(rect, now.theme.hover)
        painting.rule(painter, rect.left(), rect.right() + 1, rect.bottom())
        if selected and self._is_leftmost(index):
            bar = QRect(rect.left(), rect.top(), now.px(Space.XS) - 1, rect.height())
            painter.fillRect(bar, now.theme.selected_bar)
        pad = now.px(Space.S)
        room = rect.adjusted(pad, 0, -pad, -1)
        if index.data():
            self._draw(painter, room, index, selected=selected)
        painter.restore()

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """The model's own tooltip, else the whole text where the cell shortens it."""
        rect: QRect = option.rect
        said = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        if self.sizeHint(option, index).width() > rect.width():
            whole = [str(index.data() or ""), str(index.data(CellRole.DETAIL) or ""), said]
            said = "\n".join(dict.fromkeys(part for part in whole if part))
        if event.type() != QEvent.Type.ToolTip or not said:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), plain_tip(said), view.viewport(), rect)
        return True

    def _draw(self, painter: QPainter, room: QRect, index: _Index, *, selected: bool) -> None:
        now = look.current()
        column = self._column(index)
        text, mood = str(index.data()), self._mood(index)
        if column.kind is CellKind.CHIP:
            self._draw_chip(painter, room, index, selected=selected)
            return
        ink = now.theme.on_selected if selected else now.theme.text
        if mood is not Mood.PLAIN and not self._inverted(selected):
            ink = now.tone(mood).ink
        align = painting.RIGHT if column.figures else painting.LEFT
        detail = str(index.data(CellRole.DETAIL) or "")
        icon = index.data(CellRole.ICON)
        if icon:
            painting.icon_at(
                painter, room.left(), room.center().y() + 1, icon, Size.SMALL_ICON, ink
            )
            room = room.adjusted(look.current().px(Size.SMALL_ICON + Space.XS), 0, 0, 0)
        if column.kind is not CellKind.TWO_LINES or not detail:
            painting.line_of_text(painter, room, text, self._kind(index), ink, align)
            return
        first, second = (
            painting.line_height(TextKind.BODY),
            painting.line_height(TextKind.SECONDARY),
        )
        top = room.top() + (room.height() - first - second) // 2
        faint = now.theme.secondary_on_selected if selected else now.theme.secondary
        upper = QRect(room.left(), top, room.width(), first)
        lower = QRect(room.left(), top + first, room.width(), second)
        painting.line_of_text(painter, upper, text, self._kind(index), ink, align)
        if painting.width_of(detail, TextKind.SECONDARY) > room.width():
            fewer = [str(words) for words in index.data(CellRole.SHORTER) or ()]
            detail = painting.in_room((detail, *fewer), TextKind.SECONDARY, room.width())
        painting.line_of_text(painter, lower, detail, TextKind.SECONDARY, faint, align)

    def _draw_chip(self, painter: QPainter, room: QRect, index: _Index, *, selected: bool) -> None:
        text, icon = str(index.data()), self._chip_icon(index)
        height = look.current().px(Size.CHIP)
        width = min(painting.chip_width(text, icon) + 2, room.width())
        box = QRect(room.left(), room.top() + (room.height() - height) // 2, width, height)
        fill = look.current().theme.paper if selected else ""
        painting.chip(painter, box, text, self._mood(index), icon, fill)

    def _mood(self, index: _Index) -> Mood:
        # A model of Qt's own gives the enum back as its bare value.
        mood = index.data(CellRole.MOOD)
        return Mood(mood) if mood else Mood.PLAIN

    def _chip_icon(self, index: _Index) -> str | None:
        return painting.chip_icon(self._mood(index), index.data(CellRole.ICON))

    def _kind(self, index: _Index) -> TextKind:
        return TextKind.STRONG if index.data(CellRole.STRONG) else TextKind.BODY

    def _column(self, index: _Index) -> Column:
        at = index.column()
        return self.columns[at] if at < len(self.columns) else Column()

    def _is_leftmost(self, index: _Index) -> bool:
        return index.column() == 0

    def _inverted(self, selected: bool) -> bool:
        """Whether the selected row is dark, so that only light words can be read on it."""
        theme = look.current().theme
        return selected and theme.on_selected != theme.text
