"""What each act does to a case, who may do it, and when it does not fit.

One function for each kind of entry.
A use case calls `after` before it writes, a fold calls it for what others wrote: the same rule, read twice.
"""

from __future__ import annotations

from datetime import date
from functools import singledispatch

import msgspec

from app.domain import events
from app.domain.case import Case, Clock, ClockName, Decision, State
from app.domain.events import Body, MaterialTaken, ReturnReason, Role
from app.domain.items import Delegation, Handling, Item, Kind, Level, Mode, Starts
from app.domain.limits import Unit
from app.domain.numbers import LocalNumber
from app.domain.papers import PaperKind
from app.domain.publications import Publications
from app.domain.regions import RegionCode, Tier
from app.errors import Refused
from app.journal.refs import Ref

FORWARDING_DAYS = 3  # S1: the station forwards within three working days; set locally
EXAMINATION_DAYS = 5  # 行政许可法 art. 32; used for every item that is examined
DELIVERY_DAYS = 10  # 行政许可法 art. 44

_AT_THE_COUNTER = frozenset({Role.AGENT, Role.CLERK, Role.APPROVER, Role.HEAD})
_AT_THE_AUTHORITY = frozenset({Role.CLERK, Role.APPROVER, Role.HEAD})
_APPLICANT_GOES = frozenset({Mode.ACCOMPANY, Mode.INFORM})  # no forwarding is promised
_SEALED = frozenset(kind for kind in PaperKind if kind.authority_only)
_DECIDING = frozenset({Role.APPROVER, Role.HEAD})

_replace = msgspec.structs.replace


class OutOfPlace(Refused):
    """The act does not fit the state of the case (facts: act, state)."""

    code = "out_of_place"


class NotPermitted(Refused):
    """This person or station may not do that (facts: act, why)."""

    code = "not_permitted"


class BadFacts(Refused):
    """What was said with the act is incomplete or wrong (facts: field, why)."""

    code = "bad_facts"


class Writer(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts: the station's place in the tree, and the operator's roles."""

    region: RegionCode
    tier: Tier
    roles: frozenset[Role]


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule looks at beside the case itself."""

    ref: Ref
    region: RegionCode
    writer: Writer
    publications: Publications


def after(case: Case | None, body: Body, setting: Setting) -> Case:
    """The case once this has happened.

    Raises OutOfPlace, NotPermitted or BadFacts; NotPublished if something it names is not known here.
    """
    if isinstance(body, events.CaseRegistered):
        if case is not None:
            raise OutOfPlace(act="register", state=case.state)
        return _registered(body, setting)
    if case is None:
        raise OutOfPlace(act=_act(body), state="none")
    if setting.region != case.region:  # then some machines would not even receive it
        raise NotPermitted(act=_act(body), why="other_region")
    if events.is_look(events.name_of(body)[0]):
        return case
    changed = _apply(body, case, setting)
    return _replace(changed, heads=(setting.ref,))


def may_write(case: Case | None, body: Body, setting: Setting) -> None:
    """What an act needs of the tree of regions as it is today. Raises NotPermitted.

    Asked when an act is written, and by the centre when it arrives.
    A fold does not ask again: regions move, and what was rightly done stays done.
    """
    region = setting.region if case is None else case.region
    if not setting.publications.tree.under(region, setting.writer.region):
        raise NotPermitted(act=_act(body), why="other_region")
    if case is not None and isinstance(body, events.CaseForwarded):
        target = forwarding_target(case, _item(case, setting), setting.publications)
        if body.to != target:
            raise NotPermitted(act="forward", why="not_the_authority")


def examining_level(item: Item) -> Level:
    """Who takes an item's cases over and accepts or refuses them.

    The receiving tier, where it has the power (its own, entrusted or authorised), else the one that decides.
    """
    if item.receives is item.decides or item.delegation is not Delegation.NONE:
        return item.receives
    return item.decides


def forwarding_target(case: Case, item: Item, publications: Publications) -> RegionCode | None:
    """The region whose station examines this case; None when an outside body does."""
    tier = examining_level(item).tier
    return None if tier is None else publications.tree.at_tier(case.region, tier)


# --- registration ---------------------------------------------------------------------------------


def _registered(body: events.CaseRegistered, setting: Setting) -> Case:
    item = setting.publications.item(body.item, body.item_version)
    _need(setting, _AT_THE_COUNTER, "register")
    _need_own_number(body.station, setting, "register")
    if item.handling is not Handling.CASE:
        raise BadFacts(field="item", why="not_a_case")
    if not body.parties or not body.parties[0].name.strip():
        raise BadFacts(field="applicant", why="no_name")
    _check_materials(body.materials, item)
    clocks = _starting(item, Starts.RECEIPT, body.received_on) if _files_here(item, setting) else ()
    if not _is_authority(item, setting) and body.mode not in _APPLICANT_GOES:
        clocks = (*clocks, _working(ClockName.FORWARDING, body.received_on, FORWARDING_DAYS))
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
        clocks=clocks,
    )


