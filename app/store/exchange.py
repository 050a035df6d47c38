"""The store's side of an exchange: what goes up, and what came down.

The client engine (`sync.client`) asks `outgoing`, waits for the network with no transaction open,
and gives the answer to `take_in`.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec

from app.domain import events
from app.domain.publications import Publications
from app.journal import certificate, chain, clock
from app.journal import entry as entries
from app.journal.entry import Entry
from app.journal.refs import DeviceId, Ref
from app.store import database, duplicates, practice, redaction
from app.store.folding import refold
from app.store.journal import is_publication
from app.store.rebuild import rebuild
from app.store.resettling import touched
from app.store.store import AHEAD, Store

_READ_AHEAD = 512
_FIRST_SLICE = 64
_LARGEST_SLICE = 4096
_SLICE_S = 0.12  # the counter must not wait: half of what one slice may take
_FIRST_SLICE_S = 1.0  # where nobody has worked yet: fewer commits write the same pages again


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
    """One answer. `accepted_seq` is what the centre has of one's own entries, whatever was noted before."""

    accepted_seq: int
    accepted_digest: bytes
    verdicts: list[Verdict]
    runs: list[Run]
    cursor: bytes
    centre_ms: int


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


def take_in(store: Store, incoming: Incoming) -> int:
    """Apply an answer; it is durable when this returns.

    The store is held for one slice at a time, so people can work meanwhile; what is not applied yet comes again,
    since the cursor is noted last. Returns how many entries were new.
    """
    _note_verdicts(store, incoming)
    new = 0
    with _collector_resting():
        for batch in _slices(incoming.runs, _SLICE_S if _is_at_work(store) else _FIRST_SLICE_S):
            with store.changing():
                new += _apply(store, batch, incoming.centre_ms)
            time.sleep(database.GAP_S)
    with store.changing():
        _note_own_clock(store, incoming.centre_ms)
        accepted = incoming.accepted_seq.to_bytes(8, "big")
        if store.recall("accepted") != accepted:
            store.remember("accepted", accepted)
            refold(store, redaction.awaiting(store))
        if store.recall("cursor") != incoming.cursor:
            store.remember("cursor", incoming.cursor)
    return new


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Entries and rows hold no cycles; the collector would look through thousands of them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


Piece = tuple[DeviceId, int, bytes]


def _is_at_work(store: Store) -> bool:
    """Whether anything but a publication was written on this device."""
    own = store.journal.number_of(store.device)
    query = "SELECT 1 FROM entry WHERE device = ? AND NOT publication LIMIT 1"
    return store.database.row(query, (own,)) is not None


def _slices(runs: Iterable[Run], within_s: float) -> Iterator[list[Piece]]:
    """Entries in their order, in batches that grow while the store is quick and shrink when it is not."""
    size = _FIRST_SLICE
    batch: list[Piece] = []
    for device, first, wires in runs:
        for place, wire in enumerate(wires):
            batch.append((device, first + place, wire))
            if len(batch) >= size:
                started = time.monotonic()
                yield batch
                fits = len(batch) * within_s / (time.monotonic() - started)
                size = min(max(_FIRST_SLICE, int(fits)), 2 * size, _LARGEST_SLICE)
                batch = []
    if batch:
        yield batch


def _note_verdicts(store: Store, incoming: Incoming) -> None:
    if not incoming.verdicts:
        return
    with store.changing():
        subjects = set()
        told_to_all = False
        for verdict in incoming.verdicts:
            ref = Ref(verdict.device, verdict.seq)
            store.journal.refuse(ref, verdict.code, verdict.facts)
            refused_entry = store.journal.one(ref)
            if refused_entry is not None:
                subjects.add(refused_entry.subject)
                told_to_all |= is_publication(refused_entry.kind)
        store.note_publication()
        if told_to_all:
            rebuild(store)
        else:
            refold(store, subjects)


def _apply(store: Store, batch: list[Piece], centre_ms: int) -> int:
    """Store one batch and read again what it touches; inside a transaction."""
    came = [_read(store, *piece) for piece in batch]
    published = any(is_publication(one.kind) for one in came)
    before = store.publications if published else None
    early = [not clock.believable(one.clock, centre_ms) for one in came]
    new = store.journal.add((one, None, late) for one, late in zip(came, early, strict=True))
    _observe(
        store, max((one.clock for one, bad in zip(came, early, strict=True) if not bad), default=0)
    )
    subjects = {one.subject: None for one in came if not is_publication(one.kind)}
    if before is not None:
        store.note_publication()
        after = store.publications
        if _rewritten(before, after):
            rebuild(store)
            return new
        subjects.update(dict.fromkeys(_waiting(store)))
        if duplicates.counted_otherwise(before, after):
            store.rows.duplicates.again(after)
        subjects.update(dict.fromkeys(touched(store, before, after)))
    refold(store, subjects, _whole(store, came))
    return new


def _rewritten(before: Publications, after: Publications) -> bool:
    """Whether something changed that cases were read by: the tree, a version of an item, a device's place."""
    return (
        before.tree.rows != after.tree.rows
        or any(
            not set(versions) <= set(after.items.get(item, ()))
            for item, versions in before.items.items()
        )
        or any(
            after.devices.get(device, known).certificate != known.certificate
            for device, known in before.devices.items()
        )
    )


def _read(store: Store, device: DeviceId, seq: int, wire: bytes) -> Entry:
    one = entries.read(wire, device=device, seq=seq, lineage=store.journal.lineage)
    readable = one.body is not None and events.is_known(one.kind, one.version)
    if one.kind == "device.certified" and readable:
        assert one.body is not None
        body = events.decode_body(one.kind, one.version, one.body)
        assert isinstance(body, events.DeviceCertified)
        known = certificate.opened(body.certificate, store.identity.district_public)
        if known.continues is not None:
            store.journal.continues(known.device, known.continues)
    return one


def _observe(store: Store, seen: int) -> None:
    """Let one's own clock run after what others wrote."""
    if seen > int.from_bytes(store.recall("clock") or b"", "big"):
        store.remember("clock", seen.to_bytes(8, "big"))


def _note_own_clock(store: Store, centre_ms: int) -> None:
    """Note that one's own last entry bears an unbelievable time; once the clock is set right, it does not count."""
    head = store.head()
    if not clock.believable(head.clock, centre_ms):
        store.remember(AHEAD, head.seq.to_bytes(8, "big"))


def _whole(store: Store, came: list[Entry]) -> dict[Ref, list[Entry]]:
    """Subjects that begin in this batch and of which nothing came before it."""
    if store.database.row("SELECT 1 FROM waiting LIMIT 1") is not None:
        return {}
    together: dict[Ref, list[Entry]] = {one.ref: [] for one in came if one.opens}
    known = store.rows.having(list(together))
    for one in came:
        if one.subject in together:
            together[one.subject].append(one)
    return {subject: told for subject, told in together.items() if subject not in known}


def _waiting(store: Store) -> list[Ref]:
    rows = store.database.rows("SELECT subject_device, subject_seq FROM waiting")
    return [store.journal.ref(*row) for row in rows]
