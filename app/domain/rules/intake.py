"""Taking in, mending and sending on what people bring; and going there with them."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from app.domain import events
from app.domain.case import Case, Original, State
from app.domain.clocks import Clock, ClockName
from app.domain.events import MaterialTaken, PartyRole
from app.domain.items import Handling, Item, Mode, Starts
from app.domain.numbers import LocalNumber
from app.domain.regions import RegionCode
from app.domain.rules import running
from app.domain.rules.apply import apply, check_today
from app.domain.rules.powers import (
    AT_THE_AUTHORITY,
    AT_THE_COUNTER,
    BadFacts,
    NotPermitted,
    OutOfPlace,
    Setting,
    examining_level,
    files_here,
    forwarding_target,
    item_of,
    need,
    need_own_number,
    need_place,
    need_state,
    need_station_or_authority,
    need_words,
)

_GOES_ALONG = frozenset({Mode.ACCOMPANY, Mode.ASSIST})
_ENDS_AT_THE_STATION = _GOES_ALONG | {Mode.INFORM}
_OF_THE_COUNTER = (ClockName.FORWARDING, ClockName.ACCOMPANYING, ClockName.EXAMINATION)


def opened(body: events.CaseRegistered | events.CaseChildOpened, setting: Setting) -> Case:
    """The case that this entry begins."""
    if isinstance(body, events.CaseChildOpened):
        return _child(body, setting)
    item = setting.publications.item(body.item, body.item_version)
    need(setting, AT_THE_COUNTER, "register")
    need_own_number(body.station, setting, "register")
    if item.handling is not Handling.CASE:
        raise BadFacts(field="item", why="not_a_case")
    check_parties(body.parties)
    check_materials(body.materials, item)
    rare = body.rare[0] if body.rare else events.RareFacts()
    signing = rare.signing[0] if rare.signing else None
    if signing is not None:
        _check_signing(signing, setting)
    return Case(
        subject=setting.ref,
        heads=(setting.ref,),
        region=setting.region,
        item=body.item,
        item_version=body.item_version,
        kind=item.kind,
        mode=body.mode,
        state=State.RECEIVED,
        station=body.station,
        place=body.station,
        local_number=LocalNumber(body.station, body.received_on, body.slot, body.running),
        received_on=body.received_on,
        parties=body.parties,
        materials=body.materials,
        urgent=body.urgent,
        mandate=body.mandate,
        told=body.told,
        backlog=body.backlog,
        note=body.note,
        external_id=body.external_id,
        clocks=first_clocks(item, body.mode, body.received_on, setting),
        green=rare.green,
        staff_relative=rare.staff_relative,
        visit=rare.visit[0] if rare.visit else None,
        signing=signing,
        instead_of=_instead_of(rare, body),
        owner=setting.writer.actor,
        handlers=() if setting.writer.actor is None else (setting.writer.actor,),
        originals=kept_originals(
            body.materials, item, body.parties[0].name, body.station, body.received_on
        ),
    )


def _instead_of(rare: events.RareFacts, body: events.CaseRegistered) -> LocalNumber | None:
    """A station speaks for its own numbers alone: else it could be found by another's."""
    return next((one for one in rare.instead_of if one.region == body.station), None)


def _child(body: events.CaseChildOpened, setting: Setting) -> Case:
    """A part of a joint handling is accepted with its parent and runs on its own item's clocks."""
    item = setting.publications.item(body.item, body.item_version)
    need(setting, AT_THE_AUTHORITY, "split")
    need_own_number(body.station, setting, "split")
    if item.handling is not Handling.CASE:
        raise BadFacts(field="item", why="not_a_case")
    if setting.writer.tier not in (examining_level(item).tier, item.decides.tier):
        raise NotPermitted(act="split", why="not_the_authority")
    if body.parent == setting.ref:
        raise BadFacts(field="parent", why="itself")
    check_parties(body.parties)
    check_materials(body.materials, item)
    number = LocalNumber(body.station, body.on, body.slot, body.running)
    clocks = running.starting(item, item.clock.starts, body.on)
    return Case(
        subject=setting.ref,
        heads=(setting.ref,),
        region=setting.region,
        item=body.item,
        item_version=body.item_version,
        kind=item.kind,
        mode=Mode.DIRECT,
        state=State.IN_PROGRESS,
        station=body.station,
        place=body.station,
        local_number=number,
        official_number=number,
        received_on=body.received_on,
        accepted_on=body.on,
        parties=body.parties,
        materials=body.materials,
        urgent=False,
        mandate=False,
        told=True,
        backlog=False,
        note="",
        external_id="",
        clocks=clocks,
        parent=body.parent,
        department=body.department,
        owner=setting.writer.actor,
        handlers=() if setting.writer.actor is None else (setting.writer.actor,),
    )


def first_clocks(item: Item, mode: Mode, on: date, setting: Setting) -> tuple[Clock, ...]:
    """The station's own promise, and the authority's clocks where handing in here is filing."""
    filed = running.starting(item, Starts.RECEIPT, on) if files_here(item, setting) else ()
    return (*filed, *running.at_the_counter(item, mode, setting, on))


def check_parties(parties: tuple[events.Party, ...]) -> None:
    if not parties or not all(party.name.strip() for party in parties):
        raise BadFacts(field="applicant", why="no_name")
    if parties[0].role is not PartyRole.APPLICANT:
        raise BadFacts(field="applicant", why="not_first")


