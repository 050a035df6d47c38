"""The list of 办件, without widgets: which cases are wanted, how many there are, what may be chosen from."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.case import State
from app.domain.items import Handling
from app.domain.regions import place_name
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import lookup, saved_filters, staff
from app.usecases.lookup import CaseFilter, DueLight
from app.usecases.saved_filters import SavedFilter
from app.usecases.today import shown_today
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.models.cases import CaseColumn, CaseTable

COLUMNS = tuple(CaseColumn)


class FilterCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many cases each choice would leave, the other filters as they are; empty while somebody types a search."""

    total: int
    states: dict[State, int] = {}
    lights: dict[DueLight, int] = {}


class FilterOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What may be chosen from: (name, id) of items, (name, code) of places.

    `owners`: whose work the person at the desk does today.
    """

    items: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    owners: tuple[Ref, ...] = ()


class CasesPresenter(QObject):
    """`wanted_changed`: the filter is another now, by whoever changed it.

    `saved_told` carries the SavedFilters of whoever sits here; `kept`: one was saved or they were arranged;
    `refused` a sentence.
    """

    wanted_changed = Signal(object)
    counted = Signal(object)
    offered = Signal(object)
    saved_told = Signal(object)
    kept = Signal()
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = CaseFilter()
        self.table = CaseTable(desk, COLUMNS, self)
        self.saved: tuple[SavedFilter, ...] = ()

    @property
    def wanted(self) -> CaseFilter:
        return self._wanted

    @property
    def is_filtered(self) -> bool:
        return msgspec.structs.replace(self._wanted, order=CaseFilter().order) != CaseFilter()

    def want(self, wanted: CaseFilter) -> None:
        """Show other cases."""
        self._wanted = wanted
        self.wanted_changed.emit(wanted)
        self.table.show(wanted)
        self._count()

    def narrow(self, **changed: object) -> None:
        """Change a part of the filter; nothing happens if it is so already."""
        wanted = msgspec.structs.replace(self._wanted, **changed)
        if wanted != self._wanted:
            self.want(wanted)

    def clear(self) -> None:
        """All cases, in the order that was chosen."""
        self.want(CaseFilter(order=self._wanted.order))

    def refresh(self) -> None:
        self.table.refresh()
        self._count()
        by = self._desk.operator
        self._desk.read(
            partial(read_options, by=by), self.offered.emit, replaces=f"options-{id(self)}"
        )
        self._look_at_saved()

    # --- saved filters ----------------------------------------------------------------------------

    def save(self, name: str) -> None:
        """Give the present filter a name."""
        wanted = self._wanted
        self._desk.act(
            lambda store, by: saved_filters.save(store, name, wanted, by=by),
            lambda _: self._on_kept(),
            self._on_refused,
        )

    def arrange(self, wanted: list[tuple[int, str]]) -> None:
        """Keep exactly these saved filters, so called and in this order."""
        self._desk.act(
            lambda store, by: saved_filters.arrange(store, wanted, by=by),
            lambda _: self._on_kept(),
            self._on_refused,
        )

    def use(self, place: int) -> None:
        """Show the list of a saved filter, by its place from 0; nothing where none is."""
        if 0 <= place < len(self.saved):
            self.want(self.saved[place].wanted)

    def in_use(self) -> SavedFilter | None:
        """The saved filter that is shown."""
        return next((one for one in self.saved if one.wanted == self._wanted), None)

    def _look_at_saved(self) -> None:
        by = self._desk.operator
        self._desk.read(
            lambda store: saved_filters.of_operator(store, by),
            self._on_saved,
            replaces=f"saved-{id(self)}",
        )

    def _on_saved(self, saved: list[SavedFilter]) -> None:
        self.saved = tuple(saved)
        self.saved_told.emit(self.saved)

    def _on_kept(self) -> None:
        self.kept.emit()
        self._look_at_saved()

    def _on_refused(self, error: DaibanError) -> None:
        self.refused.emit(wording.sentence_on_screen(error))

    # --- counting ---------------------------------------------------------------------------------

    def _count(self) -> None:
        self._desk.read(
            partial(read_counts, wanted=self._wanted),
            self.counted.emit,
            replaces=f"counts-{id(self)}",
        )


def read_counts(store: Store, wanted: CaseFilter) -> FilterCounts:
    today = shown_today(store)
    total = lookup.count(store, wanted, today)
    if wanted.text:
        return FilterCounts(total=total)
    change = msgspec.structs.replace
    return FilterCounts(
        total=total,
        states={
            state: lookup.count(store, change(wanted, states=(state,)), today) for state in State
        },
        lights={
            light: lookup.count(store, change(wanted, light=light), today) for light in DueLight
        },
    )


def read_options(store: Store, by: OperatorCard) -> FilterOptions:
    newest = (versions[-1] for versions in store.publications.items.values())
    items = [(item.name, item.id) for item in newest if item.handling is Handling.CASE]
    places = [(place_name(region), str(region.code)) for region in lookup.stations(store)]
    return FilterOptions(
        items=tuple(items), places=tuple(places), owners=staff.acting_for(store, by)
    )
