"""The pages of one material as a strip, with what may be done to them while they are put together."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.desktop.scans.pile import Pile
from ui.desktop.widgets.page_strip import PageCard, PageStrip


class PileStrip(PageStrip):
    """Follows its pile; whoever shows it answers `opened`."""

    def __init__(self, pile: Pile, material: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._pile = pile
        self.material = material
        self.moved.connect(lambda at, to: pile.move(self.material, at, to))
        self.turned.connect(lambda at, degrees: pile.turn(self.material, at, degrees))
        self.removed.connect(lambda at: pile.remove(self.material, at))
        pile.changed.connect(self.look)
        pile.workshop.drawn.connect(self._on_drawn)
        self.look()

    def show_material(self, material: str, name: str) -> None:
        self.material = material
        self.set_name(name)
        self.look()

    def look(self) -> None:
        thumbnail = self._pile.workshop.thumbnail
        self.show_cards(
            [
                PageCard(key=sheet.digest, picture=thumbnail(sheet))
                for sheet in self._pile.of(self.material)
            ]
        )

    def _on_drawn(self, digest: object) -> None:
        if any(card.key == digest for card in self.cards):
            self.look()
