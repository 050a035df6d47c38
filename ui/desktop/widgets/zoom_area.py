"""What is looked at in several sizes: as large as there is room, or larger, scrolled, by wheel and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from ui.desktop import look

_WHEEL_STEP: Final = 120  # Qt's units of one notch
_NEARLY: Final = 0.01
"""A size that is so near to a step is that step."""


class ZoomArea(QAbstractScrollArea):
    """`zoomed`: the size is another. Whoever draws says what fits (`_fitting`) and lays it out (`_lay_out`)."""

    zoomed = Signal()
    steps: ClassVar[tuple[float, ...]] = (1.0,)
    """The sizes that + and − go through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: float | None = None  # None: as large as there is room
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- what is drawn ----------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        raise NotImplementedError

    def _fitting(self) -> float:
        """The size for which there is room."""
        raise NotImplementedError

    def _lay_out(self) -> None:
        """The size or the room is another."""
        raise NotImplementedError

    def _scroll_over(self, whole: QSize, step_units: int) -> None:
        """`whole`: all that can be scrolled to, in pixels."""
        room = self.viewport().size()
        for bar, size, seen in (
            (self.horizontalScrollBar(), whole.width(), room.width()),
            (self.verticalScrollBar(), whole.height(), room.height()),
        ):
            bar.setPageStep(seen)
            bar.setSingleStep(look.current().px(step_units))
            bar.setRange(0, max(0, size - seen))
        self.viewport().update()

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    # --- size -------------------------------------------------------------------------------------

    @property
    def factor(self) -> float:
        return self._fitting() if self._chosen is None else self._chosen

    @property
    def fits(self) -> bool:
        """Whether it is as large as there is room, whatever room there will be."""
        return self._chosen is None

    def fit(self) -> None:
        self._zoom(None, self._held())

    def zoom_to(self, factor: float) -> None:
        self._zoom(min(self.steps[-1], max(self.steps[0], factor)), self._held())

    def zoom_in(self) -> None:
        self._step_up(self._held())

    def zoom_out(self) -> None:
        self._step_down(self._held())

    def _held(self) -> QPoint:
        """What stays in its place in the viewport where no mouse says so."""
        return self.viewport().rect().center()

    def _step_up(self, held: QPoint) -> None:
        larger = (step for step in self.steps if step > self.factor * (1 + _NEARLY))
        self._zoom(next(larger, self.steps[-1]), held)

    def _step_down(self, held: QPoint) -> None:
        smaller = (step for step in reversed(self.steps) if step < self.factor * (1 - _NEARLY))
        self._zoom(next(smaller, self.steps[0]), held)

    def _zoom(self, chosen: float | None, held: QPoint) -> None:
        """What lies under `held` (of the viewport) stays there."""
        before, at = self.factor, held + self._offset()
        self._chosen = chosen
        self._lay_out()
        grown = self.factor / before
        self.horizontalScrollBar().setValue(round(at.x() * grown) - held.x())
        self.verticalScrollBar().setValue(round(at.y() * grown) - held.y())
        self.zoomed.emit()

    # --- events -----------------------------------------------------------------------------------

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        held = event.position().toPoint()
        if event.angleDelta().y() >= _WHEEL_STEP:
            self._step_up(held)
        elif event.angleDelta().y() <= -_WHEEL_STEP:
            self._step_down(held)
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._acts().get(event.key())
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _acts(self) -> dict[int, Callable[[], Any]]:
        """By key."""
        return {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_1: lambda: self.zoom_to(1.0),
        }

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
