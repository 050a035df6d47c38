"""What is known once a request is registered: its number, and what may be done with it next."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from app.domain.case import Case
from app.domain.papers import PaperKind
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import acts, papers, registration
from app.usecases.attachments import MaterialScans
from app.usecases.drafts import DraftGone
from app.usecases.registration import RegistrationForm
from ui.desktop.pages.registration.drafting import Slip

_AT_ONCE = ("forward", "take_over", "complete")
"""Acts that need nothing more to be said."""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """`acts` are verbs with their labels, the ordinary next one first; `papers` may be printed of it here.

    `in_visit`: it is not the first request of its visit, so the combined receipt will tell of it.
    """

    subject: Ref
    local_number: str
    applicant: str
    item: str
    repeated: bool
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    acts: tuple[tuple[str, str], ...]
    papers: tuple[PaperKind, ...] = ()
    in_visit: bool = False


def registered_with(
    store: Store,
    by: OperatorCard,
    *,
    form: RegistrationForm,
    slip: Slip,
    scans: Sequence[MaterialScans] = (),
) -> Receipt:
    """Register, attach the scans and throw the draft away in one transaction. Raises what `register` raises."""
    try:
        made = registration.register(store, form, by=by, draft=slip.n, scans=scans)
    except DraftGone:  # the next try needs none
        slip.n = None
        raise
    slip.n, slip.spent = None, True
    return Receipt(
        subject=made.subject,
        local_number=made.local_number,
        applicant=form.applicant.name,
        item=item_name(store, form.item),
        repeated=made.repeated,
        missing=made.missing,
        warnings=made.warnings,
        acts=next_acts(store, made.subject, by),
        papers=papers_due(store, made.subject),
        in_visit=bool(form.visit),
    )


def papers_due(store: Store, subject: Ref) -> tuple[PaperKind, ...]:
    """What this station may print of it now."""
    with suppress(DaibanError):
        case = store.case(subject)
        if isinstance(case, Case):
            return tuple(one.kind for one in papers.due(store, case))
    return ()


def item_name(store: Store, item: str) -> str:
    versions = store.publications.items.get(item)
    return versions[-1].name if versions else item


def next_acts(store: Store, subject: Ref, by: OperatorCard) -> tuple[tuple[str, str], ...]:
    """What may be done at once; nothing, if the case cannot be read: what was written stands all the same."""
    with suppress(DaibanError):
        case = store.case(subject)
        if isinstance(case, Case):
            may = acts.available(store, case, by)
            return tuple((act.verb, act.label) for act in may if act.verb in _AT_ONCE)
    return ()


def done_at_once(
    store: Store, by: OperatorCard, *, subject: Ref, verb: str
) -> tuple[tuple[str, str], ...]:
    """Do such an act; what may be done after it. Raises what the act raises."""
    acts.perform(store, subject, verb, {}, by=by)
    return next_acts(store, subject, by)
