"""The lights of all open cases, read piece by piece, so that others get their turn between."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.lights import Light
from app.store.store import Store
from app.usecases import supervision
from app.usecases.supervision import Lights, LightsPiece, Which
from app.usecases.today import shown_today
from ui.desktop.desk import Desk


class LightsReading(QObject):
    """`told` carries the Lights when all of them have been read; who asks again begins anew."""

    told = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lights = dict.fromkeys(Light, 0)
        self._question = f"lights-{id(self)}"

    def look(self) -> None:
        self._lights = dict.fromkeys(Light, 0)
        self._read(0)

    def _read(self, after: int) -> None:
        self._desk.read(partial(_piece, after=after), self._on_piece, replaces=self._question)

    def _on_piece(self, piece: LightsPiece) -> None:
        for light, number in piece.lights.items():
            self._lights[light] += number
        if piece.next is not None:
            self._read(piece.next)
        else:
            self._desk.read(_cards, self._on_cards, replaces=self._question)

    def _on_cards(self, cards: dict[Which, int]) -> None:
        self.told.emit(Lights(lights=dict(self._lights), cards=cards))


def _piece(store: Store, after: int) -> LightsPiece:
    return supervision.lights_piece(store, shown_today(store), after)


def _cards(store: Store) -> dict[Which, int]:
    return supervision.card_counts(store, shown_today(store))
