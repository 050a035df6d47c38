"""What happens on the page: the form as it stands, what is known about it, and its registration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.events import PartyKind
from app.domain.identity import normal_digits
from app.domain.items import Item, Mode
from app.domain.masking import mask_listed_name
from app.domain.names import plain, plain_name
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.store.drafts import Draft
from app.store.store import Store
from app.usecases import outlook, registration
from app.usecases.catalogue import Suggested
from app.usecases.outlook import Outlook
from app.usecases.registration import RegistrationForm
from app.usecases.today import shown_today
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.pages.registration import checks, others, repeating, visit
from ui.desktop.pages.registration.acquaintance import Acquaintance
from ui.desktop.pages.registration.checks import Fault, Place
from ui.desktop.pages.registration.drafting import EMPTY, Drafting, Scans, read_draft, read_scans
from ui.desktop.pages.registration.item_search import ItemSearch
from ui.desktop.pages.registration.others import Others
from ui.desktop.pages.registration.receipt import Receipt, registered_with
from ui.desktop.pages.registration.table import Table
from ui.desktop.pages.registration.visit import Visit
from ui.desktop.scans.incoming import Brought
from ui.desktop.scans.pile import Pile
from ui.desktop.scans.workshop import workshop_of


class RegistrationPresenter(QObject):
    """Knows no widgets.

    `shown_anew`: every field says something else now. `refused` names the field, if it is about one.
    """

    shown_anew = Signal()
    item_changed = Signal()
    outlook_changed = Signal()
    recognised = Signal()
    judged = Signal(object, object)
    alike_found = Signal(object)
    refused = Signal(object, str)
    registered = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.form = EMPTY
        self.item: Item | None = None
        self.outlook: Outlook | None = None
        self.today: date | None = None
        self.busy = False
        self.pile = Pile(workshop_of(desk), self)
        self.drafting = Drafting(desk, lambda: (self.form, self.pile.scans, self.title), self)
        self.pile.changed.connect(self._on_pages_changed)
        self.pile.settled.connect(self._on_pages_settled)
        self._submits = False
        self.visit = Visit(desk, self)
        self.search = ItemSearch(desk, self)
        self.search.judged.connect(self.judged)
        self.table = Table(
            lambda: self.item, lambda: self.form.materials,
            lambda papers: self.fill(materials=papers), self,
        )  # fmt: skip
        self.others = Others(
            desk, lambda: self.form.parties, lambda parties: self.fill(parties=parties), self
        )
        self.who = Acquaintance(desk, lambda: self.form.applicant, self.fill_applicant, self)
        self.who.judged.connect(self.judged)
        self.who.settled.connect(self._look_for_alike)
        self.who.taken.connect(self._on_taken)

    # --- what is on the page ----------------------------------------------------------------------

    @property
    def title(self) -> str:
        """What a draft is called in lists, which a queue may see."""
        applicant = self.form.applicant
        name = plain_name(applicant.name)
        shown = mask_listed_name(name) if applicant.kind is PartyKind.PERSON else name
        item = self.item.name if self.item else _tr("未选事项")
        return f"{shown or _tr('未填姓名')} · {item}"

    @property
    def mode(self) -> Mode | None:
        """As chosen, else as the item ordinarily has it at this station."""
        return self.form.mode or (self.outlook.mode if self.outlook else None)

    @property
    def is_empty(self) -> bool:
        return self.form == EMPTY and not self.pile.count

    def look_around(self) -> None:
        """The page is shown, or the store has changed: which day it is, and the drafts there are."""
        self.desk.read(shown_today, self._on_today, replaces="registration.today")
        self.drafting.look()
        self.visit.look(self.visit.number)
        self._ask_outlook()

    def _on_today(self, today: date) -> None:
        self.today = self.who.today = today

    # --- filling it -------------------------------------------------------------------------------

    def fill(self, **said: object) -> None:
        """Fields of the form itself."""
        before = self.form
        self.form = msgspec.structs.replace(self.form, **said)
        if (before.mode, before.received_on) != (self.form.mode, self.form.received_on):
            self._ask_outlook()
        self._touched(before)

    def fill_applicant(self, **said: object) -> None:
        """Fields of the applicant."""
        before = self.form
        applicant = msgspec.structs.replace(self.form.applicant, **said)
        self.form = msgspec.structs.replace(self.form, applicant=applicant)
        self._touched(before)

    def _touched(self, before: RegistrationForm) -> None:
        if before != self.form:
            self.drafting.touch()

    def leave(self, place: Place) -> None:
        """A field was left: say what there is to say about it."""
        applicant = self.form.applicant
        match place:
            case Place.ID_NUMBER:
                self.judged.emit(place, checks.on_number(applicant, self.today))
                self.who.look_whose_number()
            case Place.PHONE:
                self.judged.emit(place, checks.on_phone(applicant.phone))
                self._look_for_alike()
                self.who.look_for_kin()
            case Place.ADDRESS:
                self._look_for_alike()
            case Place.NAME if plain(applicant.name):
                self.who.name_left()

    # --- the item ---------------------------------------------------------------------------------

    def take(self, suggested: Suggested) -> bool:
        """An item was picked; False if it is not registered here, and why stands beside the field."""
        item = self.search.registered_here(suggested)
        if item is not None:
            self.take_item(item)
        return item is not None

    def take_named(self, name: str) -> None:
        """The item of this id or name, asked for from another page."""
        if self.form.item:
            self.start_anew()
        self.desk.read(
            lambda store: registration.item_asked(store, name, shown_today(store)),
            self.take_item,
            self._on_refused,
        )

    def take_item(self, item: Item) -> None:
        before, other = self.form, self.item is None or item.id != self.item.id
        self.item = item
        if other:
            self.outlook = None
            there = self.visit.so_far.papers_for(item, self.form.applicant)
            self.form = msgspec.structs.replace(
                self.form, item=item.id, mode=None, materials=there, mandate=False
            )
            self._fit_pages(item)
        self.judged.emit(Place.ITEM, None)
        self.item_changed.emit()
        self.table.changed.emit()
        self._ask_outlook()
        self._touched(before)

    def _ask_outlook(self) -> None:
        if not self.form.item:
            return
        self.desk.read(
            partial(_looked_ahead, form=self.form, by=self.desk.operator),
            self._on_outlook,
            self._on_refused,
            replaces="registration.outlook",
        )

    def _on_outlook(self, found: Outlook) -> None:
        if found.item.id != self.form.item:
            return
        if self.item != found.item:  # another version was in force on that day
            self.item = found.item
            asked = {material.name for material in found.item.materials}
            kept = tuple(paper for paper in self.form.materials if paper.name in asked)
            self.form = msgspec.structs.replace(self.form, materials=kept)
            self.item_changed.emit()
            self.table.changed.emit()
        self.outlook = found
        if found.mode is not Mode.PROXY and self.form.mandate:
            self.fill(mandate=False)
        self.outlook_changed.emit()
        self._look_for_alike()

    # --- pages of papers --------------------------------------------------------------------------

    def bring(self, material: str, brought: Sequence[Brought]) -> None:
        """Pages of a paper, which lies on the table then; "" for what belongs to none."""
        if brought and material:
            self.table.tick(material, True)
        self.pile.bring(material, brought)

    def _fit_pages(self, item: Item) -> None:
        """Another item: pages stay with the papers that it asks for too; a visit brings those it has already."""
        self.pile.fit(one.name for one in item.materials)
        self.pile.lay(self.visit.so_far.scans_for(item, self.form.applicant))

    def _on_pages_changed(self) -> None:
        if not self.busy:
            self.drafting.touch()

    def _on_pages_settled(self) -> None:
        """Registering was asked for while a page was still being read."""
        if self._submits:
            self._submits = False
            self.submit()

    # --- the applicant ----------------------------------------------------------------------------

    def _on_taken(self) -> None:
        self.shown_anew.emit()
        self._look_for_alike()
        self.recognised.emit()

    def take_number(self, typed: str) -> None:
        """A scanner typed a whole number somewhere: it belongs in its own field."""
        self.who.take_number(typed)
        self.shown_anew.emit()
        self.leave(Place.ID_NUMBER)

    def _look_for_alike(self) -> None:
        """The same or a similar person with the same item not long ago may be the same request."""
        applicant = self.form.applicant
        if not self.form.item or not (normal_digits(applicant.id_number) or plain(applicant.name)):
            self.alike_found.emit([])
            return
        self.desk.read(
            partial(repeating.look_for, form=self.form),
            self.alike_found.emit,
            replaces="registration.alike",
        )

    # --- drafts -----------------------------------------------------------------------------------

    def open_draft(self, draft: Draft) -> None:
        """Put a kept form on the page; what is there now is kept first."""
        if draft.n == self.drafting.slip.n:
            return  # it is here already, and perhaps further than the draft
        self.drafting.keep()
        form, scans = read_draft(draft), read_scans(draft)
        readable = form != EMPTY or scans  # what cannot be read is not written over either
        self._show(form, n=draft.n if readable else None, scans=scans)

    def start_anew(self) -> None:
        """An empty form; what is on the page is kept as a draft if there is anything in it."""
        self.drafting.keep()
        self._show(EMPTY)

    def start_another(self) -> None:
        """The next item of the person who is still at the counter."""
        self._go_on_with(visit.of_the_same(self.form, self.visit.number))

    def start_household(self) -> None:
        """Somebody else of the same household has come along."""
        self._go_on_with(visit.of_the_household(self.form, self.visit.number))

    def _go_on_with(self, form: RegistrationForm) -> None:
        """What is carried over is on no disk yet."""
        self._show(form)
        self.drafting.begin()
        self.drafting.touch()

    def end_visit(self) -> None:
        """Nothing more is asked for: what was only carried over goes, what was begun stays a request of its own."""
        if self.form.item:
            self.fill(visit="")
            self.visit.look("")
        else:
            self.clear()

    def clear(self) -> None:
        """Throw away what is on the page."""
        slip = self.drafting.slip
        self.desk.read(slip.tear, lambda _: self.drafting.look())
        self._show(EMPTY)

    def _show(self, form: RegistrationForm, n: int | None = None, scans: Scans = ()) -> None:
        self.form, self.item, self.outlook, self.who.known = form, None, None, None
        self._submits = False
        self.drafting.begin(form, n, scans)
        self.pile.put(scans)
        self.visit.look(form.visit)
        self.alike_found.emit([])
        self.who.kin_found.emit("")
        self.item_changed.emit()
        self.table.changed.emit()
        self.outlook_changed.emit()
        self.shown_anew.emit()
        self.others.counted.emit()
        self._ask_outlook()
        self.leave(Place.ID_NUMBER)
        self.leave(Place.PHONE)

    # --- registering ------------------------------------------------------------------------------

    def submit(self) -> None:
        """Register; what is wrong is said at the first field at fault, and nothing is written then."""
        if self.busy:
            return
        if self.pile.waiting:  # a moment
            self._submits = True
            return
        fault: Fault | None = next(
            checks.faults(self.form, self.today, handler=self.desk.operator.name), None
        )
        if fault is not None:
            self.refused.emit(fault.place, fault.text)
            return
        self.busy = True
        self.drafting.rest()
        form = msgspec.structs.replace(
            self.form, mode=self.mode, parties=others.filled_in(self.form.parties)
        )
        self.desk.act(
            partial(registered_with, form=form, slip=self.drafting.slip, scans=self.pile.scans),
            self._on_registered,
            self._on_not_registered,
        )

    def _on_registered(self, receipt: Receipt) -> None:
        self.busy = False
        self.drafting.begin(self.form, scans=self.pile.scans)
        self.visit.look(self.form.visit or receipt.local_number)
        self.registered.emit(receipt)

    def _on_not_registered(self, error: DaibanError) -> None:
        self.busy = False
        self.drafting.touch()
        self._on_refused(error)

    def _on_refused(self, error: DaibanError) -> None:
        self.refused.emit(checks.place_of(error), wording.sentence_on_screen(error))


def _looked_ahead(store: Store, *, form: RegistrationForm, by: OperatorCard) -> Outlook:
    on = form.received_on or shown_today(store)
    item = registration.item_asked(store, form.item, on)
    return outlook.expected(store, item, mode=form.mode, on=on, by=by)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RegistrationPresenter", text)
