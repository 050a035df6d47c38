"""The list of cases: fetched in pages as it is scrolled, looked at again without losing one's place."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
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
from app.journal.refs import Ref
from app.usecases.lookup import CaseFilter, Place
from ui.desktop import case_words, words
from ui.desktop.desk import Desk
from ui.desktop.jobs import Job
from ui.desktop.look.mood import Mood
from ui.desktop.models import case_marks
from ui.desktop.models.case_lines import CaseLine, LinePage, read_page
from ui.desktop.widgets.table_view import CellRole

PAGE_ROWS: Final = 100
REFRESH_ROWS: Final = 400
"""A long list is read again in pieces of so many, so that others get their turn between."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class CaseColumn(StrEnum):
    APPLICANT = "applicant"
    ITEM = "item"
    STATE = "state"
    LIMIT = "limit"
    WHERE = "where"
    RECEIVED = "received"
    NUMBER = "number"


class _Reading(msgspec.Struct, kw_only=True):
    """A look that is under way: what has come of it, until `target` rows or the end."""

    wanted: CaseFilter
    target: int
    lines: list[CaseLine] = []


class CaseTable(QAbstractTableModel):
    """`loaded` after each answer; `failed` is left to the desk."""

    loaded = Signal()

    def __init__(
        self, desk: Desk, columns: Sequence[CaseColumn], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._columns = tuple(columns)
        self._wanted = CaseFilter()
        self._lines: list[CaseLine] = []
        self._next: Place | None = None
        self._job: Job | None = None
        self._asked = False

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def wanted(self) -> CaseFilter:
        return self._wanted

    @property
    def is_loading(self) -> bool:
        return self._job is not None

    @property
    def was_loaded(self) -> bool:
        """Whether an answer has ever come: before, an empty list means nothing."""
        return self._asked and self._job is None

    def show(self, wanted: CaseFilter) -> None:
        """List other cases."""
        self._wanted = wanted
        self._read(_Reading(wanted=wanted, target=PAGE_ROWS))

    def refresh(self) -> None:
        """Look at the same rows again."""
        self._read(_Reading(wanted=self._wanted, target=max(PAGE_ROWS, len(self._lines))))

    def line(self, index: _Index) -> CaseLine | None:
        return self.line_at(index.row()) if index.isValid() else None

    def line_at(self, row: int) -> CaseLine | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, subject: Ref) -> int | None:
        """Where a case stands among the rows that have been fetched."""
        return next((row for row, line in enumerate(self._lines) if line.subject == subject), None)

    # --- reading ----------------------------------------------------------------------------------

    def _read(self, reading: _Reading, after: Place | None = None) -> None:
        if self._job is not None:
            self._job.cancel()
        self._asked = True
        limit = min(REFRESH_ROWS, reading.target - len(reading.lines))
        self._job = self._desk.read(
            partial(read_page, wanted=reading.wanted, after=after, limit=limit),
            partial(self._on_read, reading),
            self._on_failed,
        )

    def _on_read(self, reading: _Reading, page: LinePage) -> None:
        self._job = None
        reading.lines.extend(page.lines)
        if page.next is not None and len(reading.lines) < reading.target:
            self._read(reading, page.next)
            return
        self._next = page.next
        self._replace(reading.lines)
        self.loaded.emit()

    def _on_failed(self, error: DaibanError) -> None:
        self._job = None
        self._desk.complain(error)

    def _replace(self, lines: list[CaseLine]) -> None:
        """Rows that are the same cases in the same order are only told to be painted again."""
        before = [line.subject for line in self._lines]
        after = [line.subject for line in lines]
        if before != after:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
            return
        changed = [n for n, line in enumerate(lines) if line != self._lines[n]]
        self._lines = lines
        for row in changed:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))

    @override
    def canFetchMore(self, parent: _Index = _NOWHERE) -> bool:
        return not parent.isValid() and self._next is not None and self._job is None

    @override
    def fetchMore(self, parent: _Index = _NOWHERE) -> None:
        if not self.canFetchMore(parent):
            return
        self._job = self._desk.read(
            partial(read_page, wanted=self._wanted, after=self._next, limit=PAGE_ROWS),
            self._on_more,
            self._on_failed,
        )

    def _on_more(self, page: LinePage) -> None:
        self._job = None
        self._next = page.next
        # Somebody who registers meanwhile does not shift a list that is paged by key; still, no case stands twice.
        here = {line.subject for line in self._lines}
        new = [line for line in page.lines if line.subject not in here]
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
        return 0 if parent.isValid() else len(self._columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if not 0 <= section < len(self._columns):
            return None
        return self._title(self._columns[section])

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        if line is None or index.column() >= len(self._columns):
            return None
        column = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(line, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(line, column) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(line, column)
            case CellRole.KEY:
                return line.n
            case CellRole.DETAIL:
                return self._detail(line, column)
            case CellRole.SHORTER if column is CaseColumn.APPLICANT:
                return case_marks.shorter(case_marks.marks_of(line))
            case CellRole.MOOD:
                return _mood(line, column)
            case CellRole.ICON:
                return _icon(line, column)
        return None

    def _title(self, column: CaseColumn) -> str:
        return {
            CaseColumn.APPLICANT: self.tr("申请人"),
            CaseColumn.ITEM: self.tr("事项"),
            CaseColumn.STATE: self.tr("状态"),
            CaseColumn.LIMIT: self.tr("时限"),
            CaseColumn.WHERE: self.tr("在哪里"),
            CaseColumn.RECEIVED: self.tr("收件日"),
            CaseColumn.NUMBER: self.tr("编号"),
        }[column]

    def _text(self, line: CaseLine, column: CaseColumn) -> str:
        return {
            CaseColumn.APPLICANT: line.applicant,
            CaseColumn.ITEM: line.item,
            CaseColumn.STATE: line.state.label,
            CaseColumn.LIMIT: line.limit.text,
            CaseColumn.WHERE: line.where.label,
            CaseColumn.RECEIVED: words.short_day(line.received_on),
            CaseColumn.NUMBER: line.number,
        }[column]

    def _detail(self, line: CaseLine, column: CaseColumn) -> str | None:
        """The smaller second line."""
        if column is CaseColumn.ITEM:
            return line.village
        if column is CaseColumn.APPLICANT:
            return case_marks.whole(case_marks.marks_of(line)) or None
        return None

    def _tip(self, line: CaseLine, column: CaseColumn) -> str:
        match column:
            case CaseColumn.LIMIT:
                return line.limit.tip
            case CaseColumn.WHERE:
                return case_words.where_tip(line.where)
            case CaseColumn.RECEIVED:
                return words.day(line.received_on)
            case CaseColumn.NUMBER if line.other_number:
                return self.tr("办件编号 {official}，收件号 {local}").format(
                    official=line.number, local=line.other_number
                )
            case CaseColumn.APPLICANT:
                return self._detail(line, column) or ""
        return self._text(line, column)

    def _spoken(self, line: CaseLine, column: CaseColumn) -> str:
        text, detail = self._text(line, column), self._detail(line, column)
        title = self._title(column)
        return f"{title} {text}，{detail}" if detail else f"{title} {text}"


def _mood(line: CaseLine, column: CaseColumn) -> Mood | None:
    match column:
        case CaseColumn.STATE:
            return case_words.state_mood(line.state)
        case CaseColumn.LIMIT if line.limit.text:
            return line.limit.mood
        case CaseColumn.WHERE:
            return case_words.where_mood(line.where)
    return None


def _icon(line: CaseLine, column: CaseColumn) -> str | None:
    match column:
        case CaseColumn.STATE:
            return case_words.state_icon(line.state)
        case CaseColumn.LIMIT if line.limit.icon:
            return line.limit.icon
        case CaseColumn.WHERE:
            return case_words.where_icon(line.where)
    return None
