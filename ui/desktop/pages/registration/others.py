"""The people beside the applicant: guardian, beneficiary, household, attorney, collector."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.events import PartyRole
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


def told(parties: tuple[PartyForm, ...]) -> tuple[PartyForm, ...]:
    """Without those of whom nothing was filled in but what they are."""
    return tuple(one for one in parties if one != PartyForm(name="", role=one.role))
