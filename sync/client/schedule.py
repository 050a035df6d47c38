"""When to exchange: at once when something was recorded, now and then otherwise, and patiently on a bad line."""

from __future__ import annotations

import random
from collections.abc import Callable
from threading import Event
from typing import Final

from app.errors import DaibanError
from sync.client.engine import ExchangeReport

POLL_S: Final = 300.0
_FIRST_RETRY_S: Final = 5.0
_LONGEST_RETRY_S: Final = 300.0
_GLANCE_S: Final = 1.0
_MOST_DOUBLINGS: Final = 10

Outcome = ExchangeReport | DaibanError


def retry_after_s(failures: int, draw: float) -> float:
    """How long to wait after so many failures in a row; `draw` from 0 to 1 spreads stations that failed together.

    Doubles up to five minutes, of which the draw takes away up to half.
    """
    doublings = min(failures - 1, _MOST_DOUBLINGS)
    longest = min(_FIRST_RETRY_S * 2.0**doublings, _LONGEST_RETRY_S)
    return longest * (1 - draw / 2)


def watch(
    exchange_once: Callable[[], ExchangeReport],
    pending: Callable[[], int],
    told: Callable[[Outcome], None],
    stopped: Event,
    poll_s: float = POLL_S,
    bell: Event | None = None,
) -> None:
    """Exchange until `stopped` is set. Whatever is refused or fails is told, and tried again later.

    Whoever rings `bell` is heard at once, waiting or not; `stopped` is heard at the latest a second later.
    """
    failures = 0
    while not stopped.is_set():
        outcome: Outcome
        try:
            outcome = exchange_once()
            failures = 0
        except DaibanError as error:
            outcome = error
            failures += 1
        told(outcome)
        wait_s = retry_after_s(failures, random.random()) if failures else poll_s
        _wait(wait_s, pending, stopped, bell or stopped)


def _wait(wait_s: float, pending: Callable[[], int], stopped: Event, bell: Event) -> None:
    """Wait until the time is over, something new is recorded, the bell rings, or the watch is stopped."""
    unsent = pending()
    while wait_s > 0 and not stopped.is_set():
        if bell.wait(min(_GLANCE_S, wait_s)):
            break
        wait_s -= _GLANCE_S
        if pending() > unsent:
            break
    if bell is not stopped:
        bell.clear()
