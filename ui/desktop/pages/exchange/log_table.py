"""The last exchanges as a table."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.store.exchange_log import ExchangeNote
from ui.desktop import words
from ui.desktop.pages.exchange import told
from ui.desktop.widgets.cells import CellRole

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class LogColumn(IntEnum):
    WHEN = 0
    OUTCOME = 1
    SENT = 2
    RECEIVED = 3
    UP = 4
    DOWN = 5
    SECONDS = 6


class LogTable(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[ExchangeNote, ...] = ()
        self._today = date.min

    def show(self, notes: tuple[ExchangeNote, ...], today: date) -> None:
        """Nothing moves where nothing has changed."""
        if (notes, today) != (self._notes, self._today):
            self.beginResetModel()
            self._notes, self._today = notes, today
            self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._notes)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(LogColumn)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(LogColumn):
            return None
        column = LogColumn(section)
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= LogColumn.SENT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            LogColumn.WHEN: self.tr("时间"),
            LogColumn.OUTCOME: self.tr("结果"),
            LogColumn.SENT: self.tr("上报"),
            LogColumn.RECEIVED: self.tr("收到"),
            LogColumn.UP: self.tr("上行"),
            LogColumn.DOWN: self.tr("下行"),
            LogColumn.SECONDS: self.tr("用时"),
        }[column]

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._notes):
            return None
        note, column = self._notes[index.row()], LogColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(note, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(note, column) or None
            case CellRole.MOOD if column is LogColumn.OUTCOME:
                return told.outcome(note).mood
            case CellRole.KEY:
                return note.started_ms
        return None

    def _text(self, note: ExchangeNote, column: LogColumn) -> str:
        failed = bool(note.outcome) and not note.round_trips
        match column:
            case LogColumn.WHEN:
                return words.moment(note.last_ms, self._today)
            case LogColumn.OUTCOME:
                return told.outcome(note).text
            case LogColumn.SENT:
                return "" if failed else self.tr("{n} 条").format(n=f"{note.sent:,}")
            case LogColumn.RECEIVED:
                return "" if failed else self.tr("{n} 条").format(n=f"{note.received:,}")
            case LogColumn.UP:
                return "" if failed else words.size(note.bytes_up)
            case LogColumn.DOWN:
                return "" if failed else words.size(note.bytes_down)
        return "" if failed else self.tr("{n} 秒").format(n=f"{note.seconds:.1f}")

    def _tip(self, note: ExchangeNote, column: LogColumn) -> str:
        if column is LogColumn.OUTCOME:
            return told.outcome(note).tip
        if column is LogColumn.WHEN and note.times > 1:
            return self.tr("从 {first} 到 {last}，共 {n} 次").format(
                first=words.moment(note.started_ms, self._today),
                last=words.moment(note.last_ms, self._today),
                n=note.times,
            )
        if column is LogColumn.SECONDS and not note.outcome and not note.by_packet:
            return self.tr("来回 {n} 次").format(n=note.round_trips)
        return ""
