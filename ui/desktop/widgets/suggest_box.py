"""A field that offers what it may mean, in a list under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.suggestion import Suggestion

if TYPE_CHECKING:
    from ui.desktop.widgets.suggestions import SuggestionList

__all__ = ["SuggestBox", "Suggestion"]

_ASK_AFTER_MS = 80


class SuggestBox(LineEdit):
    """Typing goes on while the list is open: it never takes the focus, so an input method keeps composing."""

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(
        self, placeholder: str = "", *, icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder, icon=icon, parent=parent)
        self._first_marked = True
        self._list: SuggestionList | None = None
        self._pause = QTimer(self, singleShot=True, interval=_ASK_AFTER_MS)
        self._pause.timeout.connect(self.ask_now)
        self.textEdited.connect(self._on_edited)

    def set_first_marked(self, first_marked: bool) -> None:
        """Whether Enter takes the first row; if not, Enter takes the text until Down was pressed."""
        self._first_marked = first_marked

    def ask_now(self) -> None:
        self._pause.stop()
        self.asked.emit(self.text())

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Open the list with these; none says 没有找到. An answer that comes after the field was left is dropped."""
        if not self.hasFocus():
            return
        self._popup().show_suggestions(suggestions, mark_first=self._first_marked)

    def dismiss(self) -> None:
        self._pause.stop()
        if self._list is not None:
            self._list.hide()

    def popup_visible(self) -> bool:
        return self._list is not None and self._list.isVisible()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_composing() or not self._steer(event):
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.dismiss()
        super().focusOutEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.dismiss()
        super().hideEvent(event)

    def _steer(self, event: QKeyEvent) -> bool:
        """Use a key for the list; whether it was used."""
        key = event.key()
        popup = self._list if self.popup_visible() else None
        if key == Qt.Key.Key_Down and popup is None:
            self.ask_now()
        elif popup is None:
            return False
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            popup.move_mark(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            marked = popup.marked()
            self.dismiss()
            if marked is None:
                return False
            self.chosen.emit(marked.value)
        else:
            return False
        return True

    def _popup(self) -> SuggestionList:
        if self._list is None:
            from ui.desktop.widgets.suggestions import SuggestionList  # when somebody types

            self._list = SuggestionList(self)
            self._list.picked.connect(self._on_picked)
        return self._list

    def _on_edited(self) -> None:
        # The rows still answer the text before: Enter must not take one of them.
        if self._list is not None:
            self._list.unmark()
        self._pause.start()

    def _on_picked(self, suggestion: Suggestion) -> None:
        self.dismiss()
        self.chosen.emit(suggestion.value)
