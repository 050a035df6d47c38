"""What nobody expected is logged, told once, and the work goes on."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui import logs
from ui.desktop.start.bugs import Bugs
from ui.desktop.widgets.dialogs import Notice


@pytest.fixture
def bugs(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    logs.begin(tmp_path)
    before = sys.excepthook, threading.excepthook
    bugs = Bugs(window)
    bugs.catch()
    yield bugs
    sys.excepthook, threading.excepthook = before


def shown(bugs):
    return [one for one in bugs.parent().findChildren(Notice) if one.isVisible()]


def broken(secret="韦小妹"):
    raise RuntimeError(secret)


def raised():
    """What Python hands to the hook."""
    try:
        broken()
    except RuntimeError as error:
        return type(error), error, error.__traceback__


def test_a_bug_is_told_in_one_dialog_and_logged_without_what_somebody_typed(qtbot, bugs, tmp_path):
    sys.excepthook(*raised())
    sys.excepthook(*raised())
    qtbot.waitUntil(lambda: bool(shown(bugs)))
    QApplication.processEvents()
    (dialog,) = shown(bugs)
    assert "已登记的都在" in dialog.accessibleDescription()
    log = (tmp_path / "logs" / "daiban.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert "韦小妹" not in log
    dialog.accept()


def test_the_same_bug_is_not_told_again_after_it_was_read(qtbot, bugs):
    sys.excepthook(*raised())
    qtbot.waitUntil(lambda: bool(shown(bugs)))
    shown(bugs)[0].accept()
    sys.excepthook(*raised())
    QTimer.singleShot(50, lambda: None)
    qtbot.wait(100)
    assert shown(bugs) == []


def test_another_bug_is_told_after_the_first_was_read(qtbot, bugs):
    bugs.tell("first.log")
    qtbot.waitUntil(lambda: bool(shown(bugs)))
    shown(bugs)[0].accept()
    bugs.tell("second.log")
    qtbot.waitUntil(lambda: bool(shown(bugs)))
    assert "second.log" in shown(bugs)[0].accessibleDescription()
    shown(bugs)[0].accept()


def test_a_bug_in_a_thread_is_told_too(qtbot, bugs):
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown(bugs)))
    shown(bugs)[0].accept()


def test_an_interrupt_closes_the_window_and_is_no_bug(qtbot, bugs):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not bugs.parent().isVisible()
    assert shown(bugs) == []
