"""Python's cycle collector, kept to the GUI thread.

By itself it runs on whatever thread happens to allocate, and takes Qt objects that became garbage with it;
Qt forbids that to any thread but theirs. So it is switched off, and run from a timer here.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 1_000
_MIDDLE_EVERY: Final = 10
_WHOLE_EVERY: Final = 300


class Collector(QObject):
    """Made on the GUI thread; from then until `stop` nobody else collects."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        gc.disable()
        self._timer.start(_EVERY_MS)

    def settle(self) -> None:
        """What is there now stays for good, modules above all: leave it out of every later round.

        Collecting first would hold the window for as long as it was filled, and finds next to nothing.
        """
        gc.freeze()

    def stop(self) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _on_timeout(self) -> None:
        self._rounds += 1
        if self._rounds % _WHOLE_EVERY == 0:
            gc.collect()
        elif self._rounds % _MIDDLE_EVERY == 0:
            gc.collect(1)
        else:
            gc.collect(0)
