"""The line to the centre: HTTP over TLS 1.3 to one pinned authority, every byte counted.

A body goes up in pieces of at most 4 KB: `requests` counts a whole `sendall` against its timeout,
so only a body in pieces lets the timeout mean a stall, thirty seconds without a byte.
"""

from __future__ import annotations

import base64
import socket
import ssl
from collections.abc import Iterator, Mapping
from http.client import HTTPException, HTTPSConnection
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import msgspec
import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.util import SKIP_HEADER

from sync import protocol
from sync.refusals import (
    Busy,
    CentreNotTrusted,
    CentreRefusal,
    Offline,
    TooOften,
    Unintelligible,
)

STALL_S: Final = 30
PIECE: Final = 4096
_SEND_BUFFER: Final = 32 * 1024
"""The system would take in megabytes at once, and the wait for the answer begin while they still trickle out."""
MAX_ANSWER: Final = 8 * 1024 * 1024
"""Bytes of one answer's body, packed."""
_READ: Final = 64 * 1024
_NO_DATES: Final = 0x200000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which Python has no name for: a village's clock may be years off,
and the one authority that counts is pinned by its key."""
_OK: Final = 200
_NO_CONTENT: Final = 204


class Traffic:
    """HTTP bytes that went up and came down, request and status lines and headers with them, TLS left out."""

    def __init__(self) -> None:
        self.up = 0
        self.down = 0


class Pieces:
    """A body of known length that is handed over piece by piece."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __len__(self) -> int:
        return len(self._body)

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self._body), PIECE):
            yield self._body[start : start + PIECE]


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it came: names of headers in lower case, and `whole` unless the line broke amid the body."""

    status: int
    headers: dict[str, str]
    content: bytes
    whole: bool = True


class Transport(Protocol):
    """What the engine needs of a line."""

    traffic: Traffic

    def post(self, path: str, body: bytes, token: bytes = b"") -> bytes:
        """Send and wait for the answer. Raises Offline, CentreNotTrusted, Unintelligible or CentreRefusal."""

    def ask(
        self,
        method: str,
        path: str,
        token: bytes = b"",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Reply:
        """The same for any method, with the answer as it came, a refusal too: `refusal_in` reads it.

        Raises Offline, CentreNotTrusted or Unintelligible.
        """


class Line:
    """A connection to the centre at `url` whose authority's certificate is `ca` (DER), kept open between requests.

    Raises Offline, CentreNotTrusted, Unintelligible, or what the centre refuses with.
    """

    def __init__(self, url: str, ca: bytes, stall_s: float = STALL_S) -> None:
        self.traffic = Traffic()
        self.url = url.rstrip("/")
        self._stall_s = stall_s
        self._session = requests.Session()
        # No proxy, netrc or certificate bundle of the environment may come between a station and its centre.
        self._session.trust_env = False
        self._session.headers.clear()
        # What `requests` and `http.client` would add by themselves.
        for header in ("User-Agent", "Accept-Encoding"):
            self._session.headers[header] = SKIP_HEADER
        self._session.mount("https://", _Pinned(_context(ca, self.traffic)))

    def close(self) -> None:
        self._session.close()

    def post(self, path: str, body: bytes, token: bytes = b"") -> bytes:
        reply = self.ask("POST", path, token, body=body)
        if not reply.whole:
            raise Offline(why="cut")
        if reply.status == _OK:
            return reply.content
        raise refusal_in(reply)

    def ask(
        self,
        method: str,
        path: str,
        token: bytes = b"",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Reply:
        said = dict(headers or {})
        if token:
            said["Authorization"] = f"Daiban {_text(token)}"
        try:
            with self._session.request(
                method,
                self.url + path,
                data=Pieces(body) if body else None,
                headers=said,
                timeout=(self._stall_s, self._stall_s),
                stream=True,
                allow_redirects=False,
            ) as response:
                content, whole = _content(response)
                told = {name.lower(): value for name, value in response.headers.items()}
        except requests.exceptions.SSLError as error:
            raise _untrusted(error) from error
        except (requests.RequestException, HTTPError, OSError) as error:
            raise Offline(why=type(error).__name__) from error
        return Reply(status=response.status_code, headers=told, content=content, whole=whole)


def fetch_unverified(url: str, path: str, limit: int = 64 * 1024) -> bytes:
    """What somebody at `url` says, whoever that is: the caller knows how to tell.

    Raises Offline, TooOften, Busy or Unintelligible.
    """
    parts = urlsplit(url)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    line = HTTPSConnection(parts.hostname or "", parts.port, timeout=STALL_S, context=context)
    try:
        line.request("GET", parts.path.rstrip("/") + path)
        answer = line.getresponse()
        content = answer.read(limit + 1)
    except (OSError, HTTPException) as error:
        raise Offline(why=type(error).__name__) from error
    finally:
        line.close()
    for refusal in (TooOften, Busy):  # what else somebody says whom nobody knows yet does not count
        if answer.status == refusal.status:
            raise refusal
    if answer.status != _OK or len(content) > limit:
        raise Unintelligible(status=answer.status)
    return content


def _content(response: requests.Response) -> tuple[bytes, bool]:
    """The body, and whether it is whole; what came of one that breaks off may still be of use."""
    if "content-length" not in response.headers and response.status_code != _NO_CONTENT:
        raise Offline(why="cut")  # amid the headers: `http.client` takes what it has for an answer
    content = bytearray()
    try:
        for piece in response.raw.stream(_READ, decode_content=False):
            content += piece
            if len(content) > MAX_ANSWER:
                raise Unintelligible(why="too large")
    except (HTTPError, OSError):
        return bytes(content), False
    return bytes(content), True


def refusal_in(reply: Reply) -> CentreRefusal | Unintelligible:
    """What an answer that is no consent says."""
    try:
        return protocol.heard(reply.content)
    except CentreRefusal:
        # A server that is full says so before it speaks our language.
        return Busy() if reply.status == Busy.status else Unintelligible(status=reply.status)


def _untrusted(error: requests.exceptions.SSLError) -> CentreNotTrusted | Offline:
    """A certificate that is not the centre's, or a line that was cut amid the handshake."""
    if "CERTIFICATE_VERIFY_FAILED" in str(error) or "doesn't match" in str(error):
        return CentreNotTrusted()
    return Offline(why="SSLError")


