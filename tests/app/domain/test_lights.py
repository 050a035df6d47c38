"""Lights: the last day is on time, the next is late."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clocks import ClockName
from app.domain.lights import Light, Threshold, Thresholds, gravest, light

CLOCKS = st.sampled_from(ClockName)
DAYS = st.integers(-100, 100)


@pytest.mark.parametrize(
    ("clock", "lights"),
    [
        # days left: 3, 2, 1, 0, -1, -2
        (ClockName.FORWARDING, "normal normal warning warning yellow yellow"),
        (ClockName.EXAMINATION, "normal warning warning warning yellow yellow"),
        (ClockName.PROMISED, "normal warning warning warning yellow yellow"),
        (ClockName.STATUTORY, "normal normal normal normal red red"),
        (ClockName.DELIVERY, "normal normal warning warning yellow yellow"),
    ],
)
def test_a_clock_changes_its_light_as_the_table_says(clock, lights):
    assert " ".join(light(clock, left) for left in (3, 2, 1, 0, -1, -2)) == lights


def test_silence_on_a_licence_is_red_at_once():
    assert light(ClockName.EXAMINATION, 0, licence=True) is Light.WARNING
    assert light(ClockName.EXAMINATION, -1, licence=True) is Light.RED
    assert light(ClockName.PROMISED, -1, licence=True) is Light.YELLOW


def test_past_the_promise_is_yellow_and_past_the_law_is_red():
    def together(promised: int, statutory: int) -> Light:
        return gravest((light(ClockName.PROMISED, promised), light(ClockName.STATUTORY, statutory)))

    assert together(0, 9) is Light.WARNING
    assert together(-1, 8) is Light.YELLOW
    assert together(-9, 0) is Light.YELLOW
    assert together(-10, -1) is Light.RED


@given(CLOCKS, DAYS, DAYS, st.booleans())
def test_fewer_days_never_make_a_light_milder(clock, one, other, licence):
    fewer, more = sorted((one, other))
    lights = [light(clock, left, licence=licence) for left in (fewer, more)]
    assert gravest(lights) is lights[0]


@given(CLOCKS, st.booleans())
def test_a_clock_that_does_not_count_is_normal(clock, licence):
    assert light(clock, None, licence=licence) is Light.NORMAL


def test_the_district_may_publish_other_thresholds():
    strict = Thresholds(delivery=Threshold(warning=5, yellow=1, red=3))
    assert light(ClockName.DELIVERY, 5, strict) is Light.WARNING
    assert light(ClockName.DELIVERY, -2, strict) is Light.YELLOW
    assert light(ClockName.DELIVERY, -3, strict) is Light.RED
    wire = msgspec.msgpack.encode(strict)
    assert msgspec.msgpack.decode(wire, type=Thresholds) == strict


def test_no_clock_means_a_normal_case():
    assert gravest(()) is Light.NORMAL


def test_each_light_has_a_shape_and_a_word_of_its_own():
    assert len({one.shape for one in Light}) == len({one.label for one in Light}) == len(Light)
