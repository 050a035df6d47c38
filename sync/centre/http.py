"""The centre's HTTP face: few paths, and no header that nobody reads.

The ledger has threads of its own, as many as its database bears, so requests take turns at it;
the event loop only moves bytes.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Final, TypeVar

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from app.errors import DaibanError
from app.store.database import DiskFull, StoreBusy
from sync import codec, protocol
from sync.centre import admission, audit, exchange, fleet, packets, renewal
from sync.centre.attachment_desk import Attachments
from sync.centre.attachment_routes import AttachmentRoutes
from sync.centre.audit import Act
from sync.centre.authority import Authority
from sync.centre.bodies import MAX_BODY, MAX_SMALL_BODY, Bodies
from sync.centre.doorkeeper import Doorkeeper, Limits, Visit, visit
from sync.centre.ledger import Ledger
from sync.protocol import AdmitRequest, EnrolRequest, LifeRequest
from sync.refusals import Busy, CentreRefusal, PacketRefused, TooLarge, UnknownDevice

TURN_S: Final = 0.002
"""What each turn at the ledger counts besides its own time, for the disk's or the database server's."""
SCHEME: Final = "Daiban"
_LARGE: Final = frozenset({protocol.EXCHANGE, protocol.CARRY})
_log: Final = logging.getLogger(__name__)
_T = TypeVar("_T")

Handler = Callable[[bytes, bytes], bytes]
"""From the token (empty without one) and the body to the answer's body."""
Endpoint = Callable[[Request], Awaitable[Response]]


class Centre:
    """Answers requests from one ledger. Every method that takes a body runs in a thread of the ledger."""

    def __init__(
        self,
        ledger: Ledger,
        authority: Authority,
        now_ms: Callable[[], int] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._ledger = ledger
        self._authority = authority
        self._limits = limits
        self._bodies = Bodies()
        self._now_ms = now_ms or (lambda: time.time_ns() // 1_000_000)
        self._thread = ThreadPoolExecutor(ledger.database.threads, thread_name_prefix="ledger")
        self.attachments = Attachments(ledger, self._now_ms)

    def close(self) -> None:
        """Finish what is under way, and close the ledger."""
        self._thread.shutdown()
        self._ledger.close()

    def known(self, token: bytes) -> None:
        """Nothing, if it is the token of a device. Raises UnknownDevice or Revoked."""
        exchange.sender(self._ledger, token)

    def app(self) -> ASGIApp:
        posts = {
            protocol.EXCHANGE: self.exchange,
            protocol.CARRY: self.carry,
            protocol.FLEET: self.fleet,
            protocol.ENROL: self.enrol,
            protocol.LIFE: self.life,
            protocol.ADMIT: self.admit,
            protocol.CA: self.authority,
        }
        # Whoever enrols or is admitted has no token that is known yet.
        by_token = (protocol.EXCHANGE, protocol.CARRY, protocol.FLEET, protocol.LIFE)
        routes = [
            Route(path, self._endpoint(path, handler, by_token=path in by_token), methods=["POST"])
            for path, handler in posts.items()
        ]
        scans = AttachmentRoutes(self.attachments, self._in_turn, _token).routes()
        authority = [
            Route(protocol.CA, self._ca, methods=["GET"]),
            Route(protocol.CA + "/{fingerprint}", self._ca, methods=["GET"]),
        ]
        return Doorkeeper(
            Starlette(routes=[*routes, *scans, *authority]), self._note_guesses, self._limits
        )

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

    def fleet(self, token: bytes, body: bytes) -> bytes:
        """How the stations below the asker are."""
        message, dictionary = codec.unpack(body)
        protocol.decode(message, protocol.FleetRequest)
        reader = exchange.sender(self._ledger, token)
        told = fleet.below(self._ledger, reader, self._now_ms())
        return codec.pack(protocol.encode(told), dictionary)

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

    def authority(self, _token: bytes, _body: bytes) -> bytes:
        """The CA's certificate, for a device that has an earlier one."""
        self._renew_authority()
        return self._authority.ca

    async def _in_turn(self, act: Callable[[], _T]) -> _T:
        """Where the ledger may be used; in the name of whose request it is, on whose account the time goes."""
        visitor = visit.get() or Visit("")

        def acting() -> _T:
            began = (
                time.thread_time()
            )  # not the clock's: that others are at work is not the sender's fault
            try:
                with audit.by(visitor.address):
                    return act()
            finally:
                visitor.seconds += time.thread_time() - began + TURN_S

        return await asyncio.get_running_loop().run_in_executor(self._thread, acting)

    async def _note_guesses(self, address: str, refused: int) -> None:
        def noting() -> None:
            with audit.by(address), self._ledger.writing():
                audit.note(self._ledger, Act.GUESSES, {"refused": refused}, self._now_ms())

        with suppress(StoreBusy, DiskFull):
            await asyncio.get_running_loop().run_in_executor(self._thread, noting)

    async def _ca(self, request: Request) -> Response:
        """The CA's certificate, or the one of a fingerprint that an older code names."""
        text = request.path_params.get("fingerprint", "")
        try:
            fingerprint = bytes.fromhex(text)
        except ValueError:
            return Response(status_code=404)
        try:
            found = await self._in_turn(partial(self._certificate, fingerprint))
        except (StoreBusy, DiskFull) as error:
            return _unwritable(error)
        return Response(status_code=404) if found is None else Response(found)

    def _certificate(self, fingerprint: bytes) -> bytes | None:
        newest = self.authority(b"", b"")
        return self._authority.with_fingerprint(fingerprint) if fingerprint else newest

    def _renew_authority(self) -> None:
        """Let the CA's certificate have new dates in time, or take up those that it was given elsewhere."""
        now_ms = self._now_ms()
        due = self._authority.is_due(datetime.fromtimestamp(now_ms / 1000, UTC))
        if due or self._ledger.secret("ca") != self._authority.ca:
            renewal.renew(self._ledger, self._authority, now_ms)

    def _endpoint(self, path: str, handler: Handler, *, by_token: bool) -> Endpoint:
        most = MAX_BODY if path in _LARGE else MAX_SMALL_BODY

        async def endpoint(request: Request) -> Response:
            try:
                token = _token(request)
                if by_token:  # before a byte of the body is looked at
                    await self._in_turn(partial(self.known, token))
                body = await self._bodies.read(request, most)
            except TimeoutError:
                return _refused(Busy(why="slow"), {"connection": "close"})
            except (TooLarge, Busy) as refusal:
                # Without the end of the body there is no next request on this connection.
                return _refused(refusal, {"connection": "close"})
            except CentreRefusal as refusal:
                return _refused(refusal)
            except (StoreBusy, DiskFull) as error:
                return _unwritable(error)
            except ClientDisconnect:
                return Response(status_code=400)  # nobody hears it
            try:
                return Response(await self._in_turn(partial(handler, token, body)))
            except CentreRefusal as refusal:
                return _refused(refusal)
            except (StoreBusy, DiskFull) as error:
                return _unwritable(error)

        return endpoint


def _refused(refusal: CentreRefusal, headers: dict[str, str] | None = None) -> Response:
    wait_s = refusal.facts.get("retry_after_s")
    if wait_s:
        headers = {**(headers or {}), "retry-after": str(wait_s)}
    return Response(protocol.said(refusal), status_code=refusal.status, headers=headers)


def _unwritable(error: StoreBusy | DiskFull) -> Response:
    _log.warning("the ledger cannot be written to: %s", error.code)
    return _refused(Busy(why=error.code))


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