def _check_materials(materials: tuple[MaterialTaken, ...], item: Item) -> None:
    """No material beyond the catalogue's version (domain.md §3)."""
    asked = range(len(item.materials))
    if any(material.index not in asked for material in materials):
        raise BadFacts(field="materials", why="not_asked_for")
    if len({material.index for material in materials}) != len(materials):
        raise BadFacts(field="materials", why="twice")


# --- acts -----------------------------------------------------------------------------------------


@singledispatch
def _apply(body: Body, case: Case, setting: Setting) -> Case:
    raise OutOfPlace(act=_act(body), state=case.state)


@_apply.register
def _supplied(body: events.CaseSupplied, case: Case, setting: Setting) -> Case:
    _need_state(case, body, State.RECEIVED)
    _need(setting, _AT_THE_COUNTER, "supply")
    _check_materials(body.materials, _item(case, setting))
    newer = {material.index: material for material in body.materials}
    materials = {material.index: material for material in case.materials} | newer
    return _replace(
        case,
        materials=tuple(materials[index] for index in sorted(materials)),
        supplied_on=body.on,
    )


@_apply.register
def _forwarded(body: events.CaseForwarded, case: Case, setting: Setting) -> Case:
    _need_state(case, body, State.RECEIVED)
    _need(setting, _AT_THE_COUNTER, "forward")
    _need_place(case, setting, "forward")
    if body.to == case.place:
        raise OutOfPlace(act="forward", state=case.state)
    return _replace(case, state=State.IN_TRANSIT, place=body.to)


@_apply.register
def _taken_over(body: events.CaseTakenOver, case: Case, setting: Setting) -> Case:
    item = _need_authority(case, setting, "take_over")
    if case.state is State.RECEIVED:
        _need_place(case, setting, "take_over")
    else:
        _need_state(case, body, State.IN_TRANSIT)
    _need_own_number(body.station, setting, "take_over")
    clocks = (
        *case.stop(body.on, ClockName.FORWARDING),
        _working(ClockName.EXAMINATION, body.on, EXAMINATION_DAYS),
        *_starting(item, Starts.TAKING_OVER, body.on),
    )
    if not any(clock.name is ClockName.PROMISED for clock in clocks):
        clocks = (*clocks, *_starting(item, Starts.RECEIPT, body.on))
    number = LocalNumber(body.station, body.on, body.slot, body.running)
    return _replace(
        case,
        state=State.UNDER_EXAMINATION,
        place=setting.writer.region,
        official_number=case.official_number or number,
        returned=None,
        clocks=clocks,
    )


@_apply.register
def _returned(body: events.CaseReturned, case: Case, setting: Setting) -> Case:
    _need_state(case, body, State.IN_TRANSIT, State.UNDER_EXAMINATION)
    _need_authority(case, setting, "return")
    defective = body.reason is ReturnReason.DEFECTS
    if defective and not any(defect.strip() for defect in body.defects):
        raise BadFacts(field="defects", why="empty")
    if not defective and not body.right_authority.strip():
        raise BadFacts(field="right_authority", why="empty")
    forwarding = _working(ClockName.FORWARDING, body.on, FORWARDING_DAYS)
    return _replace(
        case,
        state=State.RECEIVED,
        place=case.station,
        returned=body,
        supplied_on=None,
        supplement_notices=case.supplement_notices + defective,
        clocks=(*case.stop(body.on), forwarding),
    )


@_apply.register
def _accepted(body: events.CaseAccepted, case: Case, setting: Setting) -> Case:
    _need_state(case, body, State.UNDER_EXAMINATION)
    item = _need_authority(case, setting, "accept")
    clocks = case.stop(body.on, ClockName.EXAMINATION)
    if not any(clock.name is ClockName.PROMISED for clock in case.running_clocks):
        clocks = (*clocks, *_starting(item, Starts.ACCEPTANCE, body.on))
    return _replace(case, state=State.IN_PROGRESS, accepted_on=body.on, clocks=clocks)


@_apply.register
def _refused(body: events.CaseRefused, case: Case, setting: Setting) -> Case:
    _need_state(case, body, State.UNDER_EXAMINATION)
    _need_authority(case, setting, "refuse")
    if not body.reason.strip():
        raise BadFacts(field="reason", why="empty")
    return _replace(case, state=State.REFUSED, refused=body, clocks=case.stop(body.on))


