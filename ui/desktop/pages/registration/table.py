"""The papers that lie on the table: ticked as they are handed over, and taken as the item asks or otherwise."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.items import Item
from app.usecases.materials import MaterialForm
from ui.desktop.pages.registration import materials
from ui.desktop.pages.registration.materials import Totals

Papers = tuple[MaterialForm, ...]


class Table(QObject):
    """Knows no widgets. `item` is the form's; `papers` and `put` too."""

    changed = Signal()

    def __init__(
        self,
        item: Callable[[], Item | None],
        papers: Callable[[], Papers],
        put: Callable[[Papers], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._item = item
        self._papers = papers
        self._put_in_form = put

    @property
    def totals(self) -> Totals:
        item = self._item()
        return materials.totals(item, self._papers()) if item else Totals(0, ())

    def taken(self, name: str) -> MaterialForm | None:
        return next((paper for paper in self._papers() if paper.name == name), None)

    def tick(self, name: str, given: bool) -> None:
        """A paper lies on the table, as the item ordinarily asks for it, or was taken away."""
        item = self._item()
        asked = item.material(name) if item else None
        if asked is not None and given and self.taken(name) is None:
            self._put((*self._papers(), materials.ordinary(asked)))
        elif not given:
            self._put(tuple(paper for paper in self._papers() if paper.name != name))

    def tick_needed(self) -> None:
        """Everything that everybody must bring is there."""
        for name in self.totals.missing:
            self.tick(name, True)

    def take_otherwise(self, name: str, **said: object) -> None:
        """A paper on the table was taken in another way than the item asks for."""
        self._put(
            tuple(
                msgspec.structs.replace(paper, **said) if paper.name == name else paper
                for paper in self._papers()
            )
        )

    def _put(self, papers: Papers) -> None:
        self._put_in_form(papers)
        self.changed.emit()
