"""A list of the archive as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from ui.desktop.pages.archive.lines import ArchiveLine, View
from ui.desktop.widgets.cells import CellRole

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_COLUMNS: Final = 4


class ArchiveTable(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._view = View.WAITING
        self._lines: tuple[ArchiveLine, ...] = ()

    def show(self, view: View, lines: Sequence[ArchiveLine]) -> None:
        """Nothing moves where nothing has changed."""
        if view is self._view and tuple(lines) == self._lines:
            return
        self.beginResetModel()
        self._view, self._lines = view, tuple(lines)
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)

    def line(self, row: int) -> ArchiveLine | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else _COLUMNS

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._view.headings[section] if 0 <= section < _COLUMNS else None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None or index.column() >= _COLUMNS:
            return None
        cell = line.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return "，".join(filter(None, (cell.text, cell.detail)))
            case CellRole.KEY:
                return line.subject
            case CellRole.DETAIL:
                return cell.detail or None
            case CellRole.MOOD:
                return cell.mood
        return None
