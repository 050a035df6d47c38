"""A table of many rows: chips and second lines are painted, there are no widgets in its cells."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size
from ui.desktop.widgets.cells import CellKind, CellPainter, CellRole, Column
from ui.desktop.widgets.empty_state import EmptyState

__all__ = ["CellKind", "CellRole", "Column", "TableView"]


class TableView(QTableView):
    """Enter or a double click opens. What is selected and where one has scrolled to survive a reset of the model."""

    opened = Signal(QModelIndex)
    current_changed = Signal(QModelIndex)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = CellPainter(self)
        self._empty: EmptyState | None = None
        self._row_units: int = Size.ROW
        self._wanted_key: object = None
        self._wanted_scroll: int | None = None
        self.setAccessibleName(name)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self.opened)
        self._dress()

    def columns(self, columns: Sequence[Column]) -> None:
        self._painter.columns = tuple(columns)
        self._share_width()

    def set_row_units(self, units: int) -> None:
        self._row_units = units
        self._dress()

    def set_empty(self, empty: EmptyState) -> None:
        """What stands over the table while it has no rows."""
        if self._empty is not None:
            self._empty.deleteLater()
        self._empty = empty
        empty.setParent(self.viewport())
        self._show_empty()

    def current_row(self) -> int:
        return self.currentIndex().row()

    def select_row(self, row: int) -> None:
        model = self.model()
        if model is not None and 0 <= row < model.rowCount():
            self.selectRow(row)

    def select_none(self) -> None:
        """Nor any row that was looked for."""
        self._forget_place()
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def set_key(self, key: object) -> None:
        """Select the row of that key now, or when it comes."""
        self._wanted_key = key
        self._find_wanted()

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is None:
            return
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_rows_changed)
        model.rowsInserted.connect(self._on_rows_changed)
        model.rowsRemoved.connect(self._on_rows_changed)
        self._share_width()
        self._show_empty()

    @override
    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or current.isValid() != previous.isValid():
            self.current_changed.emit(current)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
            elif self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        self._forget_place()
        super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._forget_place()
        super().mousePressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wanted_scroll = None
        super().wheelEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._show_empty()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        px = look.current().px
        self.verticalHeader().setMinimumSectionSize(px(self._row_units))
        self.verticalHeader().setDefaultSectionSize(px(self._row_units))
        self.horizontalHeader().setFixedHeight(px(Size.ROW))
        self.setMinimumHeight(px(Size.ROW) * 3)
        self._share_width()

    def _share_width(self) -> None:
        columns = self._painter.columns
        model = self.model()
        if not columns or model is None:
            return
        px = look.current().px
        free = self.viewport().width() - sum(px(c.width) for c in columns if not c.stretch)
        shares = sum(column.stretch for column in columns)
        for at, column in enumerate(columns[: model.columnCount()]):
            width = px(column.width)
            if column.stretch:
                width = max(width, free * column.stretch // shares)
            self.setColumnWidth(at, width)

    def _show_empty(self) -> None:
        model = self.model()
        if self._empty is None:
            return
        self._empty.setGeometry(self.viewport().rect())
        self._empty.setVisible(model is None or model.rowCount() == 0)

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered_row:
            self._painter.hovered_row = row
            self.viewport().update()

    def _on_about_to_reset(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self._wanted_key = index.siblingAtColumn(0).data(CellRole.KEY)
        scroll = self.verticalScrollBar().value()
        self._wanted_scroll = scroll or self._wanted_scroll

    def _on_rows_changed(self) -> None:
        self._find_wanted()
        self._show_empty()
        if self._wanted_scroll is not None:
            QTimer.singleShot(0, self, self._scroll_back)

    def _forget_place(self) -> None:
        self._wanted_key = self._wanted_scroll = None

    def _scroll_back(self) -> None:
        """Once there are rows enough to be where one was."""
        bar = self.verticalScrollBar()
        if self._wanted_scroll is not None and bar.maximum() >= self._wanted_scroll:
            bar.setValue(self._wanted_scroll)
            self._wanted_scroll = None

    def _find_wanted(self) -> None:
        """Rows may come in pages: the wanted one is looked for until it is there or somebody moves."""
        model = self.model()
        if self._wanted_key is None or model is None:
            return
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            if index.data(CellRole.KEY) == self._wanted_key:
                self._wanted_key = None
                self._select_in_place(index)
                return

    def _select_in_place(self, index: QModelIndex) -> None:
        """Without scrolling to it: the place that one looks at is kept apart from it."""
        flags = QItemSelectionModel.SelectionFlag
        self.setAutoScroll(self._wanted_scroll is None)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.setAutoScroll(True)
