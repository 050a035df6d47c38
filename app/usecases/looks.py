"""Looks at people's records that are written down (domain.md §8).

Full numbers, on a screen that a queue can see, while somebody holds the button;
and the record itself, masked, at a station that is neither the case's own nor its authority.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.case import Case, State
from app.domain.days import day_of
from app.domain.events import Body, CaseNumbersShown, CaseRecordOpened, Party, is_look, name_of
from app.domain.history import Waiting
from app.domain.papers import PaperKind
from app.domain.rules import examining_level
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.journal import clock
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store.store import Store
from app.store.transaction import CaseUnreadable
from app.usecases.whereabouts import is_elsewhere


class FileDestroyed(Refused):
    """Nothing is left to be shown (fact: number)."""

    code = "file_destroyed"


AGAIN_MS = 10 * 60_000
"""Within so long a second look by the same person at the same case is the same look."""

_WHOLE_ON_PAPER = frozenset({PaperKind.APPLICATION_FORM, PaperKind.MANDATE})
"""Documents that bear whole numbers; the others mask them."""


def shown(store: Store, subject: Ref, by: OperatorCard) -> tuple[Party, ...]:
    """The parties of a case with their full numbers; that this person saw them stands in its history.

    Raises CaseUnreadable, FileDestroyed, and NotPermitted for a case of another place.
    """
    return _noted(store, subject, by, CaseNumbersShown(), _just_now).parties


def seen_on_paper(store: Store, subject: Ref, kind: PaperKind, by: OperatorCard) -> None:
    """A page of this kind comes on the screen: as `shown`, where it bears whole numbers."""
    if kind in _WHOLE_ON_PAPER:
        shown(store, subject, by)


def scans_seen(store: Store, subject: Ref, by: OperatorCard) -> None:
    """Scans come on the screen, and whole numbers with them: at another station than the case's own as `shown`.

    Raises CaseUnreadable, FileDestroyed.
    """
    case = store.case(subject)
    if isinstance(case, Case) and (is_elsewhere(store, case.region) or _is_concerned(store, case)):
        return
    shown(store, subject, by)


def opened(store: Store, subject: Ref, by: OperatorCard) -> None:
    """The record of a case comes on the screen; where `is_to_be_noted`, that is written down.

    Raises CaseUnreadable, FileDestroyed, and NotPermitted for a case of another place.
    """
    case = store.case(subject)
    if isinstance(case, Case) and not is_to_be_noted(store, case, by):
        return
    _noted(store, subject, by, CaseRecordOpened(), _same_day)


def is_to_be_noted(store: Store, case: Case, by: OperatorCard) -> bool:
    """Whether it is another station's record that this person has not opened today. Raises NotPublished.

    Of a village that has left, its former township reads what it had; it writes nothing there any more.
    """
    is_left = is_elsewhere(store, case.region)
    if case.state is State.DESTROYED or is_left or _is_concerned(store, case):
        return False
    return not _has_looked(store, case.subject, by, CaseRecordOpened(), _same_day)


def _is_concerned(store: Store, case: Case) -> bool:
    """Whether the station took the case in, has it in hand, or examines or decides such cases of that place."""
    publications = store.publications
    tree, item = publications.tree, publications.item(case.item, case.item_version)
    authorities = [
        tree.at_tier(case.region, tier)
        for tier in (examining_level(item).tier, item.decides.tier)
        if tier is not None
    ]
    concerned = (tree.present(case.station), tree.present(case.place), *authorities)
    return tree.present(store.region) in concerned


_Again = Callable[[int, int], bool]
"""Whether two times, in milliseconds, are of one look."""


def _noted(store: Store, subject: Ref, by: OperatorCard, body: Body, again: _Again) -> Case:
    with store.writing() as tx:
        case = store.case(subject)
        if not isinstance(case, Case):
            raise CaseUnreadable(missing=case.missing if isinstance(case, Waiting) else "refused")
        if case.state is State.DESTROYED:
            raise FileDestroyed(number=case.local_number.text)
        if not _has_looked(store, subject, by, body, again):
            tx.note_look(body, by=by, case=case)
    return case


def _has_looked(store: Store, subject: Ref, by: OperatorCard, body: Body, again: _Again) -> bool:
    """Whether that was recorded already, or more than that: whole numbers were seen with their record."""
    now = store.wall()
    return any(
        is_look(one.kind)
        and _says(one, body)
        and one.actor == by.ref
        and again(now, clock.wall_ms(one.clock))
        for one in store.history(subject)
    )


def _says(look: Entry, body: Body) -> bool:
    return look.kind in {name_of(body)[0], name_of(CaseNumbersShown())[0]}


def _just_now(now_ms: int, then_ms: int) -> bool:
    """A time that lies ahead is a clock that was wrong, and records again."""
    return abs(now_ms - then_ms) < AGAIN_MS


def _same_day(now_ms: int, then_ms: int) -> bool:
    return day_of(now_ms) == day_of(then_ms)
