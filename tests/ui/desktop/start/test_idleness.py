"""Whoever has left is noticed; whoever types or moves the mouse is not."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from ui.desktop.start import idleness
from ui.desktop.start.idleness import Idleness

SHORT_MS = 200


@pytest.fixture
def field(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    field.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is field)
    return field


@pytest.fixture
def watch(qapp, field, monkeypatch):
    monkeypatch.setattr(idleness, "_MINUTE_MS", SHORT_MS)
    watch = Idleness(qapp, 1)
    watch.begin()
    yield watch
    watch.end()


def test_nobody_there_is_noticed_once(qtbot, watch):
    with qtbot.waitSignal(watch.idled):
        pass
    with qtbot.assertNotEmitted(watch.idled, wait=3 * SHORT_MS):
        pass


def is_heard(watch, touch):
    """Whether a touch begins a wait, where none is under way."""
    watch._timer.stop()  # noqa: SLF001
    touch()
    return watch._timer.isActive()  # noqa: SLF001


def test_every_kind_of_touch_begins_a_new_wait(watch, field):
    window = field.windowHandle()
    assert is_heard(watch, lambda: QTest.keyClick(window, Qt.Key.Key_A))
    assert is_heard(watch, lambda: QTest.mouseMove(window, QPoint(9, 3)))
    assert is_heard(watch, lambda: QTest.mouseClick(window, Qt.MouseButton.LeftButton))


def test_what_an_input_method_composes_is_heard_wherever_the_cursor_is(qtbot, watch, field):
    other = QLineEdit(field)
    other.show()
    for focused in (field, other, field):
        focused.setFocus()
        composing = QInputMethodEvent("wei", [])
        assert is_heard(watch, lambda: QApplication.sendEvent(focused, composing))  # noqa: B023


def test_a_field_that_has_gone_is_no_trouble(qtbot, watch, field):
    other = QLineEdit(field)
    other.show()
    other.setFocus()
    other.deleteLater()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not other)
    field.setFocus()
    assert is_heard(watch, lambda: QTest.keyClick(field.windowHandle(), Qt.Key.Key_A))


def test_keys_in_a_dialog_are_heard(qtbot, watch, field):
    dialog = QDialog(field)
    dialog.open()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is dialog.windowHandle())
    assert is_heard(watch, lambda: QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A))
    dialog.close()


def test_more_minutes_count_from_now(qtbot, watch):
    watch.set_after(50)
    with qtbot.assertNotEmitted(watch.idled, wait=3 * SHORT_MS):
        pass


def test_after_its_end_nothing_is_noticed_any_more(qtbot, watch):
    watch.end()
    watch.end()
    with qtbot.assertNotEmitted(watch.idled, wait=3 * SHORT_MS):
        pass
