"""The people beside the applicant: guardian, beneficiary, household, attorney, collector."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.events import IdKind, PartyKind, PartyRole
from app.domain.identity import normal_digits
from app.domain.names import plain
from app.usecases import applicants
from app.usecases.applicants import KnownApplicant
from app.usecases.parties import PartyForm
from ui.desktop.desk import Desk
from ui.desktop.pages.registration import checks

ROLES = (
    PartyRole.GUARDIAN,
    PartyRole.BENEFICIARY,
    PartyRole.MEMBER,
    PartyRole.ATTORNEY,
    PartyRole.COLLECTOR,
)
"""Whom the counter adds; the agent is whoever registers."""


class Others(QObject):
    """Knows no widgets. `all` and `put` are the form's. `counted`: there is one more or fewer, or another form.

    `found`: whom a text in the name of one of them may mean; `filled`: one of them was somebody known.
    """

    counted = Signal()
    found = Signal(int, object)
    filled = Signal(int)

    def __init__(
        self,
        desk: Desk,
        parties: Callable[[], tuple[PartyForm, ...]],
        put: Callable[[tuple[PartyForm, ...]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parties = parties
        self._put = put

    @property
    def all(self) -> tuple[PartyForm, ...]:
        return self._parties()

    def add(self, role: PartyRole = ROLES[0]) -> None:
        self._put((*self.all, PartyForm(name="", role=role)))
        self.counted.emit()

    def change(self, at: int, **said: object) -> None:
        """Fields of the one at this place."""
        parties = list(self.all)
        parties[at] = msgspec.structs.replace(parties[at], **said)
        self._put(tuple(parties))

    def remove(self, at: int) -> None:
        self._put((*self.all[:at], *self.all[at + 1 :]))
        self.counted.emit()

    def look_for(self, at: int, text: str) -> None:
        if not plain(text):
            self.found.emit(at, [])
            return
        self._desk.read(
            lambda store: applicants.known(store, text),
            partial(self.found.emit, at),
            replaces=f"registration.other.{at}",
        )

    def take(self, at: int, known: KnownApplicant) -> None:
        """Fill in somebody who was here before."""
        self.change(
            at,
            kind=known.kind,
            id_kind=known.id_kind,
            name=known.name,
            id_number=checks.tidy_number(known.id_kind, known.id_number),
            phone=checks.grouped_phone(known.phone),
            address=known.address,
        )
        self.filled.emit(at)

    def take_number(self, at: int, typed: str) -> None:
        """A scanner typed somebody's whole number: the person comes along if they are known."""
        number = checks.grouped_number(typed)
        self.change(at, name="", kind=PartyKind.PERSON, id_kind=IdKind.RESIDENT, id_number=number)
        bare = normal_digits(typed)
        self._desk.read(
            lambda store: applicants.known(store, bare, limit=1),
            partial(self._on_owner, at, bare),
            replaces=f"registration.other.{at}",
        )

    def _on_owner(self, at: int, number: str, found: list[KnownApplicant]) -> None:
        if at >= len(self.all) or normal_digits(self.all[at].id_number) != number:
            return
        owner = next((one for one in found if one.id_number == number), None)
        if owner is not None and not plain(self.all[at].name):
            self.take(at, owner)


def filled_in(parties: tuple[PartyForm, ...]) -> tuple[PartyForm, ...]:
    """Without those of whom nothing was filled in but what they are."""
    return tuple(one for one in parties if one != PartyForm(name="", role=one.role))
