"""How a request's body comes in: whole, within its time, and no more of all of them than there is room for."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.requests import Request

from sync.refusals import Busy, TooLarge

MAX_BODY: Final = 8 * 1024 * 1024
"""Bytes of one request's body, packed."""
MAX_SMALL_BODY: Final = 64 * 1024
"""The same of what is no exchange: codes, keys, certificates, places."""
MAX_UNDER_WAY: Final = 128 * 1024 * 1024
"""Bytes of all bodies that are arriving."""
STALL_S: Final = 30
"""Seconds without a byte of a body, as on the other side."""
BODY_S: Final = 15 * 60
"""Seconds for one body to arrive."""


class Bodies:
    """Those that are arriving at one process."""

    def __init__(self) -> None:
        self._under_way = 0

    async def read(self, request: Request, most: int) -> bytes:
        """The body, unless it is too large or too many arrive: then it is not read to its end.

        Raises TooLarge, Busy, TimeoutError, or starlette's ClientDisconnect.
        """
        claimed = request.headers.get("content-length", "")
        if claimed.isascii() and claimed.isdigit() and int(claimed) > most:
            raise TooLarge(limit=most)
        body = bytearray()
        stream = aiter(request.stream())
        try:
            async with asyncio.timeout(BODY_S):
                while True:
                    async with asyncio.timeout(STALL_S):
                        piece = await anext(stream, None)
                    if piece is None:
                        return bytes(body)
                    body += piece
                    self._under_way += len(piece)
                    if len(body) > most:
                        raise TooLarge(limit=most)
                    if self._under_way > MAX_UNDER_WAY:
                        raise Busy(why="full")
        finally:
            self._under_way -= len(body)
