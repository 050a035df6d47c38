"""A choice with its name above it, which can be neither empty nor wrong: it needs no room for a message."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.widgets.text import Text


class Labelled(QWidget):
    def __init__(self, label: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        editor.setAccessibleName(label)
        column = look.column(Space.XS, parent=self)
        column.addWidget(Text(label, TextKind.SECONDARY))
        column.addWidget(editor)
        self.setFocusProxy(editor)
