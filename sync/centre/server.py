"""The centre as a process: a socket, TLS, and a clean end."""

from __future__ import annotations

import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn

from app.errors import Refused
from sync.centre import connections
from sync.centre.http import Centre

_KEEP_ALIVE_S: Final = 75
_PATIENCE_S: Final = 2
_BACKLOG: Final = 2048
_AT_A_TIME: Final = 8
"""Connections that one worker takes in before it looks at what else there is, so that others get some too."""


class AddressTaken(Refused):
    """Another program listens there, or the address is not this machine's (facts: host, port)."""

    code = "address_taken"


class _Server(uvicorn.Server):
    """Says when it is ready, and lets its caller close the ledger after a signal instead of dying of it."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # An idle client does not read, so it would not say good-bye within our patience.
        for connection in list(self.server_state.connections):
            cycle = getattr(connection, "cycle", None)
            if cycle is None or cycle.response_complete:
                connection.transport.abort()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {
            number: signal.signal(number, self.handle_exit)
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class Door:
    """An address where somebody listens; port 0 is a free one. Raises AddressTaken."""

    def __init__(self, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            self.socket = socket.create_server((host, port), family=family, backlog=_BACKLOG)
        except OSError as error:
            raise AddressTaken(host=host, port=port) from error
        # asyncio sets this itself, but not on what this socket accepts; without it an answer waits 40 ms.
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = host
        self.port: int = self.socket.getsockname()[1]

    def let_wait(self) -> None:
        """As many may wait here as the system allows: asyncio has lowered that to what it takes in at a time."""
        self.socket.listen(_BACKLOG)

    def close(self) -> None:
        self.socket.close()


class Listening:
    """A server that is bound to its address; `run` serves until it is told to stop."""

    def __init__(
        self,
        centre: Centre,
        tls: ssl.SSLContext,
        host: str,
        port: int,
        door: Door | None = None,
    ) -> None:
        """`door`: one that is open already, where other workers may be listening too."""
        self._door = door or Door(host, port)
        self.host, self.port = self._door.host, self._door.port
        self._centre = centre
        config = uvicorn.Config(
            centre.app(),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            server_header=False,
            date_header=False,
            limit_concurrency=connections.MOST,
            backlog=_AT_A_TIME,
            http=connections.Connection,
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=_PATIENCE_S,
            ssl_context_factory=lambda _config, _default: tls,
        )
        self._server = _Server(config, self._say_ready)
        self._on_ready: Callable[[], None] = lambda: None

    def run(self, on_ready: Callable[[], None]) -> None:
        """Serve until SIGINT, SIGTERM or `stop`; the ledger is closed when this returns."""
        self._on_ready = on_ready
        try:
            self._server.run(sockets=[self._door.socket])
        finally:
            self._door.close()
            self._centre.close()

    def stop(self) -> None:
        """From another thread."""
        self._server.should_exit = True

    def _say_ready(self) -> None:
        self._door.let_wait()
        self._on_ready()
