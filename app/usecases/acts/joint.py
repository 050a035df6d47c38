"""Joint handling (联办): what goes from a part to its parent, and what becomes of the parts when the parent ends.

The parts stand and fall with their parent: whoever takes the request back takes all of it back.
A fold reads only its own case, so each of them is told so by an entry of the authority's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Annotated

from app.domain import events, rules
from app.domain.case import Case, Child, State
from app.domain.events import Body, CaseChildEnded
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.store.store import Store
from app.store.transaction import Transaction
from app.usecases.acts.act import Act, Facts, Moment, said
from app.usecases.linked import ended_parent

_LEADS_ON = frozenset(
    {"decide", "complete", "pass_up", "send_down", "pause", "extend", "send_outside"}
)
"""Acts that lead a part on; what only records (an answer, an original that goes back) is done after the end too."""
_NEVER_OPENED = "没有立件"


class EndPartsFacts(Facts, frozen=True, kw_only=True):
    reason: Annotated[str, said("原因")] = ""


def need_open_parent(store: Store, case: Case, verb: str) -> None:
    """Raises NotPermitted: a part is led no further once its parent has ended."""
    if verb in _LEADS_ON and ended_parent(store, case) is not None:
        raise rules.NotPermitted(act=verb, why="parent_ended")


def tell_parent(tx: Transaction, before: Case, after: Case, by: OperatorCard, on: date) -> None:
    """The outcome of a part of a joint handling is an entry in its parent."""
    if before.parent is None or not _has_outcome(after) or _has_outcome(before):
        return
    parent = tx.case(before.parent)
    if after.subject not in [child.subject for child in parent.open_children]:
        return  # split at two computers at once: the parent waits for the other's parts
    tx.record(_outcome(after, on), by=by, case=parent)


def end_with_parent(
    store: Store, tx: Transaction, parent: Case, by: OperatorCard, on: date
) -> Case:
    """End the parts of a parent that has just ended, where this person may: else the authority finds it to do."""
    if parent.state.ended:
        for child in list(_to_end(store, parent)):
            with suppress(Refused):
                parent = _end(store, tx, parent, child, by, on, "")
    return parent


def _has_outcome(case: Case) -> bool:
    return case.decision is not None or case.state.ended


def _outcome(part: Case, on: date) -> CaseChildEnded:
    decision = part.decision
    approved = part.completed is not None or (decision is not None and decision.approved)
    words = decision.result or decision.reason if decision is not None else part.state.label
    return CaseChildEnded(
        on=on, child=part.subject, approved=approved, result=words or part.state.label
    )


def _to_end(store: Store, parent: Case) -> Iterator[Child]:
    """The open parts that no longer have anything to wait for.

    Those of a parent that has ended; and one that is nowhere: what opens it comes before what names it,
    so the centre has refused it, or it never was.
    """
    for child in parent.open_children:
        if parent.state.ended or store.case(child.subject) is None:
            yield child


def _end(
    store: Store,
    tx: Transaction,
    parent: Case,
    child: Child,
    by: OperatorCard,
    on: date,
    reason: str,
) -> Case:
    """End one part, as its parent ended, and tell the parent. Raises what the acts raise."""
    if store.case(child.subject) is None:
        told = CaseChildEnded(on=on, child=child.subject, approved=False, result=_NEVER_OPENED)
        return tx.record(told, by=by, case=parent)
    part = tx.case(child.subject)
    if not part.state.ended:
        part = _ended(tx, parent, part, by, reason)
    return tx.record(_outcome(part, on), by=by, case=parent)


def _ended(tx: Transaction, parent: Case, part: Case, by: OperatorCard, reason: str) -> Case:
    """Withdrawn, or voided, like the parent; who may not void, withdraws.

    On the parent's day: nobody was late with it after that.
    """
    end = parent.withdrawn or parent.voided
    began = part.accepted_on or part.received_on
    day = began if end is None else max(end.on, began)
    why = reason or f"联办主件{parent.state.label}"
    if parent.state is State.VOIDED:
        try:
            return tx.record(events.CaseVoided(on=day, reason=why), by=by, case=part)
        except rules.NotPermitted:
            pass  # only supervision voids
    return tx.record(events.CaseWithdrawn(on=day, reason=why), by=by, case=part)


def _told(at: Moment, _facts: EndPartsFacts) -> Body:
    """Only for the question whether it may be done."""
    child = next(_to_end(at.store, at.case), None)
    if child is None:
        raise rules.OutOfPlace(act="end_parts", state=at.case.state)
    return CaseChildEnded(on=at.day, child=child.subject, approved=False, result="…")


def _run(at: Moment, facts: EndPartsFacts) -> Case:
    assert at.tx is not None
    _told(at, facts)
    parent = at.case
    for child in list(_to_end(at.store, parent)):
        parent = _end(at.store, at.tx, parent, child, at.by, at.day, facts.reason)
    return parent


ACTS = (
    Act(
        verb="end_parts",
        label="了结联办部分",
        facts=EndPartsFacts,
        tell=_told,
        trial=lambda _at: EndPartsFacts(),
        run=_run,
        outward=True,
    ),
)
