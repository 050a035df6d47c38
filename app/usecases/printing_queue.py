"""Documents on their way to paper: what was issued stays here until somebody says that it came out.

A power cut, a printer without paper or a closed window lose nothing:
the same pages can be printed again, which is no reprint as long as nobody has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from app.domain.papers import PaperKind, copies_of
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store import print_queue
from app.store.store import Store

if TYPE_CHECKING:
    from app.usecases.papers import Issued, Render

KEPT_DAYS: Final = 7
"""After so long nobody waits for a sheet any more."""
_DAY_MS: Final = 24 * 60 * 60 * 1000


class OnItsWay(msgspec.Struct, frozen=True, kw_only=True):
    """A document that nobody has said is on paper; `stuck`: it is surely not.

    `printer` and `job` are the system's, as far as it was sent. `copies`: how many 联 its pages are.
    """

    entry: Ref
    subject: Ref
    kind: PaperKind
    title: str
    reprint: int
    copies: int
    stuck: bool
    printer: str
    job: int


def issue(
    store: Store, subject: Ref, kind: PaperKind, *, by: OperatorCard, render: Render
) -> Issued:
    """Issue a document that goes to paper now: it is on its way in the same moment.

    Raises what `papers.issue` raises.
    """
    from app.usecases import papers

    with store.writing():
        issued = papers.issue(store, subject, kind, by=by, render=render)
        print_queue.add(store, issued.entry, store.wall())
    return issued


def note_sent(store: Store, entry: Ref, *, printer: str, job: int) -> None:
    with store.changing():
        print_queue.change(store, entry, stuck=False, printer=printer, job=job)


def note_stuck(store: Store, entry: Ref) -> None:
    """The printer took nothing of it."""
    with store.changing():
        print_queue.change(store, entry, stuck=True)


def note_done(store: Store, *entries: Ref) -> None:
    """Somebody has it in hand, or it lies in a file, or nobody wants it any more."""
    with store.changing():
        print_queue.remove(store, entries)


def on_their_way(store: Store) -> list[OnItsWay]:
    """In the order in which they were issued; what cannot be shown any more is left out."""
    with store.changing():
        print_queue.remove_older(store, store.wall() - KEPT_DAYS * _DAY_MS)
    rows = print_queue.rows(store)
    if not rows:
        return []
    # All that makes papers comes with it: as a rule nothing is on its way when somebody logs in.
    from app.usecases import papers

    found = []
    for row in rows:
        told = store.journal.one(row.entry)
        try:
            facts = papers.copy(store, row.entry)
        except DaibanError:  # destroyed with its case
            continue
        assert told is not None
        found.append(
            OnItsWay(
                entry=row.entry,
                subject=told.subject,
                kind=facts.kind,
                title=f"{facts.title} {facts.number}",
                reprint=facts.reprint,
                copies=len(copies_of(facts)),
                stuck=row.stuck,
                printer=row.printer,
                job=row.job,
            )
        )
    return found


def pages(store: Store, entry: Ref) -> bytes:
    """The very pages that were issued, to be put on paper. Raises NoSuchPaper, PaperCopyDamaged."""
    from app.usecases import papers

    pdf = papers.pages(store, entry)
    if pdf is None:
        raise papers.NoSuchPaper
    return pdf
