"""Enter moves from editor to editor, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


def takes_enter(event: QKeyEvent, move_on: Callable[[], object]) -> bool:
    """Whether a key was Enter, which moves on; Ctrl+Enter finishes, and is left to the page."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        event.ignore()
    else:
        move_on()
    return True


class FormWalk(QObject):
    """Joins the `entered` of each editor to the next one that can be typed in; `finished` after the last."""

    finished = Signal()

    def __init__(self, parent: QWidget, editors: Sequence[QWidget] = ()) -> None:
        super().__init__(parent)
        self._editors: list[QWidget] = []
        self.set_order(editors)

    def set_order(self, editors: Sequence[QWidget]) -> None:
        """Tab goes the same way."""
        for editor in editors:
            if editor not in self._editors:
                entered: SignalInstance | None = getattr(editor, "entered", None)
                if entered is not None:
                    entered.connect(partial(self.go_on, editor))
        self._editors = list(editors)
        stops = [stop for editor in self._editors for stop in _stops(editor)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def after(self, editor: QWidget) -> QWidget | None:
        """The next one that is visible and enabled."""
        if editor not in self._editors:
            return None
        rest = self._editors[self._editors.index(editor) + 1 :]
        return next((one for one in rest if one.isVisible() and one.isEnabled()), None)

    def go_on(self, editor: QWidget) -> None:
        following = self.after(editor)
        if following is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)
        elif editor in self._editors:
            self.finished.emit()


def _stops(editor: QWidget) -> list[QWidget]:
    """An editor and what Tab visits inside it, as the button of a field for a password."""
    inside = [one for one in editor.findChildren(QWidget) if one.window() is editor.window()]
    return [editor, *(one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus)]