def _text(token: bytes) -> str:
    return base64.urlsafe_b64encode(token).decode().rstrip("=")


class _Pinned(HTTPAdapter):
    """Connections under our own TLS context, whatever bundle `requests` would bring."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(pool_connections=1, pool_maxsize=1)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **more: object
    ) -> None:
        options = [
            *HTTPConnection.default_socket_options,
            (socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER),
        ]
        super().init_poolmanager(connections, maxsize, block, socket_options=options, **more)

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: object, cert: object = None
    ) -> tuple[Any, Any]:
        host, pool = super().build_connection_pool_key_attributes(request, True)
        pool["ssl_context"] = self._context
        return host, pool

    def cert_verify(self, conn: object, url: str, verify: object, cert: object) -> None:
        """Nothing: the context verifies."""


def _context(ca: bytes, traffic: Traffic) -> ssl.SSLContext:
    """TLS 1.3 with one trusted authority, whatever the date."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_flags |= ssl.VerifyFlags(_NO_DATES)
    context.load_verify_locations(cadata=ca)
    context.sslsocket_class = _counting(traffic)
    return context


def _counting(traffic: Traffic) -> type[ssl.SSLSocket]:
    class Counting(ssl.SSLSocket):
        """Counts what passes above TLS."""

        def send(self, data: Any, flags: int = 0) -> int:  # noqa: ANN401  # any buffer
            sent = super().send(data, flags)
            traffic.up += sent
            return sent

        def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:  # noqa: ANN401
            got = super().recv_into(buffer, nbytes, flags)
            traffic.down += got
            return got

    return Counting
