"""Somebody at the real desktop: sees what is on the screen, presses keys, and waits as long as people do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tests.end_to_end.bare_window import bare_window_ms
from tests.ui.desktop.pages.registration.hands import Hands
from tests.ui.desktop.watchdog import WatchedApplication

_Widget = TypeVar("_Widget", bound=QWidget)
_LIMIT_S: Final = 90.0
"""Patience with a slow machine; nothing takes it when all is well."""
_LOOK_MS: Final = 4
_REST_MS: Final = 1


@dataclass
class Stage:
    name: str
    keystrokes: int
    seconds: float


class NotSeen(Exception):
    """What a person waited for did not come."""


class Person:
    """What it does to the program is counted by the watchdog, what it does itself is not."""

    def __init__(self, application: WatchedApplication) -> None:
        self.hands = Hands()
        self.stages: list[Stage] = []
        self.floors_ms: list[float] = []
        """What a bare window took after each stage, so that a machine is judged by what it could do at the time."""
        self._application = application

    @contextmanager
    def about(self, stage: str) -> Iterator[Stage]:
        """All spells belong to this stage meanwhile."""
        self._application.stage = stage
        began, strokes = time.perf_counter(), self.hands.strokes
        noted = Stage(stage, 0, 0.0)
        yield noted
        self.rest()
        noted.keystrokes += self.hands.strokes - strokes
        noted.seconds = time.perf_counter() - began
        self.stages.append(noted)
        if self._application.activeWindow() is not None:
            with self._application.not_counted():
                self.floors_ms.append(bare_window_ms())
        self._application.stage = "between"

    # --- keys and mouse ---------------------------------------------------------------------------

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.hands.press(key, modifiers)
        self.rest()

    def write(self, text: str) -> None:
        for character in text:
            self.hands.type(character)
            self.rest()

    def compose(self, spelling: str, text: str) -> None:
        """Through an input method."""
        self.hands.compose(spelling, text)
        self.rest()

    def click(self, text: str) -> None:
        """The button that says so, as soon as it may be pressed."""
        button = self.find(QAbstractButton, text)
        self.wait(button.isEnabled)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.rest()

    def hold(self, key: Qt.Key) -> None:
        self.hands.strokes += 1
        QTest.keyPress(self.focused(), key)
        self.rest()

    def let_go(self, key: Qt.Key) -> None:
        QTest.keyRelease(self.focused(), key)
        self.rest()

    def focused(self) -> QWidget:
        focused = self._application.focusWidget()
        assert focused is not None, "nothing has the keyboard"
        return focused

    # --- eyes -------------------------------------------------------------------------------------

    def seen(self, kind: type[_Widget], text: str = "") -> _Widget | None:
        """A widget that is on the screen now, whose words contain `text`."""
        for window in self._application.topLevelWidgets():
            if not window.isVisible():
                continue
            own = [window] if isinstance(window, kind) else []
            for widget in (*own, *window.findChildren(kind)):
                if widget.isVisible() and text in _words(widget):
                    return widget
        return None

    def find(self, kind: type[_Widget], text: str = "") -> _Widget:
        self.wait(lambda: self.seen(kind, text) is not None, f"{kind.__name__} {text}")
        widget = self.seen(kind, text)
        assert widget is not None
        return widget

    def read(self, text: str) -> None:
        """Wait until something on the screen says so."""
        self.find(QWidget, text)

    def wait(self, so: Callable[[], bool], what: str = "") -> None:
        """Let the program go on until something is so. Raises NotSeen."""
        if so():
            return
        loop, timer, limit_s = QEventLoop(), QTimer(), time.monotonic() + _LIMIT_S
        outcome: list[Exception | None] = []

        def look() -> None:
            self._application.step_aside()
            try:
                if outcome or so():
                    outcome.append(None)
                elif time.monotonic() > limit_s:
                    raise NotSeen(what, self._on_screen())
            except Exception as error:  # Qt would swallow it
                outcome.append(error)
            if outcome:
                loop.quit()

        timer.timeout.connect(look)
        timer.start(_LOOK_MS)
        loop.exec()
        timer.stop()
        if outcome[0] is not None:
            raise outcome[0]

    def _on_screen(self) -> str:
        """For whoever reads why it failed."""
        shown = [
            label.text()
            for window in self._application.topLevelWidgets()
            for label in window.findChildren(QLabel)
            if label.isVisible()
        ]
        return (
            f"{self._application.focusWidget()} has the keyboard; {' | '.join(filter(None, shown))}"
        )

    def rest(self) -> None:
        """What a key has set off is done before the next one."""
        loop = QEventLoop()
        QTimer.singleShot(_REST_MS, loop.quit)
        loop.exec()
        # The script runs inside an event: by itself Qt would keep until its end what has been closed.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _words(widget: QWidget) -> str:
    own = getattr(widget, "text", None)
    text = own() if callable(own) else ""
    return f"{text} {widget.accessibleName()}"
