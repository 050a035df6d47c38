"""The window as a whole: its keys, its pages, what it tells, and that everybody can get about in it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from tests.builders import TOWNSHIP
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk, a_desk, leave
from tests.ui.desktop.window.windows import NARROW, WIDE, a_window, exchanger, noted
from ui.desktop import look
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.look.mood import Mood
from ui.desktop.pages.home.page import HomePage
from ui.desktop.pages.names import PageName
from ui.desktop.widgets.toaster import Toaster
from ui.desktop.window.main_window import MainWindow
from ui.desktop.window.palette import Palette
from ui.desktop.window.rail import Rail

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
OF_A_VILLAGE = [page for page in PageName if page is not PageName.REVIEW]


@pytest.fixture
def window(qtbot: QtBot, some_desk: SomeDesk) -> MainWindow:
    return a_window(qtbot, some_desk)


@pytest.fixture
def township(qtbot: QtBot, tmp_path) -> Iterator[SomeDesk]:
    desk = a_desk(qtbot, tmp_path, TOWNSHIP)
    yield desk
    leave(desk)


def palette(window: MainWindow) -> Palette:
    return walks.the(Palette, window)


def toasts(window: MainWindow) -> list[str]:
    return walks.the(Toaster, window).texts()


# --- pages ------------------------------------------------------------------------------------------


def test_the_window_opens_with_the_first_page_and_makes_no_other(window):
    assert isinstance(window.shown, HomePage)
    assert [page for page in PageName if window.page(page)] == [PageName.HOME]


def test_a_page_is_made_when_it_is_first_visited_and_kept(window):
    window.show_page(PageName.CASES)
    first = window.page(PageName.CASES)
    window.show_page(PageName.HOME)
    window.show_page(PageName.CASES)
    assert window.page(PageName.CASES) is first


@pytest.mark.parametrize(("number", "page"), [*enumerate(OF_A_VILLAGE, 1)])
def test_alt_and_a_digit_lead_to_the_pages_as_the_rail_has_them(qtbot, window, number, page):
    qtbot.keyClick(window, str(number), ALT)
    assert window.shown.name is page
    assert walks.the(Rail, window).button(page).isChecked()


def test_a_village_examines_nothing(window):
    assert PageName.REVIEW not in window.page_names


def test_a_township_examines_after_its_cases(qtbot, township):
    names = a_window(qtbot, township).page_names
    assert names[names.index(PageName.CASES) + 1] is PageName.REVIEW


def test_a_click_on_the_rail_shows_the_page_and_puts_the_cursor_in_it(qtbot, window):
    qtbot.mouseClick(walks.the(Rail, window).button(PageName.ITEMS), Qt.MouseButton.LeftButton)
    assert noted(window, PageName.ITEMS).field.hasFocus()


def test_pages_reach_each_other_with_a_subject(some_desk, window):
    some_desk.desk.go(PageName.PAPERS, "this one")
    assert window.shown is noted(window, PageName.PAPERS)
    assert noted(window, PageName.PAPERS).received == ["this one"]


def test_only_the_page_that_is_shown_looks_again(some_desk, window):
    window.show_page(PageName.CASES)
    window.show_page(PageName.ITEMS)
    before = noted(window, PageName.CASES).refreshed, noted(window, PageName.ITEMS).refreshed
    some_desk.desk.changed.emit()
    after = noted(window, PageName.CASES).refreshed, noted(window, PageName.ITEMS).refreshed
    assert (after[0] - before[0], after[1] - before[1]) == (0, 1)


# --- keys -------------------------------------------------------------------------------------------


def test_f2_registers_from_anywhere(qtbot, window):
    window.show_page(PageName.PAPERS)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert window.shown.name is PageName.REGISTRATION


@pytest.mark.parametrize(("key", "held"), [(Qt.Key.Key_F3, None), (Qt.Key.Key_K, CTRL)])
def test_f3_and_ctrl_k_search(qtbot, window, key, held):
    qtbot.keyClick(window, key, held or Qt.KeyboardModifier.NoModifier)
    assert palette(window).hasFocus()


def test_f9_prints_what_the_page_has(qtbot, window):
    window.show_page(PageName.PAPERS)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert noted(window, PageName.PAPERS).printed == 1


def test_f1_explains_the_page_beside_it_and_esc_closes_it(qtbot, window):
    window.show_page(PageName.ITEMS)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.help_panel.isVisible()
    assert "这一页是 items。" in [label.text() for label in window.help_panel.findChildren(QLabel)]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not window.help_panel.isVisible()
    assert noted(window, PageName.ITEMS).field.hasFocus()


def test_long_help_is_scrolled_by_the_arrows(qtbot, window):
    window.resize(*NARROW)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    reading = QApplication.focusWidget()
    assert isinstance(reading, QScrollArea)
    qtbot.keyClick(reading, Qt.Key.Key_Down)
    assert reading.verticalScrollBar().value() > 0


def test_f1_again_closes_the_help(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert not window.help_panel.isVisible()


def test_help_does_not_follow_to_another_page(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    window.show_page(PageName.ITEMS)
    assert not window.help_panel.isVisible()


def test_f5_exchanges_and_says_how_it_went(qtbot, window):
    line = exchanger(window)
    line.tell(ExchangeState(working=True))
    line.tell(ExchangeState(reach=Reach.OFFLINE, since_ms=time.time_ns() // 1_000_000))
    assert toasts(window) == []  # nobody had asked
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert line.asked == 1
    line.tell(ExchangeState(reach=Reach.OFFLINE, working=True))
    line.tell(ExchangeState(reach=Reach.ONLINE))
    assert toasts(window) == ["在线，已全部上报 · 有了新登记会自动上报"]


def test_ctrl_l_locks(qtbot, some_desk, window):
    with qtbot.waitSignal(some_desk.desk.locked):
        qtbot.keyClick(window, Qt.Key.Key_L, CTRL)


def test_ctrl_shift_l_changes_the_operator(qtbot, window):
    with qtbot.waitSignal(window.switch_asked):
        qtbot.keyClick(window, Qt.Key.Key_L, CTRL | SHIFT)


def test_ctrl_b_folds_the_rail_and_that_is_kept(qtbot, some_desk, window):
    rail = walks.the(Rail, window)
    for folded in (True, False):
        qtbot.keyClick(window, Qt.Key.Key_B, CTRL)
        assert rail.is_folded is folded
        assert some_desk.desk.preferences.rail_collapsed is folded
    some_desk.settle()


def test_no_key_works_under_a_cover_and_nothing_beneath_is_seen(qtbot, window):
    window.show_page(PageName.ITEMS)
    cover = QLabel("锁定")
    cover.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.cover(cover)
    cover.setFocus()
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F1):
        qtbot.keyClick(window, key)
    assert window.shown.name is PageName.ITEMS
    assert not noted(window, PageName.ITEMS).isVisible()
    assert not palette(window).isVisible()
    window.uncover()
    assert noted(window, PageName.ITEMS).field.hasFocus()
    assert cover.parent() is window  # it belongs to whoever laid it
    cover.hide()


# --- what is told -----------------------------------------------------------------------------------


def test_what_the_desk_says_stands_over_the_page(some_desk, window):
    some_desk.desk.say(Mood.GOOD, "登记好了。")
    assert toasts(window) == ["登记好了。"]


@pytest.mark.parametrize("name", [PageName.CASES, PageName.HOME])
def test_what_the_desk_said_stays_over_the_next_page(some_desk, window, name):
    window.show_page(PageName.CASES)
    window.show_page(PageName.HOME)
    some_desk.desk.say(Mood.GOOD, "登记好了。")
    window.show_page(name)
    toaster = walks.the(Toaster, window)
    page = toaster.parentWidget()
    assert page is not None
    over = page.childAt(toaster.geometry().center())
    assert over is not None
    assert toaster is over or toaster.isAncestorOf(over)


def test_the_window_follows_who_is_at_the_desk(some_desk, window):
    some_desk.desk.operator_changed.emit()
    names = [stop.accessibleName() for stop in walks.stops(window)]
    assert f"操作员 {some_desk.desk.operator.name}" in names


def test_the_title_names_the_station(window):
    assert window.windowTitle() == "湖塘村委会政务服务站 · 代办"


# --- for everybody ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", look.SCALES)
@pytest.mark.parametrize("theme", ["ordinary", "contrast"])
def test_everything_can_be_reached_named_read_and_hit(qapp, qtbot, some_desk, scale, theme):
    window = a_window(qtbot, some_desk)
    look.apply(qapp, theme, scale)
    for size in (WIDE, NARROW):
        window.resize(*size)
        assert walks.faults(window) == []


def test_a_township_with_its_help_open_too(qtbot, township):
    window = a_window(qtbot, township, NARROW)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert walks.faults(window) == []


def test_a_narrow_window_folds_the_rail_by_itself_and_a_wide_one_unfolds_it(window):
    rail = walks.the(Rail, window)
    window.resize(*NARROW)
    assert rail.is_folded
    window.resize(*WIDE)
    assert not rail.is_folded


def test_a_rail_folded_by_a_person_stays_so_in_a_wide_window(some_desk, window):
    some_desk.desk.prefer(rail_collapsed=True)
    window.resize(*NARROW)
    window.resize(*WIDE)
    assert walks.the(Rail, window).is_folded
    some_desk.settle()
