"""One desktop for a data folder: a second start raises the first one's window.

A lock of the system tells who is first: it goes with its process, so one that crashed is in nobody's way.
A local socket carries the wish to be raised.
"""

from __future__ import annotations

import os
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from PySide6.QtCore import QElapsedTimer, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOCK: Final = "desktop.lock"
_HEARD: Final = b"!"
_ANSWER_MS: Final = 5_000
_AGAIN_MS: Final = 50


class Single(QObject):
    """This process's claim to a data folder; made with its QCoreApplication."""

    raised = Signal()
    """Somebody started the program again for the same folder."""

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = FileLock(data / LOCK, timeout=0, mode=0o600)
        self._address = _address(data)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)

    def claim(self) -> bool:
        """Become the folder's desktop; False if there is one already."""
        try:
            self._lock.acquire()
        except Timeout:
            return False
        QLocalServer.removeServer(self._address)  # of one that crashed
        self._server.listen(
            self._address
        )  # without it a second start finds nobody to raise: no harm
        return True

    def raise_first(self) -> bool:
        """Ask the one that is open to show itself; False if it does not answer."""
        _let_others_come_forward()
        waited = QElapsedTimer()
        waited.start()
        while not waited.hasExpired(_ANSWER_MS):  # it may be starting just now
            socket = QLocalSocket()
            socket.connectToServer(self._address)
            if socket.waitForConnected(_ANSWER_MS) and socket.waitForReadyRead(_ANSWER_MS):
                return True
            QThread.msleep(_AGAIN_MS)
        return False

    def release(self) -> None:
        self._server.close()
        self._lock.release()

    def _on_connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(_HEARD)
            socket.flush()
            socket.disconnectFromServer()
            self.raised.emit()


def _address(data: Path) -> str:
    """A pipe's name on Windows; elsewhere a short path that is this person's only."""
    name = f"daiban-{sha256(str(data.resolve()).encode()).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    folder = Path(runtime) if runtime and Path(runtime).is_dir() else Path(tempfile.gettempdir())
    return str(folder / f"{name}-{os.getuid()}")


def _let_others_come_forward() -> None:
    """Windows lets a window come to the front only if the program that the person just started allows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
