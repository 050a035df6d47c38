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
from app.store.readying import Told
from app.store.store import Store

_WAITS = "INSERT OR REPLACE INTO waiting (subject_device, subject_seq, missing) VALUES (?, ?, ?)"
_WAITS_NO_MORE = "DELETE FROM waiting WHERE subject_device = ? AND subject_seq = ?"


def refold(
    store: Store,
    subjects: Collection[Ref],
    fresh: Mapping[Ref, list[Entry]] = MappingProxyType({}),
    told: Mapping[Ref, Told] = MappingProxyType({}),
) -> None:
    """Read cases again from their entries and bring their rows up to date; inside a transaction.

    `fresh` holds subjects all of whose entries the caller has in hand; `told` what was read from these already,
    by the present publications, with nothing refused.
    """
    publications = store.publications
    any_refused = bool(store.journal.refused_all())
    cases: list[Case] = []
    settled: list[tuple[int, int]] = []
    waiting: list[tuple[int, int, str]] = []
    told_before = store.journal.of_subjects([one for one in subjects if one not in fresh])
    for subject in subjects:
        known = told.get(subject)
        if known is not None:
            cases.append(known.case)
            if known.case.waits_for:
                waiting.append((*store.journal.pair(subject), known.case.waits_for))
            continue
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
            missing = read.waits_for
        else:
            store.rows.forget(subject)
            missing = read.missing if read else ""
        if missing:
            waiting.append((*store.journal.pair(subject), missing))
        elif subject not in fresh:
            settled.append(store.journal.pair(subject))
    store.database.run_many(_WAITS_NO_MORE, settled)
    store.database.run_many(_WAITS, waiting)
    drafts = {subject: one.draft for subject, one in told.items()}
    store.rows.save(cases, publications, new=fresh, drafts=drafts)
