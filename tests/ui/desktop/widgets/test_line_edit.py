"""Enter moves on, but never while an input method composes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout

from tests.ui.desktop.widgets.composing import commit, compose
from tests.ui.desktop.widgets.showing import a_window, show
from ui.desktop.look import Mood
from ui.desktop.widgets.day_edit import DayEdit
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.password_edit import PasswordEdit
from ui.desktop.widgets.suggest_box import SuggestBox


@pytest.fixture(params=[LineEdit, SuggestBox, DayEdit, PasswordEdit])
def field(request, qtbot):
    edit = request.param()
    show(qtbot, edit)
    edit.setFocus()
    return edit


def test_enter_is_told(field, qtbot):
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)


def test_enter_is_silent_while_composing_and_speaks_again_afterwards(field, qtbot):
    compose(field, "wei'xiao'mei")
    assert field.is_composing()
    with qtbot.assertNotEmitted(field.entered):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    commit(field, "11-21")
    assert not field.is_composing()
    assert "11-21" in field.text()
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_composing_that_was_given_up_leaves_nothing_behind(field, qtbot):
    compose(field, "wei")
    compose(field, "")
    assert not field.is_composing()
    assert field.text() == ""


def test_ctrl_enter_is_left_to_the_page(field, qtbot):
    with qtbot.assertNotEmitted(field.entered):
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_enter_in_a_field_never_says_yes_to_its_dialog(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    field, yes = LineEdit(), QPushButton("是")
    yes.setDefault(True)
    column.addWidget(field)
    column.addWidget(yes)
    dialog.show()
    with qtbot.assertNotEmitted(yes.clicked):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_leaving_is_told_but_not_when_another_window_comes_to_the_front(qtbot):
    first, second = LineEdit(), LineEdit()
    a_window(qtbot, first, second)
    first.setFocus()
    with qtbot.waitSignal(first.left):
        second.setFocus()
    second.setFocus()
    away = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    with qtbot.assertNotEmitted(second.left):
        QApplication.sendEvent(second, away)


def test_what_is_there_is_selected_when_the_keyboard_comes_and_not_when_the_mouse_does(qtbot):
    field = LineEdit()
    field.setText("韦小妹")
    a_window(qtbot, LineEdit(), field)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.selectedText() == "韦小妹"
    field.clearFocus()
    field.deselect()
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    assert field.selectedText() == ""


def test_a_long_text_is_read_from_its_beginning_once_the_field_is_left(qtbot):
    field = LineEdit()
    show(qtbot, field)
    field.setFocus()
    field.setText("阿卜杜热西提·麦麦提图尔荪江" * 5)
    field.clearFocus()
    assert field.cursorPosition() == 0


def test_the_border_tells_that_something_is_wrong(qtbot):
    field = LineEdit()
    qtbot.addWidget(field)
    field.resize(200, 40)
    field.show()
    before = field.grab().toImage()
    field.set_mood(Mood.BAD)
    assert field.grab().toImage() != before
    field.set_mood(None)
    assert field.grab().toImage() == before
