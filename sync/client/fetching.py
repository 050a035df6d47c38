"""Scans come down when somebody wants to look at them: by ranges, from the byte where the last try ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from app.domain.attachments import Sheet
from app.store import attachments
from app.store.attachments import BadContent
from app.store.sheet_faults import note_fault, note_sound
from app.store.store import Store
from sync import tus
from sync.client.attachments import TRIES, CentreWithoutScans, ask
from sync.client.sheet_pace import SheetPace
from sync.client.transport import Reply, Transport, refusal_in
from sync.refusals import (
    BadMessage,
    NoSuchSheet,
    Offline,
    Unintelligible,
)
from sync.tus import Span

_OK, _PARTIAL, _NOT_FOUND = 200, 206, 404
_ABOUT_ONE: Final = (NoSuchSheet, Unintelligible, BadContent)


class Fetching(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is: `done` of `sheets` are here, and `here` of `size` bytes of them all."""

    done: int
    sheets: int
    here: int
    size: int


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """`sheets` came whole, in `size` bytes that passed; `failed` says by digest why the others did not, as codes."""

    sheets: int
    size: int
    failed: dict[bytes, str]


def fetch(
    store: Store,
    line: Transport,
    sheets: Sequence[Sheet],
    progress: Callable[[Fetching], object] | None = None,
) -> Fetched:
    """Bring these scans here, those that are not; what came of one that breaks off stays for the next time.

    What `progress` raises ends it. One that the centre does not give is left out with its reason.

    Raises Offline when the line fails several times without a byte, CentreNotTrusted, CentreWithoutScans,
    DiskFull, or a refusal of the centre that is about all of them.
    """
    return _Fetch(store, line, sheets, progress).through()


class _Fetch:
    def __init__(
        self,
        store: Store,
        line: Transport,
        sheets: Sequence[Sheet],
        progress: Callable[[Fetching], object] | None,
    ) -> None:
        self._store = store
        self._line = line
        self._sheets = {one.digest: one for one in sheets}
        self._told = progress
        self._pace = SheetPace(store)
        self._borne = self._passed()
        self._done = 0
        self._size = 0
        self._failed: dict[bytes, str] = {}
        self._here = {one: attachments.partial(store, one) for one in self._sheets}

    def through(self) -> Fetched:
        self._tell()
        try:
            for sheet in self._sheets.values():
                if self._here[sheet.digest] < sheet.size:
                    self._one(sheet)
                self._tell()
        finally:
            self._pace.keep()
        return Fetched(sheets=self._done, size=self._size, failed=self._failed)

    def _one(self, sheet: Sheet) -> None:
        try:
            self._bring(sheet)
        except _ABOUT_ONE as error:
            self._failed[sheet.digest] = error.code
            note_fault(self._store, sheet.digest, error.code)
        else:
            self._done += 1
            note_sound(self._store, sheet.digest)

    def _bring(self, sheet: Sheet) -> None:
        failures = damaged = 0
        while (here := self._here[sheet.digest]) < sheet.size:
            try:
                whole = self._piece(sheet, here)
            except Offline:
                whole = False
            except BadContent:
                damaged += 1
                self._here[sheet.digest] = attachments.partial(self._store, sheet.digest)
                if damaged > 1:
                    raise
                continue
            failures = 0 if self._here[sheet.digest] > here else failures + 1
            if failures and not whole:
                since, self._borne = self._passed() - self._borne, self._passed()
                self._pace.failed(since)
            if failures == TRIES:
                raise Offline(why="cut")
            self._tell()

    def _piece(self, sheet: Sheet, here: int) -> bool:
        """Ask for the next bytes and keep what comes; whether that was all of them."""
        span = Span(here, min(here + self._pace.size, sheet.size))
        started = time.monotonic()
        asked = {"Range": tus.range_from(span)}
        reply = ask(self._store, self._line, "GET", tus.path_of(sheet.digest), asked)
        first = _first_in(reply, sheet)
        came = reply.content
        self._size += len(came)
        self._here[sheet.digest] = attachments.take_piece(self._store, sheet, first, came)
        if reply.whole:
            self._pace.succeeded(len(came), time.monotonic() - started)
        return reply.whole

    def _tell(self) -> None:
        if self._told is not None:
            self._told(
                Fetching(
                    done=sum(self._here[one] >= self._sheets[one].size for one in self._sheets),
                    sheets=len(self._sheets),
                    here=sum(self._here.values()),
                    size=sum(one.size for one in self._sheets.values()),
                )
            )

    def _passed(self) -> int:
        return self._line.traffic.up + self._line.traffic.down


def _first_in(reply: Reply, sheet: Sheet) -> int:
    """The place of the first byte of an answer. Raises what the centre says if it is none."""
    if reply.status == _OK:
        return 0
    if reply.status != _PARTIAL and not reply.whole:
        raise Offline(why="cut")
    if reply.status != _PARTIAL:
        if reply.status == _NOT_FOUND and tus.RESUMABLE.lower() not in reply.headers:
            raise CentreWithoutScans
        raise refusal_in(reply)
    try:
        span, size = tus.said_range(reply.headers.get("content-range"))
    except BadMessage as error:
        raise Unintelligible(why="range") from error
    if size != sheet.size or len(reply.content) > span.end - span.first:
        raise Unintelligible(why="range")
    return span.first
