"""First contact, custody of originals, possible duplicates, papers."""

from __future__ import annotations

from msgspec.structs import replace

from app.domain import events
from app.domain.case import Case, Comparison, Original
from app.domain.clocks import ClockName
from app.domain.events import CustodyMove, Role
from app.domain.regions import RegionCode
from app.domain.rules import running
from app.domain.rules.apply import apply, check_today
from app.domain.rules.powers import (
    AT_THE_COUNTER,
    BadFacts,
    NotPermitted,
    OutOfPlace,
    Setting,
    act_of,
    need,
    need_issuer,
    need_words,
    same_place,
)


@apply.register(events.CaseHandedOver)
def _handed_over(body: events.CaseHandedOver, case: Case, setting: Setting) -> Case:
    """首问负责: it stays the owner's until the named person takes it."""
    if case.state.ended:
        raise OutOfPlace(act="hand_over", state=case.state)
    writer = setting.writer
    need(setting, AT_THE_COUNTER, "hand_over")
    if not writer.is_one_of(case.owner) and not _heads_the_owner(case, setting):
        raise NotPermitted(act="hand_over", why="not_the_owner")
    setting.publications.operator(body.to)
    if body.to == case.owner:
        raise BadFacts(field="to", why="owns_it")
    days = running.settings_on(setting, body.on).hand_over_days
    return replace(
        case,
        hand_over=body,
        clocks=(
            *case.stop(body.on, ClockName.HAND_OVER),
            running.working(ClockName.HAND_OVER, body.on, days),
        ),
    )


def _heads_the_owner(case: Case, setting: Setting) -> bool:
    """A head hands over what one of the own station left lying; of a village that moved, the head it is under now.

    The tier is asked, as with the papers (`need_place`): duties move with the village, and no fold asks where it is.
    """
    writer = setting.writer
    if Role.HEAD not in writer.roles:
        return False
    if case.owner is None:
        return True
    owner = setting.publications.operator(case.owner)
    return setting.publications.tree.region(owner.region).tier is writer.tier


@check_today.register(events.CaseHandedOver)
def _may_hand_over(body: events.CaseHandedOver, case: Case, setting: Setting) -> None:
    """Whoever left, or sits where the case never comes, could not take it."""
    to = setting.publications.operator(body.to)
    if to.left or not setting.publications.tree.under(case.region, to.region):
        raise BadFacts(field="to", why="cannot_take")


@apply.register(events.CaseHandOverTaken)
def _taken(body: events.CaseHandOverTaken, case: Case, setting: Setting) -> Case:
    offer = case.hand_over
    if offer is None:
        raise OutOfPlace(act="take_hand_over", state=case.state)
    if not setting.writer.is_one_of(offer.to):
        raise NotPermitted(act="take_hand_over", why="not_the_named")
    need(setting, frozenset(Role), "take_hand_over")  # who has left since takes nothing
    return replace(
        case, owner=offer.to, hand_over=None, clocks=case.stop(body.on, ClockName.HAND_OVER)
    )


@apply.register(events.CaseCustodyMoved)
def _custody_moved(body: events.CaseCustodyMoved, case: Case, setting: Setting) -> Case:
    need(setting, AT_THE_COUNTER, "custody")
    need_words("receiver", body.receiver)
    here = setting.writer.region
    if body.move is CustodyMove.TAKEN:
        if not body.originals or not all(one.what.strip() for one in body.originals):
            raise BadFacts(field="originals", why="empty")
        taken = tuple(
            Original(
                what=one.what,
                whose=one.whose,
                count=one.count,
                at=here,
                receiver=body.receiver,
                since=body.on,
            )
            for one in body.originals
        )
        return replace(case, originals=(*case.originals, *taken))
    if not body.places or len(set(body.places)) != len(body.places):
        raise BadFacts(field="originals", why="empty")
    if any(not 0 <= place < len(case.originals) for place in body.places):
        raise BadFacts(field="originals", why="unknown")
    moved = list(case.originals)
    for place in body.places:
        moved[place] = _moved(moved[place], body, setting)
    return replace(case, originals=tuple(moved))


def _moved(one: Original, body: events.CaseCustodyMoved, setting: Setting) -> Original:
    """Only what is held moves, and only by whoever holds it or signs for it."""
    here = setting.writer.region
    if not one.at:
        raise OutOfPlace(act=act_of(body), state="original_returned")
    tree = setting.publications.tree
    held_here = one.at in tree and same_place(RegionCode(one.at), here, setting)
    if body.move is CustodyMove.RETURNED:
        if not held_here:
            raise NotPermitted(act="custody", why="held_elsewhere")
        return replace(one, at="", receiver=body.receiver, since=body.on)
    if body.to not in tree or body.to == one.at:
        raise BadFacts(field="to", why="unknown")
    if not held_here and body.to != here:
        raise NotPermitted(act="custody", why="held_elsewhere")
    return replace(one, at=body.to, receiver=body.receiver, since=body.on)


@apply.register(events.CaseCompared)
def _compared(body: events.CaseCompared, case: Case, setting: Setting) -> Case:
    """What was said last of a pair counts."""
    need(setting, AT_THE_COUNTER | {Role.SUPERVISOR}, "compare")
    if body.other == case.subject:
        raise BadFacts(field="other", why="itself")
    tier = setting.writer.tier
    if any(one.other == body.other and one.tier > tier for one in case.compared):
        raise NotPermitted(act="compare", why="settled_above")
    said = Comparison(other=body.other, same=body.same, note=body.note, on=body.on, tier=tier)
    others = tuple(one for one in case.compared if one.other != body.other)
    return replace(case, compared=(*others, said))


@apply.register(events.PaperIssued)
def _paper_issued(body: events.PaperIssued, case: Case, setting: Setting) -> Case:
    need(setting, AT_THE_COUNTER | {Role.ARCHIVIST}, "print")
    need_issuer(case, body, setting)
    return replace(case, papers=(*case.papers, body), paper_refs=(*case.paper_refs, setting.ref))
