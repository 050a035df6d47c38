"""Notices that nobody has touched mouse or keyboard for a while.

It listens to the windows and to what has the focus, not to the whole application:
a filter there would be called for every event of every widget.
Keys that an input method takes never reach a window; what they compose goes to what has the focus.
"""

from __future__ import annotations

from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from typing_extensions import override

_MINUTE_MS: Final = 60_000
_SIGNS: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class Idleness(QObject):
    """`idled` comes once; the next touch, or `begin`, starts another wait."""

    idled = Signal()

    def __init__(self, application: QGuiApplication, after_min: int) -> None:
        super().__init__(application)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idled)
        self._application = application
        self._focused: QObject | None = None
        self._listens = False
        self.set_after(after_min)

    def set_after(self, minutes: int) -> None:
        """A wait under way begins again."""
        self._timer.setInterval(minutes * _MINUTE_MS)

    def begin(self) -> None:
        self._listens = True
        for window in self._application.allWindows():
            window.installEventFilter(self)
        self._application.focusWindowChanged.connect(self._on_window)
        self._application.focusObjectChanged.connect(self._on_focus)
        self._on_focus(self._application.focusObject())
        self._timer.start()

    def begin_again(self) -> None:
        """Somebody is here, whatever was touched."""
        self._timer.start()

    def end(self) -> None:
        if not self._listens:
            return
        self._listens = False
        self._timer.stop()
        self._application.focusWindowChanged.disconnect(self._on_window)
        self._application.focusObjectChanged.disconnect(self._on_focus)
        self._on_focus(None)
        for window in self._application.allWindows():
            window.removeEventFilter(self)

    def _on_window(self, window: QWindow | None) -> None:
        if window is not None:  # a dialog, or the window itself again
            window.installEventFilter(self)

    def _on_focus(self, focused: QObject | None) -> None:
        if self._focused is not None and shiboken6.isValid(self._focused):
            self._focused.removeEventFilter(self)
        if focused is not None:
            focused.installEventFilter(self)
        self._focused = focused

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self._timer.start()
        return False
