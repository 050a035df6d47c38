"""Rows under each other that are one stop of the Tab key: arrows, Home and End go from one to the next."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.widgets.reading_order import join

_Row = TypeVar("_Row", bound=QWidget)


class WalkedRows(QWidget, Generic[_Row]):
    """Whoever draws the rows makes them (`_new_row`), and tells by `focus_came` when one has the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._at = 0
        self._stack = look.column(0, parent=self)

    def _new_row(self) -> _Row:
        raise NotImplementedError

    def _fit_count(self, count: int) -> None:
        """So many rows, before what stands last in the stack."""
        while len(self._rows) > count:
            gone = self._rows.pop()
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._rows) < count:
            row = self._new_row()
            join(self, row, self._rows[-1] if self._rows else None)
            self._rows.append(row)
            self._stack.insertWidget(self._stack.count() - 1, row)

    def focus_came(self, row: _Row) -> None:
        self._move_to(self._rows.index(row), focus=False)

    def _move_to(self, at: int, *, focus: bool) -> None:
        if not self._rows:
            self._at = 0
            return
        self._at = max(0, min(at, len(self._rows) - 1))
        for number, row in enumerate(self._rows):
            here = number == self._at
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._rows[self._at])
        if focus:
            self._rows[self._at].setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: self._at + 1,
            Qt.Key.Key_Up: self._at - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._rows) - 1,
        }
        if event.key() in steps and self._rows:
            self._move_to(steps[Qt.Key(event.key())], focus=True)
        else:
            super().keyPressEvent(event)
