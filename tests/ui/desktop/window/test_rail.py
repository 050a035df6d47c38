"""The rail: which page is shown, and how much waits on the others."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.desktop import walks
from ui.desktop import look
from ui.desktop.pages.names import PageName
from ui.desktop.window.rail import Rail


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    rail = Rail(list(PageName))
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 600)
    rail.show()
    return rail


def test_each_page_has_its_key_in_the_tooltip(rail):
    assert [rail.button(page).toolTip() for page in PageName][:3] == [
        "工作台（Alt+1）",
        "登记（Alt+2）",
        "办件（Alt+3）",
    ]


def test_what_stands_after_the_ninth_has_no_key_and_says_none(rail):
    tips = [rail.button(page).toolTip() for page in PageName]
    assert tips[8].endswith("（Alt+9）")
    assert not any("Alt" in tip for tip in tips[9:])


def test_a_count_is_seen_heard_and_explained(rail):
    rail.show_counts({PageName.EXCHANGE: (3, "3 条待上报")})
    button = rail.button(PageName.EXCHANGE)
    assert button.figure == 3
    assert button.accessibleName() == "同步，3 条待上报"
    assert "3 条待上报" in button.toolTip()


def test_a_count_that_is_over_is_gone(rail):
    rail.show_counts({PageName.EXCHANGE: (3, "3 条待上报")})
    rail.show_counts({})
    assert rail.button(PageName.EXCHANGE).accessibleName() == "同步"


def test_a_badge_changes_what_is_painted_folded_or_not(rail):
    button = rail.button(PageName.HOME)
    for fold in (False, True):
        rail.prefer_folded(fold)
        rail.show_counts({})
        plain = button.grab().toImage()
        rail.show_counts({PageName.HOME: (6, "6 件要办")})
        assert button.grab().toImage() != plain


def test_one_page_is_marked(rail):
    rail.mark(PageName.CASES)
    rail.mark(PageName.ITEMS)
    assert [page for page in PageName if rail.button(page).isChecked()] == [PageName.ITEMS]


def test_space_opens_a_page(qtbot, rail):
    button = rail.button(PageName.PAPERS)
    button.setFocus()
    with qtbot.waitSignal(rail.asked) as asked:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert asked.args == [PageName.PAPERS]


def test_folding_keeps_the_words_for_the_screen_reader(rail):
    rail.prefer_folded(True)
    assert rail.button(PageName.CASES).accessibleName() == "办件"


@pytest.mark.parametrize("theme", ["ordinary", "contrast"])
@pytest.mark.parametrize("scale", look.SCALES)
def test_eight_pages_in_little_height_scroll_rather_than_shrink(qapp, rail, theme, scale):
    look.apply(qapp, theme, scale)
    rail.suit(too_narrow=True)
    rail.resize(rail.width(), 340)
    assert walks.faults(rail) == []
    rail.mark(PageName.SETTINGS)
    button = rail.button(PageName.SETTINGS)
    assert not button.visibleRegion().isEmpty()
