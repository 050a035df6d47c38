"""One of a few that are all shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.form_walk import takes_enter
from ui.desktop.widgets.reading_order import join


class Radios(QWidget):
    """One stop of the Tab key; arrows choose; Enter moves on."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(
        self, options: Sequence[tuple[str, object]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row = look.flow(Space.S, parent=self)
        self._buttons: list[tuple[_Radio, object]] = []
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, object]]) -> None:
        """The value that was chosen stays chosen if it is still there, else the first is."""
        before = self.value()
        for button, _ in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [(_Radio(text, self), value) for text, value in options]
        last: QWidget | None = None
        for button, _ in self._buttons:
            join(self, button, last)
            last = button
            self._row.addWidget(button)
            button.show()
            button.entered.connect(self.entered)
            button.clicked.connect(self._on_clicked)
        if self._buttons:
            self._buttons[0][0].setChecked(True)
            self.setFocusProxy(self._buttons[0][0])
        self.set_value(before)

    def value(self) -> object:
        return next((value for button, value in self._buttons if button.isChecked()), None)

    def set_value(self, value: object) -> None:
        for button, own in self._buttons:
            if own == value:
                button.setChecked(True)
                self.setFocusProxy(button)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._row.invalidate()

    def _on_clicked(self) -> None:
        self.set_value(self.value())
        self.chosen.emit(self.value())


class _Radio(QRadioButton):
    entered = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        px = look.current().px
        width = painting.width_of(self.text(), TextKind.BODY)
        return QSize(width + px(Size.BOX + Space.S + Space.M), px(Size.SMALL_CONTROL))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not takes_enter(event, self.entered.emit):
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        theme, px = now.theme, now.px
        painter = QPainter(self)
        side = px(Size.BOX)
        circle = QRect(px(Space.XS), (self.height() - side) // 2, side, side)
        edge = theme.primary if self.isChecked() else theme.box_edge
        painting.plate(
            painter,
            circle,
            fill=theme.paper,
            edge=edge if self.isEnabled() else theme.line,
            edge_px=px(Size.DOT_EDGE) if self.isChecked() else px(theme.edge_units),
            corner_px=side / 2,
        )
        if self.isChecked():
            inset = px(Space.XS) + px(1)
            dot = circle.adjusted(inset, inset, -inset, -inset)
            ink = theme.primary if self.isEnabled() else theme.disabled
            painting.plate(painter, dot, fill=ink, edge=ink, edge_px=0, corner_px=dot.width() / 2)
        left = circle.right() + px(Space.S)
        room = QRect(left, 0, self.width() - left, self.height())
        ink = theme.text if self.isEnabled() else theme.disabled
        painting.line_of_text(painter, room, self.text(), TextKind.BODY, ink)
        if self.hasFocus():
            painting.frame(painter, self.rect())
