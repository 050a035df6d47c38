"""Where the record of a case is: only on this machine, at the centre, with the authority, refused, or out of reach."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import chain

from app.domain.regions import RegionCode
from app.domain.tasks import present
from app.journal.refs import Ref
from app.store.exchange import accepted_through
from app.store.journal import ASKED_AT_ONCE
from app.store.rows import CaseRow
from app.store.selection import Condition
from app.store.store import Store

_SUBJECT = "({0}subject_device, {0}subject_seq)"
_UNSENT = (
    "SELECT subject_device, subject_seq FROM entry WHERE device = ? AND seq > ? AND NOT publication"
)
_REFUSED = (
    # CROSS: from the few verdicts to their entries, never the other way around.
    "SELECT subject_device, subject_seq FROM verdict CROSS JOIN entry USING (device, seq) "
    "WHERE (device, seq) NOT IN (SELECT device, seq FROM settled)"
)


class Whereabouts(StrEnum):
    """HERE: this device wrote something on it that the centre has not answered for.

    REFUSED: the centre refused something of it, and nobody has dealt with that yet.
    TAKEN_OVER: the authority has given its number.
    MOVED: its village is under others now; what they do with it does not come here.
    """

    HERE = "here"
    AT_CENTRE = "at_centre"
    TAKEN_OVER = "taken_over"
    MOVED = "moved"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Whereabouts.HERE: "仅本机",
    Whereabouts.AT_CENTRE: "已上报",
    Whereabouts.TAKEN_OVER: "已接收",
    Whereabouts.MOVED: "已划出",
    Whereabouts.REFUSED: "被退回",
}


def of(store: Store, rows: Sequence[CaseRow]) -> list[Whereabouts]:
    """Where each of these cases is."""
    refused = {store.journal.ref(*pair) for pair in store.database.rows(_REFUSED)}
    unsent = _unsent(store, [row.subject for row in rows])
    moved = {region for region in {row.region for row in rows} if is_elsewhere(store, region)}
    return [_one(row, refused, unsent, moved) for row in rows]


def _one(row: CaseRow, refused: set[Ref], unsent: set[Ref], moved: set[str]) -> Whereabouts:
    if row.subject in refused:
        return Whereabouts.REFUSED
    if row.subject in unsent:
        return Whereabouts.HERE
    if row.region in moved:
        return Whereabouts.MOVED
    return Whereabouts.TAKEN_OVER if row.official_number else Whereabouts.AT_CENTRE


def condition(store: Store, wanted: Whereabouts) -> Condition:
    """The same, as a condition on rows."""
    own = (store.journal.number_of(store.device), accepted_through(store))
    if wanted is Whereabouts.REFUSED:
        return Condition(f"{_SUBJECT} IN ({_REFUSED})", (), indexed=True)
    unrefused = f"{_SUBJECT} NOT IN ({_REFUSED})"
    if wanted is Whereabouts.HERE:
        # The list of the unsent leads: it is short, however many cases there are.
        words = f"{_SUBJECT} IN ({_UNSENT}) AND {unrefused.replace('{0}', '+')}"
        return Condition(words, own, indexed=True)
    elsewhere = [row.code for row in store.publications.tree.rows if is_elsewhere(store, row.code)]
    away = f"{{0}}region IN ({', '.join('?' * len(elsewhere))})"
    if wanted is Whereabouts.MOVED:
        words = f"{away} AND {_SUBJECT} NOT IN ({_UNSENT}) AND {unrefused}"
        return Condition(words, (*elsewhere, *own))
    given = "IS NOT NULL" if wanted is Whereabouts.TAKEN_OVER else "IS NULL"
    words = (
        f"{{0}}official_number {given} AND NOT {away} "
        f"AND {_SUBJECT} NOT IN ({_UNSENT}) AND {unrefused}"
    )
    return Condition(words, (*elsewhere, *own))


def is_elsewhere(store: Store, region: str) -> bool:
    """Whether a region is not under this station's, in today's tree."""
    tree = store.publications.tree
    own = present(store.publications, store.region)
    return region in tree and own in tree and not tree.under(RegionCode(region), own)


def _unsent(store: Store, subjects: Sequence[Ref]) -> set[Ref]:
    """Those of these subjects on which this device wrote what the centre has not answered for."""
    found: set[Ref] = set()
    own = (store.journal.number_of(store.device), accepted_through(store))
    for start in range(0, len(subjects), ASKED_AT_ONCE):
        some = subjects[start : start + ASKED_AT_ONCE]
        pairs = ", ".join(["(?, ?)"] * len(some))
        rows = store.database.rows(
            "SELECT DISTINCT subject_device, subject_seq FROM entry "
            f"WHERE (subject_device, subject_seq) IN (VALUES {pairs}) AND +device = ? AND +seq > ?",
            (*chain.from_iterable(map(store.journal.pair, some)), *own),
        )
        found.update(store.journal.ref(*row) for row in rows)
    return found
