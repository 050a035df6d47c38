"""Over the open desk: the lock hides everything, somebody else sits down, one's password changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from app.domain.staff import OperatorCard
from app.store import keyslots
from app.store.keyslots import Unlock
from app.usecases import operators
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.start.conftest import HEAD, PASSWORD
from ui.desktop.look.mood import Mood
from ui.desktop.pages.names import PageName
from ui.desktop.start.flow import Flow
from ui.desktop.start.login_page import LoginPage
from ui.desktop.start.own_password import OwnPassword
from ui.desktop.start.seat import AheadOf
from ui.desktop.widgets.password_edit import PasswordEdit
from ui.desktop.window.main_window import MainWindow


class AtTheDesk:
    """A desktop whose head has logged in."""

    def __init__(self, qtbot, flow):
        self.qtbot = qtbot
        self.flow = flow
        self.shell = flow.shell
        self.desk = flow.desk
        self.window: MainWindow = flow.shell.page
        self.guard = flow._guard  # noqa: SLF001

    @property
    def cover(self) -> Any:
        return next((one for one in self.shell.findChildren(LoginPage) if one.isVisible()), None)

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.shell.windowHandle(), key, modifier)

    def lock(self):
        self.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(lambda: self.cover is not None, timeout=WAIT_MS)

    def type_password(self, password, name=None):
        if name is not None:
            self.cover._people.choose(name)  # noqa: SLF001
        edit = self.cover.findChild(PasswordEdit)
        self.qtbot.keyClicks(edit, password)
        self.qtbot.keyClick(edit, Qt.Key.Key_Return)

    def wait_for_desk(self):
        self.qtbot.waitUntil(lambda: self.cover is None, timeout=WAIT_MS)


@pytest.fixture
def at_desk(qtbot, qapp, village):
    flow = Flow(qapp, village)
    qtbot.addWidget(flow.shell)
    flow.begin()
    qtbot.waitUntil(lambda: isinstance(flow.shell.page, LoginPage), timeout=WAIT_MS)
    page: Any = flow.shell.page
    flow.shell.activateWindow()
    page.findChild(PasswordEdit).setText(PASSWORD)
    page._people.choose(HEAD)  # noqa: SLF001
    page._on_enter()  # noqa: SLF001
    qtbot.waitUntil(lambda: isinstance(flow.shell.page, MainWindow), timeout=WAIT_MS)
    yield AtTheDesk(qtbot, flow)
    flow.shell.close()
    flow.stop()


def test_the_lock_hides_the_pages_and_the_title_tells_nothing(at_desk):
    title = at_desk.shell.windowTitle()
    shown = at_desk.window.shown
    at_desk.lock()
    assert not shown.isVisible()
    assert at_desk.shell.windowTitle() == "代办"
    at_desk.type_password(PASSWORD)
    at_desk.wait_for_desk()
    assert shown.isVisible()
    assert at_desk.shell.windowTitle() == title


def test_behind_the_lock_no_key_reaches_the_desk(at_desk):
    at_desk.lock()
    at_desk.key(Qt.Key.Key_F2)
    at_desk.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    at_desk.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    at_desk.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    at_desk.key(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert at_desk.cover is not None
    assert at_desk.window.shown.name is PageName.HOME


def test_a_wrong_password_leaves_it_locked(at_desk):
    at_desk.lock()
    with at_desk.qtbot.waitSignal(at_desk.cover._check.refused, timeout=WAIT_MS):  # noqa: SLF001
        at_desk.type_password("guess")
    assert at_desk.cover is not None
    assert at_desk.guard.is_locked


def test_a_colleague_can_unlock_and_then_sits_there(at_desk):
    at_desk.lock()
    with at_desk.qtbot.waitSignal(at_desk.desk.operator_changed, timeout=WAIT_MS):
        at_desk.type_password("another-one", "莫代办")
    at_desk.wait_for_desk()
    assert at_desk.desk.operator.name == "莫代办"


def test_idleness_locks(at_desk):
    at_desk.guard._idleness.idled.emit()  # noqa: SLF001
    assert at_desk.guard.is_locked
    assert at_desk.cover is not None


def test_what_stood_open_over_the_window_is_closed_by_the_lock(at_desk):
    dialog = QDialog(at_desk.window)
    dialog.open()
    at_desk.desk.locked.emit()
    assert not dialog.isVisible()
    assert at_desk.guard.is_locked


def test_what_opens_only_after_the_lock_is_closed_too(at_desk):
    at_desk.lock()
    late = QDialog(at_desk.window)
    late.open()
    late.activateWindow()
    at_desk.qtbot.waitUntil(lambda: not late.isVisible(), timeout=WAIT_MS)
    assert at_desk.guard.is_locked


def test_a_colleague_sits_there_before_the_desk_is_seen_again(at_desk):
    at_desk.lock()
    seen = []
    at_desk.desk.operator_changed.connect(lambda: seen.append(at_desk.window.shown.isVisible()))
    at_desk.type_password("another-one", "莫代办")
    at_desk.wait_for_desk()
    assert seen == [False]


def test_people_change_by_password_and_escape_keeps_whoever_sits_there(at_desk):
    at_desk.key(
        Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    at_desk.qtbot.waitUntil(lambda: at_desk.cover is not None, timeout=WAIT_MS)
    at_desk.qtbot.keyClick(at_desk.cover.findChild(PasswordEdit), Qt.Key.Key_Escape)
    at_desk.wait_for_desk()
    assert at_desk.desk.operator.name == HEAD
    at_desk.window.switch_asked.emit()
    with at_desk.qtbot.waitSignal(at_desk.desk.operator_changed, timeout=WAIT_MS):
        at_desk.type_password("another-one")
    assert at_desk.desk.operator.name == "莫代办"
    at_desk.wait_for_desk()


def test_a_lock_while_people_change_cannot_be_left_by_escape(at_desk):
    at_desk.window.switch_asked.emit()
    at_desk.guard.lock()
    at_desk.qtbot.keyClick(at_desk.cover.findChild(PasswordEdit), Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert at_desk.cover is not None


def test_an_answer_about_the_clock_does_not_open_the_lock(at_desk):
    guard = at_desk.guard
    ahead = AheadOf(today=date(2020, 1, 1), last=date(2026, 11, 21))
    guard._on_clock(ahead)  # noqa: SLF001
    guard.lock()
    guard._on_clock_settled()  # noqa: SLF001 - somebody had said that it is right
    guard._on_clock(ahead)  # noqa: SLF001
    assert guard.is_locked
    assert at_desk.cover is not None


def test_ones_own_password_is_changed_with_the_old_one(at_desk, village):
    at_desk.window.password_asked.emit()
    dialog = at_desk.shell.findChild(OwnPassword)
    for edit, text in zip(
        dialog.findChildren(PasswordEdit), (PASSWORD, "new-lotus", "new-lotus"), strict=True
    ):
        edit.setText(text)
    with at_desk.qtbot.waitSignal(dialog.accepted, timeout=WAIT_MS):
        dialog.ok_requested.emit()
    proven: list[OperatorCard] = []
    at_desk.desk.read(lambda store: operators.proven(store, HEAD, "new-lotus"), proven.append)
    at_desk.qtbot.waitUntil(lambda: bool(proven), timeout=WAIT_MS)


def test_a_wrong_old_password_changes_nothing_and_is_said_beside_it(at_desk, village):
    at_desk.window.password_asked.emit()
    dialog = at_desk.shell.findChild(OwnPassword)
    edits = dialog.findChildren(PasswordEdit)
    for edit, text in zip(edits, ("guess", "new-lotus", "new-lotus"), strict=True):
        edit.setText(text)
    dialog.ok_requested.emit()
    at_desk.qtbot.waitUntil(
        lambda: edits[0].accessibleDescription() == "现在的密码不对。", timeout=WAIT_MS
    )
    assert dialog.isVisible()
    dialog.reject()
    assert keyslots.open_key(village, Unlock(operator=HEAD, password=PASSWORD))


@pytest.mark.parametrize("size", [(1366, 768), (900, 500)])
def test_the_locked_screen_shows_no_name_of_an_applicant(at_desk, size):
    at_desk.desk.say(Mood.GOOD, "韦小妹 已登记")
    at_desk.shell.resize(*size)
    at_desk.lock()
    texts = [one.text() for one in at_desk.shell.findChildren(QLabel) if one.isVisible()]
    assert "屏幕已锁定" in texts
    assert not any("韦小妹" in text for text in texts)
