"""The list that opens under a field: a plain child of the window, so the keyboard stays where it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.suggestion import Suggestion
from ui.desktop.widgets.tips import plain_tip

_SHOWN_ROWS = 10
_Index = QModelIndex | QPersistentModelIndex


class SuggestionList(QFrame):
    picked = Signal(object)  # Suggestion

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self._model = _Rows()
        self._view = QListView()
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setModel(self._model)
        self._view.setItemDelegate(_Painter(self._view))
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.viewport().setAutoFillBackground(False)
        self._view.clicked.connect(self._on_clicked)
        self._view.entered.connect(self._on_hovered)
        look.column(0, (Space.XS,) * 4, self).addWidget(self._view)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_suggestions(self, suggestions: Sequence[Suggestion], *, mark_first: bool) -> None:
        if self.parent() is not self._field.window():
            self.setParent(self._field.window())
        self._watch(begin=True)
        self._model.put(suggestions, self.tr("没有找到"))
        self._view.setCurrentIndex(QModelIndex())
        if mark_first:
            self.move_mark(1)
        self._place()
        self.show()
        self.raise_()

    def suggestions(self) -> list[Suggestion]:
        return [row for row in self._model.rows if isinstance(row, Suggestion)]

    def marked(self) -> Suggestion | None:
        return self._model.choosable(self._view.currentIndex().row())

    def unmark(self) -> None:
        self._view.setCurrentIndex(QModelIndex())

    def move_mark(self, step: int) -> None:
        """To the next row that can be chosen; at an end it stays."""
        at = self._view.currentIndex().row() + step
        while 0 <= at < self._model.rowCount():
            if self._model.choosable(at) is not None:
                self._view.setCurrentIndex(self._model.index(at, 0))
                self._view.scrollTo(self._view.currentIndex())
                self._tell()
                return
            at += step

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        painting.plate(
            QPainter(self),
            self.rect(),
            fill=now.theme.paper,
            edge=now.theme.box_edge,
            edge_px=now.px(now.theme.edge_units),
            corner_px=now.px(Size.CORNER),
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            self._place()
        return False

    def _watch(self, *, begin: bool) -> None:
        """Follow the field when what holds it moves, scrolls or is resized."""
        holder: QWidget | None = self._field
        while holder is not None and begin:
            holder.removeEventFilter(self)
            holder.installEventFilter(self)
            holder = None if holder.isWindow() else holder.parentWidget()

    def _place(self) -> None:
        """Under the field, or over it where there is more room."""
        px = look.current().px
        window = self._field.window()
        corner = self._field.mapTo(window, QPoint(0, 0))
        width = max(
            self._field.width(), min(px(Size.SUGGESTIONS), window.width() - 2 * px(Space.S))
        )
        left = max(px(Space.S), min(corner.x(), window.width() - width - px(Space.S)))
        below = window.height() - corner.y() - self._field.height() - px(Space.S)
        above = corner.y() - px(Space.S)
        rows = self._model.rows[:_SHOWN_ROWS]
        wanted = sum(row_height(row) for row in rows) + 2 * px(Space.XS)
        under = wanted <= below or below >= above
        height = min(wanted, below if under else above)
        top = corner.y() + self._field.height() + 2 if under else corner.y() - height - 2
        self.setGeometry(left, top, width, height)

    def _tell(self) -> None:
        marked = self.marked()
        if marked is not None:
            self._field.setAccessibleDescription(f"{marked.title} {marked.detail} {marked.mark}")

    def _on_clicked(self, index: QModelIndex) -> None:
        suggestion = self._model.choosable(index.row())
        if suggestion is not None:
            self.picked.emit(suggestion)

    def _on_hovered(self, index: QModelIndex) -> None:
        if self._model.choosable(index.row()) is not None:
            self._view.setCurrentIndex(index)


class _Rows(QAbstractListModel):
    """The suggestions with the headings of their groups between them (strings)."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Suggestion | str] = []

    def put(self, suggestions: Sequence[Suggestion], nothing: str) -> None:
        self.beginResetModel()
        self.rows = []
        group = ""
        for suggestion in suggestions:
            if suggestion.group and suggestion.group != group:
                self.rows.append(suggestion.group)
            group = suggestion.group
            self.rows.append(suggestion)
        if not suggestions:
            self.rows.append(nothing)
        self.endResetModel()

    def choosable(self, at: int) -> Suggestion | None:
        row = self.rows[at] if 0 <= at < len(self.rows) else None
        return row if isinstance(row, Suggestion) and row.value is not None else None

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if isinstance(row, str):
            return row if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        whole = "　".join(part for part in (row.title, row.detail, row.mark) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return whole
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(whole)
        return None


def row_height(row: object) -> int:
    """A heading is lower than what can be chosen."""
    units = Size.CONTROL if isinstance(row, Suggestion) else Size.HEADING
    return look.current().px(units)


class _Painter(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, row_height(index.data(Qt.ItemDataRole.UserRole)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        painter.save()
        if isinstance(row, Suggestion):
            marked = self._view.currentIndex() == index
            _draw_suggestion(painter, rect, row, marked=marked)
        else:
            pad = look.current().px(Space.S)
            colour = look.current().theme.secondary
            room = rect.adjusted(pad, 0, -pad, 0)
            painting.line_of_text(painter, room, str(row), TextKind.SECONDARY, colour)
        painter.restore()


def _draw_suggestion(painter: QPainter, rect: QRect, row: Suggestion, *, marked: bool) -> None:
    now = look.current()
    theme, px = now.theme, now.px
    if marked:
        corner = px(Size.SMALL_CORNER)
        painting.plate(painter, rect, fill=theme.selected, edge="", edge_px=0, corner_px=corner)
    title_ink = theme.on_selected if marked else theme.text
    detail_ink = theme.secondary_on_selected if marked else theme.secondary
    if row.value is None:
        title_ink = theme.faint
    left, right = rect.x() + px(Space.S), rect.right() - px(Space.S)
    if row.icon:
        painting.icon_at(painter, left, rect.center().y() + 1, row.icon, Size.ICON, detail_ink)
        left += px(Size.ICON) + px(Space.S)
    if row.mark:
        right -= _draw_mark(painter, rect, right, row, theme.paper if marked else "")
        right -= px(Space.S)
    title_width = min(painting.width_of(row.title, TextKind.BODY) + 1, right - left)
    room = QRect(left, rect.y(), title_width, rect.height())
    painting.line_of_text(painter, room, row.title, TextKind.BODY, title_ink)
    left += title_width + px(Space.M)
    if row.detail and right - left > px(Size.CONTROL):
        room = QRect(left, rect.y(), right - left, rect.height())
        painting.line_of_text(painter, room, row.detail, TextKind.SECONDARY, detail_ink)


def _draw_mark(painter: QPainter, rect: QRect, right: int, row: Suggestion, fill: str) -> int:
    icon = painting.chip_icon(row.mood, None)
    width = min(painting.chip_width(row.mark, icon), rect.width() // 2)
    height = look.current().px(Size.CHIP)
    box = QRect(right - width, rect.y() + (rect.height() - height) // 2, width, height)
    painting.chip(painter, box, row.mark, row.mood, icon, fill)
    return width
