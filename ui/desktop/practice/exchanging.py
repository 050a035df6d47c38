"""Where the exchange would be: nothing leaves a practice store, and nothing comes into it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from typing_extensions import override

from app.store import opening
from app.store.store import Store
from ui.desktop.exchanging import Exchanger, ExchangeState, Reach


def exchanger_of(
    store: Store, printer: Callable[[], str] = str, parent: QObject | None = None
) -> Exchanger:
    """That of a desk. A real one's has a connection of its own, from its own thread; `store` is not used."""
    if store.certificate.is_practice:
        return NoExchange(parent)
    return Exchanger(lambda: opening.beside(store), printer, parent)


class NoExchange(Exchanger):
    """Has no thread, no line and no store; its state never changes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_no_store, parent=parent)
        self.state = ExchangeState(reach=Reach.PRACTICE)

    @override
    def start(self) -> None:
        """Nothing begins."""

    @override
    def exchange_now(self) -> None:
        """Nobody is rung for."""

    @override
    def listen_to_network(self) -> None:
        """It is of no matter."""


def _no_store() -> Store:
    raise AssertionError("nobody exchanges in practice")
