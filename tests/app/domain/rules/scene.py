"""Cases brought to a place in their life by the rules alone, and people who act on them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import msgspec
import pytest

from app.domain import events, rules
from app.domain.attachments import Attachment, Media, Sheet
from app.domain.case import Case
from app.domain.clocks import ClockName
from app.domain.events import Body, DeliveryWay, Grade, MaterialTaken, ReturnReason, Role
from app.domain.items import Delegation, Item, Level, Retention
from app.domain.limits import Unit
from app.domain.publications import Publications
from app.domain.regions import RegionCode, RegionTree, Tier
from app.domain.rules import BadFacts, NotPermitted, OutOfPlace, Setting, Writer
from app.domain.settings import Settings
from app.journal.refs import Ref
from tests import builders
from tests.builders import a_device, the_catalogue, the_item, the_regions, the_years

VILLAGE, OTHER_VILLAGE = builders.VILLAGE, builders.OTHER_VILLAGE
TOWNSHIP, OTHER_TOWNSHIP = builders.TOWNSHIP, builders.OTHER_TOWNSHIP
DISTRICT = builders.DISTRICT
DAY = date(2026, 11, 20)
"""A Friday."""
LATER = DAY + timedelta(days=3)
TIERS = {VILLAGE: Tier.VILLAGE, OTHER_VILLAGE: Tier.VILLAGE, TOWNSHIP: Tier.TOWNSHIP,
         OTHER_TOWNSHIP: Tier.TOWNSHIP, DISTRICT: Tier.DISTRICT}  # fmt: skip
AT_TIER = {Tier.VILLAGE: VILLAGE, Tier.TOWNSHIP: TOWNSHIP, Tier.DISTRICT: DISTRICT}
ALL_ROLES = frozenset(Role)
AT_THE_COUNTER = {Role.AGENT, Role.CLERK, Role.APPROVER, Role.HEAD}
AT_THE_AUTHORITY = AT_THE_COUNTER - {Role.AGENT}

LICENCE = "IT040"
"""Received, examined and decided by the township; may be extended; a hearing stops its clock."""
PLAIN = "IT022"
REVIEWED = "IT001"
"""Reviewed by the township as it is authorised, decided by the district."""
OF_THE_DISTRICT = "IT009"
LICENCE_OF_THE_DISTRICT = "IT049"
OUTSIDE = "IT031"
"""A body outside receives and decides."""
DECIDED_OUTSIDE = "IT056"
"""The township examines, a body outside decides."""
ASSISTED_OUTSIDE = "IT063"
INSTANT = "IT011"
INSTANT_AT_VILLAGE = "IT034"
DIRECT_AT_VILLAGE = "IT045"
ACCEPTED_AT_VILLAGE = "IT058"
FROM_RECEIPT = "IT005"
FROM_TAKING_OVER = "IT066"
ROSTER = "IT013"
LICENCE_REVIEWED = "IT940"
"""A licence as no catalogue has it yet: the township reviews without days of its own, the district decides."""


@cache
def item_of(name: str) -> Item:
    """An item of the catalogue, or the one made up here."""
    if name != LICENCE_REVIEWED:
        return the_item(name)
    return msgspec.structs.replace(
        the_item(LICENCE),
        id=name,
        decides=Level.DISTRICT,
        delegation=Delegation.ENTRUSTED,
        steps=(),
    )


PEOPLE = {place: Ref(a_device(10 + n), 1) for n, place in enumerate(TIERS)}
COLLEAGUES = {place: Ref(a_device(10 + n), 2) for n, place in enumerate(TIERS)}


def publications() -> Publications:
    """A view of one's own, to be changed by a test."""
    view = Publications()
    view.tree = RegionTree(the_regions())
    items = (*the_catalogue().items, item_of(LICENCE_REVIEWED))
    view.items = {item.id: [item] for item in items}
    view.years = {year.year: year for year in the_years()}
    for word, people in (("甲", PEOPLE), ("乙", COLLEAGUES)):
        for place, ref in people.items():
            card = events.OperatorAdded(name=f"{place}{word}", roles=tuple(Role))
            view.staff.add(ref, RegionCode(place), 0, card)
    return view


def with_village_under(township: str) -> Publications:
    """The same, with VILLAGE under another township."""
    view = publications()
    view.tree = RegionTree(
        msgspec.structs.replace(row, parent=RegionCode(township)) if row.code == VILLAGE else row
        for row in the_regions()
    )
    return view


@cache
def the_publications() -> Publications:
    return publications()


