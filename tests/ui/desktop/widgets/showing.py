"""A widget on the screen with the keyboard, as it is when a person uses it."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.desktop import look

_kept: WeakKeyDictionary[QtBot, list[QWidget]] = WeakKeyDictionary()
"""Python would else delete a window that a test does not name."""


def show(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    _kept.setdefault(qtbot, []).append(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def a_window(qtbot: QtBot, *widgets: QWidget, width: int = 600, height: int = 400) -> QWidget:
    """The widgets one under the other."""
    window = QWidget()
    column = look.column(parent=window)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    window.resize(width, height)
    show(qtbot, window)
    return window


def focused() -> Any:  # a test knows what it has led the keyboard to
    return QApplication.focusWidget()
