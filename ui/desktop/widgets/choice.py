"""One of a few, chosen from a list that opens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyledItemDelegate, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.form_walk import takes_enter
from ui.desktop.widgets.tips import set_tip


class Choice(QComboBox):
    """`chosen` is said when a person has chosen, not when the program sets a value."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(
        self, options: Sequence[tuple[str, object]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._mood: Mood | None = None
        self._is_list_dressed = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.activated.connect(self._on_activated)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, object]]) -> None:
        """The value that was chosen stays chosen if it is still there."""
        before = self.value()
        self.clear()
        for text, value in options:
            self.addItem(text)
            self.setItemData(self.count() - 1, value, Qt.ItemDataRole.UserRole)
        self.set_value(before)
        if self.currentIndex() < 0 and options:
            self.setCurrentIndex(0)

    def value(self) -> object:
        return self.currentData(Qt.ItemDataRole.UserRole)

    def set_value(self, value: object) -> None:
        """Nothing happens if no option has this value."""
        for at in range(self.count()):
            if self.itemData(at, Qt.ItemDataRole.UserRole) == value:
                self.setCurrentIndex(at)
                return

    def set_mood(self, mood: Mood | None) -> None:
        self._mood = mood
        self.update()

    @override
    def showPopup(self) -> None:
        if (
            not self._is_list_dressed
        ):  # not before: it makes the list, which most are never asked for
            self._is_list_dressed = True
            self.setItemDelegate(QStyledItemDelegate(self))
        super().showPopup()

    @override
    def sizeHint(self) -> QSize:
        px = look.current().px
        widest = max(
            (painting.width_of(self.itemText(at), TextKind.BODY) for at in range(self.count())),
            default=0,
        )
        return QSize(widest + px(Space.M * 2 + Size.ICON + Space.S), px(Size.CONTROL))

    @override
    def minimumSizeHint(self) -> QSize:
        least = look.current().px(Size.CHOICE)
        return QSize(min(least, self.sizeHint().width()), self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not takes_enter(event, self.entered.emit):
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel that scrolls the page must not change an answer on its way.
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        theme, px = now.theme, now.px
        painter = QPainter(self)
        edge = theme.edge if self._mood is None else now.tone(self._mood).ink
        painting.plate(
            painter,
            self.rect(),
            fill=theme.paper if self.isEnabled() else theme.ground,
            edge=edge,
            edge_px=px(theme.edge_units),
            corner_px=px(Size.CORNER),
        )
        if self.hasFocus():
            painting.ring(painter, self.rect(), corner_px=px(Size.CORNER))
        ink = theme.text if self.isEnabled() else theme.disabled
        right = self.width() - px(Space.M) - px(Size.ICON)
        left = px(Space.M + 2)  # where a line edit begins its text
        room = QRect(left, 0, right - left - px(Space.XS), self.height())
        fitted = painting.line_of_text(painter, room, self.currentText(), TextKind.BODY, ink)
        set_tip(self, "" if fitted else self.currentText())
        painting.icon_at(
            painter, right, self.rect().center().y() + 1, "chevron-down", Size.ICON, ink
        )

    def _on_activated(self, _index: int) -> None:
        self.chosen.emit(self.value())
