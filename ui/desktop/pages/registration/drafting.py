"""The draft of the form that is being filled: kept by itself, found again after a power cut."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from functools import partial

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.staff import OperatorCard
from app.errors import UNREADABLE, DaibanError
from app.store.drafts import Draft
from app.store.store import Store
from app.usecases import drafts
from app.usecases.attachments import MaterialScans
from app.usecases.drafts import DraftGone
from app.usecases.parties import ApplicantForm
from app.usecases.registration import RegistrationForm
from ui.desktop.desk import Desk

KEPT_AFTER_MS = 1000
EMPTY = RegistrationForm(item="", applicant=ApplicantForm(name=""))
Scans = tuple[MaterialScans, ...]


class WithScans(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A draft that has pages of papers; one without is kept as the bare form."""

    form: RegistrationForm
    scans: Scans


class Slip:
    """The draft's number, once it has one. `spent`: the form has become a case.

    Only the store's queue reads and writes them, so two keepings never make two drafts,
    and a keeping that comes after the registration makes none.
    """

    def __init__(self, by: OperatorCard, n: int | None = None) -> None:
        self.by = by
        self.n = n
        self.spent = False

    def keep(self, store: Store, form: bytes, title: str, sheets: Collection[bytes] = ()) -> None:
        """`sheets`: digests of the pages that it names, so that their images stay."""
        if self.spent:
            return
        try:
            self.n = drafts.keep(store, self.by, form, title=title, n=self.n, sheets=sheets)
        except (
            DraftGone
        ):  # thrown away in the list meanwhile: what is on the page is still worth keeping
            self.n = drafts.keep(store, self.by, form, title=title, sheets=sheets)

    def tear(self, store: Store) -> None:
        if self.n is not None:
            drafts.discard(store, self.n)
            self.n = None


class Drafting(QObject):
    """Keeps what `state` says (form, scans, title) a second after the last change, and whenever it is told to."""

    listed = Signal()

    def __init__(
        self, desk: Desk, state: Callable[[], tuple[RegistrationForm, Scans, str]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._state = state
        self._kept: tuple[RegistrationForm, Scans] | None = (EMPTY, ())
        self.slip = Slip(desk.operator)
        self.all: list[Draft] = []
        self._timer = QTimer(self, singleShot=True, interval=KEPT_AFTER_MS)
        self._timer.timeout.connect(self.keep)

    @property
    def others(self) -> list[Draft]:
        """The operator's drafts, without the one on the page."""
        return [draft for draft in self.all if draft.n != self.slip.n]

    def touch(self) -> None:
        """Something was changed."""
        self._timer.start()

    def rest(self) -> None:
        """The form is about to be registered: nothing is kept meanwhile."""
        self._timer.stop()

    def keep(self) -> None:
        """Write what is on the page, if it is not what was written last."""
        self._timer.stop()
        form, scans, title = self._state()
        if (form, scans) == self._kept:
            return
        self._kept = (form, scans)
        if form == EMPTY and not scans:
            work: Callable[[Store], None] = self.slip.tear
        else:
            kept = WithScans(form=form, scans=scans) if scans else form
            sheets = {sheet.digest for one in scans for sheet in one.sheets}
            work = partial(
                self.slip.keep, form=msgspec.json.encode(kept), title=title, sheets=sheets
            )
        self._desk.read(work, self._on_kept, partial(self._on_not_kept, self.slip))

    def begin(
        self, form: RegistrationForm = EMPTY, n: int | None = None, scans: Scans = ()
    ) -> None:
        """Another form is on the page now: a new one, or the draft of that number."""
        self._timer.stop()
        self.slip = Slip(self._desk.operator, n)
        self._kept = (form, scans)
        self.look()

    def look(self) -> None:
        by = self._desk.operator
        self._desk.read(
            lambda store: drafts.of_operator(store, by),
            self._on_listed,
            replaces="registration.drafts",
        )

    def discard(self, draft: Draft) -> None:
        self._desk.read(lambda store: drafts.discard(store, draft.n), self._on_kept)

    def _on_kept(self, _: object) -> None:
        self.look()

    def _on_not_kept(self, slip: Slip, error: DaibanError) -> None:
        """The disk is full, or somebody holds the store: the next keeping tries again."""
        if slip is self.slip:
            self._kept = None
        self._desk.complain(error)

    def _on_listed(self, found: list[Draft]) -> None:
        self.all = found
        self.listed.emit()


def read_draft(draft: Draft) -> RegistrationForm:
    """The form as it was kept; an empty one if a newer program kept it in a way of its own."""
    return _read(draft)[0]


def read_scans(draft: Draft) -> Scans:
    """The pages that were kept with it."""
    return _read(draft)[1]


def _read(draft: Draft) -> tuple[RegistrationForm, Scans]:
    with suppress(*UNREADABLE):
        kept = msgspec.json.decode(draft.form, type=WithScans)
        return kept.form, kept.scans
    with suppress(*UNREADABLE):
        return msgspec.json.decode(draft.form, type=RegistrationForm), ()
    return EMPTY, ()