@_apply.register
def _decided(body: events.CaseDecided, case: Case, setting: Setting) -> Case:
    _need_state(case, body, State.IN_PROGRESS)
    item = _item(case, setting)
    if setting.writer.tier is not item.decides.tier:
        raise NotPermitted(act="decide", why="not_the_authority")
    _need(setting, _DECIDING, "decide")
    if not body.approved and not body.reason.strip():
        raise BadFacts(field="reason", why="empty")
    decision = Decision(on=body.on, approved=body.approved, reason=body.reason, result=body.result)
    delivery = _working(ClockName.DELIVERY, body.on, DELIVERY_DAYS)
    return _replace(
        case, state=State.DECIDED, decision=decision, clocks=(*case.stop(body.on), delivery)
    )


@_apply.register
def _completed(body: events.CaseCompleted, case: Case, setting: Setting) -> Case:
    item = _item(case, setting)
    if item.kind is not Kind.INSTANT:
        raise NotPermitted(act="complete", why="not_instant")
    _need_authority(case, setting, "complete")
    if case.state is State.RECEIVED:
        _need_place(case, setting, "complete")
    else:
        _need_state(case, body, State.UNDER_EXAMINATION)
    return _replace(case, state=State.CLOSED, completed=body, clocks=case.stop(body.on))


@_apply.register
def _delivered(body: events.CaseDelivered, case: Case, setting: Setting) -> Case:
    _need_state(case, body, State.DECIDED)
    _need(setting, _AT_THE_COUNTER, "deliver")
    if not body.recipient.strip():
        raise BadFacts(field="recipient", why="empty")
    return _replace(
        case,
        state=State.DELIVERED,
        place=setting.writer.region,
        delivered=body,
        clocks=case.stop(body.on),
    )


@_apply.register
def _paper_issued(body: events.PaperIssued, case: Case, setting: Setting) -> Case:
    _need(setting, _AT_THE_COUNTER, "print")
    if body.paper in _SEALED:
        item = _item(case, setting)
        level = item.decides if body.paper == PaperKind.DECISION else examining_level(item)
        if setting.writer.tier is not level.tier:
            raise NotPermitted(act="print", why="not_the_authority")
    return _replace(case, papers=(*case.papers, body), paper_refs=(*case.paper_refs, setting.ref))


# --- clocks ---------------------------------------------------------------------------------------


def _working(name: ClockName, starts: date, days: int) -> Clock:
    return Clock(name=name, starts=starts, days=days, unit=Unit.WORKING)


def _starting(item: Item, at: Starts, on: date) -> tuple[Clock, ...]:
    """The authority's clocks, if they start at this point of the case's life."""
    own = item.clock
    if own.starts is not at:
        return ()
    promised = Clock(name=ClockName.PROMISED, starts=on, days=own.promised, unit=own.unit)
    if own.statutory is None:
        return (promised,)
    return (promised, Clock(name=ClockName.STATUTORY, starts=on, days=own.statutory, unit=own.unit))


# --- who may --------------------------------------------------------------------------------------


def _act(body: Body) -> str:
    return events.name_of(body)[0].partition(".")[2]


def _item(case: Case, setting: Setting) -> Item:
    return setting.publications.item(case.item, case.item_version)


def _is_authority(item: Item, setting: Setting) -> bool:
    return setting.writer.tier is examining_level(item).tier


def _files_here(item: Item, setting: Setting) -> bool:
    """Whether handing the papers in at this station counts as filing (catalogue: `receives`)."""
    lowest = item.receives.tier
    return lowest is not None and setting.writer.tier >= lowest


def _need(setting: Setting, roles: frozenset[Role], act: str) -> None:
    if not roles & setting.writer.roles:
        raise NotPermitted(act=act, why="role")


def _need_authority(case: Case, setting: Setting, act: str) -> Item:
    item = _item(case, setting)
    if not _is_authority(item, setting):
        raise NotPermitted(act=act, why="not_the_authority")
    # At a village the agent is the whole window.
    village = setting.writer.tier is Tier.VILLAGE
    _need(setting, _AT_THE_COUNTER if village else _AT_THE_AUTHORITY, act)
    return item


def _need_own_number(station: RegionCode, setting: Setting, act: str) -> None:
    if station != setting.writer.region:
        raise NotPermitted(act=act, why="number_of_another_station")


def _need_state(case: Case, body: Body, *states: State) -> None:
    if case.state not in states:
        raise OutOfPlace(act=_act(body), state=case.state)


def _need_place(case: Case, setting: Setting, act: str) -> None:
    if not _same_place(case.place, setting.writer.region, setting):
        raise NotPermitted(act=act, why="papers_elsewhere")


def _same_place(one: RegionCode, other: RegionCode, setting: Setting) -> bool:
    """Whether two regions are one today: a merged one stands where its successor does."""
    tree = setting.publications.tree
    if one == other:
        return True
    tier = tree.region(one).tier
    return tree.region(other).tier is tier and tree.at_tier(one, tier) == tree.at_tier(other, tier)
