"""Which class is which page; a page's module is loaded when somebody goes there."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from ui.desktop.desk import Desk
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.window.page_stack import PageFactory

_PAGES: Final = {
    PageName.HOME: "home.page:HomePage",
    PageName.REGISTRATION: "registration.page:RegistrationPage",
    PageName.CASES: "cases.page:CasesPage",
    PageName.REVIEW: "review.page:ReviewPage",
    PageName.ITEMS: "items.page:ItemsPage",
    PageName.PAPERS: "papers.page:PapersPage",
    PageName.SUPERVISION: "supervision.page:SupervisionPage",
    PageName.EXCHANGE: "exchange.page:ExchangePage",
    PageName.SETTINGS: "settings.page:SettingsPage",
    PageName.ARCHIVE: "archive.page:ArchivePage",
}


def factories() -> dict[PageName, PageFactory]:
    return {name: _factory(place) for name, place in _PAGES.items()}


def packages() -> list[str]:
    """The package of each page, in the order of the rail."""
    return [f"ui.desktop.pages.{place.partition('.')[0]}" for place in _PAGES.values()]


def _factory(place: str) -> PageFactory:
    module, _, kind = place.partition(":")

    def make(desk: Desk) -> DeskPage:
        page: DeskPage = getattr(import_module(f"ui.desktop.pages.{module}"), kind)(desk)
        return page

    return make
