"""The register as a table: fetched in pages as it is scrolled, looked at again without losing one's place."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from functools import partial
from typing import Any, Final

import msgspec
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from app.errors import DaibanError
from app.store.paper_rows import PaperPlace
from ui.desktop import words
from ui.desktop.desk import Desk
from ui.desktop.jobs import Job
from ui.desktop.look.mood import Mood
from ui.desktop.pages.papers.lines import LinePage, PaperLine, PapersWanted, read_page
from ui.desktop.print_choice import receipt_kind
from ui.desktop.widgets.cells import CellRole

PAGE_ROWS: Final = 100
REFRESH_ROWS: Final = 400
"""A long list is read again in pieces of so many, so that others get their turn between."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class PaperColumn(IntEnum):
    PAPER = 0
    APPLICANT = 1
    ON = 2
    STATE = 3


class _Reading(msgspec.Struct, kw_only=True):
    """A look that is under way: what has come of it, until `target` rows or the end."""

    wanted: PapersWanted
    target: int
    lines: list[PaperLine] = []


class PaperTable(QAbstractTableModel):
    """`loaded` after each answer; a refusal is told at the desk."""

    loaded = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = PapersWanted()
        self._lines: list[PaperLine] = []
        self._next: PaperPlace | None = None
        self._job: Job | None = None
        self._year = 0

    @property
    def wanted(self) -> PapersWanted:
        return self._wanted

    @property
    def is_loading(self) -> bool:
        return self._job is not None

    def show(self, wanted: PapersWanted) -> None:
        """List other documents."""
        self._wanted = wanted
        self._read(_Reading(wanted=wanted, target=PAGE_ROWS))

    def refresh(self) -> None:
        """Look at the same rows again."""
        self._read(_Reading(wanted=self._wanted, target=max(PAGE_ROWS, len(self._lines))))

    def line(self, row: int) -> PaperLine | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    # --- reading ----------------------------------------------------------------------------------

    def _read(self, reading: _Reading, after: PaperPlace | None = None) -> None:
        if self._job is not None:
            self._job.cancel()
        limit = min(REFRESH_ROWS, reading.target - len(reading.lines))
        self._job = self._ask(reading.wanted, after, limit, partial(self._on_read, reading))

    def _ask(
        self,
        wanted: PapersWanted,
        after: PaperPlace | None,
        limit: int,
        done: Callable[[LinePage], object],
    ) -> Job:
        receipt = receipt_kind(self._desk.preferences)
        return self._desk.read(
            partial(read_page, wanted=wanted, receipt=receipt, after=after, limit=limit),
            done,
            self._on_failed,
        )

    def _on_read(self, reading: _Reading, page: LinePage) -> None:
        self._job = None
        reading.lines.extend(page.lines)
        if page.next is not None and len(reading.lines) < reading.target:
            self._read(reading, page.next)
            return
        self._next = page.next
        self._year = page.today.year
        self._replace(reading.lines)
        self.loaded.emit()

    def _on_failed(self, error: DaibanError) -> None:
        self._job = None
        self._desk.complain(error)

    def _replace(self, lines: list[PaperLine]) -> None:
        """Nothing moves where nothing has changed."""
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    @override
    def canFetchMore(self, parent: _Index = _NOWHERE) -> bool:
        return not parent.isValid() and self._next is not None and self._job is None

    @override
    def fetchMore(self, parent: _Index = _NOWHERE) -> None:
        if self.canFetchMore(parent):
            self._job = self._ask(self._wanted, self._next, PAGE_ROWS, self._on_more)

    def _on_more(self, page: LinePage) -> None:
        self._job = None
        self._next = page.next
        here = {line.key for line in self._lines}
        new = [line for line in page.lines if line.key not in here]
        if new:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._lines.extend(new)
            self.endInsertRows()
        self.loaded.emit()

    # --- as Qt asks -------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(PaperColumn)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = [self.tr("文书"), self.tr("申请人"), self.tr("日期"), self.tr("情况")]
        return titles[section] if 0 <= section < len(titles) else None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None or index.column() >= len(PaperColumn):
            return None
        column = PaperColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(line, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(line, column) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return "，".join(
                    filter(None, (self._text(line, column), self._detail(line, column)))
                )
            case CellRole.KEY:
                return line.key
            case CellRole.DETAIL:
                return self._detail(line, column) or None
            case CellRole.MOOD:
                return _mood(line) if column is PaperColumn.STATE else None
            case CellRole.ICON if column is PaperColumn.STATE and line.reprint and line.stands:
                return "copy"
        return None

    def _text(self, line: PaperLine, column: PaperColumn) -> str:
        match column:
            case PaperColumn.PAPER:
                return line.title
            case PaperColumn.APPLICANT:
                return line.applicant
            case PaperColumn.ON:
                return words.bare_day(line.on) if line.on else ""
        return self._state(line)

    def _detail(self, line: PaperLine, column: PaperColumn) -> str:
        """The smaller second line."""
        match column:
            case PaperColumn.PAPER:
                return line.number
            case PaperColumn.APPLICANT:
                return line.item
            case PaperColumn.ON if line.on is not None:
                if line.on.year == self._year:
                    return words.short_day(line.on).partition(" ")[2]
                return self.tr("{year}年").format(year=line.on.year)
        return ""

    def _state(self, line: PaperLine) -> str:
        if line.entry is None:
            return self.tr("可以打印")
        if not line.stands:
            return self.tr("没有生效")
        if line.reprint:
            return self.tr("补打第 {n} 次").format(n=line.reprint)
        return self.tr("原件")

    def _tip(self, line: PaperLine, column: PaperColumn) -> str:
        match column:
            case PaperColumn.ON if line.on is not None:
                by = self.tr("，{name}出具").format(name=line.operator) if line.operator else ""
                return words.day(line.on) + by
            case PaperColumn.APPLICANT:
                return self.tr("收件号 {number}").format(number=line.local_number)
            case PaperColumn.STATE if not line.stands:
                return self.tr("它依据的那一步没有生效，这份文书不作数")
        return ""


def _mood(line: PaperLine) -> Mood:
    if line.entry is None:
        return Mood.INFO
    if not line.stands:
        return Mood.BAD
    return Mood.PAUSED if line.reprint else Mood.PLAIN
