"""What a station says to its centre and what it makes of the answer, over a line or in a packet."""

from __future__ import annotations

import shutil
from functools import cache
from importlib.metadata import version
from typing import Final

import msgspec

from app.journal.keys import head_message
from app.journal.refs import DeviceId
from app.store import attachments
from app.store import exchange as station
from app.store.backup_notes import last_backup
from app.store.exchange import Incoming, Outgoing, Verdict
from app.store.store import Store
from app.store.verify_notes import verified
from sync import protocol
from sync.client.older_lives import NOTHING_AGAIN, Again
from sync.protocol import Answer, Head, Health, Request, Run

_DAY_MS: Final = 86_400_000


def health_of(store: Store, printer: str) -> Health:
    """What stays the same while one exchange lasts."""
    return Health(
        version=_program(),
        disk_free_mb=shutil.disk_usage(store.folder).free // 2**20,
        printer=printer[: protocol.MAX_HEALTH_TEXT],
        sheets_waiting=attachments.waiting(store)[0],
        backup_days=_backup_days(store),
        verified=verified(store)[: protocol.MAX_HEALTH_TEXT],
    )


@cache
def _program() -> str:
    """Its version: looking that up takes longer than everything else in a message."""
    return version("daiban")


def _backup_days(store: Store) -> int:
    last = last_backup(store)
    return -1 if last is None else max(0, store.wall() - last.at_ms) // _DAY_MS


def request_for(
    store: Store, going: Outgoing, room: int, health: Health, again: Again = NOTHING_AGAIN
) -> Request:
    """The message that sends `going` and has room for so many bytes of entries in its answer."""
    keys = store.identity.keys
    signature = keys.sign(head_message(going.device, going.head_seq, going.head_digest))
    entries = [msgspec.Raw(entry) for entry in going.entries]
    return Request(
        version=protocol.VERSION,
        runs=[*again.runs, *([Run(None, going.first_seq, entries)] if entries else [])],
        head=Head(going.head_seq, going.head_digest, signature),
        cursor=going.cursor,
        room=room,
        health=msgspec.structs.replace(
            health,
            # What goes up with this request is no backlog once it has arrived.
            backlog=station.pending(store) - len(entries),
            clock_ms=store.wall(),
        ),
        lives=list(again.lives),
    )


def incoming(
    device: DeviceId, answer: Answer, accepted_seq: int, digest: bytes, sent_from: int = 0
) -> Incoming:
    """The answer to `device` as the store takes it in; how far it is accepted the caller has weighed."""
    return Incoming(
        accepted_seq=accepted_seq,
        accepted_digest=digest,
        verdicts=[
            Verdict(
                device=DeviceId(one.device or device),
                seq=one.seq,
                code=one.code,
                facts=one.facts,
            )
            for one in answer.refused
        ],
        runs=[
            (DeviceId(run.device or device), run.first_seq, list(map(bytes, run.entries)))
            for run in answer.runs
        ],
        cursor=answer.cursor,
        centre_ms=answer.centre_ms,
        sent_from=sent_from,
    )
