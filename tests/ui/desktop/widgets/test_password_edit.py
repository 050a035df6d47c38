"""A password can be looked at, and hides again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.desktop.widgets.showing import a_window
from ui.desktop.widgets.button import IconButton
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.password_edit import PasswordEdit


def test_the_eye_shows_it_and_leaving_hides_it_again(qtbot):
    field, other = PasswordEdit("密码"), LineEdit()
    a_window(qtbot, field, other)
    field.setFocus()
    eye = field.findChild(IconButton)
    assert isinstance(eye, IconButton)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert field.is_shown()
    assert field.hasFocus()
    assert eye.accessibleName() == "隐藏密码"
    other.setFocus()
    assert not field.is_shown()


def test_the_eye_does_not_cover_the_text(qtbot):
    field = PasswordEdit()
    a_window(qtbot, field)
    eye = field.findChild(IconButton)
    assert isinstance(eye, IconButton)
    assert field.textMargins().right() >= field.width() - eye.x() - 12
    assert field.rect().contains(eye.geometry())
