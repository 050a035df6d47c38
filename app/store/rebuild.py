"""Making every row anew from the journal."""

from __future__ import annotations

from itertools import islice

from app.domain import events
from app.journal.refs import Ref
from app.store.store import Store, bump_published, refold

_AT_A_TIME = 2000
_NUMBERED = {"case.registered", "case.taken_over"}


def rebuild(store: Store) -> int:
    """Empty what was made from the journal and make it again; inside a transaction. Returns the number of cases.

    Cases keep their place in lists.
    """
    store.journal.refresh()
    subjects = iter(_subjects(store))
    store.rows.clear()
    bump_published(store)
    done = 0
    while some := list(islice(subjects, _AT_A_TIME)):
        refold(store, some)
        done += len(some)
    _count_running(store)
    return done


def _subjects(store: Store) -> list[Ref]:
    """What the journal is about, publications apart, those that have rows first and in their order."""
    listed = store.database.rows("SELECT subject_device, subject_seq FROM case_row ORDER BY n")
    every = store.database.rows(
        "SELECT DISTINCT subject_device, subject_seq FROM entry WHERE NOT publication"
    )
    return [store.journal.ref(*pair) for pair in dict.fromkeys([*listed, *every])]


def _count_running(store: Store) -> None:
    """The last running number of each day and slot, from one's own entries in all lives."""
    last: dict[tuple[str, str], int] = {}
    for device in store.journal.lives_of(store.device):
        seq = 1
        while run := store.journal.run(device, seq, _AT_A_TIME):
            for one, _ in run:
                if one.kind in _NUMBERED and one.body is not None and events.is_known(one.kind, one.version):
                    body = events.decode_body(one.kind, one.version, one.body)
                    assert isinstance(body, events.CaseRegistered | events.CaseTakenOver)
                    day = body.received_on if isinstance(body, events.CaseRegistered) else body.on
                    key = (day.isoformat(), body.slot)
                    last[key] = max(last.get(key, 0), body.running)
            seq = run[-1][0].seq + 1
    store.database.run_many(
        "INSERT INTO running (day, slot, last) VALUES (?, ?, ?)",
        [(day, slot, running) for (day, slot), running in sorted(last.items())],
    )
