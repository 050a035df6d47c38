"""From entries to rows: cases read again, and what waits for something that has not come."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from app.domain.case import Case
from app.domain.history import replay
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store import redaction, sheet_rows
from app.store.journal import is_publication
from app.store.store import Store

_WAITS = "INSERT OR REPLACE INTO waiting (subject_device, subject_seq, missing) VALUES (?, ?, ?)"
_WAITS_NO_MORE = "DELETE FROM waiting WHERE subject_device = ? AND subject_seq = ?"


def refold(
    store: Store,
    subjects: Collection[Ref],
    fresh: Mapping[Ref, list[Entry]] = MappingProxyType({}),
) -> None:
    """Read cases again from their entries and bring their rows up to date; inside a transaction.

    `fresh` holds subjects that have no rows yet, and all of whose entries the caller has in hand.
    """
    publications = store.publications
    any_refused = bool(store.journal.refused_all())
    cases: list[Case] = []
    waits: dict[Ref, str] = {}
    told_before = store.journal.of_subjects([one for one in subjects if one not in fresh])
    for subject in subjects:
        entries: Sequence[Entry] = fresh.get(subject) or told_before[subject]
        refused = store.journal.refused([one.ref for one in entries]) if any_refused else ()
        if not entries or any(one.opens and is_publication(one.kind) for one in entries):
            continue
        if redaction.speaks_of_destruction(entries):
            entries = redaction.carried_out(store, entries, refused)
        sheet_rows.note(store, entries)
        read = replay(entries, publications, refused)
        if isinstance(read, Case):
            cases.append(read)
            waits[subject] = read.waits_for
        else:
            store.rows.forget(subject)
            waits[subject] = read.missing if read else ""
    wait_for(store, waits)
    store.rows.save(cases, publications, new=fresh)


def wait_for(store: Store, subjects: Mapping[Ref, str]) -> None:
    """Note what has to come first before all that is said of each subject has effect; empty where nothing has."""
    pair = store.journal.pair
    if store.database.row("SELECT 1 FROM waiting LIMIT 1") is not None:
        store.database.run_many(
            _WAITS_NO_MORE, [pair(one) for one, why in subjects.items() if not why]
        )
    store.database.run_many(_WAITS, [(*pair(one), why) for one, why in subjects.items() if why])
