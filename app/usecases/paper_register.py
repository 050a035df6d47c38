"""The register of papers: every issued copy, the newest first, found by day, kind, number or applicant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from app.domain.papers import PaperKind
from app.journal.refs import Ref
from app.store import finding
from app.store.paper_rows import PaperPlace, PaperRow
from app.store.store import Store
from app.usecases.filters import items_named

_LONGEST_RUNNING = 9  # figures; more are no number of a document
_BRACKETS = str.maketrans("[]()（）［］【】", "〔〕〔〕〔〕〔〕〔〕")


class IssuedCopy(msgspec.Struct, frozen=True, kw_only=True):
    """A copy and who printed it."""

    row: PaperRow
    operator: str


class PaperPage(msgspec.Struct, frozen=True, kw_only=True):
    """`next` is where the following page begins; None if this is the last."""

    copies: tuple[IssuedCopy, ...]
    next: PaperPlace | None


def register(
    store: Store,
    *,
    since: date | None = None,
    until: date | None = None,
    kind: PaperKind | None = None,
    issuer: str | None = None,
    text: str = "",
    limit: int = 100,
    after: PaperPlace | None = None,
) -> PaperPage:
    """The copies that fit after a place in the register; `issuer` is the region of the station that issued them."""
    asked: list[tuple[str, tuple[object, ...]]] = []
    if since is not None:
        asked.append(("p.issued_on >= ?", (since.isoformat(),)))
    if until is not None:
        asked.append(("p.issued_on <= ?", (until.isoformat(),)))
    if kind is not None:
        asked.append(("p.paper = ?", (kind.value,)))
    if issuer is not None:
        asked.append(("p.issuer = ?", (issuer,)))
    if text.strip():
        query, parameters = finding.query(store.database, text, items_named(store, text))
        words = f"(instr(p.number, ?) OR p.case_n IN ({query}))"
        asked.append((words, (_number_part(text), *parameters)))
    rows = store.rows.papers.page(
        [words for words, _ in asked],
        tuple(value for _, values in asked for value in values),
        after=after,
        limit=limit + 1,
    )
    shown = rows[:limit]
    return PaperPage(
        copies=_with_names(store, shown), next=shown[-1].place if len(rows) > limit else None
    )


def of_case(store: Store, subject: Ref) -> tuple[IssuedCopy, ...]:
    """Every copy about a case, the newest first."""
    rows = store.rows.papers.page(
        ["p.case_n = (SELECT n FROM case_row WHERE subject_device = ? AND subject_seq = ?)"],
        store.journal.pair(subject),
        after=None,
        limit=-1,
    )
    return _with_names(store, rows)


def _number_part(text: str) -> str:
    """What a document's number has to hold: figures alone are its running number."""
    plain = "".join(text.translate(_BRACKETS).split())
    is_running = plain.isdecimal() and len(plain) <= _LONGEST_RUNNING
    return f"〕{int(plain)}号" if is_running else plain


def _with_names(store: Store, rows: Sequence[PaperRow]) -> tuple[IssuedCopy, ...]:
    actors = store.journal.actors([row.entry for row in rows])
    cards = store.publications.operators
    found = []
    for row in rows:
        actor = actors.get(row.entry)
        card = cards.get(actor) if actor is not None else None
        found.append(IssuedCopy(row=row, operator=card.name if card else ""))
    return tuple(found)
