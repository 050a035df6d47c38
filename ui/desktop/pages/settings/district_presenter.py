"""What 设置 asks about the district's rules: what holds, what is coming, and publishing. No widgets."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.events import Role
from app.domain.faults import Faulty
from app.domain.items import Handling
from app.domain.regions import Tier
from app.domain.settings import Settings
from app.errors import DaibanError
from app.store.store import Store
from app.usecases import district_settings
from app.usecases.today import shown_today
from ui import wording
from ui.desktop.desk import Desk


class DistrictRules(msgspec.Struct, frozen=True, kw_only=True):
    """`categories` are those of the items, for the names of departments; `items` their names by their ids."""

    today: date
    current: Settings
    coming: Settings | None
    categories: tuple[str, ...]
    items: dict[str, str]


class DistrictPresenter(QObject):
    """`told` carries DistrictRules; `published` the Settings; `refused` a sentence with everything that is wrong."""

    told = Signal(object)
    published = Signal(object)
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    @property
    def may_publish(self) -> bool:
        """Only a head of the district's."""
        return self._desk.station.tier is Tier.DISTRICT and Role.HEAD in self._desk.operator.roles

    def look(self) -> None:
        self._desk.read(_rules, self.told.emit, replaces="settings district")

    def publish(self, changes: dict[str, Any], effective: date) -> None:
        self._desk.act(
            lambda store, by: district_settings.publish(store, changes, effective=effective, by=by),
            self.published.emit,
            self._on_refused,
        )

    def _on_refused(self, error: DaibanError) -> None:
        said = wording.sentence_on_screen(error)
        if isinstance(error, Faulty):
            said = "\n".join([said, *error.faults[1:]])
        self.refused.emit(said)


def _rules(store: Store) -> DistrictRules:
    newest = [versions[-1] for versions in store.publications.items.values()]
    return DistrictRules(
        today=shown_today(store),
        current=district_settings.current(store),
        coming=district_settings.coming(store),
        categories=tuple(dict.fromkeys(item.category for item in newest)),
        items={item.id: item.name for item in newest if item.handling is Handling.CASE},
    )
