"""What a guide is put together from: facts side by side, and sections of text that can be copied."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Space, TextKind
from ui.desktop.look.tokens import TYPES
from ui.desktop.pages.items.guide_words import Fact, GuideLine, Part, Section
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


class SectionText(SelectableText):
    """The lines of a section in one piece, so that they can be marked together and are laid out at once."""

    def __init__(self, lines: Sequence[GuideLine]) -> None:
        super().__init__()
        self._lines = tuple(lines)
        self.setTextFormat(Qt.TextFormat.RichText)
        self._fill()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fill()

    def _fill(self) -> None:
        now = look.current()
        small = now.px(TYPES[TextKind.SECONDARY].units)
        grey = f"color: {now.theme.secondary}; font-size: {small}px"
        gap = f"margin: 0 0 {now.px(Space.S)}px 0"
        told = []
        for line in self._lines:
            detail = f'<br><span style="{grey}">{escape(line.detail)}</span>' if line.detail else ""
            told.append(f'<p style="{gap}">{escape(line.text)}{detail}</p>')
        self.set_text("".join(told))


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
        column.addWidget(SectionText(section.lines))
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
