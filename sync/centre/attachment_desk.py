"""What a centre says of scans, in the words of tus and of HTTP ranges; routes and tests ask it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from app.domain.attachments import LARGEST_SHEET
from app.store.database import DiskFull, StoreBusy
from sync import protocol, tus
from sync.centre import attachments
from sync.centre.devices import Device
from sync.centre.exchange import sender
from sync.centre.ledger import Ledger
from sync.refusals import (
    BadMessage,
    Busy,
    CentreRefusal,
    NoSuchSheet,
    NotAPiece,
    OtherTus,
    WrongOffset,
)
from sync.tus import OutOfRange, Span

_OK: Final = 200
_CREATED: Final = 201
_NO_CONTENT: Final = 204
_PARTIAL: Final = 206
_OUT_OF_RANGE: Final = 416


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    status: int
    headers: dict[str, str] = {}
    body: bytes = b""


class Attachments:
    """What a centre says of scans. Headers are asked for by their names in lower case.

    Each method raises CentreRefusal, StoreBusy or DiskFull, and uses the ledger, in whose thread it runs.
    """

    def __init__(self, ledger: Ledger, now_ms: Callable[[], int]) -> None:
        self._ledger = ledger
        self._now_ms = now_ms

    def options(self) -> Reply:
        said = {
            tus.VERSIONS: tus.VERSION,
            tus.EXTENSION: tus.EXTENSIONS,
            tus.MAX_SIZE: str(LARGEST_SHEET),
        }
        return Reply(status=_NO_CONTENT, headers=_tus(said))

    def may_begin(self, token: bytes, headers: Mapping[str, str]) -> str:
        """POST, before its body: the name of the sheet that is about to come."""
        device, digest, size = self._about_to_come(token, headers)
        attachments.need_named(self._ledger, device, digest, size)
        return digest.hex()

    def begin(self, token: bytes, headers: Mapping[str, str], data: bytes | None = None) -> Reply:
        """POST, with the first bytes of its body if it has one: the sheet begins, and both count or none."""
        device, digest, size = self._about_to_come(token, headers)
        now_ms = self._now_ms()

        def work() -> None:
            attachments.begin(self._ledger, device, digest, size, now_ms)
            if data is not None:
                attachments.append(self._ledger, device, digest, 0, data, now_ms)

        self._ledger.beside(work)
        return Reply(status=_CREATED, headers=_tus({"Location": tus.path_of(digest)}))

    def _about_to_come(self, token: bytes, headers: Mapping[str, str]) -> tuple[Device, bytes, int]:
        device = sender(self._ledger, token)
        _need_tus(headers)
        size = tus.number(headers.get("upload-length"))
        said = tus.read_metadata(headers.get("upload-metadata", ""))
        digest = tus.digest_named(said.get(tus.DIGEST, b"").decode("ascii", "replace"))
        if digest is None:
            raise BadMessage(detail="digest")
        return device, digest, size

    def head(self, token: bytes, name: str, headers: Mapping[str, str]) -> Reply:
        """How much of it is here."""
        device = sender(self._ledger, token)
        _need_tus(headers)
        upload = attachments.upload(self._ledger, device, _named(name))
        said = {
            tus.OFFSET: str(upload.received),
            tus.LENGTH: str(upload.size),
            "Cache-Control": "no-store",
        }
        return Reply(status=_OK, headers=_tus(said))

    def expect(self, token: bytes, name: str, headers: Mapping[str, str]) -> int:
        """PATCH, before its body: the byte at which it begins."""
        device = sender(self._ledger, token)
        _need_tus(headers)
        if not is_piece(headers):
            raise NotAPiece
        offset = tus.number(headers.get("upload-offset"))
        # Looks, and refuses what would be refused after it had come up a slow line.
        attachments.append(self._ledger, device, _named(name), offset, b"", self._now_ms())
        return offset

    def append(self, token: bytes, name: str, offset: int, data: bytes) -> int:
        """PATCH: some of its body; the byte after it."""
        device = sender(self._ledger, token)
        now_ms = self._now_ms()
        upload = attachments.append(self._ledger, device, _named(name), offset, data, now_ms)
        return upload.received

    def appended(self, offset: int) -> Reply:
        return Reply(status=_NO_CONTENT, headers=_tus({tus.OFFSET: str(offset)}))

    def get(self, token: bytes, name: str, headers: Mapping[str, str]) -> Reply:
        """The bytes, or the range of them that is asked for."""
        device = sender(self._ledger, token)
        digest = _named(name)
        size = attachments.size_for(self._ledger, device, digest)
        etag = f'"{digest.hex()}"'
        asked = headers.get("range") if headers.get("if-range", etag) == etag else None
        try:
            span = tus.asked_range(asked, size)
        except OutOfRange:
            return Reply(status=_OUT_OF_RANGE, headers={"Content-Range": f"bytes */{size}"})
        said = {"ETag": etag, "Accept-Ranges": "bytes"}
        if span is None:
            body = attachments.content(self._ledger, digest, Span(0, size))
            return Reply(status=_OK, headers=said, body=body)
        said["Content-Range"] = tus.content_range(span, size)
        body = attachments.content(self._ledger, digest, span)
        return Reply(status=_PARTIAL, headers=said, body=body)


def refusal_of(error: CentreRefusal | StoreBusy | DiskFull, *, closing: bool = False) -> Reply:
    """A refusal as tus wants it said; the body is ours, as everywhere."""
    refusal = error if isinstance(error, CentreRefusal) else Busy(why=error.code)
    said = {}
    if isinstance(refusal, OtherTus):
        said[tus.VERSIONS] = tus.VERSION
    if isinstance(refusal, WrongOffset):
        said[tus.OFFSET] = str(refusal.facts["offset"])
    if closing:
        said["Connection"] = "close"
    return Reply(status=refusal.status, headers=_tus(said), body=protocol.said(refusal))


def _tus(said: Mapping[str, str]) -> dict[str, str]:
    return {tus.RESUMABLE: tus.VERSION, **said}


def _need_tus(headers: Mapping[str, str]) -> None:
    if headers.get("tus-resumable") != tus.VERSION:
        raise OtherTus


def is_piece(headers: Mapping[str, str]) -> bool:
    return headers.get("content-type", "").lower() == tus.PIECE_TYPE


def _named(name: str) -> bytes:
    digest = tus.digest_named(name)
    if digest is None:
        raise NoSuchSheet
    return digest
