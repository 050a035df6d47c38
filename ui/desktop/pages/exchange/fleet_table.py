"""The stations as a table, with what somebody types to find one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.domain.station_health import Care, Judged
from ui import fleet_words
from ui.desktop import words
from ui.desktop.look.mood import Mood
from ui.desktop.widgets.cells import CellRole

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
MOODS: Final = {Care.FINE: Mood.GOOD, Care.WATCH: Mood.WARN, Care.ACT: Mood.BAD}


class FleetColumn(IntEnum):
    STATION = 0
    CARE = 1
    SAID = 2
    BACKLOG = 3
    VERSION = 4
    CLOCK = 5
    DISK = 6
    PRINTER = 7


_FIGURES: Final = (FleetColumn.BACKLOG, FleetColumn.DISK)


class FleetTable(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._every: tuple[Judged, ...] = ()
        self._shown: Sequence[Judged] = ()
        self._asked = ""
        self._poorly = False
        self._today = date.min

    def show(self, every: tuple[Judged, ...], today: date) -> None:
        """Nothing moves where nothing has changed."""
        if (every, today) != (self._every, self._today):
            self._every, self._today = every, today
            self._choose()

    def narrow(self, asked: str, *, poorly: bool) -> None:
        """Only those whose name, region or number holds what is asked; `poorly`: that need somebody."""
        if (asked, poorly) != (self._asked, self._poorly):
            self._asked, self._poorly = asked, poorly
            self._choose()

    def _choose(self) -> None:
        self.beginResetModel()
        self._shown = [
            one
            for one in self._every
            if fleet_words.fits(one.health, self._asked)
            and not (self._poorly and one.care is Care.FINE)
        ]
        self.endResetModel()

    def station(self, row: int) -> Judged | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(FleetColumn)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(FleetColumn):
            return None
        column = FleetColumn(section)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _FIGURES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            FleetColumn.STATION: self.tr("站点"),
            FleetColumn.CARE: self.tr("情况"),
            FleetColumn.SAID: self.tr("什么事"),
            FleetColumn.BACKLOG: self.tr("积压"),
            FleetColumn.VERSION: self.tr("版本"),
            FleetColumn.CLOCK: self.tr("时钟"),
            FleetColumn.DISK: self.tr("磁盘"),
            FleetColumn.PRINTER: self.tr("打印机"),
        }[column]

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.station(index.row()) if index.isValid() else None
        if one is None or index.column() >= len(FleetColumn):
            return None
        column = FleetColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(one, column)
            case Qt.ItemDataRole.ToolTipRole:
                return fleet_words.remarks(one)
            case CellRole.DETAIL if column is FleetColumn.STATION:
                return self._contact(one)
            case CellRole.DETAIL if column is FleetColumn.SAID and len(one.remarks) > 1:
                return "，".join(map(fleet_words.remark, one.remarks[1:]))
            case CellRole.MOOD if column is FleetColumn.CARE:
                return MOODS[one.care]
            case CellRole.KEY:
                return one.health.device
        return None

    def _text(self, one: Judged, column: FleetColumn) -> str:
        health = one.health
        match column:
            case FleetColumn.STATION:
                return health.station
            case FleetColumn.CARE:
                return one.care.label
            case FleetColumn.SAID:
                return fleet_words.remark(one.remarks[0]) if one.remarks else ""
            case FleetColumn.BACKLOG:
                return "—" if health.backlog is None else f"{health.backlog:,}"
            case FleetColumn.VERSION:
                return health.version or "—"
            case FleetColumn.CLOCK:
                return fleet_words.clock(health.clock_off_s)
            case FleetColumn.DISK:
                return fleet_words.disk(health.disk_free_mb)
        return fleet_words.printer(health.printer).partition("，")[0]

    def _contact(self, one: Judged) -> str:
        at_ms = one.health.contact_ms
        when = self.tr("还没有联系过") if at_ms is None else words.moment(at_ms, self._today)
        return f"{one.health.slot} · {when}"
