"""A white card with a title, a quiet note and a body."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.text import Elided


class Card(QWidget):
    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = look.column(Space.M, (Space.L,) * 4, self)
        self._head = QWidget()
        self._head_row = look.row(Space.S, parent=self._head)
        self._title = Elided(title, TextKind.HEADING)
        self._note = Elided(note, TextKind.SECONDARY)
        self._head_row.addWidget(self._title)
        self._head_row.addWidget(self._note, 1)
        outer.addWidget(self._head)
        self.body = look.column(Space.M)
        outer.addLayout(self.body, 1)
        self._show_head()

    def add(self, what: QWidget | QLayout, stretch: int = 0) -> None:
        if isinstance(what, QWidget):
            self.body.addWidget(what, stretch)
        else:
            self.body.addLayout(what, stretch)

    def header_right(self, widget: QWidget) -> None:
        """Put something at the right end of the title row."""
        self._head_row.addWidget(widget)
        self._head.show()

    def set_title(self, title: str) -> None:
        self._title.set_text(title)
        self._show_head()

    def set_note(self, note: str) -> None:
        self._note.set_text(note)
        self._show_head()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        painting.plate(
            QPainter(self),
            self.rect(),
            fill=now.theme.paper,
            edge=now.theme.line,
            edge_px=now.px(now.theme.edge_units),
            corner_px=now.px(Size.CORNER),
        )

    def _show_head(self) -> None:
        self._title.setVisible(bool(self._title.text()))
        extra = self._head_row.count() > 2
        self._head.setVisible(bool(self._title.text() or self._note.text()) or extra)
        self.setAccessibleName(self._title.text())
