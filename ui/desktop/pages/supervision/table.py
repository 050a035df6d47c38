"""A list of cards as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from app.journal.refs import Ref
from ui.desktop.pages.supervision.lines import SupervisionLine
from ui.desktop.widgets.cells import CellRole

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_COLUMNS: Final = 4


class CardTable(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[SupervisionLine, ...] = ()

    def show(self, lines: Sequence[SupervisionLine]) -> None:
        """Nothing moves where nothing has changed."""
        if tuple(lines) == self._lines:
            return
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def row_of(self, subject: Ref) -> int | None:
        """Where the first card of a case stands."""
        return next((row for row, one in enumerate(self._lines) if one.subject == subject), None)

    def line(self, row: int) -> SupervisionLine | None:
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
        return self._headings()[section] if 0 <= section < _COLUMNS else None

    def _headings(self) -> tuple[str, ...]:
        return self.tr("事由"), self.tr("站点和责任人"), self.tr("起算"), self.tr("牌")

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
                return line.key
            case CellRole.DETAIL:
                return cell.detail or None
            case CellRole.MOOD:
                return cell.mood
        return None
