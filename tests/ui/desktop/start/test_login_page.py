"""Login with the keyboard alone: who, password, Enter."""

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.desktop import walks
from ui.desktop.start.login import PasswordCheck
from ui.desktop.start.login_page import LoginPage
from ui.desktop.widgets.password_edit import PasswordEdit

FEW = ["韦桂花", "李建国", "莫玉英"]
MANY = [f"操作员{n}" for n in range(9)]


class Asked(PasswordCheck):
    """Notes what was tried; the test answers."""

    tried = Signal()

    def __init__(self):
        super().__init__()
        self.tries = []

    def try_password(self, name, password):
        self.tries.append((name, password))
        self.trying.emit()


class Page(LoginPage):
    def __init__(self, check):
        super().__init__(check)
        self.check = check


@pytest.fixture
def page(qtbot):
    page = Page(Asked())
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    return page


def password_of(page):
    return page.findChild(PasswordEdit)


def test_the_cursor_waits_in_the_password_and_enter_tries_it(page, qtbot):
    page.welcome(FEW)
    assert QApplication.focusWidget() is password_of(page)
    qtbot.keyClicks(password_of(page), "secret")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert page.check.tries == [("韦桂花", "secret")]


def test_arrows_choose_another_person_and_enter_moves_to_the_password(page, qtbot):
    page.welcome(FEW)
    password_of(page).focusPreviousChild()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is password_of(page)
    qtbot.keyClicks(password_of(page), "x")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert page.check.tries == [("李建国", "x")]


def test_many_people_are_a_list_that_opens(page, qtbot):
    page.welcome(MANY)
    password_of(page).focusPreviousChild()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClicks(password_of(page), "x")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert page.check.tries == [("操作员1", "x")]


def test_an_empty_password_is_asked_for_and_not_tried(page, qtbot):
    page.welcome(FEW)
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert page.check.tries == []
    assert password_of(page).accessibleDescription() == "请输入密码。"


def test_while_a_password_is_tried_a_second_enter_tries_nothing(page, qtbot):
    page.welcome(FEW)
    qtbot.keyClicks(password_of(page), "secret")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert len(page.check.tries) == 1


def test_a_refused_password_is_emptied_said_and_typed_again_at_once(page, qtbot):
    page.welcome(FEW)
    qtbot.keyClicks(password_of(page), "wrong")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    page.check.refused.emit("密码不对。", 0)
    assert password_of(page).text() == ""
    assert password_of(page).accessibleDescription() == "密码不对。"
    qtbot.keyClicks(QApplication.focusWidget(), "right")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert page.check.tries[-1] == ("韦桂花", "right")


def test_after_several_wrong_ones_nothing_is_tried_until_the_wait_is_over(page, qtbot, monkeypatch):
    page.welcome(FEW)
    page._clock.setInterval(1)  # noqa: SLF001 - a second is long for a test
    page.check.trying.emit()
    page.check.refused.emit("密码不对。", 3)
    assert "请等 3 秒" in password_of(page).accessibleDescription()
    qtbot.keyClicks(password_of(page), "quick")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert page.check.tries == []
    qtbot.waitUntil(lambda: password_of(page).accessibleDescription() == "密码不对。")
    qtbot.keyClicks(password_of(page), "patient")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert page.check.tries == [("韦桂花", "patient")]


def test_enter_does_nothing_while_an_input_method_composes(page, qtbot):
    page.welcome(FEW)
    password = password_of(page)
    qtbot.keyClicks(password, "a")
    QApplication.sendEvent(password, QInputMethodEvent("zhong", []))
    qtbot.keyClick(password, Qt.Key.Key_Return)
    assert page.check.tries == []


def test_a_password_typed_before_the_names_are_known_counts_when_they_are(page, qtbot):
    page.wait_for_names()
    qtbot.keyClicks(password_of(page), "early")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert page.check.tries == []
    page.welcome(FEW)
    assert page.check.tries == [("韦桂花", "early")]


def test_what_was_half_typed_before_the_names_are_known_stays(page, qtbot):
    page.wait_for_names()
    qtbot.keyClicks(password_of(page), "half")
    page.welcome(FEW)
    qtbot.keyClicks(password_of(page), "way")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert page.check.tries == [("韦桂花", "halfway")]


def test_behind_the_lock_whoever_was_here_is_chosen_and_escape_opens_nothing(page, qtbot):
    page.guard(FEW, "莫玉英")
    with qtbot.assertNotEmitted(page.went_back):
        qtbot.keyClick(password_of(page), Qt.Key.Key_Escape)
    qtbot.keyClicks(password_of(page), "x")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert page.check.tries == [("莫玉英", "x")]


def test_somebody_else_is_offered_first_when_people_change_and_escape_goes_back(page, qtbot):
    page.replace(FEW, "韦桂花")
    with qtbot.waitSignal(page.went_back):
        qtbot.keyClick(password_of(page), Qt.Key.Key_Escape)
    qtbot.keyClicks(password_of(page), "x")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert page.check.tries == [("李建国", "x")]


def test_without_any_password_the_device_passphrase_is_asked_for(page, qtbot):
    page.welcome([])
    assert password_of(page).accessibleName() == "设备口令"
    qtbot.keyClicks(password_of(page), "x")
    qtbot.keyClick(password_of(page), Qt.Key.Key_Return)
    assert page.check.tries == [("", "x")]


def test_a_new_person_begins_with_an_empty_password_that_nobody_can_read(page, qtbot):
    page.welcome(FEW)
    qtbot.keyClicks(password_of(page), "half")
    password_of(page).focusPreviousChild()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert password_of(page).text() == ""
    assert password_of(page).echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize("names", [FEW[:1], FEW, MANY, []])
@pytest.mark.parametrize("size", [(1366, 768), (900, 500)])
def test_it_can_be_used_without_mouse_and_without_seeing_well(page, names, size):
    page.resize(*size)
    page.guard(names, "")
    assert walks.faults(page) == []
