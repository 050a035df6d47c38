"""Where the editor stands in the page; it is made when somebody first edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look import Space

if TYPE_CHECKING:
    from ui.desktop.pages.items.editing.editor import Editor


class EditorPlace(QWidget):
    """`turned` when the editor comes or goes: the catalogue stands there otherwise."""

    turned = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._column = look.column(Space.NONE, parent=self)
        self.editor: Editor | None = None
        self.is_open = False
        self.hide()

    def edit(self, item_id: str) -> None:
        """The next version of an item; without an id a new one."""
        self.is_open = True
        self.show()
        self.turned.emit()
        if self.editor is None:
            self._desk.outside(_load, lambda made: self._on_loaded(made, item_id))
        else:
            self.editor.edit(item_id)

    def close_editor(self) -> None:
        """Back to the catalogue, if it is open; what was typed stays as a draft."""
        if self.is_open and self.editor is not None:
            self.editor.close_editor()

    def finish(self) -> None:
        """Ctrl+Enter."""
        if self.is_open and self.editor is not None:
            self.editor.ask_publish()

    def _on_loaded(self, kind: type[Editor], item_id: str) -> None:
        if self.editor is None:
            self.editor = kind(self._desk)
            self._column.addWidget(self.editor)
            self.editor.closed.connect(self._on_closed)
        self.editor.edit(item_id)

    def _on_closed(self) -> None:
        self.is_open = False
        self.hide()
        self.turned.emit()


def _load() -> type[Editor]:
    """Its modules take a while the first time: not on the GUI thread."""
    from ui.desktop.pages.items.editing.editor import Editor

    return Editor
