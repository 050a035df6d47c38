"""An input method as a test plays it: Pinyin that is being composed, then committed."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def compose(widget: QWidget, pinyin: str) -> None:
    QApplication.sendEvent(widget, QInputMethodEvent(pinyin, []))


def commit(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
