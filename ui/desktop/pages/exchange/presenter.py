"""同步 without widgets: the overview, looked at again with every exchange, packets, and repairs that are settled."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.regions import Tier
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store.drafts import Draft
from app.store.store import Store
from app.usecases import repairs, shared_numbers
from ui.desktop.desk import Desk
from ui.desktop.exchanging import ExchangeState
from ui.desktop.look.mood import Mood
from ui.desktop.pages.exchange import correction, packet_words
from ui.desktop.pages.exchange.overview import Overview, read_overview
from ui.desktop.pages.names import PageName

if TYPE_CHECKING:
    from sync.client.packets import Written
    from ui.packets import Brought

_QUESTION = "exchange.overview"
_FLEET_S = 60.0


class ExchangePresenter(QObject):
    """`seen` carries an Overview, `stands` the exchanger's ExchangeState, `packet_told` a PacketSaid.

    `fleet_failed` carries why the centre does not say how the stations are, or None.
    """

    seen = Signal(object)
    stands = Signal(object)
    packet_told = Signal(object)
    fleet_failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._overview: Overview | None = None
        self._state = desk.exchanger.state
        self._fleet_asked_s: float | None = None
        desk.exchanger.changed.connect(self._on_exchange)
        desk.exchanger.fleet_told.connect(self._on_fleet)

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

    def look_at_fleet(self) -> None:
        """Somebody sees the page: at a place with stations below it the centre is asked, once a minute."""
        if self._desk.station.tier is Tier.VILLAGE or self._desk.station.practice:
            return
        last = self._fleet_asked_s
        if last is None or time.monotonic() - last > _FLEET_S:
            self.ask_fleet()

    def ask_fleet(self) -> None:
        self._fleet_asked_s = time.monotonic()
        self._desk.exchanger.ask_fleet()

    def exchange(self) -> None:
        """A person asked for it; the page itself shows how it goes."""
        self._desk.exchanger.exchange_now()

    def stop(self) -> None:
        """What went up or came down stays; the rest follows next time."""
        self._desk.exchanger.interrupt()

    def settle(self, ref: Ref) -> None:
        """Somebody has seen to an entry without effect."""
        self._desk.act(partial(_settle, ref=ref), self._on_settled)

    def correct(self, ref: Ref) -> None:
        """A refused registration, with all that was filled in, on the page where one registers."""
        self._desk.act(partial(correction.draft_of, ref=ref), self._on_refilled)

    def withdraw(
        self,
        ref: Ref,
        reason: str,
        *,
        done: Callable[[], object],
        failed: Callable[[DaibanError], object],
    ) -> None:
        """What was refused is not pursued."""

        def on_done(_: None) -> None:
            done()
            self._desk.say(Mood.GOOD, self.tr("已撤回。"))

        self._desk.act(partial(_withdraw, ref=ref, reason=reason), on_done, failed)

    def put_aside(self, number: str) -> None:
        """Whoever held papers with a number that two cases bear has got new ones."""
        self._desk.act(partial(_put_aside, number=number), self._on_settled)

    # --- packets ----------------------------------------------------------------------------------

    def write_packet(self, folder: Path) -> None:
        """What waits, onto a stick."""
        self._desk.outside(partial(self._written, folder), self._on_written, self._on_packet_failed)

    def read_packets(self, folder: Path) -> None:
        """Every answer for this computer on a stick."""
        self._desk.outside(partial(self._brought, folder), self._on_brought, self._on_packet_failed)

    def _written(self, folder: Path) -> Written:
        from sync.client import packets

        return self._desk.exchanger.beside(
            lambda store, printer: packets.write_into(store, folder, printer)
        )

    def _brought(self, folder: Path) -> Brought:
        from ui.packets import read_from

        return self._desk.exchanger.beside(lambda store, _printer: read_from(store, folder))

    def _on_written(self, written: Written) -> None:
        self.packet_told.emit(packet_words.written(written))
        self.look()

    def _on_brought(self, brought: Brought) -> None:
        self.packet_told.emit(packet_words.brought(brought))
        self._desk.acted()
        self.look()

    def _on_packet_failed(self, error: DaibanError) -> None:
        self.packet_told.emit(packet_words.failed(error))

    # --- what others tell -------------------------------------------------------------------------

    def _on_overview(self, overview: Overview) -> None:
        self._overview = overview
        self.seen.emit(overview)

    def _on_fleet(self, error: DaibanError | None) -> None:
        self.fleet_failed.emit(error)
        if error is None:
            self.look()

    def _on_refilled(self, draft: Draft) -> None:
        self._desk.go(PageName.REGISTRATION, draft)

    def _on_settled(self, _: None) -> None:
        self._desk.say(Mood.GOOD, self.tr("已从清单里去掉。"))

    def _on_exchange(self, state: ExchangeState) -> None:
        ended = self._state.working and not state.working
        self._state = state
        self.stands.emit(state)
        if ended:
            self.look()


def _withdraw(store: Store, by: OperatorCard, ref: Ref, reason: str) -> None:
    repairs.withdraw(store, ref, reason, by=by)


def _put_aside(store: Store, _by: OperatorCard, number: str) -> None:
    shared_numbers.put_aside(store, number)


def _settle(store: Store, _by: OperatorCard, ref: Ref) -> None:
    repairs.settle(store, ref)
