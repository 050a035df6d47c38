"""A field for one line of text, which an input method can compose in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Ink, Mood, Size, Space
from ui.desktop.widgets import painting

_STILL_HERE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


LONGEST = 200
"""Characters: what an entry keeps of a line. A page that was pasted by mistake is cut off here."""


class LineEdit(QLineEdit):
    """Enter says `entered`, but never while an input method composes."""

    entered = Signal()
    left = Signal()

    def __init__(
        self, placeholder: str = "", *, icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._composing = False
        self._at_rest = True
        self.setMaxLength(LONGEST)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._make_room()

    def is_composing(self) -> bool:
        return self._composing

    def set_mood(self, mood: Mood | None) -> None:
        """Tint the border; the words stand in the Field's message."""
        tint = mood.value if mood is not None else ""
        if tint == (self.property("mood") or ""):
            return
        self.setProperty("mood", tint)
        self.style().unpolish(self)
        self.style().polish(self)

    @override
    def setText(self, text: str | None) -> None:
        super().setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)  # what is too long is read from its beginning

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter(event)
            return
        super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_mouse = event.reason() is Qt.FocusReason.MouseFocusReason
        if not by_mouse and (self._at_rest or event.reason() not in _STILL_HERE):
            self.setSelection(len(self.text()), -len(self.text()))  # its beginning stays in sight
        self._at_rest = False

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STILL_HERE:
            self._composing = False
            self._at_rest = True
            self.setCursorPosition(0)
            self.left.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._make_room()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            left = look.current().px(Space.M)
            middle = self.rect().center().y() + 1
            painting.icon_at(QPainter(self), left, middle, self._icon, Size.ICON, Ink.SECONDARY)

    def _on_enter(self, event: QKeyEvent) -> None:
        """Enter with Ctrl is the page's; a bare one ends here, so no dialog takes it for yes."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif not self._composing:
            self.entered.emit()

    def _make_room(self) -> None:
        px = look.current().px
        self.setTextMargins(px(Size.ICON + Space.S) if self._icon else 0, 0, self._tail(), 0)

    def _tail(self) -> int:
        """What a subclass needs at the right end for a button, in pixels."""
        return 0
