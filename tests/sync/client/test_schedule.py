import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.engine import ExchangeReport
from sync.client.schedule import Outcome, retry_after_s, watch
from sync.refusals import Offline

DONE = ExchangeReport(
    sent=0,
    received=0,
    refused=0,
    pending=0,
    bytes_up=0,
    bytes_down=0,
    round_trips=1,
    seconds=0,
    clock_off_s=0,
)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_retry_never_waits_longer_than_five_minutes(failures, draw):
    assert 2.5 <= retry_after_s(failures, draw) <= 300


@given(st.integers(1, 100), st.floats(0, 1))
def test_waits_grow_with_failures(failures, draw):
    assert retry_after_s(failures + 1, draw) >= retry_after_s(failures, draw)


def test_stations_that_failed_together_come_back_at_different_times():
    waits = {retry_after_s(7, draw / 100) for draw in range(100)}

    assert len(waits) == 100
    assert min(waits) == pytest.approx(151.5)
    assert max(waits) == 300


def watched(outcomes, pending=lambda: 0, poll_s=3600.0, returned=lambda: False):
    """Watch until the outcomes run out; return what was told."""
    stopped = threading.Event()
    left = list(outcomes)
    told: list[Outcome] = []

    def exchange_once():
        outcome = left.pop(0)
        if not left:
            stopped.set()
        if isinstance(outcome, Offline):
            raise outcome
        return outcome

    watch(exchange_once, pending, told.append, stopped, poll_s, returned=returned)
    return told


def test_what_fails_is_told_and_the_watch_goes_on():
    pending = iter(range(100))
    offline = Offline(why="lost")

    assert watched([offline, DONE], pending=lambda: next(pending)) == [offline, DONE]


def test_something_new_is_sent_at_once():
    pending = iter([0, 0, 1, 1])
    started = time.monotonic()

    told = watched([DONE, DONE], pending=lambda: next(pending))

    assert told == [DONE, DONE]
    assert time.monotonic() - started < 60


class Counts:
    """How many entries wait, as it is asked for one time after the other; the last stays."""

    def __init__(self, *counts):
        self.left = list(counts)

    def __call__(self):
        return self.left.pop(0) if len(self.left) > 1 else self.left[0]


def test_what_was_recorded_while_a_try_failed_is_tried_at_once():
    offline = Offline(why="lost")

    assert watched([offline, DONE], pending=Counts(3, 4)) == [offline, DONE]


def test_what_went_up_before_the_line_broke_is_known_to_have_gone():
    waiting = Counts(10, 4, 4, 5)
    offline = Offline(why="lost", sent=6)

    assert watched([offline, DONE], pending=waiting) == [offline, DONE]
    assert waiting.left == [5]


def test_the_return_of_the_network_is_answered_at_once():
    glances = iter([False, True])
    offline = Offline(why="lost")

    assert watched([offline, DONE], returned=lambda: next(glances)) == [offline, DONE]


def test_without_anything_new_the_centre_is_asked_now_and_then():
    assert watched([DONE] * 3, poll_s=0.01) == [DONE] * 3


def test_a_stop_ends_a_long_wait():
    stopped = threading.Event()
    threading.Timer(0.05, stopped.set).start()

    watch(lambda: DONE, lambda: 0, lambda outcome: None, stopped)

    assert stopped.is_set()
