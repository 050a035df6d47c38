"""Full numbers on a screen that a queue can see: shown while somebody holds the button, and recorded (domain.md §8)."""

from __future__ import annotations

from app.domain.case import Case, State
from app.domain.events import CaseNumbersShown, Party, is_look
from app.domain.history import Waiting
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.journal import clock
from app.journal.refs import Ref
from app.store.store import Store
from app.store.transaction import CaseUnreadable


class FileDestroyed(Refused):
    """Nothing is left to be shown (fact: number)."""

    code = "file_destroyed"


AGAIN_MS = 10 * 60_000
"""Within so long a second look by the same person at the same case is the same look."""


def shown(store: Store, subject: Ref, by: OperatorCard) -> tuple[Party, ...]:
    """The parties of a case with their full numbers; that this person saw them stands in its history.

    Raises CaseUnreadable, and NotPermitted for a case of another place.
    """
    with store.writing() as tx:
        case = store.case(subject)
        if not isinstance(case, Case):
            raise CaseUnreadable(missing=case.missing if isinstance(case, Waiting) else "refused")
        if case.state is State.DESTROYED:
            raise FileDestroyed(number=case.local_number.text)
        if not _has_looked(store, subject, by):
            tx.note_look(CaseNumbersShown(), by=by, case=case)
    return case.parties


def _has_looked(store: Store, subject: Ref, by: OperatorCard) -> bool:
    """Whether that was recorded just now. A time that lies ahead is a clock that was wrong, and records again."""
    now = store.wall()
    return any(
        is_look(one.kind) and one.actor == by.ref and abs(now - clock.wall_ms(one.clock)) < AGAIN_MS
        for one in store.history(subject)
    )
