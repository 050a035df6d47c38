"""Scans go up after the entries that name them, one after the other, in pieces (tus 1.0).

Between two pieces whoever sends looks up: what was recorded meanwhile goes first, and somebody may stop it.
A scan that the centre will not have is set aside with its reason, and the others go on.
No transaction is open while the network is waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from typing import Final
from urllib.parse import urlsplit

from app.domain.attachments import Sheet
from app.errors import DaibanError, Damaged, Refused
from app.store import attachments
from app.store.attachments import BadContent
from app.store.sheet_faults import note_fault, note_sound
from app.store.store import Store
from sync import tus
from sync.client import enrolment
from sync.client.sheet_pace import SheetPace
from sync.client.transport import Reply, Transport, refusal_in
from sync.refusals import (
    BadMessage,
    Busy,
    CentreNotTrusted,
    CentreRefusal,
    NoSuchSheet,
    Offline,
    Revoked,
    TooOften,
    Unintelligible,
    UnknownDevice,
    WrongOffset,
)

TRIES: Final = 4
"""Failures in a row without a byte that came to stay, after which a later exchange goes on."""
_AT_A_TIME: Final = 16
_ENDS_ALL: Final = (Offline, CentreNotTrusted, Busy, TooOften, UnknownDevice, Revoked)
"""What is not said of one scan, but of all."""
_STRANGE: Final = 3
"""Answers in a row that make no sense: then it is the centre, not the scans."""
_OK, _CREATED, _NO_CONTENT = 200, 201, 204
_NOWHERE: Final = (404, 405)


class CentreWithoutScans(Refused):
    """The centre's program is older than scans; everything else is exchanged."""

    code = "centre_without_scans"


class Interrupted(Exception):
    """No error: something else goes first."""


