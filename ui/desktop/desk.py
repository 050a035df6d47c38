"""What every page shares: the queues, who is at the desk, this computer's set-up, and how pages reach each other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.regions import RegionCode, Tier
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.journal.refs import DeviceId
from app.store.store import Store
from app.usecases import operators
from ui import wording
from ui.desktop import preferences as kept
from ui.desktop.exchanging import Exchanger
from ui.desktop.jobs import Job, Jobs, WorkBroke
from ui.desktop.look.mood import Mood
from ui.desktop.pages.names import PageName
from ui.desktop.preferences import Preferences

_T = TypeVar("_T")


class StationFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Where this desk stands; it changes only when the device is enrolled again."""

    region: RegionCode
    name: str
    tier: Tier
    slot: str
    device: DeviceId
    practice: bool = False

    @classmethod
    def of(cls, store: Store) -> StationFacts:
        own = store.certificate
        return cls(
            region=store.region,
            name=own.station,
            tier=Tier(own.tier),
            slot=own.slot_text,
            device=store.device,
            practice=own.is_practice,
        )


class Destination(msgspec.Struct, frozen=True, kw_only=True):
    """A page to go to, and what it should show there."""

    page: PageName
    subject: object = None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    mood: Mood
    text: str


class Desk(QObject):
    """Made after login. `changed`: the store says something else than before, so pages look again."""

    changed = Signal()
    operator_changed = Signal()
    preferences_changed = Signal()
    destination_asked = Signal(object)
    said = Signal(object)
    locked = Signal()
    crossing_asked = Signal(object)
    """A `ui.desktop.practice.crossing`: into practice mode, or out of it."""

    def __init__(
        self,
        folder: Path,
        jobs: Jobs,
        station: StationFacts,
        operator: OperatorCard,
        exchanger: Exchanger,
        preferences: Preferences | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self.jobs = jobs
        self.station = station
        self.operator = operator
        self.exchanger = exchanger
        self.preferences = preferences or Preferences()
        exchanger.brought.connect(self._on_brought)

    # --- work -------------------------------------------------------------------------------------

    def read(
        self,
        work: Callable[[Store], _T],
        done: Callable[[_T], object],
        failed: Callable[[DaibanError], object] | None = None,
        *,
        replaces: str | None = None,
    ) -> Job:
        """Look something up. Whoever is asked again under the same `replaces` forgets the earlier question."""
        return self.jobs.store(work, done=done, failed=failed or self.complain, replaces=replaces)

    def act(
        self,
        work: Callable[[Store, OperatorCard], _T],
        done: Callable[[_T], object],
        failed: Callable[[DaibanError], object] | None = None,
    ) -> Job:
        """Write, as whoever is at the desk now; then every page looks again and the centre hears of it."""

        def told(outcome: _T) -> None:
            done(outcome)
            self.acted()

        return self.act_in_row(work, told, failed)

    def act_in_row(
        self,
        work: Callable[[Store, OperatorCard], _T],
        done: Callable[[_T], object],
        failed: Callable[[DaibanError], object] | None = None,
    ) -> Job:
        """One of many acts; whoever asks for them calls `acted` after the last."""
        by = self.operator
        return self.jobs.store(
            lambda store: work(store, _card_now(store, by)),
            done=done,
            failed=failed or self.complain,
        )

    def acted(self) -> None:
        """Every page looks again, and the centre hears of it."""
        self.changed.emit()
        self.exchanger.exchange_now()

    def outside(
        self,
        work: Callable[[], _T],
        done: Callable[[_T], object],
        failed: Callable[[DaibanError], object] | None = None,
        *,
        replaces: str | None = None,
    ) -> Job:
        """Network, printing, files."""
        return self.jobs.outside(work, done=done, failed=failed or self.complain, replaces=replaces)

    # --- telling ----------------------------------------------------------------------------------

    def say(self, mood: Mood, text: str) -> None:
        """One sentence that goes away by itself."""
        self.said.emit(Said(mood=mood, text=text))

    def complain(self, error: DaibanError) -> None:
        """A bug is told by a dialog of its own (`Jobs.broke`)."""
        if isinstance(error, WorkBroke):
            return
        self.say(Mood.BAD, wording.sentence_on_screen(error))

    def go(self, page: PageName, subject: object = None) -> None:
        self.destination_asked.emit(Destination(page=page, subject=subject))

    # --- who and how ------------------------------------------------------------------------------

    def seat(self, operator: OperatorCard) -> None:
        """Somebody else sits down."""
        self.operator = operator
        self.operator_changed.emit()

    def _on_brought(self) -> None:
        """An exchange brought something; it may have begun a new life, and then everybody's card has moved."""
        name = self.operator.name
        self.read(
            lambda store: operators.acting(store, name) if store.follow_life() else None,
            self._on_followed,
        )

    def _on_followed(self, moved: OperatorCard | None) -> None:
        if moved is not None:
            self.seat(moved)
        self.changed.emit()

    def prefer(self, **changed: object) -> None:
        """Change this computer's set-up; kept at once."""
        self.preferences = msgspec.structs.replace(self.preferences, **changed)
        self.preferences_changed.emit()
        self.outside(partial(kept.keep, self.folder, self.preferences), lambda _: None)


def _card_now(store: Store, by: OperatorCard) -> OperatorCard:
    """The card of whoever acts, which has moved if an exchange has begun a new life since they sat down."""
    return operators.acting(store, by.name) if store.follow_life() else by
