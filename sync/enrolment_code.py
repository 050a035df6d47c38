"""The one-time code that makes a computer a device of a station, as text or QR.

    DAIBAN1.<base64url of MessagePack [url, secret, CA fingerprint, region, station, tier, expires]>

It carries what the device must trust before it has heard from anybody:
where the centre is, and the fingerprint of its CA.
"""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Final
from urllib.parse import urlsplit

import msgspec

from app.errors import UNREADABLE, Refused
from sync.protocol import TOKEN_SIZE, Digest, Secret

PREFIX: Final = "DAIBAN1."
MAX_TEXT: Final = 2_000
"""Characters, white space aside; a code is about two hundred and fifty."""


class BadEnrolmentCode(Refused):
    """Not a code, or one that was damaged on its way."""

    code = "bad_enrolment_code"


class EnrolmentCode(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """`fingerprint` is the SHA-256 of the CA certificate's DER; `expires_ms` counts from 1970, UTC."""

    url: Annotated[str, msgspec.Meta(max_length=400)]
    secret: Secret
    fingerprint: Digest
    region: Annotated[str, msgspec.Meta(max_length=16)]
    station: Annotated[str, msgspec.Meta(max_length=100)]
    tier: Annotated[int, msgspec.Meta(ge=1, le=3)]
    expires_ms: int


_decode: Final = msgspec.msgpack.Decoder(EnrolmentCode).decode


def write_code(code: EnrolmentCode) -> str:
    raw = msgspec.msgpack.encode(code)
    return PREFIX + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def outline(code: EnrolmentCode) -> bytes:
    """All of a code but its secret, to be kept while an answer is awaited."""
    return msgspec.msgpack.encode(msgspec.structs.replace(code, secret=bytes(TOKEN_SIZE)))


def read_outline(raw: bytes) -> EnrolmentCode:
    """What `outline` kept; its secret is nothing. Raises BadEnrolmentCode."""
    try:
        return _decode(raw)
    except UNREADABLE as error:
        raise BadEnrolmentCode(why="content") from error


def read_code(text: str) -> EnrolmentCode:
    """The code in this text, as typed, pasted or scanned: white space anywhere is passed over.

    Raises BadEnrolmentCode.
    """
    dense = "".join(text[: 4 * MAX_TEXT].split())
    if not dense.startswith(PREFIX) or len(dense) > MAX_TEXT:
        raise BadEnrolmentCode(why="form")
    coded = dense.removeprefix(PREFIX)
    try:
        raw = base64.b64decode(coded + "=" * (-len(coded) % 4), altchars=b"-_", validate=True)
        code = _decode(raw)
        address = urlsplit(code.url)
        host, port = address.hostname, address.port
    except (binascii.Error, ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise BadEnrolmentCode(why="content") from error
    if address.scheme != "https" or not host or port == 0:
        raise BadEnrolmentCode(why="address")
    return code
