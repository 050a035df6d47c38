"""When to exchange: at once when something was recorded, now and then otherwise, and patiently on a bad line.

Three hundred stations are switched on at half past eight: each waits by draws of its own, so they do not go in step.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Final

from app.errors import DaibanError
from sync.client.engine import ExchangeReport
from sync.refusals import Busy, Offline, TooOften

POLL_S: Final = 300.0
_FIRST_RETRY_S: Final = 5.0
_LONGEST_RETRY_S: Final = 300.0
_LONGEST_ORDERED_S: Final = 600.0
"""A centre that asks for more is not obeyed for longer: somebody's records wait."""
_POLLS_DIFFER: Final = 0.2
_GLANCE_S: Final = 1.0
_MOST_DOUBLINGS: Final = 10
_PASSING: Final = frozenset({Offline.code, Busy.code, TooOften.code})
"""What keeps scans from going on and is over sooner or later: they are tried again like entries."""
RETRY_AFTER: Final = "retry_after_s"
"""The fact of `too_often` and `busy` that says how many seconds the centre wants to be left alone."""

Outcome = ExchangeReport | DaibanError


def retry_after_s(failures: int, draw: float) -> float:
    """How long to wait after so many failures in a row; `draw` from 0 to 1 spreads stations that failed together.

    Doubles up to five minutes, of which the draw takes away up to half.
    """
    doublings = min(failures - 1, _MOST_DOUBLINGS)
    longest = min(_FIRST_RETRY_S * 2.0**doublings, _LONGEST_RETRY_S)
    return longest * (1 - draw / 2)


def poll_after_s(polls: int, draw: float, poll_s: float = POLL_S) -> float:
    """How long to wait after so many polls that went well, from 1; `draw` is from 0 to 1.

    The first wait is anything up to the whole interval, so those who began together are spread over it at once;
    the others are an interval, a fifth longer or shorter, so nobody meets the same neighbour each time.
    """
    if polls <= 1:
        return poll_s * (1 - draw)
    return poll_s * (1 + _POLLS_DIFFER * (2 * draw - 1))


def ordered_s(error: DaibanError, draw: float) -> float:
    """How long the centre wants to be left alone, and up to half as long again by the draw; 0 if it said nothing."""
    asked = error.facts.get(RETRY_AFTER, 0)
    if not isinstance(asked, int | float) or not 0 < asked < math.inf:
        return 0.0
    return min(float(asked), _LONGEST_ORDERED_S) * (1 + draw / 2)


def watch(
    exchange_once: Callable[[], ExchangeReport],
    pending: Callable[[], int],
    told: Callable[[Outcome], None],
    stopped: Event,
    poll_s: float = POLL_S,
    bell: Event | None = None,
    returned: Callable[[], bool] = lambda: False,
    draw: Callable[[], float] = random.random,
) -> None:
    """Exchange until `stopped` is set. Whatever is refused or fails is told, and tried again later.

    Whoever rings `bell` is heard at once, waiting or not; what was recorded, that the network has `returned`,
    and `stopped` are heard at the latest a second later.
    While the centre wants to be left alone only `stopped` is heard.
    """
    failures = polls = 0
    while not stopped.is_set():
        outcome: Outcome
        unsent = pending()
        try:
            outcome = exchange_once()
            failures = failures + 1 if outcome.sheets_stopped in _PASSING else 0
            unsent, polls = outcome.pending, polls + 1
        except DaibanError as error:
            outcome = error
            failures += 1
            unsent -= _passed(error)
        told(outcome)
        if isinstance(outcome, DaibanError):
            stopped.wait(ordered_s(outcome, draw()))
        again_s = retry_after_s(failures, draw()) if failures else None
        wait_s = poll_after_s(polls, draw(), poll_s) if again_s is None else again_s
        _wait(wait_s, partial(_is_new, pending, unsent, returned), stopped, bell or stopped)


def _is_new(pending: Callable[[], int], unsent: int, returned: Callable[[], bool]) -> bool:
    """Whether more waits than is known of, or the network is back."""
    return returned() or pending() > unsent


def _passed(error: DaibanError) -> int:
    """How many entries went up before the exchange broke off."""
    sent = error.facts.get("sent", 0)
    return sent if isinstance(sent, int) else 0


def _wait(wait_s: float, something_new: Callable[[], bool], stopped: Event, bell: Event) -> None:
    """Wait until the time is over, there is something new, the bell rings, or the watch is stopped."""
    while wait_s > 0 and not stopped.is_set() and not something_new():
        if bell.wait(min(_GLANCE_S, wait_s)):
            break
        wait_s -= _GLANCE_S
    if bell is not stopped:
        bell.clear()
