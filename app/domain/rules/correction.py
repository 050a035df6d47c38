"""A mistaken intake put right under its number (更正); urgency and the green channel."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from app.domain import events
from app.domain.case import OPEN, Case, State
from app.domain.clocks import Clock, ClockName
from app.domain.items import Handling, Item, Mode
from app.domain.rules import running
from app.domain.rules.apply import apply
from app.domain.rules.attachments import under_another_item
from app.domain.rules.intake import (
    check_materials,
    check_parties,
    first_clocks,
    goes_along,
    kept_originals,
)
from app.domain.rules.powers import (
    BadFacts,
    OutOfPlace,
    Setting,
    item_of,
    need_no_higher_hand,
    need_place,
    need_state,
    need_station_or_authority,
    need_words,
)


@apply.register(events.CaseCorrected)
def _corrected(body: events.CaseCorrected, case: Case, setting: Setting) -> Case:
    """A mistaken intake is put right without a new number; whoever has the papers may."""
    need_state(case, body, *OPEN)
    need_station_or_authority(case, setting, "correct")
    need_words("reason", body.reason)
    if case.state is State.RECEIVED:
        need_place(case, setting, "correct")
    else:
        need_no_higher_hand(case, setting, "correct")
    changed = _with_item(case, body, setting) if body.item else case
    if body.parties:
        check_parties(body.parties)
        changed = replace(changed, parties=body.parties)
    if body.materials:
        changed = _with_other_materials(changed, body, setting)
    if body.modes:
        changed = _with_mode(changed, body.modes[0], body.on, setting)
    if body.notes:
        changed = replace(changed, note=body.notes[0])
    return replace(changed, corrections=(*case.corrections, body))


def _with_item(case: Case, body: events.CaseCorrected, setting: Setting) -> Case:
    if case.state is not State.RECEIVED:
        raise OutOfPlace(act="correct", state=case.state)
    item = setting.publications.item(body.item, body.item_version)
    if item.handling is not Handling.CASE:
        raise BadFacts(field="item", why="not_a_case")
    changed = replace(
        case,
        item=item.id,
        item_version=item.version,
        kind=item.kind,
        materials=body.materials,
        attachments=under_another_item(case.attachments, item_of(case, setting), item),
    )
    mode = body.modes[0] if body.modes else item.mode
    return replace(changed, mode=mode, clocks=_clocks_anew(changed, item, mode, setting))


def _with_other_materials(case: Case, body: events.CaseCorrected, setting: Setting) -> Case:
    """What is told anew replaces what was told; an original that is kept stays in custody until it is given back."""
    item = item_of(case, setting)
    check_materials(body.materials, item)
    known = {one.what for one in case.held}
    kept = kept_originals(body.materials, item, case.applicant.name, setting.writer.region, body.on)
    newly_kept = tuple(one for one in kept if one.what not in known)
    return replace(case, materials=body.materials, originals=(*case.originals, *newly_kept))


def _with_mode(case: Case, mode: Mode, on: date, setting: Setting) -> Case:
    """While the papers are here the promise changes too; whoever no longer goes along has to send them on."""
    if case.mode is mode or case.state not in (State.RECEIVED, State.ACCOMPANIED):
        return replace(case, mode=mode)
    item = item_of(case, setting)
    changed = replace(case, mode=mode)
    if case.state is State.RECEIVED:
        return replace(changed, clocks=_clocks_anew(case, item, mode, setting))
    if goes_along(changed, setting):
        return changed
    ended = case.stop(on, ClockName.ACCOMPANYING, ClockName.FORWARDING)
    clocks = (*ended, *running.at_the_counter(item, mode, setting, on))
    return replace(changed, state=State.RECEIVED, appointment=None, visited_on=None, clocks=clocks)


def _clocks_anew(case: Case, item: Item, mode: Mode, setting: Setting) -> tuple[Clock, ...]:
    """As if it had been told so at once: from the day of receipt, or of the return if there was one."""
    if case.returned is None:
        begun: tuple[Clock, ...] = ()
        fresh = first_clocks(item, mode, case.received_on, setting)
    else:
        begun = tuple(clock for clock in case.clocks if not clock.running)
        fresh = running.at_the_counter(item, mode, setting, case.returned.on)
    offered = case.running_clock(ClockName.HAND_OVER)
    return (*begun, *fresh, *(() if offered is None else (offered,)))


@apply.register(events.CaseMarked)
def _marked(body: events.CaseMarked, case: Case, setting: Setting) -> Case:
    need_state(case, body, *OPEN)
    need_station_or_authority(case, setting, "mark")
    takes_back = (case.urgent and not body.urgent) or (case.green and body.green != case.green)
    if takes_back:
        need_no_higher_hand(case, setting, "mark")
    return replace(case, urgent=body.urgent, green=body.green)
