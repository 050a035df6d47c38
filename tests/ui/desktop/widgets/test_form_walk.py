"""Enter walks through a form in reading order."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.desktop.widgets.composing import compose
from tests.ui.desktop.widgets.showing import a_window, focused
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.form_walk import FormWalk
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.suggest_box import SuggestBox, Suggestion
from ui.desktop.widgets.tick import Tick


def a_form(qtbot):
    editors = [LineEdit(), LineEdit(), Choice([("代办", 1)]), Tick("加急")]
    window = a_window(qtbot, *reversed(editors))
    walk = FormWalk(window, editors)
    editors[0].setFocus()
    return editors, walk


def test_enter_goes_from_each_editor_to_the_next_and_ends_after_the_last(qtbot):
    editors, walk = a_form(qtbot)
    for editor in editors:
        assert focused() is editor
        with (
            qtbot.waitSignal(walk.finished)
            if editor is editors[-1]
            else qtbot.assertNotEmitted(walk.finished)
        ):
            qtbot.keyClick(focused(), Qt.Key.Key_Return)


def test_it_passes_over_what_is_hidden_or_cannot_be_used(qtbot):
    editors, _walk = a_form(qtbot)
    editors[1].hide()
    editors[2].setEnabled(False)
    qtbot.keyClick(editors[0], Qt.Key.Key_Return)
    assert focused() is editors[3]


def test_it_stands_still_while_an_input_method_composes(qtbot):
    editors, _walk = a_form(qtbot)
    compose(editors[0], "wei")
    qtbot.keyClick(editors[0], Qt.Key.Key_Return)
    assert focused() is editors[0]


def test_tab_goes_the_same_way(qtbot):
    editors, _walk = a_form(qtbot)
    qtbot.keyClick(editors[0], Qt.Key.Key_Tab)
    assert focused() is editors[1]


def test_a_new_order_is_walked_at_once_and_nothing_is_heard_twice(qtbot):
    editors, walk = a_form(qtbot)
    walk.set_order([editors[0], editors[3]])
    qtbot.keyClick(editors[0], Qt.Key.Key_Return)
    assert focused() is editors[3]
    walk.set_order(editors)
    editors[0].setFocus()
    qtbot.keyClick(editors[0], Qt.Key.Key_Return)
    assert focused() is editors[1]


def test_enter_that_chooses_from_a_list_does_not_walk(qtbot):
    box, after = SuggestBox(), LineEdit()
    window = a_window(qtbot, box, after)
    FormWalk(window, [box, after])
    box.setFocus()
    box.offer([Suggestion(title="最低生活保障", value=1)])
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert focused() is box
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert focused() is after
