"""One request and its answer, on the ledger."""

from __future__ import annotations

import msgspec

from sync import protocol
from sync.centre import feed, intake, redaction
from sync.centre.authority import Authority
from sync.centre.devices import Device, Devices
from sync.centre.feed import Page
from sync.centre.intake import Taken
from sync.centre.ledger import Ledger
from sync.centre.publishing import announce, begin_own_life
from sync.protocol import MAX_ROOM, Answer, Request, Run
from sync.refusals import Revoked, UnknownDevice


def sender(ledger: Ledger, token: bytes) -> Device:
    """Whose token it is. Raises UnknownDevice or Revoked."""
    device = Devices(ledger.database).by_token(token)
    if device is None:
        raise UnknownDevice
    if device.revoked_ms is not None:
        raise Revoked
    return device


def answer(
    ledger: Ledger, authority: Authority, token: bytes, request: Request, now_ms: int
) -> Answer:
    """Take what is sent, and read what is to be sent. What the answer says is stored when this returns."""
    with ledger.writing():
        device = sender(ledger, token)
        taken = take(ledger, authority, device, request, now_ms)
        Devices(ledger.database).heard_from(device, request.health, now_ms)
    redaction.clear(ledger, small_only=True)
    page = feed.page(
        ledger.database, ledger.tree, device, request.cursor, min(request.room, MAX_ROOM)
    )
    return told(ledger, taken, page, now_ms)


def take(
    ledger: Ledger, authority: Authority, device: Device, request: Request, now_ms: int
) -> Taken:
    """Store what a known device sends; inside a transaction. Raises BadProof or BadMessage."""
    taken = intake.take(ledger, device, request.runs, request.head, now_ms)
    _notice_restoration(ledger, authority, device, request.cursor, now_ms)
    return taken


def told(ledger: Ledger, taken: Taken, page: Page, now_ms: int) -> Answer:
    """What was taken, and a page of the feed, as they travel."""
    return Answer(
        version=protocol.VERSION,
        accepted=taken.accepted,
        refused=taken.refused,
        runs=_runs(Devices(ledger.database), page.entries),
        cursor=page.cursor,
        more=page.more,
        centre_ms=now_ms,
        forked_at=taken.forked_at,
    )


def _notice_restoration(
    ledger: Ledger, authority: Authority, device: Device, cursor: bytes | None, now_ms: int
) -> None:
    """Begin a new life of the centre if a station has seen of the present one what this ledger has not."""
    lost_ms = feed.lost_at(ledger.database, cursor, feed.reader_of(ledger.tree, device))
    own = ledger.own
    if lost_ms is not None and own.enrolled_ms <= lost_ms <= now_ms:
        begin_own_life(ledger, authority, own.certificate.station, now_ms)
        announce(ledger, ledger.own, now_ms)


def _runs(devices: Devices, entries: list[tuple[int, int, bytes]]) -> list[Run]:
    """Entries in feed order as runs: neighbours of one device whose numbers follow on share one."""
    runs: list[Run] = []
    last: tuple[int, int] | None = None
    for n, seq, raw in entries:
        if last != (n, seq - 1) or len(runs[-1].entries) == protocol.MAX_ENTRIES:
            runs.append(Run(devices.id_of(n), seq, []))
        runs[-1].entries.append(msgspec.Raw(raw))
        last = (n, seq)
    return runs
