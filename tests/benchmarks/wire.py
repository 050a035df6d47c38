"""A line whose bytes are counted where they pass: TCP payloads, TLS and its handshake included."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from threading import Lock

_READ = 256 * 1024


class CountedLine:
    """Listens on a free port of this machine and hands on to `port`, which may be set later."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._counting = Lock()
        self.url = f"https://127.0.0.1:{self._listening.getsockname()[1]}"
        self.port = 0
        self._bytes = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def taken(self) -> int:
        """Bytes that passed both ways since the last call."""
        with self._counting:
            passed, self._bytes = self._bytes, 0
        return passed

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self.port))
                for one in (near, far):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for source, target in ((near, far), (far, near)):
                    threading.Thread(
                        target=self._hand_on, args=(source, target), daemon=True
                    ).start()

    def _hand_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(_READ):
                with self._counting:
                    self._bytes += len(piece)
                target.sendall(piece)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
