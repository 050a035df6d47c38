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
from sync.centre.http import Centre

_KEEP_ALIVE_S: Final = 75
_PATIENCE_S: Final = 2
_BACKLOG: Final = 2048
_MOST_CONNECTIONS: Final = 512
"""At one time; whoever comes beyond them is told 503 and comes again."""


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


class Listening:
    """A server that is bound to its address; `run` serves until it is told to stop."""

    def __init__(self, centre: Centre, tls: ssl.SSLContext, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            self._socket = socket.create_server((host, port), family=family, backlog=_BACKLOG)
        except OSError as error:
            raise AddressTaken(host=host, port=port) from error
        # asyncio sets this itself, but not on what this socket accepts; without it an answer waits 40 ms.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = host
        self.port: int = self._socket.getsockname()[1]
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
            limit_concurrency=_MOST_CONNECTIONS,
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
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()
            self._centre.close()

    def stop(self) -> None:
        """From another thread."""
        self._server.should_exit = True

    def _say_ready(self) -> None:
        self._on_ready()
