"""事项 without widgets: what is listed, and the one that is looked at."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import QObject, Signal

from app.usecases.catalogue import Suggested
from ui.desktop.desk import Desk
from ui.desktop.pages.items.listing import ItemsWanted, key_of, named, read_listing
from ui.desktop.pages.items.sheet import Elsewhere, ItemSheet, read_sheet

_LIST = "items.list"
_SHEET = "items.sheet"


class ItemsPresenter(QObject):
    """`listed` carries a Listing, `shown` an ItemSheet or Elsewhere, `unknown` the name of what there is not."""

    listed = Signal(object)
    shown = Signal(object)
    unknown = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = ItemsWanted()
        self._key = ""
        self._found: Suggested | None = None
        self._version: int | None = None

    @property
    def wanted(self) -> ItemsWanted:
        return self._wanted

    @property
    def key(self) -> str:
        """Of what is looked at; empty if nothing is."""
        return self._key

    def want(self, **changes: object) -> None:
        self._wanted = msgspec.structs.replace(self._wanted, **changes)
        self._list()

    def refresh(self) -> None:
        """An exchange may have brought another catalogue."""
        self._list()
        self._look()

    def show(self, found: Suggested, version: int | None = None) -> None:
        self._found, self._version = found, version
        self._key = key_of(found)
        self._look()

    def show_version(self, number: int | None) -> None:
        """Another version of the same item; None: the one in force."""
        self._version = number
        self._look()

    def show_named(self, name: str) -> None:
        """An item or certificate by its id or name."""
        self._desk.read(partial(named, name=name), partial(self._on_named, name), replaces=_SHEET)

    def close(self) -> None:
        self._found, self._version, self._key = None, None, ""

    def _list(self) -> None:
        self._desk.read(
            partial(read_listing, wanted=self._wanted), self.listed.emit, replaces=_LIST
        )

    def _look(self) -> None:
        if self._found is not None:
            self._desk.read(
                partial(read_sheet, found=self._found, version=self._version),
                partial(self._on_sheet, self._key),
                replaces=_SHEET,
            )

    def _on_sheet(self, key: str, sheet: ItemSheet | Elsewhere) -> None:
        if key == self._key:
            self.shown.emit(sheet)

    def _on_named(self, asked: str, found: Suggested | None) -> None:
        if found is None:
            self.unknown.emit(asked)
        else:
            self.show(found)
