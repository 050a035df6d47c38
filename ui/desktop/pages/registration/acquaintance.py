"""Whether the applicant was here before, or works here: found by what is typed, filled in, compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.events import PartyKind
from app.domain.identity import normal_digits
from app.domain.names import plain, plain_name
from app.usecases import applicants
from app.usecases.applicants import KnownApplicant
from app.usecases.parties import ApplicantForm
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.registration import checks, kin, remarks
from ui.desktop.pages.registration.checks import Finding, Place


class Acquaintance(QObject):
    """Knows no widgets. `applicant` and `fill` are the form's; `found`: whom a text may mean.

    `taken`: the form says who was known; `settled`: it is clear who this is, as far as it ever will be.
    `kin_found`: the name of somebody of the staff who has this name or telephone, or "".
    """

    found = Signal(object)
    taken = Signal()
    settled = Signal()
    judged = Signal(object, object)
    kin_found = Signal(str)

    def __init__(
        self,
        desk: Desk,
        applicant: Callable[[], ApplicantForm],
        fill: Callable[..., None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._applicant = applicant
        self._fill = fill
        self.today: date | None = None
        self.known: KnownApplicant | None = None

    def look_for(self, text: str) -> None:
        if not plain(text):
            self.found.emit([])
            return
        self._desk.read(
            lambda store: applicants.known(store, text),
            self.found.emit,
            replaces="registration.applicants",
        )

    def take(self, known: KnownApplicant) -> None:
        """Fill in somebody who was here before."""
        self.known = known
        self._fill(
            kind=known.kind,
            id_kind=known.id_kind,
            name=known.name,
            id_number=checks.tidy_number(known.id_kind, known.id_number),
            phone=checks.grouped_phone(known.phone),
            address=known.address,
            id_note="",
        )
        self.taken.emit()
        self._compare_names()
        self.judged.emit(Place.ID_NUMBER, checks.on_number(self._applicant(), self.today))
        self.look_for_kin()

    def take_number(self, typed: str) -> None:
        """A scanner typed a whole number somewhere: it belongs in its own field."""
        kind = checks.scanned_kind(typed) or PartyKind.PERSON
        self._fill(kind=kind, id_kind=None, id_number=checks.grouped_number(typed))

    def look_whose_number(self) -> None:
        """Whose the number is that was filled in: somebody who is known is filled in where no name stands yet."""
        number = normal_digits(self._applicant().id_number)
        if not number or (self.known is not None and self.known.id_number == number):
            self._settle()
            return
        self._desk.read(
            lambda store: applicants.known(store, number, limit=1),
            partial(self._on_owner, number),
            replaces="registration.owner",
        )

    def _on_owner(self, number: str, found: list[KnownApplicant]) -> None:
        if normal_digits(self._applicant().id_number) != number:
            return
        owner = next((one for one in found if one.id_number == number), None)
        if owner is not None and not plain(self._applicant().name):
            self.take(owner)
            return
        self.known = owner
        self._settle()

    def name_left(self) -> None:
        self._settle()
        self.look_for_kin()

    def _settle(self) -> None:
        self._compare_names()
        self.settled.emit()

    def _compare_names(self) -> None:
        """The number of somebody known under another name is pointed out: a slip, or a changed name."""
        known, applicant = self.known, self._applicant()
        if known is None or normal_digits(applicant.id_number) != normal_digits(known.id_number):
            self.judged.emit(Place.NAME, None)
        elif plain_name(applicant.name) == known.name:
            self.judged.emit(Place.NAME, Finding(Mood.INFO, remarks.here_before(known, self.today)))
        else:
            text = _tr("这个号码以前登记的是“{name}”，请核对；改过名的填在曾用名里")
            self.judged.emit(Place.NAME, Finding(Mood.WARN, text.format(name=known.name)))

    def look_for_kin(self) -> None:
        """Somebody of the staff, or of their house, asks for something: their colleagues should know."""
        applicant = self._applicant()
        if not plain(applicant.name):
            self.kin_found.emit("")
            return
        self._desk.read(
            lambda store: kin.staff_like(store, applicant.name, applicant.phone),
            self.kin_found.emit,
            replaces="registration.kin",
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("acquaintance", text)
