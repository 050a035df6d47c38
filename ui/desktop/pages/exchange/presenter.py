"""同步 without widgets: the overview, looked at again with every exchange, and repairs that are settled."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import repairs
from ui.desktop.desk import Desk
from ui.desktop.exchanging import ExchangeState
from ui.desktop.look.mood import Mood
from ui.desktop.pages.exchange.overview import Overview, read_overview

_QUESTION = "exchange.overview"


class ExchangePresenter(QObject):
    """`seen` carries an Overview, `stands` the exchanger's ExchangeState."""

    seen = Signal(object)
    stands = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._overview: Overview | None = None
        self._state = desk.exchanger.state
        desk.exchanger.changed.connect(self._on_exchange)

    @property
    def state(self) -> ExchangeState:
        return self._state

    @property
    def overview(self) -> Overview | None:
        return self._overview

    def look(self) -> None:
        self._state = self._desk.exchanger.state
        self.stands.emit(self._state)
        self._desk.read(read_overview, self._on_overview, replaces=_QUESTION)

    def exchange(self) -> None:
        """A person asked for it; the page itself shows how it goes."""
        self._desk.exchanger.exchange_now()

    def stop(self) -> None:
        """What went up or came down stays; the rest follows next time."""
        self._desk.exchanger.interrupt()

    def settle(self, ref: Ref) -> None:
        """Somebody has seen to an entry without effect."""
        self._desk.act(partial(_settle, ref=ref), self._on_settled)

    def _on_overview(self, overview: Overview) -> None:
        self._overview = overview
        self.seen.emit(overview)

    def _on_settled(self, _: None) -> None:
        self._desk.say(Mood.GOOD, self.tr("已从清单里去掉。"))

    def _on_exchange(self, state: ExchangeState) -> None:
        ended = self._state.working and not state.working
        self._state = state
        self.stands.emit(state)
        if ended:
            self.look()


def _settle(store: Store, _by: OperatorCard, ref: Ref) -> None:
    repairs.settle(store, ref)
