"""What 设置 asks of the store about posts, deputies and written authorisations. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.events import ApproverAuthorised, OperatorAway, Role
from app.domain.staff import Notice, OperatorCard
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import catalogue, staff
from app.usecases.catalogue import Suggested
from app.usecases.staff import Duty
from app.usecases.today import shown_today
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.models.case_lines import item_name


class AwayLine(msgspec.Struct, frozen=True, kw_only=True):
    """`in_force`: today is one of its days. `alone`: the deputy is away too, and nobody stands in."""

    notice: Notice[OperatorAway]
    name: str
    deputy: str
    in_force: bool
    alone: bool


class AuthorisationLine(msgspec.Struct, frozen=True, kw_only=True):
    """`items` are their names; none means all that this station decides."""

    notice: Notice[ApproverAuthorised]
    name: str
    items: tuple[str, ...]
    in_force: bool


class Arrangements(msgspec.Struct, frozen=True, kw_only=True):
    today: date
    people: tuple[OperatorCard, ...]
    absences: tuple[AwayLine, ...]
    authorisations: tuple[AuthorisationLine, ...]


class ArrangementsPresenter(QObject):
    """`told` carries Arrangements; `done` names the act; `refused` the DaibanError and its sentence."""

    told = Signal(object)
    found = Signal(str, object)
    """The text that was asked, and a list of Suggested items."""
    done = Signal(str)
    refused = Signal(object, str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    @property
    def is_head(self) -> bool:
        return Role.HEAD in self._desk.operator.roles

    @property
    def own(self) -> Ref:
        return self._desk.operator.ref

    def look(self) -> None:
        self._desk.read(_arrangements, self.told.emit, replaces="settings arrangements")

    def search(self, text: str) -> None:
        """Items that a text may mean."""

        def found(store: Store) -> list[Suggested]:
            many = catalogue.suggested(store, text, shown_today(store))
            return [one for one in many if one.item is not None]

        self._desk.read(found, lambda many: self.found.emit(text, many), replaces="settings items")

    # --- acts -------------------------------------------------------------------------------------

    def change(self, name: str, roles: tuple[Role, ...], duty: Duty) -> None:
        self._act(
            "change", lambda store, by: staff.change(store, name, by=by, roles=roles, duty=duty)
        )

    def leave(self, name: str) -> None:
        """Write that somebody works here no more."""
        self._act("leave", lambda store, by: staff.change(store, name, by=by, left=True))

    def away(self, name: str, deputy: str, since: date, until: date, note: str) -> None:
        self._act(
            "away",
            lambda store, by: staff.away(store, name, deputy, since, until, by=by, note=note),
        )

    def back(self, notice: Notice[OperatorAway]) -> None:
        self._act("back", lambda store, by: staff.back(store, notice, by=by))

    def authorise(
        self, name: str, items: tuple[str, ...], since: date, until: date, document: str
    ) -> None:
        self._act(
            "authorise",
            lambda store, by: staff.authorise(
                store, name, items, since, until, by=by, document=document
            ),
        )

    def withdraw(self, notice: Notice[ApproverAuthorised]) -> None:
        self._act("withdraw", lambda store, by: staff.withdraw(store, notice, by=by))

    def _act(self, name: str, work: Callable[[Store, OperatorCard], object]) -> None:
        self._desk.act(work, lambda _: self.done.emit(name), self._on_refused)

    def _on_refused(self, error: DaibanError) -> None:
        self.refused.emit(error, wording.sentence_on_screen(error))


def _arrangements(store: Store) -> Arrangements:
    today = shown_today(store)
    return Arrangements(
        today=today,
        people=tuple(staff.working(store)),
        absences=tuple(_away(store, one, today) for one in staff.absences(store)),
        authorisations=tuple(_authorised(store, one, today) for one in staff.authorisations(store)),
    )


def _away(store: Store, notice: Notice[OperatorAway], today: date) -> AwayLine:
    told = notice.told
    return AwayLine(
        notice=notice,
        name=_name(store, told.operator),
        deputy=_name(store, told.deputy),
        in_force=told.since <= today <= told.until,
        alone=notice in staff.left_alone(store),
    )


def _authorised(store: Store, notice: Notice[ApproverAuthorised], today: date) -> AuthorisationLine:
    told, publications = notice.told, store.publications
    newest = {
        one: publications.items[one][-1].version for one in told.items if one in publications.items
    }
    return AuthorisationLine(
        notice=notice,
        name=_name(store, told.operator),
        items=tuple(item_name(publications, one, newest.get(one, 0)) for one in told.items),
        in_force=told.since <= today <= told.until,
    )


def _name(store: Store, ref: Ref) -> str:
    card = store.publications.operators.get(ref)
    return "" if card is None else card.name
