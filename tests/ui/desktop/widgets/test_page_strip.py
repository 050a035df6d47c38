"""Pages in a row: one stop of the Tab key, moved and turned with the keys or carried with the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from tests.ui.desktop.widgets.showing import a_window
from ui.desktop.widgets.page_strip import PageCard, PageStrip

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def strip(qtbot):
    made = PageStrip("居民户口簿")
    made.show_cards([PageCard(key=key) for key in "甲乙丙丁"])
    a_window(qtbot, made, width=900)
    made.setFocus()
    return made


@pytest.fixture
def told(strip):
    said: list[tuple[object, ...]] = []
    strip.opened.connect(lambda at: said.append(("opened", at)))
    strip.moved.connect(lambda at, to: said.append(("moved", at, to)))
    strip.turned.connect(lambda at, degrees: said.append(("turned", at, degrees)))
    strip.removed.connect(lambda at: said.append(("removed", at)))
    return said


def drag(strip, at, to):
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(strip, left, pos=strip.place_of(at).center())
    QTest.mouseMove(strip, to)
    QTest.mouseRelease(strip, left, pos=to)


def test_arrows_go_through_the_pages_and_a_screen_reader_says_which(strip):
    assert strip.accessibleName() == "居民户口簿，第 1 页，共 4 页"
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.accessibleName() == "居民户口簿，第 2 页，共 4 页"
    QTest.keyClick(strip, Qt.Key.Key_End)
    assert strip.at == 3


def test_keys_open_move_turn_and_remove(strip, told):
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    QTest.keyClick(strip, Qt.Key.Key_Left, CONTROL)
    QTest.keyClick(strip, Qt.Key.Key_R)
    QTest.keyClick(strip, Qt.Key.Key_R, SHIFT)
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert told == [
        ("opened", 1),
        ("moved", 1, 0),
        ("turned", 1, 90),
        ("turned", 1, -90),
        ("removed", 1),
    ]


def test_the_first_page_does_not_move_before_itself(strip, told):
    QTest.keyClick(strip, Qt.Key.Key_Left, CONTROL)
    assert told == []


def test_the_mouse_carries_a_page_to_its_place(strip, told):
    drag(strip, 0, strip.place_of(2).center() + QPoint(20, 0))
    drag(strip, 3, strip.place_of(0).center() - QPoint(20, 0))
    assert told == [("moved", 0, 2), ("moved", 3, 0)]


def test_a_press_without_moving_only_chooses(strip, told):
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.place_of(2).center())
    assert (strip.at, told) == (2, [])
    QTest.mouseDClick(strip, Qt.MouseButton.LeftButton, pos=strip.place_of(2).center())
    assert told == [("opened", 2)]


def test_the_keyboard_stays_on_its_page_when_it_is_moved_or_others_go(strip):
    QTest.keyClick(strip, Qt.Key.Key_Right)
    strip.show_cards([PageCard(key=key) for key in "乙甲丙丁"])
    assert strip.at == 0
    strip.show_cards([PageCard(key=key) for key in "丙丁"])
    assert strip.at == 0


def test_what_is_only_looked_at_is_not_changed(strip, told):
    strip.set_editable(False)
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    QTest.keyClick(strip, Qt.Key.Key_R)
    QTest.keyClick(strip, Qt.Key.Key_Right, CONTROL)
    drag(strip, 0, strip.place_of(2).center())
    assert told == []
    assert [action.text() for action in strip.menu().actions()] == ["看大图"]


def test_the_menu_does_what_the_keys_do(strip, told):
    by_name = {action.text(): action for action in strip.menu().actions()}
    by_name["往后移"].trigger()
    by_name["向左转"].trigger()
    by_name["移走"].trigger()
    assert told == [("moved", 0, 1), ("turned", 0, -90), ("removed", 0)]


def test_pages_that_do_not_fit_go_to_the_next_row(strip):
    cell = strip.place_of(0)
    assert strip.heightForWidth(cell.width() * 4) == cell.height()
    assert strip.heightForWidth(cell.width() * 3) == 2 * cell.height()


def test_a_page_without_its_picture_is_drawn_too(strip):
    picture = QImage(40, 60, QImage.Format.Format_RGB32)
    strip.show_cards([PageCard(key=1, picture=picture), PageCard(key=2, mark="没下载")])
    assert not strip.grab().isNull()
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.accessibleName().endswith("没下载")