def _check_signing(signing: events.Signing, setting: Setting) -> None:
    """Source: domain.md §7, mandate: the witness is not the handler."""
    need_words("witness", signing.witness)
    if signing.witness.strip() == setting.actor_name:
        raise BadFacts(field="witness", why="is_handler")


def check_materials(materials: tuple[MaterialTaken, ...], item: Item) -> None:
    """No material beyond the catalogue's version (domain.md §3)."""
    asked = range(len(item.materials))
    given = {material.index for material in materials}
    if not given.issubset(asked):
        raise BadFacts(field="materials", why="not_asked_for")
    if len(given) != len(materials):
        raise BadFacts(field="materials", why="twice")


def kept_originals(
    materials: tuple[MaterialTaken, ...], item: Item, whose: str, at: RegionCode, since: date
) -> tuple[Original, ...]:
    """The originals among what was taken in that stay here."""
    return tuple(
        [
            Original(
                what=item.materials[material.index].name,
                whose=whose,
                count=1,
                at=at,
                receiver="",
                since=since,
            )
            for material in materials
            if material.held
        ]
    )


def with_materials(
    case: Case, materials: tuple[MaterialTaken, ...], setting: Setting, on: date
) -> Case:
    """The case with what came in; originals that are held are in custody from then on."""
    item = item_of(case, setting)
    check_materials(materials, item)
    had = {material.index: material for material in case.materials}
    newly_held = tuple(
        one for one in materials if one.held and not (one.index in had and had[one.index].held)
    )
    merged = had | {material.index: material for material in materials}
    kept = kept_originals(newly_held, item, case.applicant.name, setting.writer.region, on)
    return replace(
        case,
        materials=tuple(merged[index] for index in sorted(merged)),
        supplied_on=on,
        originals=(*case.originals, *kept),
    )


@apply.register(events.CaseSupplied)
def _supplied(body: events.CaseSupplied, case: Case, setting: Setting) -> Case:
    """What came in on a notice has to be sent on again; at the authority's own counter it is there already."""
    need_state(case, body, State.RECEIVED, State.AWAITING_SUPPLEMENT)
    need_station_or_authority(case, setting, "supply")
    if case.state is State.RECEIVED:
        need_place(case, setting, "supply")
    changed = with_materials(case, body.materials, setting, body.on)
    if case.state is State.RECEIVED and any(case.running_clock(name) for name in _OF_THE_COUNTER):
        return changed
    item = item_of(case, setting)
    clocks = running.at_the_counter(item, case.mode, setting, body.on)
    if case.state is State.AWAITING_SUPPLEMENT:
        clocks = tuple(
            clock
            for clock in clocks
            if clock.name is ClockName.FORWARDING and not case.running_clock(clock.name)
        )
    return replace(changed, clocks=(*changed.clocks, *clocks))


@apply.register(events.CaseForwarded)
def _forwarded(body: events.CaseForwarded, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.RECEIVED)
    need(setting, AT_THE_COUNTER, "forward")
    need_place(case, setting, "forward")
    if body.to == case.place:
        raise OutOfPlace(act="forward", state=case.state)
    days = running.settings_on(setting, body.on).taking_over_days
    watched = running.working(ClockName.TAKING_OVER, body.on, days)
    clocks = (*case.stop(body.on, ClockName.ACCOMPANYING), watched)
    return replace(case, state=State.IN_TRANSIT, place=body.to, clocks=clocks)


@check_today.register(events.CaseForwarded)
def _may_forward(body: events.CaseForwarded, case: Case, setting: Setting) -> None:
    target = forwarding_target(case, item_of(case, setting), setting.publications)
    if body.to != target:
        raise NotPermitted(act="forward", why="not_the_authority")


@apply.register(events.CaseAppointed)
def _appointed(body: events.CaseAppointed, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.RECEIVED, State.ACCOMPANIED)
    need(setting, AT_THE_COUNTER, "appoint")
    need_place(case, setting, "appoint")
    if not goes_along(case, setting):
        raise NotPermitted(act="appoint", why="not_accompanied")
    need_words("where", body.where)
    if body.day < body.on:
        raise BadFacts(field="day", why="past")
    return replace(case, state=State.ACCOMPANIED, appointment=body)


@apply.register(events.CaseVisited)
def _visited(body: events.CaseVisited, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.ACCOMPANIED)
    need(setting, AT_THE_COUNTER, "visit")
    need_place(case, setting, "visit")
    return replace(
        case,
        visited_on=body.on,
        clocks=case.stop(body.on, ClockName.ACCOMPANYING, ClockName.FORWARDING),
    )


@apply.register(events.CaseConcluded)
def _concluded(body: events.CaseConcluded, case: Case, setting: Setting) -> Case:
    need_state(case, body, State.RECEIVED, State.ACCOMPANIED)
    need(setting, AT_THE_COUNTER, "conclude")
    need_place(case, setting, "conclude")
    if case.mode not in _ENDS_AT_THE_STATION and not goes_along(case, setting):
        raise NotPermitted(act="conclude", why="not_accompanied")
    need_words("outcome", body.outcome)
    return replace(case, state=State.CLOSED, concluded=body, clocks=case.stop(body.on))


def goes_along(case: Case, setting: Setting) -> bool:
    """Whether the agent goes there with the applicant: by the mode, or because nobody here examines the item."""
    outside = examining_level(item_of(case, setting)).tier is None
    return case.mode in _GOES_ALONG or (outside and case.mode is not Mode.INFORM)
