"""Rows that lead somewhere, segments and counts."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.desktop import walks
from tests.ui.desktop.widgets.showing import a_window, focused
from ui.desktop.look import Mood
from ui.desktop.widgets.count_card import CountCard
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.row_list import Row, RowList
from ui.desktop.widgets.segments import Segment, Segments

ROWS = [
    Row(
        title="转报：覃* 残疾人两项补贴",
        right="收件 11-18",
        chip="今天到期",
        mood=Mood.WARN,
        key="a",
    ),
    Row(title="送达：莫*英 高龄津贴", right="决定 11-06", chip="超期 1 天", mood=Mood.BAD, key="b"),
    Row(title="补正：黄*军 临时救助", detail="还缺 2 件", key="c"),
]
VIEWS = [
    Segment(text="待我处理", value="mine", count=12),
    Segment(text="待补正", value="supply", count=4),
    Segment(text="全部", value="all"),
]


@pytest.fixture
def rows(qtbot):
    rows, after = RowList(), LineEdit("查找")
    a_window(qtbot, rows, after)
    rows.show_rows(ROWS)
    rows.setFocus()
    return rows


def press(qtbot, key):
    qtbot.keyClick(focused(), key)


def test_arrows_move_and_enter_opens(rows, qtbot):
    press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(rows.opened) as opened:
        press(qtbot, Qt.Key.Key_Return)
    assert opened.args == ["b"]


def test_a_click_opens(rows, qtbot):
    button = next(b for b in rows.children() if getattr(b, "row", None) == ROWS[2])
    with qtbot.waitSignal(rows.opened) as opened:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened.args == ["c"]


def test_the_rows_are_one_stop_of_the_tab_key(rows, qtbot):
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Tab)
    assert isinstance(focused(), LineEdit)
    press(qtbot, Qt.Key.Key_Backtab)
    assert focused().accessibleName().startswith("超期 1 天，送达：莫*英")


def test_new_rows_keep_the_one_that_the_keyboard_is_on(rows, qtbot):
    press(qtbot, Qt.Key.Key_Down)
    rows.show_rows(ROWS[1:])
    assert focused().accessibleName().startswith("超期 1 天")
    rows.show_rows([])
    assert rows.rows() == []
    rows.show_rows(ROWS)
    assert [row.key for row in rows.rows()] == ["a", "b", "c"]


def test_an_empty_list_says_so(rows):
    rows.set_empty_text("没有要办的")
    rows.show_rows([])
    shown = [
        label.text()
        for label in rows.findChildren(object)
        if hasattr(label, "wordWrap") and label.isVisible()
    ]
    assert shown == ["没有要办的"]


def test_rows_made_late_stand_in_reading_order(rows):
    assert walks.faults(rows.window()) == []


@pytest.fixture
def segments(qtbot):
    segments = Segments("审查")
    a_window(qtbot, segments, LineEdit("查找"))
    segments.show_segments(VIEWS)
    segments.setFocus()
    return segments


def test_left_and_right_choose_a_segment(segments, qtbot):
    with qtbot.waitSignal(segments.chosen) as chosen:
        press(qtbot, Qt.Key.Key_Right)
    assert chosen.args == ["supply"]
    with qtbot.assertNotEmitted(segments.chosen):
        segments.set_value("all")
    assert segments.value() == "all"


def test_segments_wrap_and_live_on_after_they_were_looked_at(segments):
    window = segments.window()
    assert walks.faults(window) == []
    gc.collect()
    window.resize(160, 400)
    QApplication.processEvents()
    assert segments.height() >= 2 * 36
    assert walks.faults(window) == []


def test_new_counts_leave_the_chosen_segment(segments, qtbot):
    segments.set_value("supply")
    with qtbot.assertNotEmitted(segments.chosen):
        segments.show_segments([Segment(text="待补正", value="supply", count=5), VIEWS[2]])
    assert segments.value() == "supply"
    segments.show_segments([VIEWS[2]])
    assert segments.value() == "all"


def test_a_click_on_what_is_chosen_already_tells_nobody(segments, qtbot):
    button = next(b for b in segments.children() if getattr(b, "segment", None) == VIEWS[0])
    with qtbot.assertNotEmitted(segments.chosen):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.isChecked()


def test_a_count_is_heard_with_its_words(qtbot):
    count = CountCard("待转报")
    a_window(qtbot, count)
    count.show_count(3, "1 件今天到期", Mood.WARN)
    assert count.accessibleName() == "待转报，3，1 件今天到期"
    with qtbot.waitSignal(count.clicked):
        qtbot.keyClick(count, Qt.Key.Key_Return)
