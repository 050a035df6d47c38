"""What happened, one step under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.text import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Steps of one `day` stand under its name."""

    title: str
    when: str = ""
    text: str = ""
    mood: Mood = Mood.INFO
    day: str = ""


class Timeline(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack: QVBoxLayout = look.column(0, parent=self)
        self._steps: list[Step] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_steps(self, steps: Sequence[Step]) -> None:
        if list(steps) == self._steps:
            return
        self._steps = list(steps)
        while (item := self._stack.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        day = ""
        for number, step in enumerate(self._steps, start=1):
            first, last = number == 1, number == len(self._steps)
            if step.day != day:
                day, first = step.day, True
                self._stack.addWidget(_heading(day, first=number == 1))
            last = last or self._steps[number].day != day
            self._stack.addWidget(_StepRow(step, first=first, last=last))
        self._stack.addStretch(1)

    def steps(self) -> list[Step]:
        return list(self._steps)


def _heading(day: str, *, first: bool) -> QWidget:
    whole = QWidget()
    inside = look.column(0, (0, 0 if first else Space.S, 0, Space.XS), whole)
    inside.addWidget(Text(day, TextKind.SECONDARY))
    return whole


class _StepRow(QWidget):
    def __init__(self, step: Step, *, first: bool, last: bool) -> None:
        super().__init__()
        self._step = step
        self._first = first
        self._last = last
        self.setAccessibleName("，".join(p for p in (step.title, step.when, step.text) if p))
        words = look.column(0, (Space.XL, 0, 0, 0 if last else Space.M), self)
        head = look.flow(Space.S)
        head.addWidget(Text(step.title, TextKind.STRONG))
        self._narrow(head.itemAt(0))
        if step.when:
            head.addWidget(Text(step.when, TextKind.SECONDARY))
            self._narrow(head.itemAt(1))
        words.addLayout(head)
        if step.text:
            words.addWidget(Text(step.text, TextKind.SECONDARY))

    @staticmethod
    def _narrow(item: object) -> None:
        widget = item.widget() if hasattr(item, "widget") else None
        if isinstance(widget, Text):
            widget.setWordWrap(False)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = painting.line_height(TextKind.STRONG) / 2 + 1
        self._draw_line(painter, middle)
        now = look.current()
        mood = self._step.mood
        round_mark = mood in (Mood.INFO, Mood.PLAIN)
        side = now.px(Space.M if round_mark else Size.SMALL_ICON)
        centre = now.px(Space.S) - 1
        ink = now.tone(mood).ink if round_mark else now.theme.paper
        spot = QRectF(centre - side / 2, middle - side / 2, side, side)
        painting.plate(painter, spot, fill=ink, edge="", edge_px=0, corner_px=side / 2)
        if not round_mark:
            left, ink = round(centre - side / 2), now.tone(mood).ink
            painting.icon_at(painter, left, round(middle), mood.icon, Size.SMALL_ICON, ink)

    def _draw_line(self, painter: QPainter, middle: float) -> None:
        """From the step before to the step after."""
        top = middle if self._first else 0.0
        bottom = middle if self._last else float(self.height())
        line = QRectF(look.current().px(Space.S) - 2, top, 2, bottom - top)
        ink = look.current().theme.line
        painting.plate(painter, line, fill=ink, edge="", edge_px=0, corner_px=0)
