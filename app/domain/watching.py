"""What supervision (效能监督) watches: clocks that are late, and things that should not have happened.

Nothing here is stored: what a case deserves on a day is made from the case, the calendar and the published thresholds.
A limit that was overstepped stays so after its clock has ended.
Exceeding a limit never approves anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import msgspec

from app.domain.calendar import WorkCalendar
from app.domain.case import Case, State
from app.domain.clocks import OF_THE_DECISION, Clock, ClockName
from app.domain.events import CardGrade
from app.domain.lights import Light, light, threshold_of
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
    due = _due(case, clock, publications)
    calendar = publications.calendar(case.region)
    left = None if due is None else days_left(day, due, clock.unit, calendar)
    thresholds = publications.settings(day).thresholds
    return light(clock.name, left, thresholds, licence=item.licence)


def _due(case: Case, clock: Clock, publications: Publications) -> date | None:
    return _day_due(clock, publications.calendar(case.region))


@lru_cache(maxsize=2_000)  # what comes in on one day falls due on a few
def _day_due(clock: Clock, calendar: WorkCalendar) -> date | None:
    limit = deadline(clock.starts, clock.days + clock.extended, clock.unit, calendar, clock.pauses)
    return None if limit is None else limit.due


def deserved(case: Case, publications: Publications, today: date) -> list[Deserved]:
    """The cards that this case deserves on that day, issued or not."""
    return [*_late(case, publications, today), *_watched(case, publications)]


def due_cards(case: Case, publications: Publications, today: date) -> list[Deserved]:
    """The cards that this case deserves on that day and nobody has issued, each once; after a red one no yellow."""
    if case.state is State.DESTROYED:  # nothing is left that a card could be about
        return []
    issued = {card.id for card in case.cards}
    red = [card for card in case.cards if card.grade is CardGrade.RED]
    issued |= {(card.cause, card.since, CardGrade.YELLOW) for card in red}
    due = {one.id: one for one in deserved(case, publications, today)}
    return [one for own, one in due.items() if own not in issued]


def due_from(case: Case, publications: Publications) -> date | None:
    """The first day on which a card may be due that nobody has issued; None: there will be none as the case stands.

    Never too late; too early where the days between are days off, or the district's numbers change.
    """
    if case.state is State.DESTROYED:
        return None
    issued = {card.id for card in case.cards}
    days = [one.since for one in _watched(case, publications) if one.id not in issued]
    for place, clock in enumerate(case.clocks):
        late = _late_from(case, place, clock, publications, issued)
        if late is not None:
            days.append(late)
    return min(days, default=None)


def _late_from(
    case: Case,
    place: int,
    clock: Clock,
    publications: Publications,
    issued: set[tuple[str, date, CardGrade]],
) -> date | None:
    """The same of one clock."""
    due = _due(case, clock, publications)
    fewest = _fewest_days_past(case, clock, publications)
    if (
        due is None or not fewest
    ):  # frozen, and read again when it runs on; or nobody gets a card for it
        return None
    over = _ended(case, place, clock)
    if over is not None:  # what it came to is known
        if over < _past(clock, due, min(fewest.values())):
            return None
        grade = _GRADES.get(_light(case, clock, publications, over))
        fewest = {} if grade is None else {grade: fewest[grade]}
    elif (clock.name.value, clock.starts, CardGrade.RED) in issued:
        return None
    days = [
        past
        for grade, past in fewest.items()
        if (clock.name.value, clock.starts, grade) not in issued
    ]
    return _past(clock, due, min(days)) if days else None


def _past(clock: Clock, due: date, days: int) -> date:
    """A day on which, or after which, a clock is so many days of its unit past its limit."""
    return clock.starts if days < 1 else due + min(timedelta(days=days), date.max - due)


def _fewest_days_past(case: Case, clock: Clock, publications: Publications) -> dict[CardGrade, int]:
    """With how many days past its limit a clock may deserve each card, by any of the district's numbers."""
    licence = publications.item(case.item, case.item_version).licence
    fewest: dict[CardGrade, int] = {}
    for settings in publications.every_settings:
        threshold = threshold_of(clock.name, settings.thresholds, licence=licence)
        for grade, days in ((CardGrade.YELLOW, threshold.yellow), (CardGrade.RED, threshold.red)):
            if days is not None:
                fewest[grade] = min(days, fewest.get(grade, days))
    return fewest


def last_day_told(case: Case) -> date:
    """The last day that the case's limits depend on: what is published for days after it changes nothing that ended."""
    days = [case.received_on]
    for clock in case.clocks:
        days += [clock.starts, clock.stopped or clock.starts]
        days += [day for pause in clock.pauses for day in pause if day is not None]
    if case.extension is not None:
        days.append(case.extension.on)
    days += [misfit.on for misfit in case.out_of_place if misfit.on is not None]
    return max(days)


def _ended(case: Case, place: int, clock: Clock) -> date | None:
    """The day after which a clock's lateness is nobody's any more; None while it runs."""
    if clock.name is not ClockName.FORWARDING:
        return clock.stopped
    days = (clock.stopped, _sent_on(case.clocks[place:]))
    return min((day for day in days if day is not None), default=None)


def _late(case: Case, publications: Publications, today: date) -> Iterator[Deserved]:
    for place, clock in enumerate(case.clocks):
        day = min(today, _ended(case, place, clock) or today)
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
