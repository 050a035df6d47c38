"""The store's side of an exchange: what goes up, and what an answer brings.

The client engine (`sync.client`) asks `outgoing`, waits for the network with no transaction open,
and gives the answer to `app.store.intake`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import msgspec

from app.journal import chain
from app.journal.refs import DeviceId
from app.store import practice
from app.store.store import Store

_READ_AHEAD = 512


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A run of one's own entries, and the place right after the last of them.

    `more` says that others follow; `cursor` is the centre's, opaque here.
    """

    device: DeviceId
    first_seq: int
    entries: list[bytes]
    more: bool
    head_seq: int
    head_digest: bytes
    cursor: bytes | None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that the centre set apart, and why."""

    device: DeviceId
    seq: int
    code: str
    facts: dict[str, str | int]


Run = tuple[DeviceId, int, list[bytes]]


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. `accepted_seq` is what the centre has of one's own entries, whatever was noted before.

    `sent_from` is the first of them that went up with the request, 0 where none did: the verdicts are all there are
    from there on.
    """

    accepted_seq: int
    accepted_digest: bytes
    verdicts: list[Verdict]
    runs: list[Run]
    cursor: bytes
    centre_ms: int
    sent_from: int = 0


def accepted_through(store: Store) -> int:
    """How far the centre has one's own journal, by its last answer."""
    return store.accepted_through


def pending(store: Store) -> int:
    """How many of one's own entries the centre has not answered for."""
    return max(0, store.head().seq - accepted_through(store))


def refused(store: Store) -> int:
    """How many entries the centre refused that nobody here has seen to."""
    return int(
        store.database.row(
            "SELECT count(*) FROM verdict WHERE (device, seq) NOT IN (SELECT device, seq FROM settled)"
        )[0]
    )


def outgoing(store: Store, *, room: int, most: int = sys.maxsize) -> Outgoing:
    """One's own entries from the first that the centre lacks, at most `most` and `room` bytes but at least one.

    Raises NotInPractice: this is the only way out of a store.
    """
    practice.refuse("exchange", store.certificate, store.database)
    head = store.head()
    first = accepted_through(store) + 1
    taken: list[bytes] = []
    size = 0
    for wire in _own_from(store, first):
        size += len(wire)
        if taken and (size > room or len(taken) >= most):
            break
        taken.append(wire)
    last = first + len(taken) - 1
    digest = head.digest if last == head.seq else _digest_after(store, last)
    return Outgoing(
        device=store.device,
        first_seq=first,
        entries=taken,
        more=last < head.seq,
        head_seq=last,
        head_digest=digest,
        cursor=store.recall("cursor"),
    )


def _own_from(store: Store, first: int) -> Iterator[bytes]:
    while chunk := store.journal.wires(store.device, first, _READ_AHEAD):
        yield from chunk
        first += len(chunk)


def _digest_after(store: Store, seq: int) -> bytes:
    digest = store.journal.digest_at(store.device, seq)
    return (
        digest if digest is not None else chain.genesis(store.device, store.certificate.continues)
    )
