"""Somebody who answers the question that is about to be asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.desktop.widgets.dialogs import Question

_LOOK_AGAIN_MS = 10


def answer(how: Callable[[Question], object]) -> None:
    """Wait until a question has the keyboard, then do that to it."""

    def look_up() -> None:
        question = QApplication.activeModalWidget()
        if isinstance(question, Question) and question.isActiveWindow():
            how(question)
        else:
            QTimer.singleShot(_LOOK_AGAIN_MS, look_up)

    QTimer.singleShot(0, look_up)
