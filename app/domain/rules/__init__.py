"""What each act does to a case, who may do it, and when it does not fit.

A use case calls `after` before it writes, a fold calls it for what others wrote: the same rule, read twice.
"""

from __future__ import annotations

import msgspec

from app.domain import events
from app.domain.case import Case, State
from app.domain.events import Body
from app.domain.rules import (  # noqa: F401 - they register their rules
    attachments,
    care,
    correction,
    examination,
    handling,
    intake,
    outcome,
    supervision,
)
from app.domain.rules.apply import apply, check_today
from app.domain.rules.outcome import kept_until
from app.domain.rules.powers import (
    BadFacts,
    NotPermitted,
    OutOfPlace,
    Setting,
    Writer,
    act_of,
    examining_level,
    forwarding_target,
    issuing_tiers,
    writer_at,
    writer_of,
)

__all__ = (
    "BadFacts",
    "NotPermitted",
    "OutOfPlace",
    "Setting",
    "Writer",
    "after",
    "examining_level",
    "forwarding_target",
    "issuing_tiers",
    "kept_until",
    "may_write",
    "writer_at",
    "writer_of",
)

_UNLOCKED = (
    events.PaperIssued,
    events.CaseAppraised,
    events.CaseDestroyed,
    events.CardIssued,
    events.CardConfirmed,
    events.CardAppealed,
    events.CardUpheld,
    events.CardWithdrawn,
    events.CardTasked,
)
"""What may still be written about an archived case."""
_NOT_HANDLING = (
    *_UNLOCKED,
    events.CaseFollowedUp,
    events.CaseArchived,
    events.CaseCompared,
    events.AttachmentAdded,
    events.AttachmentRemoved,
)
"""Acts that make nobody a handler of the case."""


def after(case: Case | None, body: Body, setting: Setting) -> Case:
    """The case once this has happened.

    Raises OutOfPlace, NotPermitted or BadFacts; NotPublished if something it names is not known here.
    """
    if isinstance(body, events.CaseRegistered | events.CaseChildOpened):
        if case is not None:
            raise OutOfPlace(act=act_of(body), state=case.state)
        return intake.opened(body, setting)
    if case is None:
        raise OutOfPlace(act=act_of(body), state="none")
    if setting.region != case.region:  # then some machines would not even receive it
        raise NotPermitted(act=act_of(body), why="other_region")
    if case.state is State.DESTROYED:  # nothing is left that anything could be about
        raise OutOfPlace(act=act_of(body), state=case.state)
    if events.is_look(events.name_of(body)[0]):
        return case
    if case.state.locked and not isinstance(body, _UNLOCKED):
        raise OutOfPlace(act=act_of(body), state=case.state)
    changed = apply(body, case, setting)
    if changed.state.ended and not case.state.ended:
        changed = msgspec.structs.replace(changed, hand_over=None)
    actor = setting.writer.actor
    handlers = case.handlers
    if actor is not None and actor not in handlers and not isinstance(body, _NOT_HANDLING):
        handlers = (*handlers, actor)
    return msgspec.structs.replace(changed, heads=(setting.ref,), handlers=handlers)


def may_write(case: Case | None, body: Body, setting: Setting) -> None:
    """What an act needs of the tree of regions and of the day as they are. Raises NotPermitted, BadFacts.

    Asked when an act is written. A fold does not ask again:
    regions move, calendars come, and what was rightly done stays done.
    """
    region = setting.region if case is None else case.region
    tree = setting.publications.tree
    if not tree.under(region, tree.present(setting.writer.region)):
        raise NotPermitted(act=act_of(body), why="other_region")
    if case is None:
        return
    if getattr(body, "on", case.received_on) < case.received_on:
        raise BadFacts(field="on", why="before_receipt")
    check_today(body, case, setting)
