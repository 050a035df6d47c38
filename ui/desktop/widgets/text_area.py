"""A field for several lines."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space

LONGEST = 4_000
"""Characters that are taken at once: a whole file that was pasted by mistake would hold the window."""


class TextArea(QPlainTextEdit):
    """Enter begins a line, Tab moves on, Ctrl+Enter is the page's."""

    left = Signal()

    def __init__(
        self, placeholder: str = "", *, lines: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self._composing = False
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        self.setPlainText(text)

    def is_composing(self) -> bool:
        return self._composing

    def set_mood(self, mood: Mood | None) -> None:
        tint = mood.value if mood is not None else ""
        if tint == (self.property("mood") or ""):
            return
        self.setProperty("mood", tint)
        self.style().unpolish(self)
        self.style().polish(self)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        taken = QMimeData()
        taken.setText(source.text()[:LONGEST])
        super().insertFromMimeData(taken)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return
            if self._composing:
                return
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._composing = False
        self.left.emit()

    @override
    def sizeHint(self) -> QSize:
        height = look.metrics().lineSpacing() * self._lines
        return QSize(look.current().px(Size.POPUP), height + look.current().px(Space.XL))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look.current().px(Size.CHOICE), self.sizeHint().height())
