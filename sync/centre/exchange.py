"""One request and its answer, on the ledger."""

from __future__ import annotations

import msgspec

from sync import protocol
from sync.centre import (
    attachments,
    audit,
    feed,
    intake,
    older_lives,
    quota,
    redaction,
    restoration,
    tokens,
)
from sync.centre.authority import Authority
from sync.centre.devices import Device, Devices
from sync.centre.feed import Page
from sync.centre.intake import Taken
from sync.centre.ledger import Ledger
from sync.protocol import MAX_ROOM, Answer, Refusal, Request, Run
from sync.refusals import OverQuota, Revoked, UnknownDevice


def sender(ledger: Ledger, token: bytes) -> Device:
    """Whose token it is. Raises UnknownDevice or Revoked."""
    return _admitted(Devices(ledger.database).by_token(token))


def _admitted(device: Device | None) -> Device:
    if device is None:
        raise UnknownDevice
    if device.revoked_ms is not None:
        raise Revoked
    return device


def answer(
    ledger: Ledger, authority: Authority, token: bytes, request: Request, now_ms: int
) -> Answer:
    """Take what is sent, and read what is to be sent. What the answer says is stored when this returns.

    Raises UnknownDevice, Revoked, BadProof, BadMessage, or OverQuota: then what is new was not taken.
    """

    def work() -> tuple[Device, Taken, bytes]:
        device = _admitted(Devices(ledger.database).sending(token))
        taken = take(ledger, authority, device, request, now_ms)
        Devices(ledger.database).heard_from(device, request.health, now_ms)
        return device, taken, tokens.successor(ledger, device, token, now_ms)

    device, taken, fresh = ledger.beside(work)
    if taken.wait_s:
        ledger.sync()
        raise OverQuota(retry_after_s=taken.wait_s)
    redaction.clear(ledger, small_only=True)
    page = feed.page(
        ledger.database, ledger.tree, device, request.cursor, min(request.room, MAX_ROOM)
    )
    is_over = not page.more and request.health.backlog <= 0
    lacks = attachments.lacking(ledger, device, now_ms) if is_over else []
    wants = older_lives.lacking(ledger, device)
    ledger.sync()
    return msgspec.structs.replace(
        told(ledger, taken, page, now_ms),
        token=fresh,
        lacks=lacks,
        wants=wants,
    )


def take(
    ledger: Ledger, authority: Authority, device: Device, request: Request, now_ms: int
) -> Taken:
    """Store what a known device sends; inside a transaction. Raises BadProof or BadMessage."""
    again: list[Refusal] = []
    if not intake.waits_s(device, request.runs, now_ms):  # else nobody hears what came of it
        again += older_lives.take(ledger, authority, device, request.runs, request.lives, now_ms)
    if request.cursor is None:  # the first answer of this life, or one that was not heard
        again += older_lives.refusals(ledger, device)
    taken = intake.take(ledger, device, request.runs, request.head, now_ms)
    taken = msgspec.structs.replace(taken, refused=[*again, *taken.refused])
    if taken.wait_s:
        _note_quota(ledger, device, now_ms)
    _notice_restoration(ledger, authority, device, request, now_ms)
    return taken


def _note_quota(ledger: Ledger, device: Device, now_ms: int) -> None:
    """Once a day, however often it comes."""
    if not 0 <= now_ms - device.over_ms < quota.DAY_MS:
        Devices(ledger.database).over_quota(device, now_ms)
        audit.note(ledger, audit.Act.OVER_QUOTA, audit.which(device), now_ms)


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
    ledger: Ledger, authority: Authority, device: Device, request: Request, now_ms: int
) -> None:
    """Begin a new life of the centre if a station has seen of the present one what this ledger has not."""
    lost_ms = feed.lost_at(ledger.database, request.cursor, feed.reader_of(ledger.tree, device))
    if lost_ms is not None:
        pending = [run.first_seq for run in request.runs if run.device in (None, device.id)]
        restoration.notice(ledger, authority, lost_ms, audit.which(device), now_ms)
        if device.certificate.issued_ms <= lost_ms:  # a later life was answered by no lost ledger
            restoration.note_resending(ledger, device, min([request.head.seq + 1, *pending]) - 1)


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
