"""Dialogs: Esc is no, the safe answer has the keyboard, forms say what is missing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.desktop import walks
from tests.ui.desktop.widgets.showing import a_window, focused, show
from ui.desktop import look
from ui.desktop.look import Mood
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.checklist import Checklist, Line
from ui.desktop.widgets.dialogs import FormDialog, Question, confirm, tell
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.text_area import TextArea


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ([Qt.Key.Key_Escape], False),
        ([Qt.Key.Key_Return], False),
        ([Qt.Key.Key_Tab, Qt.Key.Key_Return], True),
    ],
)
def test_a_question_is_answered_by_the_keyboard_and_no_is_where_it_stands(qtbot, keys, answer):
    window = a_window(qtbot, LineEdit())

    def press():
        for key in keys:
            qtbot.keyClick(QApplication.focusWidget(), key)

    QTimer.singleShot(50, press)
    asked = confirm(window, "不予受理？", "这一件就此结束。", "不予受理", ButtonKind.DANGER)
    assert asked is answer


def test_a_question_has_chinese_buttons_and_reads_well(qtbot):
    question = Question(
        "不予受理？", "会出具通知书，这一件就此结束，不能再改回来。" * 4, "不予受理"
    )
    show(qtbot, question)
    assert (question.no.text(), question.yes.text()) == ("取消", "不予受理")
    assert walks.faults(question) == []


def test_something_is_told_until_it_is_read(qtbot):
    window = a_window(qtbot, LineEdit())
    QTimer.singleShot(50, lambda: qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return))
    tell(window, "换了电脑", "请重新登记设备。")


@pytest.fixture
def form(qtbot):
    dialog = FormDialog("一次性告知补正", "出具告知书", note="只能告知一次。")
    checklist = Checklist()
    dialog.add(checklist)
    checklist.show_lines([Line(title="诚信承诺书", key=1), Line(title="银行卡", key=2)])
    dialog.add(Field("还要说明的", TextArea(), optional=True))
    show(qtbot, dialog)
    return dialog


def test_a_form_begins_at_its_first_editor_and_tab_reads_on(form, qtbot):
    assert focused().accessibleName() == "诚信承诺书"
    assert walks.faults(form) == []


def test_ctrl_enter_asks_for_yes_from_anywhere(form, qtbot):
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(form.ok_requested):
            qtbot.keyClick(focused(), key, Qt.KeyboardModifier.ControlModifier)
    assert form.isVisible()


def test_what_is_missing_is_said_and_goes_at_the_next_try(form, qtbot):
    form.say(Mood.BAD, "还没有勾选缺哪一件材料。")
    assert "还没有勾选缺哪一件材料。" in [text.text() for text in form.findChildren(Text)]
    with qtbot.waitSignal(form.ok_requested):
        form.yes.click()


def test_while_it_is_being_done_nothing_is_asked_twice(form, qtbot):
    form.set_busy(True)
    with qtbot.assertNotEmitted(form.ok_requested):
        qtbot.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        form.yes.click()


def test_escape_gives_up(form, qtbot):
    with qtbot.waitSignal(form.rejected):
        qtbot.keyClick(focused(), Qt.Key.Key_Escape)


def test_a_form_that_is_higher_than_the_screen_scrolls(qapp, qtbot):
    look.apply(qapp, "ordinary", 150)
    dialog = FormDialog("很长", "好")
    for number in range(20):
        dialog.add(Field(f"第 {number} 项", LineEdit()))
    show(qtbot, dialog)
    dialog.resize(dialog.width(), 500)
    assert dialog.yes.geometry().bottom() < 500
    last = dialog.findChildren(LineEdit)[-1]
    last.setFocus()
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect().height() == last.height())
