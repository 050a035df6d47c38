"""Modules with widgets are loaded on the GUI thread, one in a turn.

Qt's classes may not be made on two threads at once: a worker that made one with signals,
while the window was painted, killed the process now and then.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

_PAUSE_MS: Final = 5
"""Between two modules: whoever types or clicks comes first."""


class Loading(QObject):
    """Loads modules by name, in their order; `finished` when all are there. Ends with its parent."""

    finished = Signal()

    def __init__(self, modules: Iterable[str], parent: QObject) -> None:
        super().__init__(parent)
        self._ahead: Iterator[str] = iter(modules)
        self._pause_ms = _PAUSE_MS

    def begin(self) -> None:
        QTimer.singleShot(self._pause_ms, self, self._load_one)

    def hurry(self) -> None:
        """Somebody waits for just these: leave no pauses."""
        self._pause_ms = 0

    def stop(self) -> None:
        """Load no more: something else is to be quick now."""
        self._ahead = iter(())

    def _load_one(self) -> None:
        name = next(self._ahead, None)
        if name is None:
            self.finished.emit()
            self.deleteLater()
            return
        import_module(name)
        self.begin()


def within(*packages: str) -> Iterator[str]:
    """Every module of these packages, each before the next is asked for."""
    for package in packages:
        found = import_module(package)
        yield package
        for module in pkgutil.walk_packages(found.__path__, f"{package}."):
            yield module.name
