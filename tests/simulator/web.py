"""The centre's real routes for scans, asked without a socket."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, TypeVar

from starlette.routing import Router
from starlette.types import Message

from sync.centre.attachment_desk import Attachments
from sync.centre.attachment_routes import AttachmentRoutes
from sync.client.transport import Reply
from sync.refusals import UnknownDevice

PIECE: Final = 4096
"""Bytes of a body that arrive at once."""
T = TypeVar("T")


class Web:
    """Asks the routes, one request after the other, whose token and body come as they are."""

    def __init__(self, desk: Attachments) -> None:
        self._token = b""
        routes = AttachmentRoutes(desk, _at_once, lambda _request: self._known())
        self._app = Router(routes.routes())

    def ask(
        self,
        method: str,
        path: str,
        token: bytes,
        headers: Mapping[str, str],
        body: bytes,
        *,
        whole: bool,
    ) -> Reply:
        """The answer; of a body that is not whole nobody hears it."""
        self._token = token
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": path,
            "root_path": "",
            "query_string": b"",
            "headers": [(name.lower().encode(), said.encode()) for name, said in headers.items()],
        }
        coming = iter(_messages(body, whole=whole))
        told: list[Message] = []

        async def receive() -> Message:
            return next(coming)

        async def send(message: Message) -> None:
            told.append(message)

        _loop().run_until_complete(self._app(scope, receive, send))
        content = b"".join(one.get("body", b"") for one in told[1:])
        return Reply(
            status=told[0]["status"],
            headers={name.decode(): said.decode() for name, said in told[0]["headers"]},
            content=b"" if method == "HEAD" else content,
        )

    def _known(self) -> bytes:
        if not self._token:
            raise UnknownDevice
        return self._token


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """One for all: nothing waits in it between two requests."""
    loop = asyncio.new_event_loop()
    atexit.register(loop.close)
    return loop


async def _at_once(act: Callable[[], T]) -> T:
    return act()


def _messages(body: bytes, *, whole: bool) -> list[Message]:
    pieces = [body[start : start + PIECE] for start in range(0, len(body), PIECE)] or [b""]
    told: list[Message] = [
        {"type": "http.request", "body": piece, "more_body": True} for piece in pieces
    ]
    if whole:
        told[-1]["more_body"] = False
    return [*told, {"type": "http.disconnect"}]
