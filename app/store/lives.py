"""Lives of a device: a restored or cloned database goes on under a new key, and no byte is rewritten.

1. The store offers places of its present life: (device, seq, digest), newest first.
2. The centre picks the highest one that its own ledger holds alike, and certifies the new key as continuing there.
3. Entries above that place, which the centre never had from this store, move to the new life with the same bytes and
   numbers: a bare number up to the place means the old life, one above it the new.
4. The chain of the new life starts at its genesis, which binds the place.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.journal import chain
from app.journal.certificate import SignedCertificate
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation, DeviceId
from app.store import identity
from app.store.database import Database, connect
from app.store.journal import Journal
from app.store.rebuild import rebuild
from app.store.store import LIFE, RESTORED, Store

_STEPS_BACK = 24


def offers(store: Store) -> list[Continuation]:
    """Places of the present life, newest first: head, what the centre acknowledged, further back, the beginning."""
    return _places(store.database, store.device)


def offers_of(path: Path, key: bytes) -> list[Continuation]:
    """The same for a database whose identity is gone."""
    db = connect(path, key)
    try:
        life = last_life(db)
        return [] if life is None else _places(db, life)
    finally:
        db.close()


def last_life(db: Database) -> DeviceId | None:
    """As which device a database was last written; None for one that was never finished."""
    if db.row("SELECT 1 FROM sqlite_master WHERE name = 'setting'") is None:
        return None
    life = db.row("SELECT value FROM setting WHERE name = ?", (LIFE,))
    return None if life is None else DeviceId(bytes(life[0]))


def place_in(path: Path, key: bytes, device: DeviceId, seq: int) -> Continuation | None:
    """One place of a database whose identity is gone, if it holds that."""
    db = connect(path, key)
    try:
        digest = digest_after(Journal(db), device, seq)
    finally:
        db.close()
    return None if digest is None else Continuation(device, seq, digest)


def digest_after(journal: Journal, device: DeviceId, seq: int) -> bytes | None:
    """The chain digest of one's own life after an entry, or before its first one."""
    origin = journal.lineage.get(device)
    if seq == (origin.seq if origin else 0):
        return chain.genesis(device, origin)
    return journal.digest_at(device, seq)


def _places(db: Database, device: DeviceId) -> list[Continuation]:
    journal = Journal(db)
    origin = journal.lineage.get(device)
    begin = origin.seq if origin else 0
    head = journal.head(device)
    last = begin if head is None else head[0]
    accepted = db.row("SELECT value FROM setting WHERE name = 'accepted'")
    noted = [int.from_bytes(bytes(accepted[0]), "big")] if accepted else []
    places = {begin, last, *noted, *(last - 2**step for step in range(_STEPS_BACK))}
    digests = {
        seq: digest_after(journal, device, seq)
        for seq in sorted(places, reverse=True)
        if begin <= seq <= last
    }
    return [
        Continuation(device, seq, digest) for seq, digest in digests.items() if digest is not None
    ]


def begin_life(store: Store, *, keys: DeviceKeys, signed: SignedCertificate, token: bytes) -> None:
    """Go on as the device of `keys`, from the place that its certificate names.

    The identity is put away before the journal moves: a crash between the two leaves a new identity over an old
    journal, and the next opening finds the place in the certificate and moves then.
    """
    old = store.identity
    new = msgspec.structs.replace(old, keys=keys, signed=signed, token=token)
    identity.keep(store.folder, new, store.key)
    store.identity = new
    move_in(store)


def move_in(store: Store) -> None:
    """Make the journal fit the identity: what lies above the place where this life begins becomes its own."""
    own = store.certificate
    if store.recall(LIFE) == own.device:
        return
    origin = own.continues
    with store.changing():
        store.journal.number_of(own.device)
        store.remember(LIFE, own.device)
        store.note_publication()  # one's own certificate is among what is known
        store.database.run(
            "DELETE FROM setting WHERE name IN ('accepted', 'cursor', ?)", (RESTORED,)
        )
        if origin is None:
            return
        store.journal.number_of(origin.device)
        store.journal.continues(own.device, origin)
        new, old = store.journal.number_of(own.device), store.journal.number_of(origin.device)
        (stranded,) = store.database.row(
            "SELECT count(*) FROM entry WHERE device = ? AND seq > ? AND digest IS NOT NULL",
            (old, origin.seq),
        )
        if stranded:
            for table, device, seq in (
                ("entry", "device", "seq"),
                ("entry", "subject_device", "subject_seq"),
                ("verdict", "device", "seq"),
                ("settled", "device", "seq"),
                ("paper_copy", "device", "seq"),
                ("print_job", "device", "seq"),
                ("draft", "operator_device", "operator_seq"),
                ("saved_filter", "operator_device", "operator_seq"),
            ):
                own_only = " AND digest IS NOT NULL" if table == "entry" else ""
                store.database.run(
                    f"UPDATE {table} SET {device} = ? WHERE {device} = ? AND {seq} > ?{own_only}",
                    (new, old, origin.seq),
                )
            _rechain(store)
            rebuild(store)


def _rechain(store: Store) -> None:
    own = store.certificate
    origin = own.continues
    digest = chain.genesis(own.device, origin)
    seq = (origin.seq if origin else 0) + 1
    number = store.journal.number_of(own.device)
    while run := store.journal.run(own.device, seq, 512):
        links = []
        for one, _ in run:
            digest = chain.link(digest, one)
            links.append((digest, number, one.seq))
        store.database.run_many("UPDATE entry SET digest = ? WHERE device = ? AND seq = ?", links)
        seq += len(run)
