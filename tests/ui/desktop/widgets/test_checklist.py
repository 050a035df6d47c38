"""A checklist: one stop of the Tab key, arrows move, Space ticks, Enter goes on."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from tests.ui.desktop.widgets.showing import a_window, focused
from ui.desktop import look
from ui.desktop.look import Mood
from ui.desktop.widgets.checklist import Checklist, Line
from ui.desktop.widgets.line_edit import LineEdit

LINES = [
    Line(title="居民身份证", key="id", detail="原件核验后退还", ticked=True),
    Line(title="诚信承诺书", key="pledge", detail="原件 1 份", right="缺", mood=Mood.BAD),
    Line(title="残疾人证", key="card", right="不适用", tickable=False),
    Line(title="银行卡（账号页）", key="bank", right="2 页", right_icon="paperclip"),
]


@pytest.fixture
def checklist(qtbot):
    before, checklist, after = LineEdit(), Checklist(), LineEdit()
    a_window(qtbot, before, checklist, after)
    checklist.show_lines(LINES)
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    return checklist


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(focused(), key, modifier)


def here() -> str:
    return str(focused().accessibleName())


def test_arrows_move_and_stay_at_the_ends(checklist, qtbot):
    assert here().startswith("居民身份证")
    press(qtbot, Qt.Key.Key_Up)
    assert here().startswith("居民身份证")
    press(qtbot, Qt.Key.Key_Down)
    assert here() == "诚信承诺书，原件 1 份，缺"
    press(qtbot, Qt.Key.Key_End)
    press(qtbot, Qt.Key.Key_Down)
    assert here().startswith("银行卡")
    press(qtbot, Qt.Key.Key_Home)
    assert here().startswith("居民身份证")


def test_space_ticks_the_line_one_is_on(checklist, qtbot):
    press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(checklist.ticked) as ticked:
        press(qtbot, Qt.Key.Key_Space)
    assert ticked.args == ["pledge", True]
    assert checklist.is_ticked("pledge")
    with qtbot.waitSignal(checklist.ticked) as ticked:
        press(qtbot, Qt.Key.Key_Space)
    assert ticked.args == ["pledge", False]


def test_tab_leaves_the_list_and_comes_back_to_the_same_line(checklist, qtbot):
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Tab)
    assert isinstance(focused(), LineEdit)
    press(qtbot, Qt.Key.Key_Backtab)
    assert here().startswith("诚信承诺书")


def test_enter_goes_on(checklist, qtbot):
    with qtbot.waitSignal(checklist.entered):
        press(qtbot, Qt.Key.Key_Return)


def test_a_line_that_cannot_be_ticked_can_be_read(checklist, qtbot):
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down)
    assert here() == "残疾人证，不适用"
    with qtbot.assertNotEmitted(checklist.ticked):
        press(qtbot, Qt.Key.Key_Space)
    assert not checklist.is_ticked("card")
    assert not focused().isChecked()


def test_new_lines_keep_the_one_that_the_keyboard_is_on(checklist, qtbot):
    press(qtbot, Qt.Key.Key_Down)
    checklist.show_lines(LINES[1:])
    assert here().startswith("诚信承诺书")
    checklist.show_lines(LINES)
    assert here().startswith("诚信承诺书")


def test_fewer_lines_lose_nothing_that_stays(checklist, qtbot):
    checklist.show_lines(LINES[:1])
    assert [line.key for line in checklist.lines()] == ["id"]
    assert checklist.is_ticked("id")


def test_a_click_on_the_line_ticks_and_one_on_its_right_side_opens(checklist, qtbot):
    row = next(r for r in checklist.children() if getattr(r, "line", None) == LINES[3])
    with qtbot.waitSignal(checklist.ticked):
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(100, row.height() // 2))
    at_right = QPoint(row.width() - 10, row.height() // 2)
    with qtbot.waitSignal(checklist.opened) as opened, qtbot.assertNotEmitted(checklist.ticked):
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=at_right)
    assert opened.args == ["bank"]


def test_ctrl_space_opens_the_right_side(checklist, qtbot):
    with qtbot.waitSignal(checklist.opened) as opened:
        press(qtbot, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert opened.args == ["id"]


def test_the_right_side_of_one_line_changes_alone(checklist):
    checklist.mark("id", right="2 页", right_icon="paperclip")
    assert [line.right for line in checklist.lines()] == ["2 页", "缺", "不适用", "2 页"]
    assert checklist.is_ticked("id")


def test_a_screen_reader_hears_a_box_to_tick(checklist):
    interface = QAccessible.queryAccessibleInterface(focused())
    assert interface.role() == QAccessible.Role.CheckBox
    assert interface.state().checked


@pytest.mark.parametrize("scale", look.SCALES)
def test_long_lines_are_shown_whole_in_a_narrow_place(qapp, qtbot, scale):
    look.apply(qapp, "ordinary", scale)
    checklist = Checklist()
    checklist.show_lines(
        [Line(title="家庭收入财产状况声明和诚信承诺书" * 3, key=1, detail="原件 1 份" * 9)]
    )
    a_window(qtbot, checklist, width=260, height=600)
    row: Any = next(r for r in checklist.children() if hasattr(r, "line"))
    assert row.height() >= row.heightForWidth(row.width())
