"""One connection to the centre: what uvicorn leaves to whoever connects is bounded here.

- A request's head, the trailers and the marks between chunks: 16 KB, and thirty seconds to come.
- What a client still sends once it has its answer: two minutes.
- Of connections on which nobody has been known yet the oldest goes when there are almost as many as may be.
"""

from __future__ import annotations

import asyncio
import time
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST: Final = 512
"""Connections at one time; whoever comes beyond them is told 503 and comes again."""
RESERVE: Final = 32
"""So many before that, those who have shown nothing yet make room."""
HEAD_SIZE: Final = 16 * 1024
HEAD_S: Final = 30
DRAIN_S: Final = 120
KNOWN: Final = "known"
"""What the state of a request has under this name once its sender is known."""


class Connection(HttpToolsProtocol):
    """The parser's callbacks and the transport's, as uvicorn has them."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.born = time.monotonic()
        self._beside = 0  # bytes since the last that belonged to a body or ended a request
        self._whole = True  # no request is under way
        self._is_known = False  # nobody has shown a token here that is good
        self._deadline: asyncio.TimerHandle | None = None
        self._within(HEAD_S)
        self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._within(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._beside += len(data)
        if self._whole and self._deadline is None:
            self._within(HEAD_S)
        super().data_received(data)
        if self._beside > HEAD_SIZE and not self.transport.is_closing():
            self.transport.abort()

    def on_message_begin(self) -> None:
        self._whole = False
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._beside = 0
        self._within(None)  # the body's time is for whoever reads it to say
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._beside = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._beside, self._whole = 0, True
        super().on_message_complete()
        if self.cycle.response_complete:
            self._within(self.timeout_keep_alive)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._is_known = self._is_known or bool(self.cycle.scope["state"].get(KNOWN))
        if not self._whole:
            self._within(DRAIN_S)

    @property
    def is_in_the_way(self) -> bool:
        """Whether nobody has been known on it, and nothing of it is being answered."""
        return not self._is_known and (self.cycle is None or self.cycle.response_complete)

    def _within(self, seconds: float | None) -> None:
        """End the connection unless something else is said before that time."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None
        if seconds is not None:
            self._deadline = self.loop.call_later(seconds, self.transport.abort)

    def _make_room(self) -> None:
        limit = self.limit_concurrency
        if limit is None or len(self.connections) <= limit - RESERVE:
            return
        idle = [
            one
            for one in self.connections
            if isinstance(one, Connection) and one is not self and one.is_in_the_way
        ]
        if idle:
            min(idle, key=lambda one: one.born).transport.abort()
