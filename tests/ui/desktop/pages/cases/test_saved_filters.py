"""Filters with a name on the page: saved, used by key, arranged; the states in their groups."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from app.domain.case import State
from app.usecases import saved_filters
from app.usecases.filters import CaseFilter
from tests.builders import a_case
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk
from ui.desktop.pages.cases import state_groups
from ui.desktop.pages.cases.page import CasesPage
from ui.desktop.pages.cases.saved_bar import OTHER
from ui.desktop.pages.cases.saved_dialogs import ArrangeDialog, SaveDialog
from ui.desktop.pages.cases.state_groups import StateGroup
from ui.desktop.widgets.segments import Segment
from ui.desktop.window.findings import Group, find_all

URGENT = CaseFilter(urgent=True)


def shown(qtbot, some: SomeDesk, size=(1198, 690)) -> CasesPage:
    page = CasesPage(some.desk)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    some.settle()
    return page


def names(page: CasesPage) -> list[str]:
    return [
        button.text()
        for button in page.saved.segments.findChildren(QAbstractButton)
        if button.isVisible()
    ]


def keep(some: SomeDesk, **wanted: CaseFilter) -> None:
    for name, one in wanted.items():
        saved_filters.save(some.station.store, name, one, by=some.station.head)


def test_the_present_filter_gets_a_name_and_comes_back_by_its_key(qtbot, some_desk):
    a_case(some_desk.station, urgent=True)
    a_case(some_desk.station, name="覃二")
    page = shown(qtbot, some_desk)
    assert not page.saved.isVisible()
    assert not page.filters.save.isVisible()
    page.presenter.narrow(urgent=True)
    some_desk.settle()
    page.filters.save.click()
    dialog = page.window().findChild(SaveDialog)
    assert dialog is not None
    dialog.name.setText("加急的")
    dialog.yes.click()
    some_desk.settle()
    assert names(page) == ["全部", "加急的"]
    page.presenter.clear()
    some_desk.settle()
    assert page.presenter.table.rowCount() == 2
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.filters.search.setFocus()
    qtbot.keyClick(page.filters.search, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    some_desk.settle()
    assert page.presenter.table.rowCount() == 1
    assert page.saved.segments.value() == 0


def test_a_filter_without_a_name_is_called_so(qtbot, some_desk):
    keep(some_desk, 加急的=URGENT)
    page = shown(qtbot, some_desk)
    page.presenter.narrow(states=(State.DECIDED,))
    some_desk.settle()
    assert names(page) == ["全部", "加急的", "没有存的筛选"]
    assert page.saved.segments.value() == OTHER
    page.saved.segments.show_segments([Segment(text="全部", value=-1)])
    page.presenter.use(0)
    some_desk.settle()
    assert page.presenter.wanted == URGENT
    assert names(page) == ["全部", "加急的"]


def test_they_are_arranged_in_a_dialog(qtbot, some_desk):
    keep(some_desk, 甲=URGENT, 乙=CaseFilter(green=True), 丙=CaseFilter(carded=True))
    page = shown(qtbot, some_desk)
    page.saved.arrange.click()
    dialog = page.window().findChild(ArrangeDialog)
    assert dialog is not None
    first, second, third = dialog.lines
    third.up.click()
    first.name.setText("加急")
    second.gone.click()
    dialog.yes.click()
    some_desk.settle()
    assert names(page) == ["全部", "加急", "丙"]


def test_what_is_refused_is_said_and_the_dialog_stays(qtbot, some_desk):
    keep(some_desk, 甲=URGENT, 乙=CaseFilter(green=True))
    page = shown(qtbot, some_desk)
    page.saved.arrange.click()
    dialog = page.window().findChild(ArrangeDialog)
    assert dialog is not None
    dialog.lines[0].name.setText("乙")
    dialog.yes.click()
    some_desk.settle()
    assert dialog.isVisible()
    assert "都叫" in " ".join(walks.texts(dialog))
    dialog.reject()


@pytest.mark.parametrize("dialog", [SaveDialog, ArrangeDialog])
def test_its_dialogs_can_be_used_without_mouse(qtbot, some_desk, dialog):
    keep(some_desk, 甲=URGENT, 乙=CaseFilter(green=True))
    page = shown(qtbot, some_desk)
    page.presenter.use(0)
    some_desk.settle()
    (page.filters.save if dialog is SaveDialog else page.saved.arrange).click()
    opened = page.window().findChild(dialog)
    assert opened is not None
    qtbot.waitExposed(opened)
    assert walks.faults(opened) == []
    opened.reject()


def test_ones_own_are_those_one_answers_for(qtbot, some_desk):
    a_case(some_desk.station)
    page = shown(qtbot, some_desk)
    page.filters.more.click()
    page.filters.mine.click()
    some_desk.settle()
    assert page.presenter.wanted.owners == (some_desk.station.head.ref,)
    assert page.presenter.table.rowCount() == 1


def test_a_saved_filter_is_found_by_the_search_of_the_window(some_desk):
    keep(some_desk, 超期的低保=URGENT)
    store, by = some_desk.station.store, some_desk.station.head
    (found,) = [one for one in find_all(store, "低保", by) if one.group is Group.FILTERS]
    assert (found.title, found.subject) == ("超期的低保", URGENT)


# --- the states in groups ---------------------------------------------------------------------------


def test_every_state_stands_in_one_group():
    grouped = [state for group in StateGroup for state in group.states]
    assert sorted(grouped) == sorted(State)


@pytest.mark.parametrize("states", [(), (State.PAUSED,), StateGroup.ENDED.states])
def test_a_choice_and_its_states_mean_each_other(states):
    assert state_groups.states_of(state_groups.value_of(states)) == states


def test_a_group_counts_what_its_states_have():
    counts = dict.fromkeys(State, 2)
    texts = [text for text, _ in state_groups.options(counts)]
    assert "【等待申请人】 4" in texts
    assert "待补正 2" in texts
