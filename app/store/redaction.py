"""Destroyed files: what their entries said is taken out of the store, until no byte of it is left in any of its files.

1. A destruction counts once the district's centre has it: what came down from there it has, and of one's own
   what it has answered for. The centre looks whether it is founded, and so does every station for itself.
2. In the transaction in which that becomes true the bodies go: the entry keeps its header and the digest of its body,
   so the chain holds. The case is read again, and with its row its search text and its papers are gone.
3. The images of its scans go from their own database, where no other file names the same ones.
4. Then the files are cleared of what SQLite leaves behind: marks of deletion in the search index,
   copies in the slack of pages (`secure_delete` does not reach those), the log, copies made before an upgrade.
   A note in the store says that this is due; whoever is killed before it is done does it at the next start.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from app.domain.history import is_founded
from app.domain.publications import NotPublished
from app.domain.tombstone import DESTROYED, is_destruction
from app.journal.entry import Entry, redact
from app.journal.refs import Ref
from app.store import attachment_upkeep, paper_copies, sheet_rows
from app.store.database import DiskFull, StoreBusy, forget_copies
from app.store.given_numbers import keep_spent
from app.store.store import Store

_DUE = "scrub"


def speaks_of_destruction(entries: Collection[Entry]) -> bool:
    """Whether there is anything to look at here; there hardly ever is."""
    return any(one.kind == DESTROYED for one in entries)


def carried_out(
    store: Store, entries: Sequence[Entry], refused: Collection[Ref]
) -> Sequence[Entry]:
    """The entries of a case as they are to be read: without bodies once its destruction counts.

    Inside a transaction; what came after the destruction, or comes later, goes with the rest.
    """
    if not any(
        one.ref not in refused and _counts(store, one) and _is_founded(store, one, entries, refused)
        for one in entries
        if is_destruction(one)
    ):
        return entries
    doomed = [one for one in entries if one.body is not None and not is_destruction(one)]
    if doomed:
        keep_spent(store, doomed)
        store.journal.redact(doomed)
        paper_copies.erase(store, [one.ref for one in doomed])
        sheet_rows.forget(store, doomed)
        store.remember(_DUE, b"")
    gone = {one.ref for one in doomed}
    return [redact(one) if one.ref in gone else one for one in entries]


def awaiting(store: Store) -> list[Ref]:
    """Cases that are destroyed and still here: the centre has not answered for that yet, or has just now."""
    rows = store.database.rows(
        "SELECT subject_device, subject_seq FROM case_row WHERE state = 'destroyed' AND applicant <> ''"
    )
    return [store.journal.ref(*row) for row in rows]


def is_due(store: Store) -> bool:
    """Whether something was taken out, and the files are not cleared of it yet."""
    return store.recall(_DUE) is not None or attachment_upkeep.is_erasure_due(store)


def scrub(store: Store) -> bool:
    """Clear the files of what was taken out, if that is due; False if another program or a full disk is in the way.

    Everybody else waits meanwhile: a second for some ten thousand cases.
    """
    scans_are_clear = attachment_upkeep.erase_doomed(store)
    return _scrub_journal(store) and scans_are_clear


def _scrub_journal(store: Store) -> bool:
    if store.recall(_DUE) is None:
        return True
    try:
        store.database.run("INSERT INTO case_text (case_text) VALUES ('optimize')")
        store.database.run("VACUUM")
        (busy, _, _) = store.database.row("PRAGMA wal_checkpoint(TRUNCATE)")
    except (StoreBusy, DiskFull):  # it stays due
        return False
    if busy:
        return False
    forget_copies(Path(store.database.database))
    with store.changing():
        store.database.run("DELETE FROM setting WHERE name = ?", (_DUE,))
    return True


def finish(store: Store) -> None:
    """What was begun and not finished, when a store is opened; nothing if another program is at it."""
    if is_due(store):
        scrub(store)


def _counts(store: Store, destruction: Entry) -> bool:
    return destruction.device != store.device or destruction.seq <= store.accepted_through


def _is_founded(
    store: Store, destruction: Entry, entries: Sequence[Entry], refused: Collection[Ref]
) -> bool:
    try:
        return is_founded(destruction, entries, store.publications, refused)
    except NotPublished:  # the case waits for that, and is read again when it has come
        return False
