"""One page at large: whole, larger, turned, and dragged under the hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from tests.ui.desktop.widgets.showing import show
from ui.desktop.widgets.picture_view import STEPS, PictureView


@pytest.fixture
def view(qtbot):
    made = PictureView()
    made.resize(400, 300)
    show(qtbot, made)
    made.setFocus()
    picture = QImage(1000, 2000, QImage.Format.Format_RGB32)
    picture.fill(0xFFEEEEEE)
    made.show_picture([picture, picture.scaled(500, 1000), picture.scaled(250, 500)])
    return made


def test_it_begins_whole(view):
    assert view.factor * 2000 <= 300
    assert view.verticalScrollBar().maximum() == 0


def test_keys_zoom_through_the_steps_and_back_to_the_whole(view):
    whole = view.factor
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.factor == next(step for step in STEPS if step > whole)
    QTest.keyClick(view, Qt.Key.Key_1)
    assert view.factor == 1.0
    assert view.verticalScrollBar().maximum() > 0
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.factor == whole


def test_turning_lays_it_across_and_four_turns_are_none(view):
    upright = view.factor
    view.turn(90)
    assert (view.degrees, view.factor > upright) == (90, True)
    for _ in range(3):
        view.turn(90)
    assert (view.degrees, view.factor) == (0, upright)
    view.turn(-90)
    assert view.degrees == 270


def test_the_hand_moves_what_is_larger_than_the_room(view):
    view.zoom_to(1.0)
    before = view.verticalScrollBar().value()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    QTest.mouseMove(view.viewport(), QPoint(200, 120))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 120))
    assert view.verticalScrollBar().value() == before + 80


def test_another_page_begins_whole_and_upright_again(view):
    view.zoom_to(2.0)
    view.turn(90)
    view.show_picture([QImage(100, 100, QImage.Format.Format_RGB32)])
    assert (view.factor, view.degrees) == (1.0, 0)
    view.show_picture(())
    assert view.is_empty
    assert not view.grab().isNull()
