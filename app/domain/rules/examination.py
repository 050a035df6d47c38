"""Taking over, asking once for what is missing, accepting or refusing."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from app.domain import events
from app.domain.case import Case, State
from app.domain.clocks import OF_THE_DECISION, Clock, ClockName
from app.domain.events import ReturnReason
from app.domain.items import Item, Starts
from app.domain.limits import Unit
from app.domain.numbers import LocalNumber
from app.domain.rules import running
from app.domain.rules.apply import apply, check_today
from app.domain.rules.intake import with_materials
from app.domain.rules.powers import (
    BadFacts,
    NotPermitted,
    Setting,
    item_of,
    need_authority,
    need_own_number,
    need_place,
    need_state,
    need_words,
    same_place,
)

_BEFORE_TAKING_OVER = (
    ClockName.FORWARDING,
    ClockName.ACCOMPANYING,
    ClockName.TAKING_OVER,
    ClockName.HAND_OVER,
)


@apply.register(events.CaseTakenOver)
def _taken_over(body: events.CaseTakenOver, case: Case, setting: Setting) -> Case:
    item = need_authority(case, setting, "take_over")
    if case.state is State.RECEIVED:
        need_place(case, setting, "take_over")
    else:
        need_state(case, body, State.IN_TRANSIT)
    need_own_number(body.station, setting, "take_over")
    clocks = case.stop(body.on, *_BEFORE_TAKING_OVER)
    if case.running_clock(ClockName.EXAMINATION) is None:  # it runs where the authority received
        days = running.settings_on(setting, body.on).examination_days
        clocks = (*clocks, running.working(ClockName.EXAMINATION, body.on, days))
    if not running.decision_runs(case):
        clocks = (
            *clocks,
            *running.starting(item, Starts.TAKING_OVER, body.on),
            *running.starting(item, Starts.RECEIPT, body.on),
        )
    number = LocalNumber(body.station, body.on, body.slot, body.running)
    return replace(
        case,
        state=State.UNDER_EXAMINATION,
        place=setting.writer.region,
        official_number=case.official_number or number,
        returned=None,
        clocks=clocks,
        owner=setting.writer.actor or case.owner,
        hand_over=None,
    )


@apply.register(events.CaseReturned)
def _returned(body: events.CaseReturned, case: Case, setting: Setting) -> Case:
    """All clocks end, also one that ran from receipt: it begins anew when the papers come again, complete.

    The matter is again whose it was at the station.
    """
    need_state(case, body, State.IN_TRANSIT, State.UNDER_EXAMINATION)
    need_authority(case, setting, "return")
    defective = body.reason is ReturnReason.DEFECTS
    if defective and not any(defect.strip() for defect in body.defects):
        raise BadFacts(field="defects", why="empty")
    if not defective:
        need_words("right_authority", body.right_authority)
    clocks = running.all_but_hand_over(case, body.on)
    if not same_place(case.station, setting.writer.region, setting):
        days = running.settings_on(setting, body.on).forwarding_days
        clocks = (*clocks, running.working(ClockName.FORWARDING, body.on, days))
    return replace(
        case,
        state=State.RECEIVED,
        place=case.station,
        returned=body,
        supplied_on=None,
        supplement_notices=case.supplement_notices + defective,
        noticed_on=body.on if defective else case.noticed_on,
        clocks=clocks,
        owner=case.handlers[0] if case.handlers else case.owner,
    )


@check_today.register(events.CaseReturned)
def _may_return(body: events.CaseReturned, case: Case, setting: Setting) -> None:
    if body.reason is ReturnReason.DEFECTS:
        _need_no_silence(case, body.on, setting, "return")


@apply.register(events.CaseSupplementAsked)
def _asked(body: events.CaseSupplementAsked, case: Case, setting: Setting) -> Case:
    """The examination clock stops; so does a decision clock that ran already before acceptance."""
    need_state(case, body, State.UNDER_EXAMINATION)
    item = need_authority(case, setting, "ask")
    if not body.defects or not all(defect.what.strip() for defect in body.defects):
        raise BadFacts(field="defects", why="empty")
    if any(not -1 <= defect.material < len(item.materials) for defect in body.defects):
        raise BadFacts(field="defects", why="not_asked_for")
    if body.days < 1:
        raise BadFacts(field="days", why="too_few")
    limit = Clock(name=ClockName.SUPPLEMENT, starts=body.on, days=body.days, unit=Unit.NATURAL)
    return replace(
        case,
        state=State.AWAITING_SUPPLEMENT,
        supplement=body,
        supplied_on=None,
        supplement_notices=case.supplement_notices + 1,
        noticed_on=body.on,
        clocks=(*running.paused(case, body.on, ClockName.EXAMINATION, *OF_THE_DECISION), limit),
    )


@check_today.register(events.CaseSupplementAsked)
def _may_ask(body: events.CaseSupplementAsked, case: Case, setting: Setting) -> None:
    _need_no_silence(case, body.on, setting, "ask")


@apply.register(events.CaseSupplementReceived)
def _received(body: events.CaseSupplementReceived, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.AWAITING_SUPPLEMENT)
    need_authority(case, setting, "receive_supplement")
    changed = with_materials(case, body.materials, setting, body.on)
    clocks = changed.stop(body.on, ClockName.SUPPLEMENT, ClockName.FORWARDING)
    return replace(
        changed,
        state=State.UNDER_EXAMINATION,
        clocks=running.resumed(clocks, body.on, ClockName.EXAMINATION, *OF_THE_DECISION),
    )


@apply.register(events.CaseLapsed)
def _lapsed(body: events.CaseLapsed, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.AWAITING_SUPPLEMENT)
    need_authority(case, setting, "lapse")
    return replace(case, state=State.LAPSED, clocks=case.stop(body.on))


@check_today.register(events.CaseLapsed)
def _may_lapse(body: events.CaseLapsed, case: Case, setting: Setting) -> None:
    if case.supplied_on is not None:
        raise NotPermitted(act="lapse", why="supplied")
    limit = case.running_clock(ClockName.SUPPLEMENT)
    if limit is not None and not running.is_over(case, limit, body.on, setting):
        raise NotPermitted(act="lapse", why="too_early")


@apply.register(events.CaseAccepted)
def _accepted(body: events.CaseAccepted, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.UNDER_EXAMINATION)
    item = need_authority(case, setting, "accept")
    return replace(
        case,
        state=State.IN_PROGRESS,
        accepted_on=body.on,
        clocks=_after_acceptance(case, item, body, setting),
    )


@check_today.register(events.CaseAccepted)
def _may_accept(body: events.CaseAccepted, case: Case, setting: Setting) -> None:
    _need_no_silence(case, body.on, setting, "accept")


@apply.register(events.CaseDeemedAccepted)
def _deemed_accepted(body: events.CaseDeemedAccepted, case: Case, setting: Setting) -> Case:
    """Dated back to the receipt of what was complete, and flagged. Source: 行政许可法 art. 32."""
    need_state(case, body, State.UNDER_EXAMINATION)
    item = need_authority(case, setting, "deem_accepted")
    if not item.licence:
        raise NotPermitted(act="deem_accepted", why="not_a_licence")
    examination = case.running_clock(ClockName.EXAMINATION)
    received = body.on
    if examination is not None:
        received = (examination.pauses[-1][1] if examination.pauses else None) or examination.starts
    dated_back = events.CaseAccepted(on=received)
    return replace(
        case,
        state=State.IN_PROGRESS,
        accepted_on=received,
        deemed_accepted=True,
        clocks=_after_acceptance(
            replace(case, clocks=case.stop(body.on, ClockName.EXAMINATION)),
            item,
            dated_back,
            setting,
        ),
    )


@check_today.register(events.CaseDeemedAccepted)
def _may_deem(body: events.CaseDeemedAccepted, case: Case, setting: Setting) -> None:
    limit = case.running_clock(ClockName.EXAMINATION)
    if limit is not None and not running.is_over(case, limit, body.on, setting):
        raise NotPermitted(act="deem_accepted", why="too_early")


def _after_acceptance(
    case: Case, item: Item, body: events.CaseAccepted, setting: Setting
) -> tuple[Clock, ...]:
    clocks = case.stop(body.on, ClockName.EXAMINATION)
    if not running.decision_runs(case):
        clocks = (*clocks, *running.starting(item, Starts.ACCEPTANCE, body.on))
    settings = running.settings_on(setting, body.on)
    return (*clocks, *running.reviewing(item, setting.writer.tier, body.on, settings))


@apply.register(events.CaseRefused)
def _refused(body: events.CaseRefused, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.UNDER_EXAMINATION)
    need_authority(case, setting, "refuse")
    need_words("reason", body.reason)
    return replace(case, state=State.REFUSED, refused=body, clocks=case.stop(body.on))


@check_today.register(events.CaseRefused)
def _may_refuse(body: events.CaseRefused, case: Case, setting: Setting) -> None:
    _need_no_silence(case, body.on, setting, "refuse")


def _need_no_silence(case: Case, on: date, setting: Setting, act: str) -> None:
    """A licence on which the authority said nothing in time is accepted already. Source: 行政许可法 art. 32 (4)."""
    limit = case.running_clock(ClockName.EXAMINATION)
    if not item_of(case, setting).licence or case.state is not State.UNDER_EXAMINATION:
        return
    if limit is not None and running.is_over(case, limit, on, setting):
        raise NotPermitted(act=act, why="silence")
