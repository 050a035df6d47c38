"""Whoever reaches the port: rubbish on the line, under TLS, as HTTP, and as messages with a token and without."""

from __future__ import annotations

import base64
import socket
import ssl
from collections.abc import Callable, Iterator
from random import Random
from urllib.parse import urlsplit

import msgspec

from app.journal.keys import DeviceKeys
from sync import codec, protocol, tus
from sync.protocol import AdmitRequest, EnrolRequest, FleetRequest, LifeRequest
from tests.fuzz.mutations import changed, hostile, repacked
from tests.sync.builders import ACentre, Pen, sealed_packet

SAID = {
    200, 201, 204, 206, 400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 416, 422, 426, 429, 431, 503,
}  # fmt: skip
"""What the centre may answer; 500 would be a bug."""
_METHODS = ["GET", "POST", "PUT", "PATCH", "HEAD", "OPTIONS", "DELETE", "BREW", "CONNECT", "TRACE"]
_PATHS = [
    "/ca", "/exchange", "/enrol", "/life", "/admit", "/carry", "/fleet", "/", "/ca/00", f"/ca/{'ab' * 32}", "/ca/%zz",
    "//exchange", "/exchange?x=1", "/exchange/../ca", "*", "/" + "a" * 3000, "/%e9%9f%a6", "/attachments",
    f"/attachments/{'ab' * 32}", "/attachments/../ca", "http://[::1", "/\x7f",
]  # fmt: skip
_HEADERS = [
    "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 5\r\nContent-Length: 6",
    "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Content-Length: ٣", "Content-Length: 0x10",
    "Expect: 100-continue", "Connection: upgrade\r\nUpgrade: websocket", "Connection: close", "Range: bytes=0-",
    "Range: bytes=-9999999999999999999999", "Upload-Offset: 99999999999999999999", "Tus-Resumable: 1.0.0",
    "Upload-Length: 5", "Upload-Metadata: sha256 !!!", "Content-Type: application/offset+octet-stream",
    "Authorization: Daiban", "Authorization: Daiban ====", "Authorization: Basic QQ==", "Authorization: " + "A" * 4000,
    "X: " + "y" * 6000, "X\x00: y", ": y", "X : y", " folded", "X: \x80\xff",
]  # fmt: skip


class Surface:
    """One device's line to a centre, and everybody else's."""

    def __init__(self, centre: ACentre, url: str, pen: Pen) -> None:
        parts = urlsplit(url)
        self.address = (parts.hostname or "", parts.port or 0)
        self.url = url
        self.pen = pen
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.load_verify_locations(cadata=centre.authority.ca)
        self._bodies = list(_bodies(pen))

    def attempt(self, chance: Random) -> int:
        """Send something, and read the status of what comes; 0 if the line is closed."""
        ways: list[Callable[[Random], bytes]] = [
            _rubbish,
            self._malformed,
            self._message,
            self._message,
        ]
        raw = chance.choice(ways)(chance)
        if chance.random() < 0.05:
            return _said(self._plain(raw))
        return _said(self._asked(raw))

    def _asked(self, raw: bytes) -> bytes:
        with (
            socket.create_connection(self.address, timeout=20) as plain,
            self.context.wrap_socket(plain, server_hostname=self.address[0]) as line,
        ):
            return _heard(line, raw)

    def _plain(self, raw: bytes) -> bytes:
        with socket.create_connection(self.address, timeout=20) as line:
            return _heard(line, raw)

    def _malformed(self, chance: Random) -> bytes:
        body = chance.randbytes(chance.randrange(200))
        lines = [
            f"{chance.choice(_METHODS)} {chance.choice(_PATHS)} HTTP/1.{chance.choice('0112')}",
            "Host: x",
            *chance.sample(_HEADERS, chance.randrange(4)),
        ]
        if chance.random() < 0.5:
            lines.append(self._token(chance))
        if chance.random() < 0.7:
            lines.append(f"Content-Length: {max(0, len(body) + chance.choice((0, 0, -1, -20)))}")
        if chance.random() < 0.3:
            body = b"%x\r\n%s\r\n%s" % (
                len(body),
                body,
                chance.choice((b"0\r\n\r\n", b"zz\r\n", b"0\r\nX: y\r\n\r\n")),
            )
        raw = "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body
        return changed(raw, chance) if chance.random() < 0.5 else raw

    def _message(self, chance: Random) -> bytes:
        path, body = chance.choice(self._bodies)
        packed = path in (protocol.EXCHANGE, protocol.FLEET)
        made = repacked(body, chance) if packed else hostile(body, chance)
        lines = [f"POST {path} HTTP/1.1", "Host: x", f"Content-Length: {len(made)}"]
        if chance.random() < 0.9:
            lines.append(self._token(chance))
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + made

    def _token(self, chance: Random) -> str:
        token = self.pen.token if chance.random() < 0.8 else chance.randbytes(16)
        return f"Authorization: Daiban {base64.urlsafe_b64encode(token).decode().rstrip('=')}"


def _bodies(pen: Pen) -> Iterator[tuple[str, bytes]]:
    """What nobody signed for what it says, so that nothing of it can count."""
    keys = DeviceKeys.generate()
    signed = pen.centre.device(pen.device).signed
    yield protocol.EXCHANGE, codec.pack(protocol.encode(pen.request()))
    yield protocol.EXCHANGE, codec.pack(protocol.encode(pen.request(first=1)), codec.PLAIN)
    yield protocol.FLEET, codec.pack(protocol.encode(FleetRequest(1)))
    yield (
        protocol.ENROL,
        protocol.encode(EnrolRequest(1, bytes(16), keys.sign_public, keys.seal_public, bytes(64))),
    )
    yield (
        protocol.LIFE,
        protocol.encode(LifeRequest(1, keys.sign_public, keys.seal_public, bytes(64), [])),
    )
    yield protocol.ADMIT, protocol.encode(AdmitRequest(1, signed, bytes(16), bytes(64)))
    yield protocol.CARRY, sealed_packet(pen)
    yield protocol.CA, msgspec.msgpack.encode([])
    yield tus.ATTACHMENTS, b""


def _rubbish(chance: Random) -> bytes:
    return chance.randbytes(chance.choice((0, 1, 20, 500, 20_000)))


def _heard(line: socket.socket, raw: bytes) -> bytes:
    """What comes back before the other side has no more to say; our half is closed first."""
    heard = bytearray()
    try:
        line.sendall(raw)
        if not isinstance(line, ssl.SSLSocket):
            line.shutdown(socket.SHUT_WR)
        line.settimeout(0.25)
        while len(heard) < 100_000 and b"\r\n\r\n" not in heard and (piece := line.recv(65536)):
            heard += piece
    except OSError:
        pass
    return bytes(heard)


def _said(heard: bytes) -> int:
    line = heard.split(b"\r\n", 1)[0].split(b" ")
    return (
        int(line[1]) if len(line) > 1 and line[0].startswith(b"HTTP/") and line[1].isdigit() else 0
    )
