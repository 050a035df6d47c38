"""A number is seen only while the button is held."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.desktop.widgets.showing import a_window
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.hold_to_reveal import HoldToReveal
from ui.desktop.widgets.line_edit import LineEdit

MASKED, WHOLE = "450305********1028", "450305196203151028"


@pytest.fixture
def number(qtbot):
    number = HoldToReveal(MASKED)
    a_window(qtbot, number, LineEdit())
    number.held.connect(lambda: number.reveal(WHOLE))
    return number


def eye(number) -> Button:
    found = number.findChild(Button)
    assert isinstance(found, Button)
    return found


def test_the_mouse_holds_it(number, qtbot):
    with qtbot.waitSignal(number.held):
        qtbot.mousePress(eye(number), Qt.MouseButton.LeftButton)
    assert number.text() == WHOLE
    with qtbot.waitSignal(number.released):
        qtbot.mouseRelease(eye(number), Qt.MouseButton.LeftButton)
    assert number.text() == MASKED


def test_space_holds_it(number, qtbot):
    number.setFocus()
    qtbot.keyPress(eye(number), Qt.Key.Key_Space)
    assert number.text() == WHOLE
    qtbot.keyRelease(eye(number), Qt.Key.Key_Space)
    assert number.text() == MASKED


def test_a_key_that_repeats_itself_asks_once(number, qtbot):
    asked = []
    number.held.connect(lambda: asked.append(1))
    for _ in range(3):
        qtbot.keyPress(eye(number), Qt.Key.Key_Space)
    assert asked == [1]


@pytest.mark.parametrize("end", ["focus", "hide", "other person"])
def test_it_hides_when_the_keyboard_leaves_the_page_goes_or_the_person_changes(number, qtbot, end):
    number.setFocus()
    qtbot.keyPress(eye(number), Qt.Key.Key_Space)
    with qtbot.waitSignal(number.released):
        if end == "focus":
            number.window().findChild(LineEdit).setFocus()
        elif end == "hide":
            number.hide()
        else:
            number.set_masked("450305********2211")
    assert WHOLE not in number.text()
    assert not number.is_held()


def test_an_answer_that_comes_too_late_shows_nothing(number):
    number.reveal(WHOLE)
    assert number.text() == MASKED
