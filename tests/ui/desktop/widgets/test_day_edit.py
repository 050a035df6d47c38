"""A day is typed in any usual way, and shown in one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QTableView

from tests.ui.desktop.widgets.showing import a_window, show
from ui.desktop.widgets.calendar import Calendar
from ui.desktop.widgets.day_edit import DayEdit, read_day
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.text import Text

# The offscreen platform says so of every popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "typed",
    [
        "20261109",
        "2026-11-09",
        "2026-11-9",
        "2026年11月9日",
        "2026.11.9",
        "2026/11/9",
        "11-9",
        "1109",
        "11月9日",
        "11.09",
        " １１－０９ ",
    ],
)
def test_each_usual_way_of_writing_a_day_is_understood(typed):
    assert read_day(typed, TODAY) == date(2026, 11, 9)


@pytest.mark.parametrize("typed", ["", "明天", "13-40", "20260230", "1", "2026", "2026-11"])
def test_what_is_no_day_is_none(typed):
    assert read_day(typed, TODAY) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_what_is_shown_is_read_back(day):
    assert read_day(f"{day.year}年{day.month}月{day.day}日", TODAY) == day


def test_a_typed_day_is_told_at_once_and_written_out_when_the_field_is_left(qtbot):
    edit, other = DayEdit(TODAY), LineEdit()
    a_window(qtbot, edit, other)
    edit.setFocus()
    with qtbot.waitSignal(edit.day_changed) as changed:
        qtbot.keyClicks(edit, "1109")
    assert changed.args == [date(2026, 11, 9)]
    other.setFocus()
    assert edit.text() == "2026年11月9日"


def test_what_is_no_day_stays_as_it_was_typed_and_is_wrong(qtbot):
    edit, other = DayEdit(TODAY), LineEdit()
    a_window(qtbot, edit, other)
    edit.setFocus()
    qtbot.keyClicks(edit, "1340")
    other.setFocus()
    assert (edit.text(), edit.day(), edit.is_wrong()) == ("1340", None, True)


def test_up_and_down_change_it_by_a_day(qtbot):
    edit = DayEdit(TODAY)
    show(qtbot, edit)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert edit.day() == TODAY
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.day() == TODAY + timedelta(days=1)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert edit.text() == "2026年11月21日"


def test_the_calendar_opens_by_alt_down_and_a_click_takes_the_day(qtbot):
    edit = DayEdit(TODAY)
    show(qtbot, edit)
    edit.set_day(TODAY)
    qtbot.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = edit.findChild(Calendar)
    assert isinstance(calendar, Calendar)
    assert calendar.day() == TODAY
    days = calendar.findChild(QCalendarWidget)
    assert isinstance(days, QCalendarWidget)
    with qtbot.waitSignal(edit.day_changed) as changed:
        days.clicked.emit(QDate(2026, 11, 3))
    assert changed.args == [date(2026, 11, 3)]
    assert not calendar.isVisible()


def test_the_calendar_is_steered_by_keys(qtbot):
    calendar = Calendar(date(2026, 11, 30), TODAY)
    show(qtbot, calendar)
    days = calendar.findChild(QTableView)
    assert isinstance(days, QTableView)
    qtbot.keyClick(days, Qt.Key.Key_Right)
    assert "2026年12月" in [text.text() for text in calendar.findChildren(Text)]
    with qtbot.waitSignal(calendar.picked) as picked:
        qtbot.keyClick(days, Qt.Key.Key_Return)
    assert picked.args == [date(2026, 12, 1)]
