"""One visit with several requests: what was registered so far, and what of it the next one need not ask for again."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.attachments import NO_MATERIAL, Sheet
from app.domain.case import Case
from app.domain.events import Party
from app.domain.identity import normal_digits
from app.domain.items import Item
from app.domain.names import plain_name
from app.domain.papers import PaperKind
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import lookup
from app.usecases.attachments import MaterialScans
from app.usecases.materials import MaterialForm
from app.usecases.paper_facts import cases_of_visit
from app.usecases.parties import ApplicantForm
from app.usecases.registration import RegistrationForm
from ui.desktop.desk import Desk
from ui.desktop.pages.registration import materials
from ui.desktop.pages.registration.drafting import EMPTY

_OF_THE_HOUSEHOLD = ("户口簿", "户主", "家庭成员")
"""Papers that are the same for everybody who lives there."""


class VisitCase(msgspec.Struct, frozen=True, kw_only=True):
    """A request of the visit. `papers` are the names of what was taken, `scans` their pages."""

    subject: Ref
    local_number: str
    who: Party
    item: str
    papers: tuple[str, ...]
    scans: tuple[MaterialScans, ...] = ()


class VisitSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """In the order of registering; `printed`: the combined receipt says all of it."""

    cases: tuple[VisitCase, ...] = ()
    printed: bool = False

    @property
    def several(self) -> bool:
        return len(self.cases) > 1

    def papers_for(self, item: Item, applicant: ApplicantForm) -> tuple[MaterialForm, ...]:
        """What the item asks for and was handed over already: by the same person, or for the whole household."""
        there = {
            name for case in self.cases for name in case.papers if _serves(case, name, applicant)
        }
        return tuple(materials.ordinary(asked) for asked in item.materials if asked.name in there)

    def scans_for(self, item: Item, applicant: ApplicantForm) -> tuple[MaterialScans, ...]:
        """The pages of what was handed over already and is asked for again: their images are here, and count once."""
        asked = {one.name for one in item.materials}
        found: dict[str, MaterialScans] = {}
        for case in self.cases:
            for scans in case.scans:
                name = scans.material
                if name in asked and name not in found and _serves(case, name, applicant):
                    found[name] = scans
        return tuple(found.values())


class Visit(QObject):
    """Knows no widgets. `changed`: another case, or another visit."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.number = ""
        self.so_far = VisitSoFar()

    def look(self, number: str) -> None:
        """The visit to which the case of this number belongs; none if there is no number."""
        if number != self.number:
            self.number, self.so_far = number, VisitSoFar()
            self.changed.emit()
        if number:
            self._desk.read(
                lambda store: (number, so_far(store, number)),
                self._on_read,
                replaces="registration.visit",
            )

    def _on_read(self, told: tuple[str, VisitSoFar]) -> None:
        number, found = told
        if number == self.number and found != self.so_far:
            self.so_far = found
            self.changed.emit()


def so_far(store: Store, number: str) -> VisitSoFar:
    """Read from the cases themselves, so that a visit goes on after a power cut. Raises UnknownNumber."""
    case = lookup.case_of(store, lookup.by_number(store, number))
    cases = cases_of_visit(store, case)
    combined = PaperKind.VISIT_RECEIPT
    return VisitSoFar(
        cases=tuple(_told(store, one) for one in cases),
        printed=any(paper.paper == combined for paper in cases[-1].papers) if cases else False,
    )


def of_the_same(form: RegistrationForm, number: str) -> RegistrationForm:
    """The next request of whoever is at the counter: the people stay, and what was agreed with them."""
    return msgspec.structs.replace(
        EMPTY, applicant=form.applicant, parties=form.parties, told=form.told, green=form.green,
        staff_relative=form.staff_relative, signing=form.signing, visit=number,
    )  # fmt: skip


def of_the_household(form: RegistrationForm, number: str) -> RegistrationForm:
    """Somebody else lives at the same address."""
    applicant = ApplicantForm(name="", address=form.applicant.address)
    return msgspec.structs.replace(EMPTY, applicant=applicant, visit=number)


def _told(store: Store, case: Case) -> VisitCase:
    item = store.publications.item(case.item, case.item_version)
    return VisitCase(
        subject=case.subject,
        local_number=case.local_number.text,
        who=case.applicant,
        item=item.name,
        papers=tuple(item.materials[taken.index].name for taken in case.materials),
        scans=_scans(case, item),
    )


def _scans(case: Case, item: Item) -> tuple[MaterialScans, ...]:
    found: dict[str, list[Sheet]] = {}
    for one in case.attachments:
        if one.removed is None and one.material != NO_MATERIAL:
            found.setdefault(item.materials[one.material].name, []).extend(one.sheets)
    return tuple(MaterialScans(material=name, sheets=tuple(held)) for name, held in found.items())


def _serves(case: VisitCase, paper: str, applicant: ApplicantForm) -> bool:
    same = plain_name(applicant.name) == case.who.name and (
        normal_digits(applicant.id_number) == normal_digits(case.who.id_number)
    )
    return same or any(word in paper for word in _OF_THE_HOUSEHOLD)
