"""Lights on clocks: what supervision (效能监督) sees at a glance.

The last day of a limit is on time, the next is late.
The numbers are defaults that the district may publish otherwise (domain rules, supervision table).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from app.domain.clocks import ClockName


class Light(StrEnum):
    """From the mildest to the gravest; told by shape and word, never by colour alone."""

    NORMAL = "normal"
    WARNING = "warning"
    YELLOW = "yellow"
    RED = "red"

    @property
    def shape(self) -> str:
        """One sign, different for each light in black and white too."""
        return {"normal": "○", "warning": "△", "yellow": "◆", "red": "■"}[self]

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"normal": "正常", "warning": "预警", "yellow": "黄牌", "red": "红牌"}[self]


class Threshold(msgspec.Struct, frozen=True, kw_only=True):
    """When the lights of one clock change, in days of its unit; None: never.

    `warning` counts days that are left, `yellow` and `red` days past the last day (1: the next).
    """

    warning: int | None = None
    yellow: int | None = None
    red: int | None = None


class Thresholds(msgspec.Struct, frozen=True, kw_only=True):
    """A threshold for each clock.

    The promise and the statutory limit run side by side:
    past the promise is yellow, past the statutory limit red.
    Silence past the examination of a licence is acceptance (行政许可法 art. 32), hence red.
    The days in which an applicant supplements are the applicant's: nobody gets a card for them.
    """

    forwarding: Threshold = Threshold(warning=1, yellow=1)
    accompanying: Threshold = Threshold(warning=1, yellow=1)
    taking_over: Threshold = Threshold(warning=1, yellow=1)
    examination: Threshold = Threshold(warning=2, yellow=1)
    licence_examination: Threshold = Threshold(warning=2, red=1)
    promised: Threshold = Threshold(warning=2, yellow=1)
    statutory: Threshold = Threshold(red=1)
    supplement: Threshold = Threshold(warning=2)
    review: Threshold = Threshold(warning=2, yellow=1)
    procedure: Threshold = Threshold(warning=2, yellow=1, red=2)
    delivery: Threshold = Threshold(warning=1, yellow=1)
    follow_up: Threshold = Threshold(yellow=1)
    rectification: Threshold = Threshold(warning=2, yellow=1)
    hand_over: Threshold = Threshold(yellow=1)


DEFAULT_THRESHOLDS = Thresholds()


def light(
    clock: ClockName,
    days_left: int | None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    *,
    licence: bool = False,
) -> Light:
    """The light of one clock; `days_left` None: nothing is counted now.

    `licence` says whether the case's item is one, which only the examination clock asks.
    """
    threshold = threshold_of(clock, thresholds, licence=licence)
    if days_left is None:
        return Light.NORMAL
    if threshold.red is not None and -days_left >= threshold.red:
        return Light.RED
    if threshold.yellow is not None and -days_left >= threshold.yellow:
        return Light.YELLOW
    if threshold.warning is not None and days_left <= threshold.warning:
        return Light.WARNING
    return Light.NORMAL


def threshold_of(clock: ClockName, thresholds: Thresholds, *, licence: bool) -> Threshold:
    """When the light of this clock changes, in a case whose item is a licence or is none."""
    examined_licence = licence and clock is ClockName.EXAMINATION
    found: Threshold = getattr(
        thresholds, "licence_examination" if examined_licence else clock.value
    )
    return found


def gravest(lights: Iterable[Light]) -> Light:
    """The light of a case: the gravest of its running clocks'."""
    order = tuple(Light)
    return max(lights, key=order.index, default=Light.NORMAL)
