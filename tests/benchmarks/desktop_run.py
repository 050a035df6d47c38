"""The real desktop in a process of its own, with a hand that logs in; it says when each thing was there.

`python -m tests.benchmarks.desktop_run STARTED FOLDER PASSWORD centre|alone`
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ui.desktop import application  # before Qt, as the program loads it

gc.disable()  # as `application.run` does

# isort: split

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QKeyEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from tests.benchmarks.bare_window import REST_MS, memory_mb  # noqa: E402

if TYPE_CHECKING:
    from ui.desktop.pages.home.page import HomePage

_LOOK_MS = 2


class _Hand(QObject):
    def __init__(self, started: float, password: str, *, exchanges: bool) -> None:
        super().__init__()
        self.found: dict[str, float] = {}
        self._started = started
        self._password = password
        self._exchanges = exchanges
        self._shell: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def watch(self, page: type[QWidget]) -> None:
        """The page says itself when it is painted, as the bare window does.

        A filter for all events of the program would have to name a Python class for each of Qt's own widgets,
        and be a sixth of what is measured.
        """

        def event(shown: QWidget, event: QEvent) -> bool:
            handled = QWidget.event(shown, event)
            if event.type() is QEvent.Type.Paint and self._shell is None:
                self._shell = shown.window()
                QTimer.singleShot(0, self._log_in)  # what stands on the page is painted after it
            return handled

        page.event = event  # type: ignore[method-assign]

    def _note(self, what: str) -> None:
        self.found[what] = time.time() - self._started
        self.found[f"{what}_cpu"] = time.process_time()

    def _log_in(self) -> None:
        from ui.desktop.widgets.password_edit import PasswordEdit

        self._note("login")
        assert self._shell is not None
        password = self._shell.findChild(PasswordEdit)
        assert password is not None
        password.setFocus()
        password.insert(self._password)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
            QCoreApplication.sendEvent(password, key)
        self._note("entered")
        self._timer.start(_LOOK_MS)

    def _look(self) -> None:
        home = self._home()
        if home is None:
            return
        if "home" not in self.found and home.is_filled():
            self._note("home")
        if "home" in self.found and (not self._exchanges or _has_exchanged(home)):
            self._timer.stop()
            QTimer.singleShot(REST_MS, self._end)

    def _home(self) -> HomePage | None:
        """The 工作台 if it is on screen; whoever looks makes nothing and loads nothing that the program did not."""
        page = getattr(getattr(self._shell, "page", None), "shown", None)
        return page if page is not None and page.isVisible() and page.name == "home" else None

    def _end(self) -> None:
        sys.stdout.write(json.dumps(self.found | {"memory": memory_mb()}) + "\n")
        QApplication.closeAllWindows()
        QApplication.quit()


def _has_exchanged(home: HomePage) -> bool:
    from ui.desktop.exchanging import Reach

    state = home.desk.exchanger.state
    return state.reach is Reach.ONLINE and not state.working


def main(started: float, folder: Path, password: str, *, exchanges: bool) -> int:
    from ui.desktop.start.login_page import LoginPage

    hand = _Hand(started, password, exchanges=exchanges)
    hand.watch(LoginPage)
    return application.run(folder)


if __name__ == "__main__":
    sys.exit(
        main(float(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], exchanges=sys.argv[4] == "centre")
    )
