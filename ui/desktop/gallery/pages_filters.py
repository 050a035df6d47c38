"""办件 with filters that somebody has given a name."""

from __future__ import annotations

from app.usecases import saved_filters
from app.usecases.filters import CaseFilter, DueLight
from ui.desktop.gallery import houses
from ui.desktop.gallery.district import Station
from ui.desktop.gallery.scene import Scene, at_desk
from ui.desktop.gallery.stage import Stage
from ui.desktop.pages.cases import state_groups
from ui.desktop.pages.cases.page import CasesPage
from ui.desktop.pages.cases.state_groups import StateGroup
from ui.desktop.pages.names import PageName
from ui.desktop.window.main_window import MainWindow

_LATE = CaseFilter(light=DueLight.LATE)
_OPEN = CaseFilter(states=state_groups.STATES[StateGroup.UNDER_WAY], green=True, carded=True)


def scenes() -> list[Scene]:
    page = PageName.CASES
    return [
        at_desk("cases-saved", "办件：常用筛选", _kept, page, subject=lambda: _LATE, matters=True),
        at_desk("cases-other", "办件：没有存的筛选", _kept, page, subject=lambda: _OPEN),
        at_desk("cases-save", "办件：存为常用", _kept, page, subject=lambda: _OPEN, acts=[_save]),
        at_desk("cases-arrange", "办件：整理常用筛选", _kept, page, acts=[_arrange], matters=True),
    ]


def _kept() -> Station:
    station = houses.watched().township
    by = station.person()
    for name, wanted in (
        ("超期的", _LATE),
        ("加急的低保", CaseFilter(urgent=True, item="IT001")),
        ("有黄牌红牌的", CaseFilter(carded=True)),
    ):
        saved_filters.save(station.store, name, wanted, by=by)
    return station


def _save(window: MainWindow, _stage: Stage) -> None:
    page = window.shown
    assert isinstance(page, CasesPage)
    page.filters.save.click()


def _arrange(window: MainWindow, _stage: Stage) -> None:
    page = window.shown
    assert isinstance(page, CasesPage)
    page.saved.arrange.click()
