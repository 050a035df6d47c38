"""The catalogue as a table: what it is called, and what kind of thing it is."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from ui.desktop.pages.items.listing import ItemLine
from ui.desktop.widgets.cells import CellRole

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ItemColumn(IntEnum):
    NAME = 0
    MARK = 1


class ItemTable(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ItemLine, ...] = ()

    def show(self, lines: tuple[ItemLine, ...]) -> None:
        """Nothing moves where nothing has changed."""
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def line(self, row: int) -> ItemLine | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, key: str) -> int | None:
        return next((row for row, line in enumerate(self._lines) if line.key == key), None)

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(ItemColumn)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = [self.tr("事项"), self.tr("办理")]
        return titles[section] if 0 <= section < len(titles) else None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None or index.column() >= len(ItemColumn):
            return None
        if index.column() == ItemColumn.MARK:
            return _mark(line, role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return "，".join(filter(None, (line.title, line.detail, line.mark)))
            case CellRole.DETAIL:
                return line.detail or None
            case CellRole.KEY:
                return line.key
        return None


def _mark(line: ItemLine, role: int) -> object:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return line.mark
        case CellRole.MOOD:
            return line.mood
    return None
