"""Cases that belong together: the parts of a joint handling, and what one coming to the counter brought."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from app.domain.case import Case
from app.journal.refs import Ref
from app.store.rows import CaseRow
from app.store.store import Store

_MOST = 50


class Link(StrEnum):
    """What the other case is to this one."""

    PARENT = "parent"
    PART = "part"
    SAME_VISIT = "same_visit"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"parent": "联办主件", "part": "联办部分", "same_visit": "同次来访"}[self]


class Linked(NamedTuple):
    """`row` is missing where the other case has not come here; `outcome` is what a part came to."""

    link: Link
    subject: Ref
    row: CaseRow | None
    outcome: str = ""


def linked(store: Store, case: Case) -> list[Linked]:
    """The parent, the parts, and the others of the same visit."""
    found: list[Linked] = []
    if case.parent is not None:
        found.append(Linked(Link.PARENT, case.parent, store.rows.by_subject(case.parent)))
    found += [
        Linked(Link.PART, child.subject, store.rows.by_subject(child.subject), child.outcome)
        for child in case.children
    ]
    opener = case.visit or case.subject
    rows = store.rows.where("visit = ? AND visit <> ''", (str(opener),), limit=_MOST)
    if case.visit is not None:
        first = store.rows.by_subject(case.visit)
        rows += [] if first is None else [first]
    found += [
        Linked(Link.SAME_VISIT, row.subject, row)
        for row in sorted(rows, key=lambda row: row.n)
        if row.subject != case.subject
    ]
    return found


def ended_parent(store: Store, case: Case) -> Case | None:
    """The parent of an open part, once it has ended and the part is to end with it."""
    if case.parent is None or case.state.ended:
        return None
    parent = store.case(case.parent)
    return parent if isinstance(parent, Case) and parent.state.ended else None
