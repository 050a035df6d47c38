"""The store's side of an exchange: what goes up, and what came down.

The client engine (`sync.client`) asks `outgoing`, waits for the network with no transaction open,
and gives the answer to `take_in`.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from app.domain.publications import Publications
from app.journal import chain, clock
from app.journal.entry import Entry
from app.journal.refs import DeviceId, Lineage, Ref
from app.store import database, duplicates, practice, redaction
from app.store.folding import refold
from app.store.journal import is_publication
from app.store.readying import Piece, Ready, Told, ready
from app.store.rebuild import rebuild
from app.store.resettling import touched
from app.store.store import AHEAD, Store

if TYPE_CHECKING:
    from concurrent.futures import Future

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


class Intake:
    """Takes in one answer after another. While a batch of entries is being written, the next is made ready beside."""

    def __init__(self, store: Store) -> None:
        from concurrent.futures import ThreadPoolExecutor  # most commands ask only what is pending

        self._store = store
        self._portions = _Portions()
        self._beside = ThreadPoolExecutor(max_workers=1)
        self._known: tuple[Lineage, Publications] | None = None
        self._expected: _Beginning | None = None

    def __enter__(self) -> Intake:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.shutdown(cancel_futures=True)

    def take_in(self, incoming: Incoming) -> int:
        """Apply an answer; it is durable when this returns.

        The store is held for one slice at a time, so people can work meanwhile; what is not applied yet comes again,
        since the cursor is noted last. Returns how many entries were new.
        """
        store = self._store
        _note_verdicts(store, incoming)
        new = 0
        self._portions.within_s = _SLICE_S if _is_at_work(store) else _FIRST_SLICE_S
        with _collector_resting():
            for batch in self._made_ready(incoming):
                started = time.monotonic()
                with store.changing():
                    new += _apply(store, batch, incoming.centre_ms)
                self._portions.took(len(batch.came), time.monotonic() - started)
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

    def expect(self, incoming: Incoming) -> None:
        """Let the beginning of an answer be made ready that is taken in next; from any thread."""
        if self._known is not None:
            pieces = _pieces(incoming.runs)
            batch = self._portions.cut(pieces)
            made = self._beside.submit(self._reading(batch, *self._known))
            self._expected = _Beginning(incoming, pieces, batch, made)

    def _made_ready(self, incoming: Incoming) -> Iterator[Ready]:
        """Batches in their order. Of a whole one the next is made ready while the caller writes it."""
        pieces, batch, coming = self._beginning(incoming)
        while batch:
            made = None if coming is None else coming.result()
            if made is None or made.lineage != self._store.journal.lineage:
                made = self._reading(batch, *self._look())()
            batch, coming = self._portions.cut(pieces), None
            if batch and made.is_whole:
                coming = self._beside.submit(self._reading(batch, *self._look()))
            yield made

    def _beginning(
        self, incoming: Incoming
    ) -> tuple[Iterator[Piece], list[Piece], Future[Ready] | None]:
        expected, self._expected = self._expected, None
        if expected is not None and expected.incoming is incoming:
            return expected.pieces, expected.batch, expected.made
        pieces = _pieces(incoming.runs)
        return pieces, self._portions.cut(pieces), None

    def _look(self) -> tuple[Lineage, Publications]:
        """What entries are read by; whatever is made ready says which publications it was told by."""
        self._known = self._store.journal.lineage, self._store.publications
        return self._known

    def _reading(
        self, batch: list[Piece], lineage: Lineage, publications: Publications
    ) -> Callable[[], Ready]:
        """What may be done in any thread."""
        return partial(ready, batch, lineage, publications, self._store.identity.district_public)


class _Beginning(NamedTuple):
    """Of an answer that is to be taken in: what is left of it after its first batch."""

    incoming: Incoming
    pieces: Iterator[Piece]
    batch: list[Piece]
    made: Future[Ready]


def take_in(store: Store, incoming: Incoming) -> int:
    """Apply one answer, as `Intake.take_in` does."""
    with Intake(store) as intake:
        return intake.take_in(incoming)


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


def _is_at_work(store: Store) -> bool:
    """Whether anything but a publication was written on this device."""
    own = store.journal.number_of(store.device)
    query = "SELECT 1 FROM entry WHERE device = ? AND NOT publication LIMIT 1"
    return store.database.row(query, (own,)) is not None


class _Portions:
    """How many entries to write at a time: more while the store is quick, fewer when it is not."""

    def __init__(self) -> None:
        self.within_s = _SLICE_S
        self._size = _FIRST_SLICE

    def cut(self, pieces: Iterator[Piece]) -> list[Piece]:
        return list(islice(pieces, self._size))

    def took(self, number: int, seconds: float) -> None:
        if number >= self._size:
            fits = int(number * self.within_s / seconds)
            self._size = min(max(_FIRST_SLICE, fits), 2 * self._size, _LARGEST_SLICE)


def _pieces(runs: Iterable[Run]) -> Iterator[Piece]:
    for device, first, wires in runs:
        for place, wire in enumerate(wires):
            yield device, first + place, wire


def _note_verdicts(store: Store, incoming: Incoming) -> None:
    withdrawn = _withdrawn(store, incoming)
    if not incoming.verdicts and not withdrawn:
        return
    with store.changing():
        for verdict in incoming.verdicts:
            ref = Ref(verdict.device, verdict.seq)
            store.journal.refuse(ref, verdict.code, verdict.facts)
        store.journal.pardon(withdrawn)
        judged = [*(Ref(one.device, one.seq) for one in incoming.verdicts), *withdrawn]
        known = [one for one in map(store.journal.one, judged) if one is not None]
        store.note_publication()
        if any(is_publication(one.kind) for one in known):
            rebuild(store)
        else:
            refold(store, {one.subject for one in known})


def _withdrawn(store: Store, incoming: Incoming) -> list[Ref]:
    """What was refused and is not any more: a ledger that was restored judges anew, by the regions of another day."""
    if not incoming.sent_from:
        return []
    still = {one.seq for one in incoming.verdicts if one.device == store.device}
    rows = store.database.rows(
        "SELECT seq FROM verdict WHERE device = ? AND seq BETWEEN ? AND ?",
        (store.journal.number_of(store.device), incoming.sent_from, incoming.accepted_seq),
    )
    return [Ref(store.device, seq) for (seq,) in rows if seq not in still]


def _apply(store: Store, batch: Ready, centre_ms: int) -> int:
    """Store one batch and read again what it touches; inside a transaction."""
    came = batch.came
    for device, origin in batch.lives.items():
        store.journal.continues(device, origin)
    published = any(is_publication(one.kind) for one in came)
    before = store.publications if published else None
    end = clock.beyond_belief(centre_ms)
    new = store.journal.add([(one, None, one.clock >= end) for one in came])
    replaced = new < len(came) and store.journal.supersede(came)
    _observe(store, max([one.clock for one in came if one.clock < end], default=0))
    if replaced:
        store.note_publication()
        rebuild(store)
        return new
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
    whole = _whole(store, batch.begun)
    refold(store, subjects, whole, _still_told(store, batch, whole))
    return new


def _still_told(store: Store, batch: Ready, whole: Mapping[Ref, object]) -> dict[Ref, Told]:
    """What was made ready, where nothing changed that it was made from."""
    if store.publications is not batch.publications or store.journal.refused_all():
        return {}
    return {subject: told for subject, told in batch.told.items() if subject in whole}


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


def _observe(store: Store, seen: int) -> None:
    """Let one's own clock run after what others wrote."""
    if seen > int.from_bytes(store.recall("clock") or b"", "big"):
        store.remember("clock", seen.to_bytes(8, "big"))


def _note_own_clock(store: Store, centre_ms: int) -> None:
    """Note that one's own last entry bears an unbelievable time; once the clock is set right, it does not count."""
    head = store.head()
    if not clock.believable(head.clock, centre_ms):
        store.remember(AHEAD, head.seq.to_bytes(8, "big"))


def _whole(store: Store, begun: Mapping[Ref, list[Entry]]) -> Mapping[Ref, list[Entry]]:
    """Subjects that begin in this batch and of which nothing came before it."""
    if store.database.row("SELECT 1 FROM waiting LIMIT 1") is not None:
        return {}
    known = store.rows.having(list(begun))
    return {subject: told for subject, told in begun.items() if subject not in known}


def _waiting(store: Store) -> list[Ref]:
    rows = store.database.rows("SELECT subject_device, subject_seq FROM waiting")
    return [store.journal.ref(*row) for row in rows]
