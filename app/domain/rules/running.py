"""Which clocks start with an act, and with how many days."""

from __future__ import annotations

from datetime import date

from app.domain.case import Case
from app.domain.clocks import OF_THE_DECISION, Clock, ClockName
from app.domain.items import Item, Kind, Mode, Starts, StepBy
from app.domain.limits import Unit, deadline
from app.domain.regions import Tier
from app.domain.rules.powers import Setting, examining_level
from app.domain.settings import Settings


def settings_on(setting: Setting, on: date) -> Settings:
    return setting.publications.settings(on)


def working(name: ClockName, starts: date, days: int) -> Clock:
    return Clock(name=name, starts=starts, days=days, unit=Unit.WORKING)


def at_the_counter(item: Item, mode: Mode, setting: Setting, on: date) -> tuple[Clock, ...]:
    """What the station that has the papers must do in time: examine them itself, send them on, or go there too.

    An instant item has no examination of its own: it is promised for the day.
    Nothing is promised where the applicant is only told the way, or above the tier that examines.
    """
    settings, examines = settings_on(setting, on), examining_level(item).tier
    if setting.writer.tier is examines:
        if item.kind is Kind.INSTANT:
            return ()
        return (working(ClockName.EXAMINATION, on, settings.examination_days),)
    if mode is Mode.INFORM or (examines is not None and setting.writer.tier > examines):
        return ()
    if mode is Mode.ACCOMPANY or examines is None:
        return (working(ClockName.ACCOMPANYING, on, settings.accompanying_days),)
    return (working(ClockName.FORWARDING, on, settings.forwarding_days),)


def starting(item: Item, at: Starts, on: date) -> tuple[Clock, ...]:
    """The authority's decision clocks, if they start at this point of the case's life."""
    own = item.clock
    if own.starts is not at:
        return ()
    promised = Clock(name=ClockName.PROMISED, starts=on, days=own.promised, unit=own.unit)
    if own.statutory is None:
        return (promised,)
    return (promised, Clock(name=ClockName.STATUTORY, starts=on, days=own.statutory, unit=own.unit))


def reviewing(item: Item, tier: Tier, on: date, settings: Settings) -> tuple[Clock, ...]:
    """The clock of one tier's share, where the case goes up again: the days of its own steps.

    A licence whose steps say nothing has the lower tier's legal limit. Source: 行政许可法 art. 43.
    """
    examines, decides = examining_level(item).tier, item.decides.tier
    if examines is None or decides is None or examines is decides:
        return ()
    own = StepBy[tier.name]
    days = sum(step.days or 0 for step in item.steps if step.by is own)
    unit = item.clock.unit
    if not days and item.licence and tier is examines:
        days, unit = settings.review_days, Unit.WORKING
    if not days:
        return ()
    return (Clock(name=ClockName.REVIEW, starts=on, days=days, unit=unit, tier=tier),)


def paused(case: Case, on: date, *names: ClockName) -> tuple[Clock, ...]:
    return tuple(clock.pause(on) if clock.name in names else clock for clock in case.clocks)


def resumed(clocks: tuple[Clock, ...], on: date, *names: ClockName) -> tuple[Clock, ...]:
    return tuple(clock.resume(on) if clock.name in names else clock for clock in clocks)


def decision_runs(case: Case) -> bool:
    return any(clock.name in OF_THE_DECISION for clock in case.running_clocks)


def all_but_hand_over(case: Case, on: date) -> tuple[Clock, ...]:
    """The clocks when the case goes into other hands: all have ended, but that of an offer nobody took."""
    return case.stop(on, *(name for name in ClockName if name is not ClockName.HAND_OVER))


def is_over(case: Case, clock: Clock, on: date, setting: Setting) -> bool:
    """Whether the last day of a clock is past; never while it is frozen."""
    calendar = setting.publications.calendar(case.region)
    limit = deadline(clock.starts, clock.days + clock.extended, clock.unit, calendar, clock.pauses)
    return limit is not None and limit.due < on
