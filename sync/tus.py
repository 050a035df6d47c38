"""Attachments on the line: tus 1.0 up, HTTP Range down. What both sides write and read in headers.

A sheet is one resource, named by the SHA-256 of its bytes: /attachments/<64 hexadecimal digits>.
For whoever sends it, it is the upload (HEAD, PATCH); for whoever may see it, the bytes (GET).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from app.domain.attachments import DIGEST_SIZE
from sync.refusals import BadMessage

ATTACHMENTS: Final = "/attachments"
VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,creation-with-upload"
RESUMABLE: Final = "Tus-Resumable"
VERSIONS: Final = "Tus-Version"
EXTENSION: Final = "Tus-Extension"
MAX_SIZE: Final = "Tus-Max-Size"
OFFSET: Final = "Upload-Offset"
LENGTH: Final = "Upload-Length"
METADATA: Final = "Upload-Metadata"
PIECE_TYPE: Final = "application/offset+octet-stream"
DIGEST: Final = "digest"
"""The key of the metadata under which the sender names the sheet, in hexadecimal digits."""
_DIGITS: Final = 15
"""Of a number in a header: far beyond any size, and exact wherever it is read."""
_HEX: Final = re.compile(rf"[0-9a-f]{{{2 * DIGEST_SIZE}}}")
_RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
_CONTENT_RANGE: Final = re.compile(r"bytes (\d+)-(\d+)/(\d+)", re.ASCII)
_LONGEST_METADATA: Final = 4096


class Span(NamedTuple):
    """Bytes from `first` to before `end`."""

    first: int
    end: int


class OutOfRange(ValueError):
    """A range that begins at or after the end of the bytes."""


def path_of(digest: bytes) -> str:
    return f"{ATTACHMENTS}/{digest.hex()}"


def digest_named(text: str) -> bytes | None:
    """The digest whose hexadecimal digits these are, in lower case; None for anything else."""
    return bytes.fromhex(text) if _HEX.fullmatch(text) else None


def number(text: str | None) -> int:
    """A size or offset as a header says it. Raises BadMessage if it is none."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise BadMessage(detail="number")
    return int(text)


def metadata(said: Mapping[str, str]) -> str:
    """Upload-Metadata: each key, and its value in base64."""
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items()
    )


def read_metadata(text: str) -> dict[str, bytes]:
    """What Upload-Metadata says. Raises BadMessage if it is not what tus calls so."""
    if len(text) > _LONGEST_METADATA:
        raise BadMessage(detail="metadata")
    told: dict[str, bytes] = {}
    for pair in filter(None, text.split(",")):
        key, _, value = pair.strip(" ").partition(" ")
        if not key or not key.isascii() or key in told:
            raise BadMessage(detail="metadata")
        try:
            told[key] = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadMessage(detail="metadata") from error
    return told


def asked_range(header: str | None, size: int) -> Span | None:
    """Which of `size` bytes a Range header asks for; None for all, as for a header that nobody understands.

    Raises OutOfRange.
    """
    found = None if header is None else _RANGE.fullmatch(header.strip())
    if found is None or not any(found.groups()):
        return None
    first, last = (None if not text else _large(text) for text in found.groups())
    if first is None:
        span = Span(max(size - (last or 0), 0), size)
    elif last is not None and last < first:  # no range at all, says RFC 9110
        return None
    else:
        span = Span(first, size if last is None else min(last + 1, size))
    if span.first >= size:
        raise OutOfRange
    return span


def _large(digits: str) -> int:
    """What so many digits say, as far as anything is as large."""
    return int(digits) if len(digits) <= _DIGITS else 10**_DIGITS


def range_from(span: Span) -> str:
    """The Range header that asks for these bytes."""
    return f"bytes={span.first}-{span.end - 1}"


def content_range(span: Span, size: int) -> str:
    return f"bytes {span.first}-{span.end - 1}/{size}"


def said_range(header: str | None) -> tuple[Span, int]:
    """Which bytes came, and of how many, as Content-Range says. Raises BadMessage."""
    found = None if header is None else _CONTENT_RANGE.fullmatch(header)
    if found is None or any(len(text) > _DIGITS for text in found.groups()):
        raise BadMessage(detail="range")
    first, last, size = map(int, found.groups())
    if not first <= last < size:
        raise BadMessage(detail="range")
    return Span(first, last + 1), size
