"""What a guide is put together from: facts side by side, and sections of text that can be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from ui.desktop import look
from ui.desktop.look import Space, TextKind
from ui.desktop.pages.items.guide_words import Fact, Part, Section
from ui.desktop.widgets.rule import Rule
from ui.desktop.widgets.text import Text

_FACTS_IN_A_ROW = 4
_FACTS_IN_LITTLE_ROOM = 2
_ROOM_UNITS = 560


class SelectableText(Text):
    """Can be marked and copied with the mouse."""

    def __init__(self, text: str = "", kind: TextKind = TextKind.BODY) -> None:
        super().__init__(text, kind)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


class FactStrip(QWidget):
    """Four facts beside each other, or two and two."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = look.grid(Space.M, parent=self)
        self._shown: tuple[Sequence[Fact], int] | None = None

    def show_facts(self, facts: Sequence[Fact], width_px: int) -> None:
        roomy = width_px >= look.current().px(_ROOM_UNITS)
        in_row = _FACTS_IN_A_ROW if roomy else _FACTS_IN_LITTLE_ROOM
        if self._shown == (facts, in_row):
            return
        self._shown = facts, in_row
        cleared(self._grid)
        for at, fact in enumerate(facts):
            self._grid.addWidget(_fact(fact), at // in_row, at % in_row)
        for column in range(_FACTS_IN_A_ROW):
            self._grid.setColumnStretch(column, 1 if column < in_row else 0)


class SectionView(QWidget):
    """A heading, what stands under it, and perhaps a drawing between the two."""

    def __init__(self, section: Section, drawing: QWidget | None = None) -> None:
        super().__init__()
        self.part: Part = section.part
        column = look.column(Space.S, (0, Space.S, 0, 0), self)
        column.addWidget(Rule())
        column.addWidget(Text(section.heading, TextKind.SECTION))
        for line in section.lines:
            lines = look.column(Space.NONE)
            lines.addWidget(SelectableText(line.text))
            if line.detail:
                lines.addWidget(SelectableText(line.detail, TextKind.SECONDARY))
            column.addLayout(lines)
        if drawing is not None:
            column.addWidget(drawing)


def cleared(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        gone = item.widget()
        if gone is not None:
            gone.hide()
            gone.deleteLater()


def _fact(fact: Fact) -> QWidget:
    widget = QWidget()
    column = look.column(Space.NONE, parent=widget)
    column.addWidget(Text(fact.label, TextKind.SMALL))
    column.addWidget(SelectableText(fact.figure, TextKind.STRONG))
    if fact.note:
        column.addWidget(Text(fact.note, TextKind.SMALL))
    column.addStretch(1)
    return widget
