"""What the authority does with a case it accepted: special procedures, extension, others' parts, above, outside."""

from __future__ import annotations

from msgspec.structs import replace

from app.domain import events
from app.domain.case import OPEN, Case, Child, Decision, Extension, Procedure, State
from app.domain.clocks import OF_THE_DECISION, Clock, ClockName
from app.domain.events import Role
from app.domain.items import Item, Kind
from app.domain.limits import Unit
from app.domain.regions import Tier
from app.domain.rules import running
from app.domain.rules.apply import apply, check_today
from app.domain.rules.powers import (
    AT_THE_AUTHORITY,
    AT_THE_COUNTER,
    DECIDING,
    BadFacts,
    NotPermitted,
    OutOfPlace,
    Setting,
    act_of,
    examining_level,
    item_of,
    need,
    need_at_work,
    need_authority,
    need_decider,
    need_deciding_head,
    need_place,
    need_state,
    need_words,
)

_AT_WORK = (State.IN_PROGRESS, State.WITH_SUPERIOR)
_FROZEN = (*OF_THE_DECISION, ClockName.REVIEW)
FEWEST_PARTS = 2
_LONGEST = 3650
"""Days of a procedure for which the item names no most."""


@apply.register(events.CasePaused)
def _paused(body: events.CasePaused, case: Case, setting: Setting) -> Case:
    """Only what the item lists stops its clock. Source: 行政许可法 art. 45."""
    need_state(case, body, *_AT_WORK)
    item = need_at_work(case, setting, "pause")
    need(setting, DECIDING, "pause")
    listed = next((one for one in item.stops_clock if one.type == body.procedure), None)
    if listed is None:
        raise BadFacts(field="procedure", why="does_not_stop_the_clock")
    if body.unit is not listed.unit:
        raise BadFacts(field="unit", why="other_unit")
    if listed.max_days is None:  # then it may have no end of its own, too
        _need_days(body.days, 0, _LONGEST, body.unit)
    else:
        _need_days(body.days, 1, listed.max_days, body.unit)
    need_words("approver", body.approver)
    clocks = running.paused(case, body.on, *_FROZEN)
    if body.days:
        own = Clock(name=ClockName.PROCEDURE, starts=body.on, days=body.days, unit=body.unit)
        clocks = (*clocks, own)
    procedure = Procedure(
        type=body.procedure,
        basis=body.basis or listed.basis,
        began=body.on,
        days=body.days,
        unit=body.unit,
        approver=body.approver,
    )
    return replace(
        case,
        state=State.PAUSED,
        interrupted=case.state,
        procedures=(*case.procedures, procedure),
        clocks=clocks,
    )


@apply.register(events.CaseResumed)
def _resumed(body: events.CaseResumed, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.PAUSED)
    need_at_work(case, setting, "resume")
    *before, last = case.procedures
    return replace(
        case,
        state=case.interrupted or State.IN_PROGRESS,
        interrupted=None,
        procedures=(*before, replace(last, ended=body.on)),
        clocks=running.resumed(case.stop(body.on, ClockName.PROCEDURE), body.on, *_FROZEN),
    )


@apply.register(events.CaseExtended)
def _extended(body: events.CaseExtended, case: Case, setting: Setting) -> Case:
    """Once, by the head, within what the item allows. Source: 行政许可法 art. 42."""
    need_state(case, body, *_AT_WORK)
    item = need_deciding_head(case, setting, "extend")
    if case.extension is not None:
        raise NotPermitted(act="extend", why="extended_already")
    most = _most_extended(case, item, body, setting)
    if not most:
        raise NotPermitted(act="extend", why="no_extension")
    _need_days(body.days, 1, most, item.clock.unit)
    need_words("reason", body.reason)
    clocks = tuple(
        clock.extend(body.days) if clock.running and clock.name in OF_THE_DECISION else clock
        for clock in case.clocks
    )
    extension = Extension(
        on=body.on, days=body.days, reason=body.reason, approver=body.approver or setting.actor_name
    )
    return replace(case, extension=extension, clocks=clocks)


def _most_extended(
    case: Case, item: Item, body: events.CaseExtended, setting: Setting
) -> int | None:
    if item.licence and case.children:
        return running.settings_on(setting, body.on).joint_extension_days
    return item.clock.extension


def _need_days(days: int, least: int, most: int, unit: Unit) -> None:
    if not least <= days <= most:
        raise BadFacts(field="days", why="not_between", least=least, most=most, unit=unit.label)


@check_today.register(events.CaseExtended)
def _may_extend(body: events.CaseExtended, case: Case, setting: Setting) -> None:
    """A limit that is over cannot be made longer."""
    clock = case.running_clock(ClockName.STATUTORY) or case.running_clock(ClockName.PROMISED)
    if clock is not None and running.is_over(case, clock, body.on, setting):
        raise NotPermitted(act="extend", why="limit_over")


# --- joint handling (联办) ----------------------------------------------------------------------------


@apply.register(events.CaseSplit)
def _split(body: events.CaseSplit, case: Case, setting: Setting) -> Case:
    """The parent waits for all. A licence that several handle has longer. Source: 行政许可法 art. 26, 42."""
    need_state(case, body, State.IN_PROGRESS)
    item = need_at_work(case, setting, "split")
    need(setting, AT_THE_AUTHORITY, "split")
    if (
        setting.writer.tier is Tier.VILLAGE
    ):  # there are no departments that could handle it together
        raise NotPermitted(act="split", why="not_the_authority")
    if case.children or case.parent is not None:
        raise OutOfPlace(act="split", state=case.state)
    if len(body.children) < FEWEST_PARTS or len(body.children) != len(body.names):
        raise BadFacts(field="children", why="too_few")
    if len({case.subject, *body.children}) <= len(body.children):
        raise BadFacts(field="children", why="twice")
    children = tuple(
        Child(subject=subject, name=name)
        for subject, name in zip(body.children, body.names, strict=True)
    )
    joint = running.settings_on(setting, body.on).joint_days if item.licence else 0
    clocks = tuple(
        replace(clock, days=max(clock.days, joint))
        if clock.running and clock.name is ClockName.STATUTORY
        else clock
        for clock in case.clocks
    )
    return replace(case, children=children, clocks=clocks)