class Sending:
    """What one exchange sends of scans: `sent` have arrived, `sent_bytes` came to stay; `stopped` is why it gave up."""

    def __init__(self, store: Store, line: Transport, at: str = tus.ATTACHMENTS) -> None:
        """`at` is where the server takes scans."""
        self.sent = 0
        self.sent_bytes = 0
        self.stopped: DaibanError | None = None
        self._store = store
        self._line = line
        self._at = at
        self._pace = SheetPace(store)
        self._aside: set[bytes] = set()
        self._strange = 0
        self._begun: dict[bytes, str] = {}  # where the server takes the rest of each
        self._looked = (
            False  # for what an earlier exchange may have begun: it is the first that can go on
        )
        self._borne = self._passed()

    def run(self, lacks: Collection[bytes], goes_on: Callable[[], bool]) -> bool:
        """Send until nothing waits or the line fails; False if it was stopped for something that goes first.

        `lacks` is what the centre asked for. `goes_on` is asked before each piece; what it raises ends everything.
        """
        self.stopped = None
        try:
            attachments.note_lacking(self._store, lacks)
            while (sheet := self._next()) is not None:
                self._send_or_set_aside(sheet, goes_on)
        except Interrupted:
            return False
        except (*_ENDS_ALL, CentreWithoutScans, Unintelligible, Damaged) as error:
            self.stopped = error  # entries were exchanged, and will be
        finally:
            self._pace.keep()
        return True

    def _next(self) -> Sheet | None:
        waiting = attachments.unsent(self._store, len(self._aside) + 1)
        return next((one for one in waiting if one.digest not in self._aside), None)

    def _send_or_set_aside(self, sheet: Sheet, goes_on: Callable[[], bool]) -> None:
        try:
            self._send(sheet, goes_on)
        except (*_ENDS_ALL, CentreWithoutScans):
            raise
        except (CentreRefusal, Unintelligible, BadContent) as error:
            self._strange = self._strange + 1 if isinstance(error, Unintelligible) else 0
            if self._strange == _STRANGE:
                raise
            self._aside.add(sheet.digest)
            self._begun.pop(sheet.digest, None)
            note_fault(self._store, sheet.digest, error.code)
        else:
            self._strange = 0

    def _send(self, sheet: Sheet, goes_on: Callable[[], bool]) -> None:
        content = attachments.content(self._store, sheet.digest)
        if content is None:  # destroyed meanwhile
            self._aside.add(sheet.digest)
            return
        failures = 0
        arrived = self._arrived(sheet)
        is_new = arrived != sheet.size
        while arrived is None or arrived < sheet.size:
            if not goes_on():
                raise Interrupted
            before = arrived
            try:
                arrived = self._send_on(sheet, content, arrived)
                self._looked = True
            except (Offline, WrongOffset, NoSuchSheet) as error:
                arrived = self._arrived(sheet)  # if the line is dead, that says so
                failures = 0 if (arrived or 0) > (before or 0) else failures + 1
                if failures and isinstance(error, Offline):
                    self._weigh_failure()
                if failures == TRIES:
                    raise
            self.sent_bytes += max(0, (arrived or 0) - (before or 0))
        attachments.note_sent(self._store, sheet.digest)
        note_sound(self._store, sheet.digest)
        self._begun.pop(sheet.digest, None)
        self.sent += is_new

    def _arrived(self, sheet: Sheet) -> int | None:
        """Where the server goes on with a scan; None if it has nothing of it, or nothing was ever begun."""
        path = self._begun.get(sheet.digest)
        if path is None and (
            not self._looked or attachments.is_named_again(self._store, sheet.digest)
        ):
            path = self._path_of(sheet)
        if path is None:
            return None
        reply = self._ask("HEAD", path)
        if reply.status in (_OK, _NO_CONTENT):
            self._begun[sheet.digest] = path
            return min(_number(reply, tus.OFFSET), sheet.size)
        self._begun.pop(sheet.digest, None)
        if reply.status not in _NOWHERE:
            raise _refusal(reply)
        _need_scans(reply)
        return None

    def _path_of(self, sheet: Sheet) -> str:
        """Where our own centre takes a scan."""
        return f"{self._at}/{sheet.digest.hex()}"

    def _send_on(self, sheet: Sheet, content: bytes, arrived: int | None) -> int:
        """One piece; the byte after what has arrived then."""
        start = arrived or 0
        piece = content[start : start + self._pace.size]
        started = time.monotonic()
        end = self._begin(sheet, piece) if arrived is None else self._append(sheet, piece, arrived)
        if end == start + len(piece):
            self._pace.succeeded(len(piece), time.monotonic() - started)
        return min(end, sheet.size)

    def _begin(self, sheet: Sheet, piece: bytes) -> int:
        """Name it to the server, with its first piece; a server that takes none with it is sent that later."""
        said = {
            tus.LENGTH: str(sheet.size),
            tus.METADATA: tus.metadata({tus.DIGEST: sheet.digest.hex()}),
            "Content-Type": tus.PIECE_TYPE,
        }
        self._begun[sheet.digest] = self._path_of(
            sheet
        )  # if no answer comes, it is looked for there
        reply = self._ask("POST", self._at, said, piece)
        if reply.status != _CREATED:
            _need_scans(reply)
            raise _refusal(reply)
        # Whatever host it names: there is one that is trusted, and the token goes to no other.
        path = urlsplit(reply.headers.get("location", "")).path
        if not path.startswith("/"):
            raise Unintelligible(why="location")
        self._begun[sheet.digest] = path
        return 0 if tus.OFFSET.lower() not in reply.headers else _number(reply, tus.OFFSET)

    def _append(self, sheet: Sheet, piece: bytes, offset: int) -> int:
        said = {tus.OFFSET: str(offset), "Content-Type": tus.PIECE_TYPE}
        reply = self._ask("PATCH", self._begun[sheet.digest], said, piece)
        if reply.status != _NO_CONTENT:
            raise _refusal(reply)
        arrived = _number(reply, tus.OFFSET)
        if arrived != offset + len(piece):
            raise WrongOffset(offset=arrived)
        return arrived

    def _ask(
        self, method: str, path: str, said: dict[str, str] | None = None, body: bytes = b""
    ) -> Reply:
        headers = {tus.RESUMABLE: tus.VERSION, **(said or {})}
        reply = ask(self._store, self._line, method, path, headers, body)
        if not reply.whole:
            raise Offline(why="cut")
        return reply

    def _weigh_failure(self) -> None:
        since, self._borne = self._passed() - self._borne, self._passed()
        self._pace.failed(since)

    def _passed(self) -> int:
        return self._line.traffic.up + self._line.traffic.down


def ask(
    store: Store,
    line: Transport,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes = b"",
) -> Reply:
    """Ask as this device; once more, if the centre knew no such token and knows the device."""
    reply = line.ask(method, path, store.identity.token, headers, body)
    if reply.status != UnknownDevice.status:
        return reply
    enrolment.show_again(store, line)
    return line.ask(method, path, store.identity.token, headers, body)


def _number(reply: Reply, name: str) -> int:
    try:
        return tus.number(reply.headers.get(name.lower()))
    except BadMessage:
        raise Offline(why="cut") from None  # amid the headers, which have no length


def _need_scans(reply: Reply) -> None:
    """Raises CentreWithoutScans if nobody there has heard of tus."""
    if reply.status in _NOWHERE and tus.RESUMABLE.lower() not in reply.headers:
        raise CentreWithoutScans


def _refusal(reply: Reply) -> CentreRefusal | Unintelligible:
    """What is said by an answer; one to HEAD has no words, and what its status says must do."""
    refusal = refusal_in(reply)
    if isinstance(refusal, Unintelligible):
        for kind in (UnknownDevice, NoSuchSheet, WrongOffset, TooOften):
            if reply.status == kind.status:
                return kind()
    return refusal