def at(
    place: str,
    *roles: Role,
    region: str = VILLAGE,
    seq: int = 2,
    by: Ref | None = None,
    of: Publications | None = None,
    time: int = 0,
) -> Setting:
    """Somebody at a place, who may be everything if no role is named."""
    return Setting(
        ref=Ref(a_device(1), seq),
        region=RegionCode(region),
        writer=Writer(
            region=RegionCode(place),
            tier=TIERS[place],
            roles=frozenset(roles) or ALL_ROLES,
            actor=by or PEOPLE[place],
        ),
        publications=of or the_publications(),
        at=time,
    )


def colleague(place: str, *roles: Role, region: str = VILLAGE) -> Setting:
    """Somebody else at that place."""
    return at(place, *roles, region=region, by=COLLEAGUES[place])


def done(case: Case | None, body: Body, setting: Setting) -> Case:
    """As a use case does it: whether it may be written today, then what it does."""
    rules.may_write(case, body, setting)
    return rules.after(case, body, setting)


def refusal(case: Case | None, body: Body, setting: Setting) -> tuple[str, Any]:
    with pytest.raises((NotPermitted, OutOfPlace, BadFacts)) as refused:
        done(case, body, setting)
    error = refused.value
    return error.code, error.facts.get("why", error.facts.get("state"))


def running(case: Case) -> dict[ClockName, tuple[date, int, Unit]]:
    """The clocks that run, paused ones apart."""
    return {
        clock.name: (clock.starts, clock.days + clock.extended, clock.unit)
        for clock in case.running_clocks
        if not clock.paused
    }


def frozen(case: Case) -> set[ClockName]:
    return {clock.name for clock in case.running_clocks if clock.paused}


def authority(item: str) -> str:
    tier = rules.examining_level(item_of(item)).tier
    assert tier is not None
    return AT_TIER[tier]


def decider(item: str) -> str:
    level = item_of(item).decides
    return authority(item) if level is Level.EXTERNAL else AT_TIER[Tier(level.tier or 0)]


# --- what is said ---------------------------------------------------------------------------------


def registered(
    item: str = PLAIN, *, station: str = VILLAGE, **changed: Any
) -> events.CaseRegistered:
    fields: dict[str, Any] = {
        "item": item, "item_version": 1, "mode": item_of(item).mode, "urgent": False, "mandate": True,
        "told": True, "backlog": False, "station": RegionCode(station), "received_on": DAY, "slot": "A1",
        "running": 1, "parties": (events.Party(name="韦小妹"),), "materials": (),
    }  # fmt: skip
    return events.CaseRegistered(**(fields | changed))


def supplying(*indices: int, on: date = DAY, **said: Any) -> events.CaseSupplied:
    return events.CaseSupplied(
        on=on, materials=tuple(MaterialTaken(index=index, **said) for index in indices)
    )


def forwarding(to: str, on: date = DAY) -> events.CaseForwarded:
    return events.CaseForwarded(to=RegionCode(to), on=on)


def taking_over(place: str, on: date = DAY) -> events.CaseTakenOver:
    return events.CaseTakenOver(station=RegionCode(place), on=on, slot="A2", running=1)


def returning(
    why: ReturnReason = ReturnReason.DEFECTS, on: date = DAY, **said: Any
) -> events.CaseReturned:
    return events.CaseReturned(on=on, reason=why, **(said or {"defects": ("缺户口簿",)}))


def asking(on: date = DAY, days: int = 30, **said: Any) -> events.CaseSupplementAsked:
    return events.CaseSupplementAsked(
        on=on, days=days, **({"defects": (events.Defect(what="缺户口簿"),)} | said)
    )


def pausing(on: date = DAY, **said: Any) -> events.CasePaused:
    told: dict[str, Any] = {"procedure": "听证", "basis": "行政许可法第四十五条", "days": 20,
                            "unit": Unit.WORKING, "approver": "李乡长"}  # fmt: skip
    return events.CasePaused(on=on, **(told | said))


def extending(on: date = DAY, days: int = 10, **said: Any) -> events.CaseExtended:
    return events.CaseExtended(on=on, days=days, **({"reason": "案情复杂", "approver": ""} | said))


PARTS = (Ref(a_device(3), 1), Ref(a_device(3), 2))


def splitting(on: date = DAY, children: tuple[Ref, ...] = PARTS) -> events.CaseSplit:
    names = tuple(f"第{n}部分" for n in range(1, len(children) + 1))
    return events.CaseSplit(on=on, children=children, names=names)


def part(place: str = TOWNSHIP, item: str = PLAIN, on: date = DAY) -> events.CaseChildOpened:
    return events.CaseChildOpened(
        parent=Ref(a_device(1), 1),
        item=item,
        item_version=1,
        department="自然资源所",
        station=RegionCode(place),
        on=on,
        slot="A2",
        running=7,
        received_on=on,
        parties=(events.Party(name="韦小妹"),),
    )