@apply.register(events.CaseChildEnded)
def _child_ended(body: events.CaseChildEnded, case: Case, setting: Setting) -> Case:
    """Told by whoever ended the part: at the tier of the parent, or above it; also where the parent ended before."""
    need_state(case, body, *OPEN, State.WITHDRAWN, State.VOIDED)
    lowest = examining_level(item_of(case, setting)).tier
    if lowest is None or setting.writer.tier < lowest:
        raise NotPermitted(act="child_ended", why="not_the_authority")
    need(setting, AT_THE_COUNTER | {Role.SUPERVISOR}, "child_ended")
    if body.child not in [child.subject for child in case.open_children]:
        raise OutOfPlace(act=act_of(body), state=case.state)
    outcome = body.result or ("准予" if body.approved else "不予")
    children = tuple(
        replace(child, outcome=outcome, approved=body.approved)
        if child.subject == body.child
        else child
        for child in case.children
    )
    return replace(case, children=children)


# --- above and outside --------------------------------------------------------------------------------


@apply.register(events.CasePassedUp)
def _passed_up(body: events.CasePassedUp, case: Case, setting: Setting) -> Case:
    """The first review is done; from now on the tier that decides has its own days."""
    need_state(case, body, State.IN_PROGRESS)
    item = need_authority(case, setting, "pass_up")
    decides, examines = item.decides.tier, examining_level(item).tier
    if decides is None:
        raise NotPermitted(act="pass_up", why="decided_outside")
    if examines is None or decides <= examines:
        raise NotPermitted(act="pass_up", why="decides_itself")
    need_words("opinion", body.opinion)
    _need_no_open_children(case, "pass_up")
    superior = setting.publications.tree.at_tier(case.region, decides)
    settings = running.settings_on(setting, body.on)
    return replace(
        case,
        state=State.WITH_SUPERIOR,
        place=superior or case.place,
        opinion=body.opinion,
        sent_down=False,
        clocks=(
            *case.stop(body.on, ClockName.REVIEW),
            *running.reviewing(item, decides, body.on, settings),
        ),
    )


@apply.register(events.CaseSentDown)
def _sent_down(body: events.CaseSentDown, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.WITH_SUPERIOR)
    item = need_at_work(case, setting, "send_down")
    need_words("opinion", body.opinion)
    examines = examining_level(item).tier
    below = None if examines is None else setting.publications.tree.at_tier(case.region, examines)
    clocks = case.stop(body.on, ClockName.REVIEW)
    if body.returned and examines is not None:
        settings = running.settings_on(setting, body.on)
        clocks = (*clocks, *running.reviewing(item, examines, body.on, settings))
    return replace(
        case,
        state=State.IN_PROGRESS,
        place=below or case.place,
        opinion=body.opinion,
        sent_down=True,
        clocks=clocks,
    )


@apply.register(events.CaseSentOutside)
def _sent_outside(body: events.CaseSentOutside, case: Case, setting: Setting) -> Case:
    need_state(case, body, *_AT_WORK)
    need_at_work(case, setting, "send_outside")
    need_words("body", body.body)
    return replace(
        case, state=State.OUTSIDE, interrupted=case.state, outside=body, outside_answer=None
    )


@apply.register(events.CaseOutsideAnswered)
def _outside_answered(body: events.CaseOutsideAnswered, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.OUTSIDE)
    need_at_work(case, setting, "outside_answer")
    need_words("result", body.result)
    state = case.interrupted or State.IN_PROGRESS
    return replace(case, state=state, interrupted=None, outside_answer=body)


# --- the end of the work ------------------------------------------------------------------------------


@apply.register(events.CaseDecided)
def _decided(body: events.CaseDecided, case: Case, setting: Setting) -> Case:
    need_state(case, body, *_AT_WORK)
    need_decider(case, setting, "decide")
    _need_no_open_children(case, "decide")
    if not body.approved:
        need_words("reason", body.reason)
    decision = Decision(on=body.on, approved=body.approved, reason=body.reason, result=body.result)
    if case.parent is not None:  # its outcome goes into the parent's, and that is what is delivered
        return replace(case, state=State.CLOSED, decision=decision, clocks=case.stop(body.on))
    days = running.settings_on(setting, body.on).delivery_days
    delivery = running.working(ClockName.DELIVERY, body.on, days)
    clocks = (*running.all_but_hand_over(case, body.on), delivery)
    return replace(case, state=State.DECIDED, decision=decision, clocks=clocks)


@apply.register(events.CaseCompleted)
def _completed(body: events.CaseCompleted, case: Case, setting: Setting) -> Case:
    item: Item = item_of(case, setting)
    if item.kind is not Kind.INSTANT:
        raise NotPermitted(act="complete", why="not_instant")
    need_authority(case, setting, "complete")
    if case.state is State.RECEIVED:
        need_place(case, setting, "complete")
    else:
        need_state(case, body, State.UNDER_EXAMINATION)
    return replace(case, state=State.CLOSED, completed=body, clocks=case.stop(body.on))


def _need_no_open_children(case: Case, act: str) -> None:
    if case.open_children:
        raise NotPermitted(act=act, why="children_open")
