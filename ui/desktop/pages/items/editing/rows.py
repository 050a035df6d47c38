"""A table of an item that can be edited: its rows in order, and what is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget
from typing_extensions import override

from app.domain.item_fields import Field, FieldKind, Table
from app.domain.item_form import Row
from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.pages.items.editing.row_dialog import RowDialog
from ui.desktop.widgets.button import Button, IconButton
from ui.desktop.widgets.cells import CellRole, Column
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.table_view import TableView
from ui.desktop.widgets.text import Text

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MOST_SEEN: Final = 8
_LEAST_SEEN: Final = 3
_WIDTHS: Final = {
    FieldKind.NUMBER: 88,
    FieldKind.ONE: 112,
    FieldKind.YES_NO: 84,
    FieldKind.YUAN: 110,
}
_TEXT_WIDTH: Final = 96


class RowModel(QAbstractTableModel):
    def __init__(self, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fields = shown_fields(table)
        self.rows: tuple[Row, ...] = ()
        self._wrong: dict[tuple[int, str], str] = {}

    def show(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self._wrong = {}
        self.endResetModel()

    def mark(self, wrong: dict[tuple[int, str], str]) -> None:
        """What is wrong in which row and field."""
        if wrong != self._wrong:
            self._wrong = wrong
            if self.rows:
                last = self.index(len(self.rows) - 1, len(self.fields) - 1)
                self.dataChanged.emit(self.index(0, 0), last)

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.fields)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        fields = self.fields
        return fields[section].label if 0 <= section < len(fields) else None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        name = self.fields[index.column()].name
        text = self.rows[index.row()].get(name, "")
        wrong = self._wrong.get((index.row(), name), "")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text or ("？" if wrong else "")
            case CellRole.MOOD if wrong:
                return Mood.BAD
            case Qt.ItemDataRole.ToolTipRole if wrong:
                return wrong
        return None


class _RowsView(TableView):
    """As high as its rows, up to a few; then it scrolls."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        model = self.model()
        rows = model.rowCount() if model is not None else 0
        seen = min(max(rows, _LEAST_SEEN), _MOST_SEEN) + 1  # and the headings
        return QSize(super().sizeHint().width(), look.current().px(Size.ROW * seen + Space.L))


class RowsEditor(QWidget):
    """Enter or a double click opens a row, Delete removes it, Alt+Up and Alt+Down move it. `edited` after each."""

    edited = Signal()

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.model = RowModel(table, self)
        self.view = _RowsView(table.label)
        self.view.setModel(self.model)
        self.view.columns([_column(field) for field in shown_fields(table)])
        self.view.set_empty(EmptyState("list", self.tr("还没有{what}").format(what=table.label)))
        self.add = Button(self.tr("添加"), icon="plus")
        self.add.setAccessibleName(self.tr("添加{what}").format(what=table.label))
        self.change = Button(self.tr("修改"), icon="pencil")
        self.remove = Button(self.tr("删去"), icon="x")
        self.up = IconButton("chevron-up", self.tr("往上移"))
        self.down = IconButton("chevron-down", self.tr("往下移"))
        self._wrong = Text("", TextKind.SECONDARY, Mood.BAD)
        self._assemble()
        self._connect()
        self.show_rows(())

    def _assemble(self) -> None:
        column = look.column(Space.S, parent=self)
        column.addWidget(Text(self.table.label, TextKind.SECTION))
        acts = QWidget()
        row = look.flow(Space.S, parent=acts)
        for button in (self.add, self.change, self.remove, self.up, self.down):
            row.addWidget(button)
        column.addWidget(acts)
        column.addWidget(self.view)
        column.addWidget(self._wrong)

    def _connect(self) -> None:
        self.add.clicked.connect(self.ask_new)
        self.change.clicked.connect(self.ask_changed)
        self.remove.clicked.connect(self.take_away)
        self.up.clicked.connect(lambda: self.move_by(-1))
        self.down.clicked.connect(lambda: self.move_by(1))
        self.view.opened.connect(self.ask_changed)
        self.view.current_changed.connect(self._offer)
        for keys, act in (
            ("Delete", self.take_away),
            ("Alt+Up", lambda: self.move_by(-1)),
            ("Alt+Down", lambda: self.move_by(1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.model.rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        at = self.view.current_row()
        self.model.show(rows)
        if rows:
            self.view.select_row(min(max(at, 0), len(rows) - 1))
        self._wrong.hide()
        self.view.updateGeometry()
        self._offer()

    def say(self, wrong: dict[tuple[int, str], str], whole: str) -> None:
        """`whole` is about the table, `wrong` about its cells."""
        self.model.mark(wrong)
        told = [whole] if whole else []
        fields = {field.name: field.label for field in self.table.fields}
        told += [
            self.tr("第 {n} 行“{field}”：{what}").format(
                n=row + 1, field=fields.get(name, name), what=what
            )
            for (row, name), what in wrong.items()
        ]
        self._wrong.set_text("\n".join(told))
        self._wrong.setVisible(bool(told))

    # --- what is done with rows -------------------------------------------------------------------

    def ask_new(self) -> None:
        dialog = RowDialog(self.table, None, self.window())
        if dialog.exec() == QDialog.DialogCode.Accepted.value:
            self.put(len(self.rows), dialog.row(), instead=False)

    def ask_changed(self) -> None:
        at = self.view.current_row()
        if not 0 <= at < len(self.rows):
            return
        dialog = RowDialog(self.table, self.rows[at], self.window())
        if dialog.exec() == QDialog.DialogCode.Accepted.value:
            self.put(at, dialog.row(), instead=True)

    def put(self, at: int, row: Row, *, instead: bool) -> None:
        """A row at a place, in place of the one there or before it."""
        rows = list(self.rows)
        rows[at : at + instead] = [row]
        self._changed(rows, at)

    def take_away(self) -> None:
        at = self.view.current_row()
        if 0 <= at < len(self.rows):
            self._changed([row for n, row in enumerate(self.rows) if n != at], at)

    def move_by(self, step: int) -> None:
        at = self.view.current_row()
        to = at + step
        if 0 <= at < len(self.rows) and 0 <= to < len(self.rows):
            rows = list(self.rows)
            rows[at], rows[to] = rows[to], rows[at]
            self._changed(rows, to)

    def _changed(self, rows: Sequence[Row], at: int) -> None:
        self.show_rows(rows)
        if rows:
            self.view.select_row(min(at, len(rows) - 1))
        self.edited.emit()

    def _offer(self) -> None:
        at, count = self.view.current_row(), len(self.rows)
        chosen = 0 <= at < count
        self.add.setEnabled(not self.table.most or count < self.table.most)
        self.change.setEnabled(chosen)
        self.remove.setEnabled(chosen)
        self.up.setEnabled(chosen and at > 0)
        self.down.setEnabled(chosen and at < count - 1)


def shown_fields(table: Table) -> tuple[Field, ...]:
    """The columns of a table: remarks stand only in the row's own form."""
    return tuple(
        field for field in table.fields if not (field.kind is FieldKind.LONG and field.optional)
    )


def _column(field: Field) -> Column:
    width = _WIDTHS.get(field.kind)
    if width is not None:
        return Column(width=width, figures=field.kind in (FieldKind.NUMBER, FieldKind.YUAN))
    is_first = field.name in ("name", "title", "type", "shows")
    return Column(width=_TEXT_WIDTH, stretch=3 if is_first else 2)
