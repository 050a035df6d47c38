"""What supervision (效能监督) watches: clocks that are late, and things that should not have happened.

Nothing here is stored: what a case deserves on a day is made from the case, the calendar and the published thresholds.
A limit that was overstepped stays so after its clock has ended.
Exceeding a limit never approves anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec

from app.domain.case import Case
from app.domain.clocks import OF_THE_DECISION, Clock, ClockName
from app.domain.events import CardGrade
from app.domain.lights import Light, light
from app.domain.limits import days_left, deadline
from app.domain.publications import Publications
from app.domain.regions import RegionCode, Tier
from app.journal.refs import Ref


class Watch(StrEnum):
    """What is watched beside the clocks; names of causes of cards."""

    SECOND_NOTICE = "second_notice"
    UNAUTHORISED = "unauthorised"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"second_notice": "再次要求补正", "unauthorised": "未经授权作出决定"}[self]


class Deserved(msgspec.Struct, frozen=True, kw_only=True):
    """A card that may be issued: `station` is whose clock it is, `person` whose matter, where somebody is known."""

    cause: str
    since: date
    grade: CardGrade
    station: RegionCode
    person: Ref | None

    @property
    def id(self) -> tuple[str, date, CardGrade]:
        return self.cause, self.since, self.grade


_GRADES = {Light.YELLOW: CardGrade.YELLOW, Light.RED: CardGrade.RED}
_OF_THE_STATION = frozenset({ClockName.FORWARDING, ClockName.ACCOMPANYING})
_OF_WHO_TAKES_OVER = frozenset({ClockName.TAKING_OVER, ClockName.EXAMINATION})
_OF_WHO_DECIDES = OF_THE_DECISION | {ClockName.PROCEDURE, ClockName.DELIVERY}
_OF_NOBODY_YET = frozenset({ClockName.TAKING_OVER, ClockName.FOLLOW_UP, ClockName.RECTIFICATION})
"""No single person has these in hand: a head answers for who does them."""


def label_of(cause: str) -> str:
    """A cause in words: a clock's or a watch's."""
    if cause in tuple(ClockName):
        return ClockName(cause).label
    return Watch(cause).label if cause in tuple(Watch) else cause


def lights_of(case: Case, publications: Publications, today: date) -> list[tuple[Clock, Light]]:
    """The light of each running clock on that day."""
    return [(clock, _light(case, clock, publications, today)) for clock in case.running_clocks]


def _light(case: Case, clock: Clock, publications: Publications, day: date) -> Light:
    item = publications.item(case.item, case.item_version)
    calendar = publications.calendar(case.region)
    limit = deadline(clock.starts, clock.days + clock.extended, clock.unit, calendar, clock.pauses)
    left = None if limit is None else days_left(day, limit.due, clock.unit, calendar)
    thresholds = publications.settings(day).thresholds
    return light(clock.name, left, thresholds, licence=item.licence)


def deserved(case: Case, publications: Publications, today: date) -> list[Deserved]:
    """The cards that this case deserves on that day, issued or not."""
    return [*_late(case, publications, today), *_watched(case, publications)]


def _late(case: Case, publications: Publications, today: date) -> Iterator[Deserved]:
    for place, clock in enumerate(case.clocks):
        day = min(today, clock.stopped or today)
        if clock.name is ClockName.FORWARDING:
            day = min(day, _sent_on(case.clocks[place:]) or day)
        grade = _GRADES.get(_light(case, clock, publications, day))
        if grade is not None:
            station = responsible(case, clock, publications)
            person = (
                None if clock.name in _OF_NOBODY_YET else _owner_at(case, station, publications)
            )
            yield Deserved(
                cause=clock.name.value,
                since=clock.starts,
                grade=grade,
                station=station,
                person=person,
            )


def _sent_on(clocks: tuple[Clock, ...]) -> date | None:
    """The day on which the papers left: what comes after is not the station's lateness."""
    return next((one.starts for one in clocks if one.name is ClockName.TAKING_OVER), None)


def _watched(case: Case, publications: Publications) -> Iterator[Deserved]:
    examines = case.official_number.region if case.official_number else case.place
    if case.noticed_on is not None and case.supplement_notices > 1:
        yield Deserved(
            cause=Watch.SECOND_NOTICE.value,
            since=case.noticed_on,
            grade=CardGrade.YELLOW,
            station=examines,
            person=_owner_at(case, examines, publications),
        )
    for misfit in case.out_of_place:
        if misfit.kind == "case.decided" and misfit.code == "not_permitted" and misfit.on:
            yield Deserved(
                cause=Watch.UNAUTHORISED.value,
                since=misfit.on,
                grade=CardGrade.YELLOW,
                station=case.place,
                person=None,
            )


def responsible(case: Case, clock: Clock, publications: Publications) -> RegionCode:
    """The station whose clock it is, also when the case has long gone on."""
    tree = publications.tree
    item = publications.item(case.item, case.item_version)
    if clock.name in _OF_THE_STATION:
        return case.station
    if clock.name in _OF_WHO_TAKES_OVER and case.official_number is not None:
        return case.official_number.region
    if clock.name is ClockName.FOLLOW_UP and tree.region(case.station).tier is Tier.VILLAGE:
        # A village has one agent, who handled it: its township asks (domain.md §1).
        return tree.at_tier(case.region, Tier.TOWNSHIP) or case.place
    if clock.name is ClockName.HAND_OVER and case.owner in publications.operators:
        return publications.operators[case.owner].region
    tier = clock.tier
    if clock.name in _OF_WHO_DECIDES and not clock.running:
        tier = item.decides.tier
    at_tier = None if tier is None else tree.at_tier(case.region, Tier(tier))
    return at_tier or case.place


def _owner_at(case: Case, station: RegionCode, publications: Publications) -> Ref | None:
    """Whose matter it is, if that is somebody of this station."""
    card = publications.operators.get(case.owner) if case.owner is not None else None
    return case.owner if card is not None and card.region == station else None
