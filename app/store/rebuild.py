"""Making every row anew from the journal."""

from __future__ import annotations

from itertools import islice

from app.journal.refs import Ref
from app.store.folding import refold
from app.store.given_numbers import number_given, spent
from app.store.store import Store

_AT_A_TIME = 2000


def rebuild(store: Store) -> int:
    """Empty what was made from the journal and make it again; inside a transaction. Returns the number of cases.

    Cases keep their place in lists.
    """
    store.journal.refresh()
    subjects = iter(_subjects(store))
    store.rows.clear()
    store.database.run("DELETE FROM sheet")
    store.note_publication()
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
    """The last number of each series and slot, from one's own entries in all lives, and those that were erased."""
    last = spent(store)
    for device in store.journal.lives_of(store.device):
        seq = 1
        while run := store.journal.run(device, seq, _AT_A_TIME):
            for one, digest in run:
                if digest is None:
                    # An older life wrote it elsewhere, after this store parted from it.
                    continue
                given = number_given(one)
                if given is not None:
                    series, slot, running = given
                    last[series, slot] = max(last.get((series, slot), 0), running)
            seq = run[-1][0].seq + 1
    store.database.run_many(
        "INSERT INTO running (series, slot, last) VALUES (?, ?, ?)",
        [(*place, running) for place, running in sorted(last.items())],
    )
