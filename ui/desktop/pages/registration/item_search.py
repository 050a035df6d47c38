"""Items looked for by any of their names, and why one of them is not registered here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.items import Handling, Item
from app.usecases import catalogue
from app.usecases.catalogue import Suggested
from app.usecases.today import shown_today
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.registration import remarks
from ui.desktop.pages.registration.checks import Finding, Place


class ItemSearch(QObject):
    """Knows no widgets. `found`: what a text may mean; `judged` as the presenter's."""

    found = Signal(object)
    judged = Signal(object, object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def look_for(self, text: str) -> None:
        self._desk.read(
            lambda store: (
                catalogue.suggested(store, text, shown_today(store)),
                bool(store.publications.items),
            ),
            self._on_found,
            replaces="registration.items",
        )

    def _on_found(self, told: tuple[list[Suggested], bool]) -> None:
        found, any_published = told
        if not any_published:
            text = _tr("事项目录还没有取到，联系上区中心以后会自动取来。")
            self.judged.emit(Place.ITEM, Finding(Mood.WARN, text))
        self.found.emit(found)

    def registered_here(self, suggested: Suggested) -> Item | None:
        """The item that was picked; None if it is not registered here, and why stands beside the field."""
        item = suggested.item
        if item is None or item.handling is not Handling.CASE:
            self.judged.emit(Place.ITEM, Finding(Mood.INFO, remarks.why_not(suggested)))
            return None
        return item


def _tr(text: str) -> str:
    return QCoreApplication.translate("item_search", text)
