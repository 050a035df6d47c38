"""Delivery, follow-up, archive; withdrawal and voiding."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from app.domain import events
from app.domain.archive import period_end
from app.domain.case import OPEN, Case, State
from app.domain.clocks import ClockName
from app.domain.events import Appraisal, DeliveryWay, Role
from app.domain.regions import Tier
from app.domain.rules import running
from app.domain.rules.apply import apply
from app.domain.rules.powers import (
    AT_THE_COUNTER,
    BadFacts,
    NotPermitted,
    OutOfPlace,
    Setting,
    examining_level,
    item_of,
    need,
    need_at_work,
    need_no_higher_hand,
    need_state,
    need_station_or_authority,
    need_words,
)

_PROVED_ON_PAPER = frozenset({DeliveryWay.POST, DeliveryWay.PUBLICATION})
_FOLLOWED_UP_BY = frozenset(Role) - {Role.ARCHIVIST}
_TO_ARCHIVE = (
    State.FOLLOWED_UP,
    State.CLOSED,
    State.REFUSED,
    State.LAPSED,
    State.WITHDRAWN,
    State.VOIDED,
)


def kept_until(case: Case) -> date | None:
    """The last day of an archived file's period; None if it is kept for ever, or not archived."""
    if case.archived is None:
        return None
    end = period_end(case.archived.on, case.archived.retention)
    appraised = case.appraised
    if end is None or appraised is None or appraised.appraisal is not Appraisal.EXTEND:
        return end
    # Whoever looks at an old file says how many years from now; a second look does not begin at the first.
    longer = date(min(appraised.on.year + appraised.years, date.max.year), 12, 31)
    return max(end, longer)


@apply.register(events.CaseCertified)
def _certified(body: events.CaseCertified, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.DECIDED)
    need_at_work(case, setting, "certify")
    if case.decision is not None and not case.decision.approved:
        raise NotPermitted(act="certify", why="rejected")
    need_words("name", body.name)
    return replace(case, certificate=body)


@apply.register(events.CaseDelivered)
def _delivered(body: events.CaseDelivered, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.DECIDED)
    need(setting, AT_THE_COUNTER, "deliver")
    need_words("recipient", body.recipient)
    if body.way is DeliveryWay.LEFT:
        need_words("witness", body.witness)
    if body.way in _PROVED_ON_PAPER:
        need_words("proof", body.proof)
    days = running.settings_on(setting, body.on).follow_up_days
    follow_up = running.working(ClockName.FOLLOW_UP, body.on, days)
    return replace(
        case,
        state=State.DELIVERED,
        place=setting.writer.region,
        delivered=body,
        clocks=(*case.stop(body.on), follow_up),
    )


@apply.register(events.CaseFollowedUp)
def _followed_up(body: events.CaseFollowedUp, case: Case, setting: Setting) -> Case:
    """By somebody who did not handle it (domain.md §1); a poor rating has to be mended."""
    need_state(case, body, State.DELIVERED, State.CLOSED)
    need(setting, _FOLLOWED_UP_BY, "follow_up")
    if setting.writer.actor in (case.owner, *case.handlers):
        raise NotPermitted(act="follow_up", why="is_handler")
    clocks = case.stop(body.on)
    if body.grade.poor:
        days = running.settings_on(setting, body.on).rectification_days
        clocks = (*clocks, running.working(ClockName.RECTIFICATION, body.on, days))
    return replace(case, state=State.FOLLOWED_UP, followed_up=body, clocks=clocks)


@apply.register(events.CaseRectified)
def _rectified(body: events.CaseRectified, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.FOLLOWED_UP)
    need(setting, AT_THE_COUNTER, "rectify")
    if case.running_clock(ClockName.RECTIFICATION) is None:
        raise OutOfPlace(act="rectify", state=case.state)
    need_words("measures", body.measures)
    return replace(case, rectified=body, clocks=case.stop(body.on, ClockName.RECTIFICATION))


