"""A field for a day, typed in any usual way or picked from a calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size, Space
from ui.desktop.widgets.button import IconButton
from ui.desktop.widgets.calendar import Calendar, written
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.password_edit import place_at_end

_WHOLE = re.compile(r"(\d{4})[年./\-\s](\d{1,2})[月./\-\s](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})[月./\-\s](\d{1,2})日?|(\d{2})(\d{2})")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")


def read_day(text: str, today: date) -> date | None:
    """The day that was meant; a day without a year is the nearest one not far ahead of today."""
    typed = text.strip().translate(_FULL_WIDTH)
    try:
        if whole := _WHOLE.fullmatch(typed):
            year, month, day = (int(part) for part in whole.groups() if part)
            return date(year, month, day)
        if short := _SHORT.fullmatch(typed):
            month, day = (int(part) for part in short.groups() if part)
            return date(today.year, month, day)
    except ValueError:
        return None
    return None


class DayEdit(LineEdit):
    """Up and Down change it by a day; Alt+Down or the button opens the calendar."""

    day_changed = Signal(object)  # date | None

    def __init__(self, today: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._today = today
        self._day: date | None = None
        self.setPlaceholderText(self.tr("如 11-21"))
        self._open = IconButton("calendar", self.tr("打开日历"), parent=self)
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._open.clicked.connect(self.open_calendar)
        self.left.connect(self._on_left)
        self.textEdited.connect(self._on_edited)

    def day(self) -> date | None:
        return self._day

    def set_day(self, day: date | None) -> None:
        self._take(day)
        self.setText(written(day))

    def is_wrong(self) -> bool:
        """Something stands there that is no day."""
        return bool(self.text().strip()) and self._day is None

    def open_calendar(self) -> None:
        calendar = Calendar(self._day or self._now(), self._now(), self)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.picked.connect(self._on_picked)
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            step = 1 if event.key() == Qt.Key.Key_Up else -1
            start = self._day
            self.set_day(self._now() if start is None else start + timedelta(days=step))
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        place_at_end(self, self._open)

    @override
    def _tail(self) -> int:
        return look.current().px(Size.SMALL_CONTROL - Space.XS)

    def _now(self) -> date:
        return self._today or date.today()  # noqa: DTZ011  # the computer's own calendar is meant

    def _take(self, day: date | None) -> None:
        if day != self._day:
            self._day = day
            self.day_changed.emit(day)

    def _on_edited(self, text: str) -> None:
        self._take(read_day(text, self._now()))

    def _on_left(self) -> None:
        if self._day is not None:
            self.setText(written(self._day))

    def _on_picked(self, day: date) -> None:
        self.set_day(day)
        self.setFocus()