def deciding(on: date = DAY, *, approved: bool = True, reason: str = "") -> events.CaseDecided:
    return events.CaseDecided(on=on, approved=approved, reason=reason)


def delivering(on: date = DAY, **said: Any) -> events.CaseDelivered:
    told = {"way": DeliveryWay.IN_PERSON, "recipient": "韦小妹"} | said
    return events.CaseDelivered(on=on, **told)


def following_up(on: date = DAY, grade: Grade = Grade.GOOD) -> events.CaseFollowedUp:
    return events.CaseFollowedUp(on=on, grade=grade)


def archiving(on: date = DAY, **said: Any) -> events.CaseArchived:
    return events.CaseArchived(
        on=on, **({"number": "2026-D10-A2-0001", "retention": Retention.TEN_YEARS} | said)
    )


# --- cases on their way ---------------------------------------------------------------------------


def a_sheet(n: int = 1, **said: Any) -> Sheet:
    usual = Sheet(digest=bytes([n]) * 32, size=100_000, width=1556, height=2200, media=Media.PNG)
    return msgspec.structs.replace(usual, **said)


def attaching(material: int = 0, *sheets: Sheet, note: str = "") -> events.AttachmentAdded:
    return events.AttachmentAdded(material=material, sheets=sheets or (a_sheet(),), note=note)


ATTACHMENT = Attachment(
    ref=Ref(a_device(3), 9),
    material=0,
    sheets=(a_sheet(7),),
    note="",
    station=VILLAGE,
    by=PEOPLE[VILLAGE],
    at=0,
)


def detaching(added: Ref = ATTACHMENT.ref, reason: str = "扫错了") -> events.AttachmentRemoved:
    return events.AttachmentRemoved(added=added, reason=reason)


def a_case(item: str = PLAIN, *, station: str = VILLAGE, **said: Any) -> Case:
    setting = at(station, region=station, seq=1)
    return done(None, registered(item, station=station, **said), setting)


def forwarded(item: str = PLAIN, on: date = DAY) -> Case:
    return done(a_case(item), forwarding(authority(item), on), at(VILLAGE))


def under_examination(item: str = PLAIN, on: date = DAY) -> Case:
    place = authority(item)
    case = a_case(item) if place == VILLAGE else forwarded(item)
    return done(case, taking_over(place, on), at(place))


def awaiting(item: str = PLAIN, on: date = DAY) -> Case:
    return done(under_examination(item, on), asking(on), at(authority(item)))


def in_progress(item: str = PLAIN, on: date = DAY) -> Case:
    return done(under_examination(item, on), events.CaseAccepted(on=on), at(authority(item)))


def passed_up(item: str = REVIEWED, on: date = DAY) -> Case:
    body = events.CasePassedUp(on=on, opinion="符合条件")
    return done(in_progress(item, on), body, at(authority(item)))


def sent_outside(item: str = DECIDED_OUTSIDE, on: date = DAY) -> Case:
    body = events.CaseSentOutside(on=on, body="区人民武装部", number="武2026-1")
    return done(in_progress(item, on), body, at(authority(item)))


def answered(item: str = DECIDED_OUTSIDE, on: date = DAY) -> Case:
    body = events.CaseOutsideAnswered(on=on, result="准予登记")
    return done(sent_outside(item, on), body, at(authority(item)))


def decided(item: str = PLAIN, on: date = DAY) -> Case:
    case = passed_up(item, on) if authority(item) != decider(item) else in_progress(item, on)
    return done(case, deciding(on), at(decider(item)))


def delivered(item: str = PLAIN, on: date = DAY) -> Case:
    return done(decided(item, on), delivering(on), at(VILLAGE))


def followed_up(grade: Grade = Grade.GOOD, on: date = DAY) -> Case:
    return done(delivered(on=on), following_up(on, grade), colleague(TOWNSHIP))


def archived(on: date = DAY) -> Case:
    return done(followed_up(on=on), archiving(on), at(TOWNSHIP))


def accompanied(item: str = OF_THE_DISTRICT) -> Case:
    body = events.CaseAppointed(on=DAY, day=LATER, where="区残联")
    return done(a_case(item), body, at(VILLAGE))


def joint(item: str = LICENCE) -> Case:
    return done(in_progress(item), splitting(), at(authority(item)))


def with_settings(**said: Any) -> Publications:
    view = publications()
    view._settings = [Settings(**said)]  # noqa: SLF001 - as if the district had published it
    return view


def changed(case: Case, **fields: Any) -> Case:
    return msgspec.structs.replace(case, **fields)
