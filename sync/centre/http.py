"""The centre's HTTP face: six paths, and no header that nobody reads.

The ledger has one thread of its own, so requests take turns at it; the event loop only moves bytes.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import DaibanError
from app.store.database import DiskFull, StoreBusy
from sync import codec, protocol
from sync.centre import admission, exchange, packets
from sync.centre.authority import Authority
from sync.centre.ledger import Ledger
from sync.protocol import AdmitRequest, EnrolRequest, LifeRequest
from sync.refusals import Busy, CentreRefusal, PacketRefused, TooLarge, UnknownDevice

MAX_BODY: Final = 8 * 1024 * 1024
"""Bytes of one request's body, packed."""
BODY_S: Final = 120
"""Seconds for one body to arrive."""
SCHEME: Final = "Daiban"
_log: Final = logging.getLogger(__name__)

Handler = Callable[[bytes, bytes], bytes]
"""From the token (empty without one) and the body to the answer's body."""


class Centre:
    """Answers requests from one ledger. Every method that takes a body runs in the ledger's thread."""

    def __init__(
        self, ledger: Ledger, authority: Authority, now_ms: Callable[[], int] | None = None
    ) -> None:
        self._ledger = ledger
        self._authority = authority
        self._now_ms = now_ms or (lambda: time.time_ns() // 1_000_000)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")

    def close(self) -> None:
        """Finish what is under way, and close the ledger."""
        self._thread.submit(self._ledger.close).result()
        self._thread.shutdown()

    def known(self, token: bytes) -> None:
        """Nothing, if it is the token of a device. Raises UnknownDevice or Revoked."""
        exchange.sender(self._ledger, token)

    def app(self) -> Starlette:
        posts = {
            protocol.EXCHANGE: self.exchange,
            protocol.CARRY: self.carry,
            protocol.ENROL: self.enrol,
            protocol.LIFE: self.life,
            protocol.ADMIT: self.admit,
        }
        # Whoever enrols or is admitted has no token that is known yet.
        by_token = (protocol.EXCHANGE, protocol.CARRY, protocol.LIFE)
        routes = [
            Route(path, self._endpoint(handler, by_token=path in by_token), methods=["POST"])
            for path, handler in posts.items()
        ]
        return Starlette(routes=[*routes, Route(protocol.CA, self._ca, methods=["GET"])])

    def exchange(self, token: bytes, body: bytes) -> bytes:
        message, dictionary = codec.unpack(body)
        request = protocol.decode(message, protocol.Request)
        answer = exchange.answer(self._ledger, self._authority, token, request, self._now_ms())
        return codec.pack(protocol.encode(answer), dictionary)

    def carry(self, token: bytes, body: bytes) -> bytes:
        """The answer to a packet of another station, which the sender cannot open either."""
        exchange.sender(self._ledger, token)
        try:
            done = packets.answer(
                self._ledger, self._authority, body, self._now_ms(), protocol.MAX_ROOM
            )
        except (CentreRefusal, StoreBusy, DiskFull):
            raise
        except DaibanError as error:
            raise PacketRefused(why=error.code) from error
        return done.raw

    def enrol(self, _token: bytes, body: bytes) -> bytes:
        request = protocol.decode(body, EnrolRequest)
        return protocol.encode(
            admission.enrol(self._ledger, self._authority, request, self._now_ms())
        )

    def life(self, token: bytes, body: bytes) -> bytes:
        request = protocol.decode(body, LifeRequest)
        return protocol.encode(
            admission.begin_life(self._ledger, self._authority, token, request, self._now_ms())
        )

    def admit(self, _token: bytes, body: bytes) -> bytes:
        request = protocol.decode(body, AdmitRequest)
        return protocol.encode(
            admission.admit(self._ledger, self._authority, request, self._now_ms())
        )

    async def _ca(self, _request: Request) -> Response:
        return Response(self._authority.ca)

    def _endpoint(self, handler: Handler, *, by_token: bool) -> Callable[[Request], object]:
        async def endpoint(request: Request) -> Response:
            loop = asyncio.get_running_loop()
            try:
                token = _token(request)
                if by_token:  # before a byte of the body is looked at
                    await loop.run_in_executor(self._thread, self.known, token)
                async with asyncio.timeout(BODY_S):
                    body = await _body(request)
            except TimeoutError:
                return _refused(Busy(why="slow"), {"connection": "close"})
            except TooLarge as refusal:
                # Without the end of the body there is no next request on this connection.
                return _refused(refusal, {"connection": "close"})
            except CentreRefusal as refusal:
                return _refused(refusal)
            except (StoreBusy, DiskFull) as error:
                return _unwritable(error)
            except ClientDisconnect:
                return Response(status_code=400)  # nobody hears it
            try:
                return Response(await loop.run_in_executor(self._thread, handler, token, body))
            except CentreRefusal as refusal:
                return _refused(refusal)
            except (StoreBusy, DiskFull) as error:
                return _unwritable(error)

        return endpoint


def _refused(refusal: CentreRefusal, headers: dict[str, str] | None = None) -> Response:
    return Response(protocol.said(refusal), status_code=refusal.status, headers=headers)


def _unwritable(error: StoreBusy | DiskFull) -> Response:
    _log.warning("the ledger cannot be written to: %s", error.code)
    return _refused(Busy(why=error.code))


async def _body(request: Request) -> bytes:
    """The body, unless it is too large: then it is not read to its end."""
    claimed = request.headers.get("content-length", "")
    if claimed.isdigit() and int(claimed) > MAX_BODY:
        raise TooLarge(limit=MAX_BODY)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            raise TooLarge(limit=MAX_BODY)
    return bytes(body)


def _token(request: Request) -> bytes:
    """The token in the header, or nothing where there is no header."""
    header = request.headers.get("authorization")
    if header is None:
        return b""
    scheme, _, text = header.partition(" ")
    try:
        token = base64.b64decode(text + "==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnknownDevice from error
    if scheme != SCHEME or len(token) != protocol.TOKEN_SIZE:
        raise UnknownDevice
    return token