# --- the archive --------------------------------------------------------------------------------------


@apply.register(events.CaseArchived)
def _archived(body: events.CaseArchived, case: Case, setting: Setting) -> Case:
    need_state(case, body, *_TO_ARCHIVE)
    _need_keeper(case, setting, Role.ARCHIVIST, "archive")
    if case.running_clock(ClockName.RECTIFICATION):
        raise NotPermitted(act="archive", why="not_rectified")
    if case.held:
        raise NotPermitted(act="archive", why="originals_held")
    if case.open_children:
        raise NotPermitted(act="archive", why="children_open")
    need_words("number", body.number)
    if body.on < case.received_on:  # its period would be over sooner
        raise BadFacts(field="on", why="past")
    return replace(case, state=State.ARCHIVED, archived=body, clocks=case.stop(body.on))


def _need_keeper(case: Case, setting: Setting, role: Role, act: str) -> None:
    """The writer has the role, at the tier that took the case over; at the station's, where none did."""
    need(setting, frozenset({role}), act)
    keeper = setting.publications.tree.region(case.station).tier
    if case.official_number is not None:
        keeper = examining_level(item_of(case, setting)).tier or Tier.VILLAGE
    if setting.writer.tier < keeper:
        raise NotPermitted(act=act, why="not_the_authority")


@apply.register(events.CaseAppraised)
def _appraised(body: events.CaseAppraised, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.ARCHIVED)
    _need_keeper(case, setting, Role.ARCHIVIST, "appraise")
    need_words("reason", body.reason)
    until = kept_until(case)
    # The fold asks too: what is erased for a false day never comes back.
    if until is None or until >= body.on:
        raise NotPermitted(act="appraise", why="too_early")
    if body.appraisal is Appraisal.EXTEND and body.years < 1:
        raise BadFacts(field="years", why="too_few")
    return replace(case, appraised=body, appraiser=setting.writer.actor)


@apply.register(events.CaseDestroyed)
def _destroyed(body: events.CaseDestroyed, case: Case, setting: Setting) -> Case:
    """Approved by a head who is not the appraiser; the register says what the file says."""
    need_state(case, body, State.ARCHIVED)
    _need_keeper(case, setting, Role.HEAD, "destroy")
    appraised, archived = case.appraised, case.archived
    if appraised is None or archived is None or appraised.appraisal is not Appraisal.DESTROY:
        raise NotPermitted(act="destroy", why="not_appraised")
    if setting.writer.actor == case.appraiser:
        raise NotPermitted(act="destroy", why="is_appraiser")
    if body.on < appraised.on:
        raise NotPermitted(act="destroy", why="not_appraised")
    said = (body.local_number, body.archive_number, body.archived_on, body.retention, body.item)
    number = case.local_number.text
    if said != (number, archived.number, archived.on, archived.retention, case.item):
        raise BadFacts(field="register", why="other_file")
    if body.appraised_by != case.appraiser:
        raise BadFacts(field="register", why="other_file")
    return replace(case, state=State.DESTROYED, destroyed=body, destroyer=setting.writer.actor)


# --- other ends ---------------------------------------------------------------------------------------


@apply.register(events.CaseWithdrawn)
def _withdrawn(body: events.CaseWithdrawn, case: Case, setting: Setting) -> Case:
    need_state(case, body, *(OPEN - {State.DECIDED}))
    need_station_or_authority(case, setting, "withdraw")
    need_words("reason", body.reason)
    return replace(case, state=State.WITHDRAWN, withdrawn=body, clocks=case.stop(body.on))


@apply.register(events.CaseVoided)
def _voided(body: events.CaseVoided, case: Case, setting: Setting) -> Case:
    need_state(case, body, *OPEN)
    need(setting, frozenset({Role.SUPERVISOR}), "void")
    need_no_higher_hand(case, setting, "void")
    need_words("reason", body.reason)
    return replace(case, state=State.VOIDED, voided=body, clocks=case.stop(body.on))
