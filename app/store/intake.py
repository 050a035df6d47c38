"""What came down, taken into the store: entries first, then the rows of the cases that they are about.

1. What the centre said of one's own entries is noted.
2. Entries are stored portion by portion, each with what it changes in rows; or, where nobody works yet and much comes,
   all of them are stored before cases are told, each case once (`app.store.catching_up`).
3. The cursor is noted last: what is not applied yet comes again.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from app.domain import events
from app.domain.publications import Publications
from app.journal import certificate, clock
from app.journal import entry as entries
from app.journal.entry import Entry
from app.journal.refs import Continuation, DeviceId, Lineage, Ref
from app.store import database, duplicates, redaction, sheet_rows
from app.store.catching_up import CatchingUp
from app.store.exchange import Incoming, Run
from app.store.folding import refold
from app.store.journal import is_publication
from app.store.portions import Portions, is_at_work
from app.store.rebuild import rebuild
from app.store.resettling import touched
from app.store.store import AHEAD, Store

_MANY = 2_000
"""Entries of one answer from which on a new station takes in all of them before it reads cases."""

Piece = tuple[DeviceId, int, bytes]
"""An entry's device, its number and its bytes."""


class Intake:
    """Takes in one answer after another, and reads what came.

    Where nobody works yet and much comes, all of it is taken in before cases are told, each of them once.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._portions = Portions()
        self._reading = CatchingUp(store)

    def __enter__(self) -> Intake:
        return self

    def __exit__(self, *_: object) -> None:
        self._reading.close()

    def take_in(self, incoming: Incoming) -> int:
        """Apply an answer; it is durable when this returns.

        The store is held for one portion at a time, so people can work meanwhile; what is not applied yet comes again,
        since the cursor is noted last. Returns how many entries were new.
        """
        store = self._store
        _note_verdicts(store, incoming)
        new = 0
        self._portions.suit(store)
        later = self._is_read_later(incoming)
        pieces = _pieces(incoming.runs)
        with _collector_resting():
            while batch := self._portions.cut(pieces):
                started = time.monotonic()
                came, lives = _read(batch, store)
                with store.changing():
                    new += _apply(store, came, lives, incoming.centre_ms, later=later)
                self._portions.took(len(came), time.monotonic() - started)
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

    def read_on(self, until: Callable[[], bool]) -> bool:
        """Read what was left for later, until `until` says so; whether all is read."""
        with _collector_resting():
            return self._reading.go_on(until)

    def _is_read_later(self, incoming: Incoming) -> bool:
        if is_at_work(self._store):
            return False
        if sum(len(wires) for _, _, wires in incoming.runs) >= _MANY:
            self._reading.expect_much()
            return True
        return not self._store.rows.unread.is_empty()


def take_in(store: Store, incoming: Incoming) -> int:
    """Apply one answer, as `Intake.take_in` does, and read it."""
    with Intake(store) as intake:
        new = intake.take_in(incoming)
        intake.read_on(lambda: False)
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


def _read(batch: Sequence[Piece], store: Store) -> tuple[list[Entry], dict[DeviceId, Continuation]]:
    """Entries, and the lives among their devices that continue others. Raises BadEntry, BadBody, BadCertificate."""
    came: list[Entry] = []
    lives: dict[DeviceId, Continuation] = {}
    known: Lineage = store.journal.lineage
    for device, seq, wire in batch:
        one = entries.read(wire, device=device, seq=seq, lineage=known)
        came.append(one)
        if one.kind == "device.certified":
            life = _life(one, store.identity.district_public)
            if life is not None:
                lives[life[0]] = life[1]
                known = {**store.journal.lineage, **lives}
    return came, lives


def _life(certified: Entry, district_public: bytes) -> tuple[DeviceId, Continuation] | None:
    """Which life a certified device continues, if it does."""
    if certified.body is None or not events.is_known(certified.kind, certified.version):
        return None
    body = events.decode_body(certified.kind, certified.version, certified.body)
    assert isinstance(body, events.DeviceCertified)
    known = certificate.opened(body.certificate, district_public)
    return None if known.continues is None else (known.device, known.continues)


def _apply(
    store: Store,
    came: Sequence[Entry],
    lives: Mapping[DeviceId, Continuation],
    centre_ms: int,
    *,
    later: bool,
) -> int:
    """Store one batch, and read again what it touches or note that this is still to be done; inside a transaction."""
    for device, origin in lives.items():
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
    if later:
        sheet_rows.note(store, came)
    subjects = {one.subject: None for one in came if not is_publication(one.kind)}
    if before is not None:
        store.note_publication()
        after = store.publications
        if _rewritten(before, after):
            if later:
                store.rows.unread.note_all()
            else:
                rebuild(store)
            return new
        subjects.update(dict.fromkeys(_waiting(store)))
        if duplicates.counted_otherwise(before, after):
            store.rows.duplicates.again(after)
        subjects.update(dict.fromkeys(touched(store, before, after)))
    if later:
        store.rows.unread.note(subjects)
    else:
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


def _observe(store: Store, seen: int) -> None:
    """Let one's own clock run after what others wrote."""
    if seen > int.from_bytes(store.recall("clock") or b"", "big"):
        store.remember("clock", seen.to_bytes(8, "big"))


def _note_own_clock(store: Store, centre_ms: int) -> None:
    """Note that one's own last entry bears an unbelievable time; once the clock is set right, it does not count."""
    head = store.head()
    if not clock.believable(head.clock, centre_ms):
        store.remember(AHEAD, head.seq.to_bytes(8, "big"))


def _whole(store: Store, came: Sequence[Entry]) -> Mapping[Ref, list[Entry]]:
    """Subjects that begin in this batch and of which nothing came before it."""
    if store.database.row("SELECT 1 FROM waiting LIMIT 1") or not store.rows.unread.is_empty():
        return {}  # something may be here that has no row
    begun: dict[Ref, list[Entry]] = {one.ref: [] for one in came if one.opens}
    for one in came:
        if one.subject in begun:
            begun[one.subject].append(one)
    known = store.rows.having(list(begun))
    return {subject: told for subject, told in begun.items() if subject not in known}


def _waiting(store: Store) -> list[Ref]:
    rows = store.database.rows("SELECT subject_device, subject_seq FROM waiting")
    return [store.journal.ref(*row) for row in rows]
