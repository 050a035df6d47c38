"""What a station says to its centre and what it makes of the answer, over a line or in a packet."""

from __future__ import annotations

import shutil
from importlib.metadata import version

import msgspec

from app.journal.keys import head_message
from app.journal.refs import DeviceId
from app.store import exchange as station
from app.store.exchange import Incoming, Outgoing, Verdict
from app.store.store import Store
from sync import protocol
from sync.protocol import Answer, Head, Health, Request, Run


def health_of(store: Store, printer: str) -> Health:
    """What stays the same while one exchange lasts."""
    return Health(
        version=version("daiban"),
        disk_free_mb=shutil.disk_usage(store.folder).free // 2**20,
        printer=printer[: protocol.MAX_HEALTH_TEXT],
    )


def request_for(store: Store, going: Outgoing, room: int, health: Health) -> Request:
    """The message that sends `going` and has room for so many bytes of entries in its answer."""
    keys = store.identity.keys
    signature = keys.sign(head_message(going.device, going.head_seq, going.head_digest))
    entries = [msgspec.Raw(entry) for entry in going.entries]
    return Request(
        version=protocol.VERSION,
        runs=[Run(None, going.first_seq, entries)] if entries else [],
        head=Head(going.head_seq, going.head_digest, signature),
        cursor=going.cursor,
        room=room,
        health=msgspec.structs.replace(
            health,
            # What goes up with this request is no backlog once it has arrived.
            backlog=station.pending(store) - len(entries),
            clock_ms=store.wall(),
        ),
    )


def incoming(device: DeviceId, answer: Answer, accepted_seq: int, digest: bytes) -> Incoming:
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
    )
