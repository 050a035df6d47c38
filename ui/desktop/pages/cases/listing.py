"""A list of cases that shows as many of its columns as it has room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size
from ui.desktop.models.cases import CaseColumn, CaseTable
from ui.desktop.widgets.table_view import CellKind, Column, TableView

APPLICANT_UNITS: Final = 96
"""Two of the marks that stand under a name have room in it, each with a word."""
_WIDTHS: Final = {
    CaseColumn.APPLICANT: APPLICANT_UNITS,
    CaseColumn.ITEM: 152,
    CaseColumn.LIMIT: 168,
    CaseColumn.STATE: 136,
    CaseColumn.WHERE: 104,
    CaseColumn.RECEIVED: 104,
    CaseColumn.NUMBER: 288,
}
"""In the order in which they are kept when it becomes narrow."""
_ALWAYS: Final = 3
_CHIPS: Final = (CaseColumn.STATE, CaseColumn.LIMIT)
_TWO_LINES: Final = (CaseColumn.APPLICANT, CaseColumn.ITEM)


class CaseListing(TableView):
    def __init__(
        self,
        model: CaseTable,
        columns: Sequence[CaseColumn],
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, parent=parent)
        self._all = tuple(columns)
        self._shown: frozenset[CaseColumn] = frozenset()
        self.setModel(model)
        self.set_row_units(Size.TWO_LINE_ROW)
        self._choose()

    @property
    def shown_columns(self) -> frozenset[CaseColumn]:
        return self._shown

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._choose()
        super().resizeEvent(event)

    def _choose(self) -> None:
        shown = _fitting(self._all, self.viewport().width() * 100 / look.current().scale_percent)
        if shown == self._shown:
            return
        self._shown = shown
        for number, column in enumerate(self._all):
            self.setColumnHidden(number, column not in shown)
        self.columns([_column(column, column in shown) for column in self._all])


def _fitting(columns: Sequence[CaseColumn], room_units: float) -> frozenset[CaseColumn]:
    """Who, what and until when always; the others while there is room."""
    wanted = [column for column in _WIDTHS if column in columns]
    shown, used = wanted[:_ALWAYS], sum(_WIDTHS[column] for column in wanted[:_ALWAYS])
    for column in wanted[_ALWAYS:]:
        used += _WIDTHS[column]
        if used > room_units:
            break
        shown.append(column)
    return frozenset(shown)


def _column(column: CaseColumn, shown: bool) -> Column:
    """The item takes what is left, a hidden column nothing."""
    kind = CellKind.TEXT
    if column in _CHIPS:
        kind = CellKind.CHIP
    elif column in _TWO_LINES:
        kind = CellKind.TWO_LINES
    return Column(
        width=_WIDTHS[column] if shown else 0,
        stretch=1 if column is CaseColumn.ITEM else 0,
        kind=kind,
    )
