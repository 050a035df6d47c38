"""Somebody who answers the question that is about to be asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.desktop.widgets.dialogs import Notice, Question

_LOOK_AGAIN_MS = 10
_Sheet = TypeVar("_Sheet", Question, Notice)


def answer(how: Callable[[Question], object]) -> None:
    """Wait until a question has the keyboard, then do that to it."""

    _when_it_comes(Question, how)


def told(how: Callable[[Notice], object]) -> None:
    """The same for something that has only to be read."""
    _when_it_comes(Notice, how)


def _when_it_comes(kind: type[_Sheet], how: Callable[[_Sheet], object]) -> None:
    def look_up() -> None:
        shown = QApplication.activeModalWidget()
        if isinstance(shown, kind) and shown.isActiveWindow():
            how(shown)
        else:
            QTimer.singleShot(_LOOK_AGAIN_MS, look_up)

    QTimer.singleShot(0, look_up)
