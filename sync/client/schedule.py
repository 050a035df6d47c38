"""When to exchange: at once when something was recorded, now and then otherwise, and patiently on a bad line."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
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
    returned: Callable[[], bool] = lambda: False,
) -> None:
    """Exchange until `stopped` is set. Whatever is refused or fails is told, and tried again later.

    Whoever rings `bell` is heard at once, waiting or not; what was recorded, that the network has `returned`,
    and `stopped` are heard at the latest a second later.
    """
    failures = 0
    while not stopped.is_set():
        outcome: Outcome
        unsent = pending()
        try:
            outcome = exchange_once()
            failures, unsent = 0, outcome.pending
        except DaibanError as error:
            outcome = error
            failures += 1
            unsent -= _passed(error)
        told(outcome)
        wait_s = retry_after_s(failures, random.random()) if failures else poll_s
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
