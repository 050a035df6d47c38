"""What nobody expected: logged with its trace, told once, and the work goes on."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui import logs

if TYPE_CHECKING:
    from ui.desktop.widgets.dialogs import Notice

_LOG = logging.getLogger(__name__)


class Bugs(QObject):
    """Catches what was raised where nobody catches: in a slot, in a thread. One dialog at a time, over `window`."""

    _met = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: Notice | None = None
        self._known: set[str] = set()
        self._met.connect(self.tell)

    def catch(self) -> None:
        """From now on, in the whole process."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def tell(self, log: str) -> None:
        """A bug that is logged already. Never from within a slot: what is going on there ends first."""
        QTimer.singleShot(0, self, lambda: self._show(log))

    def _show(self, log: str) -> None:
        if self._shown is not None:
            return
        from ui import wording
        from ui.desktop.widgets.dialogs import Notice

        said = wording.worded("bug", {"log": log or self.tr("标准错误输出")})
        self._shown = Notice(self.tr("程序出错了"), said, self._window)
        self._shown.finished.connect(self._on_read)
        self._shown.open()

    def _on_read(self) -> None:
        if self._shown is not None:
            self._shown.deleteLater()
        self._shown = None

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        _LOG.error("bug", exc_info=(kind, error, trace))
        place = logs.trace(error)
        if place in self._known:  # a timer would say it every second
            return
        self._known.add(place)
        self._met.emit(str(logs.path_in_use() or ""))

    def _on_thread_exception(self, said: threading.ExceptHookArgs) -> None:
        if said.exc_value is not None:
            self._on_exception(said.exc_type, said.exc_value, said.exc_traceback)
