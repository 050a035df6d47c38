"""From entries to rows: cases read again, and what waits for something that has not come."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.domain.case import Case
from app.domain.history import replay
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store import redaction
from app.store.journal import is_publication
from app.store.store import Store

_WAITS = "INSERT OR REPLACE INTO waiting (subject_device, subject_seq, missing) VALUES (?, ?, ?)"
_WAITS_NO_MORE = "DELETE FROM waiting WHERE subject_device = ? AND subject_seq = ?"


def refold(
    store: Store, subjects: Collection[Ref], fresh: dict[Ref, list[Entry]] | None = None
) -> None:
    """Read cases again from their entries and bring their rows up to date; inside a transaction.

    `fresh` holds subjects all of whose entries the caller has in hand.
    """
    publications = store.publications
    any_refused = bool(store.journal.refused_all())
    cases: list[Case] = []
    settled: list[tuple[int, int]] = []
    waiting: list[tuple[int, int, str]] = []
    in_hand = fresh or {}
    told_before = store.journal.of_subjects([one for one in subjects if one not in in_hand])
    for subject in subjects:
        entries: Sequence[Entry] = in_hand.get(subject) or told_before[subject]
        refused = store.journal.refused([one.ref for one in entries]) if any_refused else ()
        if not entries or any(one.opens and is_publication(one.kind) for one in entries):
            continue
        if redaction.speaks_of_destruction(entries):
            entries = redaction.carried_out(store, entries, refused)
        told = replay(entries, publications, refused)
        pair = store.journal.pair(subject)
        if isinstance(told, Case):
            cases.append(told)
            missing = told.waits_for
        else:
            store.rows.forget(subject)
            missing = told.missing if told else ""
        if missing:
            waiting.append((*pair, missing))
        else:
            settled.append(pair)
    store.database.run_many(_WAITS_NO_MORE, settled)
    store.database.run_many(_WAITS, waiting)
    store.rows.save(cases, publications, new=in_hand)
