import itertools
import random
import threading
import time
from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.engine import ExchangeReport
from sync.client.schedule import Outcome, ordered_s, poll_after_s, retry_after_s, watch
from sync.refusals import Busy, Offline, TooOften

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


def polls_of(seed, hours=4):
    """When a station that was switched on at 0 asks the centre, in seconds."""
    draw = random.Random(seed).random
    waits = (poll_after_s(number, draw()) for number in itertools.count(1))
    return list(
        itertools.takewhile(lambda at: at < hours * 3600, itertools.accumulate(waits, initial=0.0))
    )


def test_three_hundred_stations_that_are_switched_on_together_do_not_poll_in_step():
    asked = [at for seed in range(300) for at in polls_of(seed) if at > 0]
    a_minute = Counter(int(at // 60) for at in asked)
    shares = [a_minute[n] / (300 / 5) for n in range(1, 230)]  # of what it would be quite evenly

    assert min(shares) > 0.5
    assert max(shares) < 1.6
    assert max(Counter(map(int, asked)).values()) <= 8  # in one second


@given(st.integers(2, 1000), st.floats(0, 1))
def test_a_poll_comes_after_five_minutes_more_or_less(polls, draw):
    assert 240 <= poll_after_s(polls, draw) <= 360
    assert 0 <= poll_after_s(1, draw) <= 300


@given(st.floats(0, 1))
def test_a_centre_that_asks_to_be_left_alone_is_left_alone(draw):
    assert 30 <= ordered_s(TooOften(retry_after_s=30), draw) <= 45
    assert 600 <= ordered_s(Busy(retry_after_s=10**9), draw) <= 900


@pytest.mark.parametrize("said", [{}, {"retry_after_s": "soon"}, {"retry_after_s": -3}])
def test_a_refusal_without_a_sensible_time_orders_nothing(said):
    assert ordered_s(TooOften(**said), 0.5) == 0


def test_nothing_new_is_sent_before_the_time_that_the_centre_asked_for(monkeypatch):
    waited: list[float | None] = []
    stopped = threading.Event()
    monkeypatch.setattr(stopped, "wait", waited.append)
    left = [TooOften(retry_after_s=40), DONE]

    def exchange_once():
        outcome = left.pop(0)
        if not left:
            stopped.set()
        if isinstance(outcome, TooOften):
            raise outcome
        return outcome

    bell = threading.Event()
    bell.set()
    watch(
        exchange_once, iter(range(9)).__next__, lambda _: None, stopped, bell=bell, draw=lambda: 0
    )

    assert waited == [40]


@pytest.mark.parametrize(
    ("why", "soon"),
    [("offline", True), ("busy", True), ("too_often", True), ("centre_without_scans", False)],
)
def test_scans_that_a_line_kept_back_are_tried_again_like_entries(monkeypatch, why, soon):
    waits = []
    monkeypatch.setattr("sync.client.schedule._wait", lambda wait_s, *_: waits.append(wait_s))
    kept_back = msgspec.structs.replace(DONE, sheets_stopped=why)

    watched([kept_back, kept_back, DONE], poll_s=3600.0)

    first, second, _ = waits
    assert (first <= 5 and second <= 10) if soon else second > 60
