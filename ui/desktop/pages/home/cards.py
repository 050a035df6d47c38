"""The cards of counts, side by side, as many in a row as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look.tokens import Space
from ui.desktop.pages.home import task_words
from ui.desktop.pages.home.glance import CardFacts
from ui.desktop.widgets.count_card import CountCard

_LEAST_UNITS: Final = 140


class CountCards(QWidget):
    """`opened` carries the CardFacts that was pressed."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: list[CardFacts] = []
        self._cards: list[CountCard] = []
        self._in_a_row = 0
        self._grid = look.grid(Space.M, parent=self)

    def show_cards(self, cards: Sequence[CardFacts]) -> None:
        """Cards stay where they are while their kinds do, so the keyboard does not lose its place."""
        if [one.task for one in cards] != [one.task for one in self._facts]:
            self._make(cards)
        self._facts = list(cards)
        for card, facts in zip(self._cards, cards, strict=True):
            mood, note = task_words.card_note(facts)
            card.show_count(facts.count.total, note, mood)

    def _make(self, cards: Sequence[CardFacts]) -> None:
        for card in self._cards:
            self._grid.removeWidget(card)
            card.deleteLater()
        self._cards = [CountCard(task_words.card_label(facts), self) for facts in cards]
        for number, card in enumerate(self._cards):
            card.clicked.connect(lambda *_, number=number: self.opened.emit(self._facts[number]))
        self._in_a_row = 0
        self._arrange()

    def _arrange(self) -> None:
        room = self.width() // look.current().px(_LEAST_UNITS + Space.M)
        in_a_row = _even(len(self._cards), max(1, room))
        if in_a_row == self._in_a_row:
            return
        for column in range(self._in_a_row):
            self._grid.setColumnStretch(column, 0)
        self._in_a_row = in_a_row
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // in_a_row, number % in_a_row)
        for column in range(in_a_row):
            self._grid.setColumnStretch(column, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()


def _even(cards: int, most: int) -> int:
    """How many in a row so that the rows are as even as can be: four of which three fit go two and two."""
    rows = -(-cards // most)
    return -(-cards // max(1, rows)) or 1
