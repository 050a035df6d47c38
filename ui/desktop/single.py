"""One desktop for a data folder: a second start raises the first one's window.

A lock of the system tells who is first: it goes with its process, so one that crashed is in nobody's way.
A local socket carries the wish to be raised.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCryptographicHash, QElapsedTimer, QObject, QThread, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

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
        self._path = data / LOCK
        self._address = _address(data)
        self._held: int | None = None
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Become the folder's desktop; False if there is one. Raises OSError where nothing can be written."""
        held = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _locked(held):
            os.close(held)
            return False
        self._held = held
        return True

    def listen(self) -> None:
        """Hear of later starts from now on. Where that cannot be they find nobody to raise: no harm.

        Whoever asks a second time changes nothing.
        """
        if self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer  # not loaded while somebody waits for a window

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        QLocalServer.removeServer(self._address)  # of one that crashed
        self._server.listen(self._address)

    def raise_first(self) -> bool:
        """Ask the one that is open to show itself; False if it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

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
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._held is not None:
            os.close(self._held)  # the lock goes with it
            self._held = None

    def _on_connected(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(_HEARD)
            socket.flush()
            socket.disconnectFromServer()
            self.raised.emit()


def _locked(file: int) -> bool:
    """Whether the lock of an open file could be taken; it is held until the file is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _address(data: Path) -> str:
    """A pipe's name on Windows; elsewhere a short path that is this person's only."""
    digest = QCryptographicHash.hash(
        str(data.resolve()).encode(), QCryptographicHash.Algorithm.Sha256
    )
    name = f"daiban-{bytes(digest.data()).hex()[:16]}"
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
