"""Scans over HTTP: the core of tus 1.0 with creation for whoever sends one, Range for whoever reads it.

A piece is stored as it arrives, 256 KB at a time, and what came of one that breaks off stays:
so after a cut anywhere the sender goes on at the byte.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from enum import Enum
from functools import partial
from typing import Final, Protocol, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from app.store.database import DiskFull, StoreBusy
from sync import tus
from sync.centre.attachment_desk import Attachments, Reply, is_piece, refusal_of
from sync.centre.coming import Coming
from sync.refusals import Busy, CentreRefusal

FLUSH: Final = 256 * 1024
"""Bytes of a piece that are stored together; a centre that dies loses no more."""
FLUSH_S: Final = 120
"""Seconds for so many to arrive; what there is then is stored, and the connection closed."""
_T = TypeVar("_T")


class InTurn(Protocol):
    """Runs something where the ledger may be used."""

    async def __call__(self, act: Callable[[], _T], /) -> _T: ...


class _End(Enum):
    """Why no more of a body is taken for now."""

    FULL = "as much is here as is stored together"
    WHOLE = "the body is over"
    GONE = "the sender is"
    SLOW = "it takes too long"


class AttachmentRoutes:
    """The same as routes; `token_of` reads a request's token, and raises UnknownDevice."""

    def __init__(
        self, desk: Attachments, in_turn: InTurn, token_of: Callable[[Request], bytes]
    ) -> None:
        self._desk = desk
        self._in_turn = in_turn
        self._coming = Coming()
        self._token_of = token_of

    def routes(self) -> list[Route]:
        one = tus.ATTACHMENTS + "/{name}"
        return [
            Route(tus.ATTACHMENTS, self._options, methods=["OPTIONS"]),
            Route(tus.ATTACHMENTS, self._begin, methods=["POST"]),
            Route(one, self._options, methods=["OPTIONS"]),
            Route(one, self._append, methods=["PATCH"]),
            Route(one, self._look, methods=["HEAD", "GET"]),
        ]

    async def _options(self, _request: Request) -> Response:
        return _response(self._desk.options())

    async def _begin(self, request: Request) -> Response:
        """With the first piece, if the body says that it is one (the extension creation-with-upload)."""
        headers, end = request.headers, _End.FULL
        try:
            token = self._token_of(request)
            begin = partial(self._desk.begin, token, headers)
            if not is_piece(headers):
                return _response(await self._in_turn(begin))
            name = await self._in_turn(partial(self._desk.may_begin, token, headers))
            with self._coming.noted(token, name):
                stream = aiter(request.stream())
                data, end = await _gathered(stream)
                begun = await self._in_turn(partial(begin, bytes(data)))
                append = partial(self._desk.append, token, name)
                offset, end = await self._take(stream, end, append, len(data))
        except (CentreRefusal, StoreBusy, DiskFull) as error:
            return _refused(error, closing=end is not _End.WHOLE)
        if end is _End.SLOW:
            return _refused(Busy(why="slow"), closing=True)
        told = {**begun.headers, tus.OFFSET: str(offset)}
        return _response(Reply(status=begun.status, headers=told))

    async def _look(self, request: Request) -> Response:
        say = self._desk.head if request.method == "HEAD" else self._desk.get
        name = request.path_params["name"]
        return await self._answered(request, partial(say, name=name, headers=request.headers))

    async def _answered(self, request: Request, say: Callable[[bytes], Reply]) -> Response:
        try:
            token = self._token_of(request)
            if request.method == "HEAD":
                await self._coming.settled(token, request.path_params["name"])
            return _response(await self._in_turn(partial(say, token)))
        except (CentreRefusal, StoreBusy, DiskFull) as error:
            return _refused(error)

    async def _append(self, request: Request) -> Response:
        headers, end = request.headers, _End.FULL
        try:
            token, name = self._token_of(request), request.path_params["name"]
            with self._coming.noted(token, name):
                offset = await self._in_turn(partial(self._desk.expect, token, name, headers))
                stream = aiter(request.stream())
                append = partial(self._desk.append, token, name)
                offset, end = await self._take(stream, end, append, offset)
        except (CentreRefusal, StoreBusy, DiskFull) as error:
            # What is still to come of the body would be taken for the next request.
            return _refused(error, closing=True)
        if end is _End.SLOW:
            return _refused(Busy(why="slow"), closing=True)
        return _response(self._desk.appended(offset))  # if the sender is gone nobody hears it

    async def _take(
        self,
        stream: AsyncIterator[bytes],
        end: _End,
        append: Callable[[int, bytes], int],
        offset: int,
    ) -> tuple[int, _End]:
        """Store what is still to come of a body, as it comes; the byte after it, and why no more is taken."""
        while end is _End.FULL:
            data, end = await _gathered(stream)
            offset = await self._in_turn(partial(append, offset, bytes(data)))
        return offset, end


async def _gathered(stream: AsyncIterator[bytes]) -> tuple[bytearray, _End]:
    """The next bytes of a body, up to FLUSH and what came with the last of them."""
    data = bytearray()
    try:
        async with asyncio.timeout(FLUSH_S):
            async for piece in stream:
                data += piece
                if len(data) >= FLUSH:
                    return data, _End.FULL
    except TimeoutError:
        return data, _End.SLOW
    except ClientDisconnect:
        return data, _End.GONE
    return data, _End.WHOLE


def _response(reply: Reply) -> Response:
    return Response(reply.body, status_code=reply.status, headers=reply.headers)


def _refused(error: CentreRefusal | StoreBusy | DiskFull, *, closing: bool = False) -> Response:
    return _response(refusal_of(error, closing=closing))
