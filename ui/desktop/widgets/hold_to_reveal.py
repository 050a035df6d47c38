"""A personal number that shows itself only while a button is held."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.widgets.pill import Pill
from ui.desktop.widgets.text import Elided


class HoldToReveal(QWidget):
    """`held` asks for the number; whoever answers calls `reveal`. Space holds it too."""

    held = Signal()
    released = Signal()

    def __init__(
        self, masked: str = "", *, kind: TextKind = TextKind.BODY, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._masked = masked
        self._held = False
        self._text = Elided(masked, kind)
        self._eye = _Eye(self.tr("按住显示"), self.tr("按住显示完整号码；会记录谁看过"))
        self._eye.went_down.connect(self._on_down)
        self._eye.came_up.connect(self._on_up)
        row = look.row(Space.S, parent=self)
        row.addWidget(self._text)
        row.addWidget(self._eye)
        row.addStretch(1)
        self.setFocusProxy(self._eye)
        self.set_masked(masked)

    def set_masked(self, text: str) -> None:
        """Another person's number: what was revealed is gone."""
        self._masked = text
        self._on_up()
        self._text.set_text(text)
        self._eye.setVisible(bool(text))

    def reveal(self, text: str) -> None:
        """Too late an answer shows nothing: the number is seen only while the button is held."""
        if self._held:
            self._text.set_text(text)

    def is_held(self) -> bool:
        return self._held

    def text(self) -> str:
        return self._text.text()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._on_up()
        super().hideEvent(event)

    def _on_down(self) -> None:
        if not self._held:
            self._held = True
            self.held.emit()

    def _on_up(self) -> None:
        if self._held:
            self._held = False
            self._text.set_text(self._masked)
            self.released.emit()


class _Eye(Pill):
    went_down = Signal()
    came_up = Signal()

    def __init__(self, text: str, tip: str) -> None:
        super().__init__(text, Mood.PLAIN, "eye", tip=tip)
        self.pressed.connect(self.went_down)
        self.released.connect(self.came_up)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # a press that has no length cannot be held
            return
        if not event.isAutoRepeat():
            super().keyPressEvent(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            super().keyReleaseEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.setDown(False)
        self.came_up.emit()
        super().focusOutEvent(event)
