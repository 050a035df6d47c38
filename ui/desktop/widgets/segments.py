"""One of several views of the same list, with how many there are in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.reading_order import join


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    text: str
    value: object
    count: int | None = None


class Segments(QWidget):
    """One stop of the Tab key; Left and Right choose."""

    chosen = Signal(object)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._row = look.flow(Space.S, parent=self)
        self._buttons: list[_SegmentButton] = []
        self._value: object = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_segments(self, segments: Sequence[Segment]) -> None:
        """What was chosen stays chosen if it is still there, else the first is."""
        while len(self._buttons) > len(segments):
            gone = self._buttons.pop()
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._buttons) < len(segments):
            button = _SegmentButton(self)
            button.clicked.connect(lambda _=False, pressed=button: self._on_clicked(pressed))
            join(self, button, self._buttons[-1] if self._buttons else None)
            self._buttons.append(button)
            self._row.addWidget(button)
        for button, segment in zip(self._buttons, segments, strict=True):
            button.show_segment(segment)
        values = [segment.value for segment in segments]
        self.set_value(self._value if self._value in values else next(iter(values), None))

    def value(self) -> object:
        return self._value

    def set_value(self, value: object) -> None:
        self._value = value
        for button in self._buttons:
            here = button.segment.value == value
            button.setChecked(here)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
            if here:
                self.setFocusProxy(button)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        values = [button.segment.value for button in self._buttons]
        if event.key() not in steps or self._value not in values:
            super().keyPressEvent(event)
            return
        at = values.index(self._value) + steps[Qt.Key(event.key())]
        if 0 <= at < len(values):
            self._buttons[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._on_clicked(self._buttons[at])

    def _on_clicked(self, button: _SegmentButton) -> None:
        changed = button.segment.value != self._value
        self.set_value(button.segment.value)
        if changed:
            self.chosen.emit(self._value)


class _SegmentButton(Button):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent=parent)
        self.segment = Segment(text="", value=None)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_segment(self, segment: Segment) -> None:
        self.segment = segment
        count = "" if segment.count is None else f" {segment.count}"
        self.set_text(f"{segment.text}{count}")

    @override
    def sizeHint(self) -> QSize:
        px = look.current().px
        width = painting.width_of(self.text(), self._words()) + 2 * px(Space.M) + 2
        return QSize(width, px(Size.SMALL_CONTROL))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        theme, px = now.theme, now.px
        tone = now.tone(Mood.INFO if self.isChecked() else Mood.PLAIN)
        fill, ink, edge = tone.tint, tone.ink, tone.edge
        if self.isChecked() and theme.edge_units > 1:
            fill, ink, edge = theme.primary, theme.on_primary, theme.primary
        elif self.underMouse() and not self.isChecked():
            fill = theme.pressed
        painter = QPainter(self)
        inset = px(2)
        body = self.rect().adjusted(0, inset, 0, -inset)
        round_px = body.height() / 2
        painting.plate(
            painter, body, fill=fill, edge=edge, edge_px=px(theme.edge_units), corner_px=round_px
        )
        if self.hasFocus():
            painting.ring(painter, self.rect(), corner_px=self.height() / 2)
        painting.line_of_text(
            painter, body, self.text(), self._words(), ink, Qt.AlignmentFlag.AlignCenter
        )

    def _words(self) -> TextKind:
        return TextKind.PILL_STRONG if self.isChecked() else TextKind.PILL
