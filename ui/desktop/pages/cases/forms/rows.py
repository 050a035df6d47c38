"""Lines that are added one by one: originals, parts of a joint handling, defects."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look import Mood, Space
from ui.desktop.widgets.button import Button, ButtonKind, IconButton
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.reading_order import follow_layout
from ui.desktop.widgets.suggest_box import SuggestBox, Suggestion

_MOST_OFFERED = 10


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """`offers` are words that may be meant; `share` is how much of the width it has."""

    name: str
    title: str
    offers: tuple[str, ...] = ()
    default: str = ""
    share: int = 1


class Rows(QWidget):
    """Enter goes on to the next cell, from the last one onward `entered`. `stacked`: cells stand under each other."""

    entered = Signal()
    changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        add_text: str,
        *,
        stacked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._stacked = stacked
        self._lines: list[_Row] = []
        self._stack = look.column(Space.S)
        self.add_button = Button(add_text, icon="plus", kind=ButtonKind.QUIET)
        self.add_button.clicked.connect(lambda: self.add().cells[0].setFocus())
        below = look.row(Space.S)
        below.addWidget(self.add_button)
        below.addStretch(1)
        outer = look.column(Space.S, parent=self)
        outer.addLayout(self._stack)
        outer.addLayout(below)
        self.setFocusProxy(self.add_button)

    def add(self, values: dict[str, str] | None = None, key: object = None) -> _Row:
        """Another line; `key` is the caller's own name for it."""
        line = _Row(self._columns, values or {}, key, stacked=self._stacked, parent=self)
        line.removed.connect(partial(self._on_removed, line))
        line.entered.connect(partial(self._on_entered, line))
        self._lines.append(line)
        self._stack.addWidget(line)
        line.show()
        self._told_again()
        return line

    def take_away(self, key: object) -> None:
        """The line of that key, if there is one."""
        for line in [one for one in self._lines if one.key == key]:
            self._remove(line)

    def lines(self) -> list[_Row]:
        return list(self._lines)

    def values(self) -> list[dict[str, str]]:
        """What stands in each line; one that is empty altogether is none."""
        read = ({name: cell.text().strip() for name, cell in one.named()} for one in self._lines)
        return [one for one in read if any(one.values())]

    def set_mood(self, mood: Mood | None) -> None:
        """Tint what is empty and should not be."""
        for line in self._lines:
            first = line.cells[0]
            first.set_mood(mood if not first.text().strip() else None)

    def _on_entered(self, line: _Row) -> None:
        at = self._lines.index(line) + 1
        if at < len(self._lines):
            self._lines[at].cells[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()

    def _on_removed(self, line: _Row) -> None:
        self._remove(line)
        rest = self._lines[-1].cells[0] if self._lines else self.add_button
        rest.setFocus(Qt.FocusReason.TabFocusReason)

    def _remove(self, line: _Row) -> None:
        self._lines.remove(line)
        self._stack.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._told_again()

    def _told_again(self) -> None:
        self.setFocusProxy(self._lines[0].cells[0] if self._lines else self.add_button)
        if self.isVisible():
            follow_layout(self.window())
        self.changed.emit()


class _Row(QWidget):
    removed = Signal()
    entered = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        values: dict[str, str],
        key: object,
        *,
        stacked: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._columns = columns
        self.cells = [_cell(column) for column in columns]
        row = look.row(Space.S, parent=self)
        inner = look.column(Space.XS) if stacked else look.row(Space.S)
        for column, cell in zip(columns, self.cells, strict=True):
            cell.setText(values.get(column.name, column.default))
            inner.addWidget(cell, column.share)
        remove = IconButton("x", self.tr("删去这一行"))
        remove.clicked.connect(self.removed)
        row.addLayout(inner, 1)
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        for cell, after in zip(self.cells, self.cells[1:], strict=False):
            cell.entered.connect(partial(after.setFocus, Qt.FocusReason.TabFocusReason))
        self.cells[-1].entered.connect(self.entered)

    def named(self) -> list[tuple[str, LineEdit]]:
        return [(one.name, cell) for one, cell in zip(self._columns, self.cells, strict=True)]


def _cell(column: Column) -> LineEdit:
    if not column.offers:
        return LineEdit(column.title)
    box = SuggestBox(column.title)
    box.set_first_marked(False)
    offer_among(box, column.offers)
    return box


def offer_among(box: SuggestBox, offers: Sequence[str]) -> None:
    """What is typed is looked for among these words; whatever else is typed stands too."""

    def asked(text: str) -> None:
        typed = text.strip()
        found = [one for one in offers if typed in one][:_MOST_OFFERED]
        box.offer([Suggestion(title=one, value=one) for one in found])

    box.asked.connect(asked)
    box.chosen.connect(lambda value: box.setText(str(value)))
