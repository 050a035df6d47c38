"""Messages over the page: they take no focus and go by themselves, except bad ones."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible

from tests.ui.desktop.widgets.showing import a_window, focused
from ui.desktop.look import Mood
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.toaster import Toaster


@pytest.fixture
def toaster(qtbot):
    field = LineEdit()
    window = a_window(qtbot, field)
    field.setFocus()
    return Toaster(window)


def timers(toaster):
    return [timer for timer in toaster.findChildren(QTimer) if timer.isActive()]


def test_a_message_takes_nobody_s_keyboard(toaster, qtbot):
    field = focused()
    toaster.say(Mood.BAD, "打印机没有纸。", "补打", lambda: None)
    assert focused() is field
    for button in toaster.findChildren(Button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert focused() is field


def test_an_ordinary_message_goes_by_itself_after_four_seconds_or_more(toaster, qtbot):
    toaster.say(Mood.GOOD, "已登记。")
    (timer,) = timers(toaster)
    assert timer.interval() >= 4_000
    timer.setInterval(0)
    qtbot.waitUntil(lambda: toaster.texts() == [])
    assert not toaster.isVisible()


def test_a_long_message_stays_longer(toaster):
    toaster.say(Mood.INFO, "短")
    toaster.say(Mood.INFO, "很长的一句话" * 10)
    short, long = timers(toaster)
    assert long.interval() > short.interval() + 3_000


def test_a_bad_message_stays_until_it_is_closed(toaster, qtbot):
    toaster.say(Mood.BAD, "磁盘已满。")
    assert timers(toaster) == []
    close = next(b for b in toaster.findChildren(Button) if b.accessibleName() == "关闭")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert toaster.texts() == []


def test_the_same_words_again_are_not_shown_twice(toaster):
    toaster.say(Mood.INFO, "离线")
    toaster.say(Mood.INFO, "离线")
    assert toaster.texts() == ["离线"]


def test_no_more_than_three_are_shown_the_newest_last(toaster):
    for number in range(5):
        toaster.say(Mood.BAD, str(number))
    assert toaster.texts() == ["2", "3", "4"]


def test_its_act_is_done_once_and_closes_it(toaster, qtbot):
    done = []
    toaster.say(Mood.INFO, "区中心发来 3 件。", "看看", lambda: done.append(1))
    act = next(b for b in toaster.findChildren(Button) if b.text() == "看看")
    qtbot.mouseClick(act, Qt.MouseButton.LeftButton)
    assert (done, toaster.texts()) == ([1], [])


def test_it_stays_in_the_corner_when_the_window_changes(toaster, qtbot):
    toaster.say(Mood.BAD, "磁盘已满。")
    window = toaster.parentWidget()
    window.resize(900, 500)
    qtbot.waitUntil(lambda: toaster.geometry().right() == 900 - 16 - 1)
    window.resize(300, 500)
    qtbot.waitUntil(lambda: toaster.x() >= 0 and toaster.geometry().right() < 300)


def test_a_screen_reader_is_told(toaster, monkeypatch):
    told = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: told.append(event.message())
    )
    toaster.say(Mood.GOOD, "已登记。")
    assert told == ["已登记。"]
