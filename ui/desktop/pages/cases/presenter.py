"""The list of 办件, without widgets: which cases are wanted, how many there are, what may be chosen from."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.case import State
from app.domain.items import Handling
from app.domain.regions import place_name
from app.store.store import Store
from app.usecases import lookup
from app.usecases.lookup import CaseFilter, DueLight
from app.usecases.today import shown_today
from ui.desktop.desk import Desk
from ui.desktop.models.cases import CaseColumn, CaseTable

COLUMNS = tuple(CaseColumn)


class FilterCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many cases each choice would leave, the other filters as they are; empty while somebody types a search."""

    total: int
    states: dict[State, int] = {}
    lights: dict[DueLight, int] = {}


class FilterOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What may be chosen from: (name, id) of items, (name, code) of places."""

    items: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()


class CasesPresenter(QObject):
    """`wanted_changed`: the filter is another now, by whoever changed it."""

    wanted_changed = Signal(object)
    counted = Signal(object)
    offered = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = CaseFilter()
        self.table = CaseTable(desk, COLUMNS, self)

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
        self._desk.read(read_options, self.offered.emit, replaces=f"options-{id(self)}")

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


def read_options(store: Store) -> FilterOptions:
    newest = (versions[-1] for versions in store.publications.items.values())
    items = [(item.name, item.id) for item in newest if item.handling is Handling.CASE]
    places = [(place_name(region), str(region.code)) for region in lookup.stations(store)]
    return FilterOptions(items=tuple(items), places=tuple(places))
