"""Clocks: limits that run on a case, kept by their inputs."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from app.domain.limits import Pause, Unit
from app.domain.regions import Tier


class ClockName(StrEnum):
    """In the order in which a case meets them."""

    FORWARDING = "forwarding"
    ACCOMPANYING = "accompanying"
    TAKING_OVER = "taking_over"
    EXAMINATION = "examination"
    SUPPLEMENT = "supplement"
    PROMISED = "promised"
    STATUTORY = "statutory"
    REVIEW = "review"
    PROCEDURE = "procedure"
    DELIVERY = "delivery"
    FOLLOW_UP = "follow_up"
    RECTIFICATION = "rectification"
    HAND_OVER = "hand_over"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _LABELS[self]


_LABELS = {
    ClockName.FORWARDING: "转报",
    ClockName.ACCOMPANYING: "引领",
    ClockName.TAKING_OVER: "接收",
    ClockName.EXAMINATION: "受理审查",
    ClockName.SUPPLEMENT: "申请人补正",
    ClockName.PROMISED: "承诺时限",
    ClockName.STATUTORY: "法定时限",
    ClockName.REVIEW: "本级办理",
    ClockName.PROCEDURE: "特别程序",
    ClockName.DELIVERY: "送达",
    ClockName.FOLLOW_UP: "回访",
    ClockName.RECTIFICATION: "整改",
    ClockName.HAND_OVER: "交接",
}

OF_THE_DECISION = frozenset({ClockName.PROMISED, ClockName.STATUTORY})
"""The authority's decision clocks: frozen by a special procedure, lengthened by an extension."""


class Clock(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A limit that runs on a case: its inputs, from which the day it is due is computed.

    `stopped` is the day it ended, None while it runs; `extended` the days added to `days`.
    Of `pauses` the last may be open: then nothing is due. `tier` is whose limit it is, where each tier has one.
    """

    name: ClockName
    starts: date
    days: int
    unit: Unit
    stopped: date | None = None
    extended: int = 0
    pauses: tuple[Pause, ...] = ()
    tier: Tier | None = None

    @property
    def running(self) -> bool:
        """Whether it has not ended; a paused one runs on later."""
        return self.stopped is None

    @property
    def paused(self) -> bool:
        return self.running and bool(self.pauses) and self.pauses[-1][1] is None

    def stop(self, on: date) -> Clock:
        return self if not self.running else msgspec.structs.replace(self, stopped=on)

    def pause(self, on: date) -> Clock:
        """Freeze it from the day after `on`; what has stopped or is frozen stays as it is."""
        if not self.running or self.paused:
            return self
        return msgspec.structs.replace(self, pauses=(*self.pauses, (on, None)))

    def resume(self, on: date) -> Clock:
        """Let it run on; `on` is a new day 0."""
        if not self.paused:
            return self
        began = self.pauses[-1][0]
        return msgspec.structs.replace(self, pauses=(*self.pauses[:-1], (began, max(began, on))))

    def extend(self, days: int) -> Clock:
        return msgspec.structs.replace(self, extended=self.extended + days)
