"""What 设置 asks of the store: the people here, and what this device is. No widgets."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.events import Role
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.store.store import Store
from app.usecases import operators, staff
from app.usecases.staff import Duty
from ui import wording
from ui.desktop.desk import Desk


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """`can_log_in`: they have a password on this computer."""

    card: OperatorCard
    can_log_in: bool


class SettingsPresenter(QObject):
    """`people_told` carries the list of Person; `centre_told` the address."""

    people_told = Signal(object)
    centre_told = Signal(str)
    added = Signal(object)
    """The OperatorCard."""
    password_given = Signal(object)
    """The OperatorCard whose password it is."""
    refused = Signal(object, str)
    """The DaibanError and its sentence."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    @property
    def is_head(self) -> bool:
        """Whether whoever sits here may add people and give passwords."""
        return Role.HEAD in self._desk.operator.roles

    def look(self) -> None:
        self._desk.read(_people, self.people_told.emit, replaces="settings people")
        self._desk.read(
            lambda store: store.identity.url, self.centre_told.emit, replaces="settings centre"
        )

    def add(self, name: str, role: Role, password: str, duty: Duty) -> None:
        """With what they do, if anything was said of it."""

        def added(store: Store, by: OperatorCard) -> OperatorCard:
            card = operators.add(store, name, role, by=by, password=password)
            return card if duty == Duty() else staff.change(store, card.name, by=by, duty=duty)

        self._act(added, self.added.emit)

    def give_password(self, card: OperatorCard, password: str) -> None:
        def give(store: Store, by: OperatorCard) -> OperatorCard:
            operators.give_password(store, card, password, by=by)
            return card

        self._act(give, self.password_given.emit)

    def _act(
        self,
        work: Callable[[Store, OperatorCard], OperatorCard],
        done: Callable[[OperatorCard], object],
    ) -> None:
        self._desk.act(work, done, self._on_refused)

    def _on_refused(self, error: DaibanError) -> None:
        self.refused.emit(error, wording.sentence_on_screen(error))


def _people(store: Store) -> list[Person]:
    can = set(operators.can_unlock(store.folder))
    return [Person(card=card, can_log_in=card.name in can) for card in operators.of_station(store)]
