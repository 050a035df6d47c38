"""Entries without effect as a table: whose, which step, and what became of it; under them those seen to lately."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.domain.tasks import TaskKind
from app.usecases.repairs import How, Repair, Settled
from ui.desktop import words
from ui.desktop.look.mood import Mood
from ui.desktop.pages.exchange import told
from ui.desktop.widgets.cells import CellRole

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RepairColumn(IntEnum):
    WHOSE = 0
    STEP = 1
    STATE = 2


class RepairTable(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._repairs: tuple[Repair, ...] = ()
        self._settled: tuple[Settled, ...] = ()
        self._today = date.min

    def show(self, repairs: tuple[Repair, ...], settled: tuple[Settled, ...], today: date) -> None:
        """Nothing moves where nothing has changed."""
        if (repairs, settled, today) != (self._repairs, self._settled, self._today):
            self.beginResetModel()
            self._repairs, self._settled, self._today = repairs, settled, today
            self.endResetModel()

    def repair(self, row: int) -> Repair | None:
        """What still waits for somebody."""
        return self._repairs[row] if 0 <= row < len(self._repairs) else None

    def settled(self, row: int) -> Settled | None:
        """What somebody has seen to."""
        row -= len(self._repairs)
        return self._settled[row] if 0 <= row < len(self._settled) else None

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._repairs) + len(self._settled)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(RepairColumn)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = [self.tr("办件"), self.tr("哪一步"), self.tr("情况")]
        return titles[section] if 0 <= section < len(titles) else None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        settled = self.settled(index.row()) if index.isValid() else None
        repair = settled.repair if settled is not None else self.repair(index.row())
        if repair is None or not index.isValid() or index.column() >= len(RepairColumn):
            return None
        column = RepairColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                if settled is not None and column is RepairColumn.STATE:
                    return settled.how.label
                return self._text(repair, column)
            case Qt.ItemDataRole.ToolTipRole if settled is not None:
                return told.became(settled, self._today)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{told.why(repair)}\n{told.what_to_do(repair)}"
            case CellRole.DETAIL:
                return self._detail(repair, column) or None
            case CellRole.MOOD if column is RepairColumn.STATE:
                if settled is not None:
                    return Mood.GOOD if settled.how is How.REPLACED else Mood.PAUSED
                return Mood.BAD if repair.task is TaskKind.REFUSED else Mood.WARN
            case CellRole.KEY:
                return repair.ref
        return None

    def _text(self, repair: Repair, column: RepairColumn) -> str:
        match column:
            case RepairColumn.WHOSE:
                return told.whose(repair)
            case RepairColumn.STEP:
                return told.step(repair)
        return repair.task.label

    def _detail(self, repair: Repair, column: RepairColumn) -> str:
        match column:
            case RepairColumn.WHOSE:
                return repair.local_number
            case RepairColumn.STEP:
                when = words.moment(repair.at_ms, self._today) if repair.at_ms else ""
                return " ".join(part for part in (repair.operator, when) if part)
        return ""
