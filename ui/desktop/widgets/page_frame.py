"""What every page stands in: its title, acts beside it, and a body that scrolls."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size, Space, TextKind
from ui.desktop.widgets.reading_order import follow_layout
from ui.desktop.widgets.scroll_body import ScrollBody
from ui.desktop.widgets.text import Elided


class PageFrame(QWidget):
    """The focused widget is scrolled into view."""

    def __init__(self, title: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = look.column(Space.M, (Space.PAGE, Space.L, 0, Space.L), self)
        self._head = QWidget()
        self.head_row = look.row(Space.M, (0, 0, Space.PAGE, 0), self._head)
        self._title = Elided(title, TextKind.TITLE)
        self._note = Elided(note, TextKind.SECONDARY)
        self.head_row.addWidget(self._title)
        self.head_row.addWidget(self._note)
        self.head_row.addStretch(1)
        look.sized(self._head, min_height=Space.XXL + Space.S)
        self._column.addWidget(self._head)
        self._note.setVisible(bool(note))  # not before: without a parent it would be a window
        inside = QWidget()
        self.body = look.column(Space.M, parent=inside)
        self._scroll = ScrollBody(inside)
        self._column.addWidget(self._scroll, 1)
        self._footer_row = look.row(0, (0, 0, Space.PAGE, 0))
        self._column.addLayout(self._footer_row)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._on_range_changed(0, 0)
        self._footer: QWidget | None = None

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        follow_layout(self)

    def set_title(self, title: str) -> None:
        self._title.set_text(title)

    def set_note(self, note: str) -> None:
        self._note.set_text(note)
        self._note.setVisible(bool(note))

    def add_beside_title(self, widget: QWidget) -> None:
        """After the title and note, before the stretch."""
        self.head_row.insertWidget(self._stretch_at(), widget)

    def add_action(self, widget: QWidget) -> None:
        """At the right end of the title row."""
        self.head_row.addWidget(widget)

    def set_footer(self, widget: QWidget | None) -> None:
        """Something under the body that stays where it is."""
        if self._footer is not None:
            self._footer_row.removeWidget(self._footer)
            self._footer.hide()
        self._footer = widget
        if widget is not None:
            self._footer_row.addWidget(widget)
            widget.show()

    def show_widget(self, widget: QWidget) -> None:
        self._scroll.show_widget(widget)

    def _on_range_changed(self, _least: int, most: int) -> None:
        """The bar lies in the margin: the body is as wide without it, so nothing moves when it comes."""
        taken = Size.SCROLL if most > 0 else 0
        look.spaced(self.body, Space.M, (0, 0, Space.PAGE - taken, 0))

    def _stretch_at(self) -> int:
        for at in range(self.head_row.count()):
            item = self.head_row.itemAt(at)
            if item is not None and item.spacerItem() is not None:
                return at
        return self.head_row.count()
