import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.pace import FIRST, LARGEST, SMALLEST, Pace, remembered, to_remember

FAR = 1 << 30


def full(pace):
    """A success with a body as large as the pace allows, which packs as it expects."""
    return pace.succeeded(pace.room, int(pace.room / pace.ratio))


def broken(pace):
    """A full body that did not arrive."""
    return pace.failed(FAR)


def test_sizes_start_small_and_double_with_each_success():
    pace = Pace()
    sizes = []
    for _ in range(8):
        sizes.append(pace.wire)
        pace = full(pace)

    assert sizes == [FIRST * 2**n for n in range(7)] + [LARGEST]


def test_a_failure_halves_the_size():
    assert broken(full(Pace())).wire == FIRST


def test_after_a_failure_sizes_stay_below_it_for_a_while():
    pace = broken(Pace(wire=64 * 1024))
    sizes = []
    for _ in range(15):
        pace = full(pace)
        sizes.append(pace.wire)

    assert set(sizes) == {32 * 1024}
    assert full(full(pace)).wire == 64 * 1024


def test_sizes_go_down_to_one_entry_and_no_further():
    pace = Pace()
    for _ in range(30):
        pace = broken(pace)

    assert pace.wire == SMALLEST


def test_a_small_body_proves_nothing():
    assert Pace().succeeded(300, 200) == Pace()


def test_after_an_hour_on_a_dead_line_sizes_are_soon_what_they_were():
    pace = Pace(wire=64 * 1024)
    for _ in range(100):
        pace = pace.failed(0)
    assert pace.wire == SMALLEST

    trips = 0
    while pace.wire < 32 * 1024:
        pace, trips = full(pace), trips + 1

    assert trips == 7


def test_a_line_that_bears_less_marks_it_lower_at_the_next_failure():
    """What bears 20,000 bytes and no more."""
    pace, failures = Pace(wire=1024 * 1024), 0
    for _ in range(40):
        if pace.wire > 20_000:
            pace, failures = broken(pace), failures + 1
        else:
            pace = full(pace)

    assert pace.wire == 16 * 1024
    assert failures <= 10


def test_a_line_that_breaks_after_little_is_sent_little_at_once():
    grown = Pace(wire=1024 * 1024)

    assert grown.failed(64 * 1024).wire == 64 * 1024  # it may have been chance
    assert grown.failed(400 * 1024).wire == 100 * 1024
    assert grown.failed(10).ceiling == 512 * 1024


def test_a_failure_after_several_bodies_of_a_size_leaves_it():
    pace = broken(Pace(wire=16 * 1024))
    for _ in range(6):
        pace = full(pace)

    assert broken(pace).wire == 8 * 1024
    assert broken(broken(pace)).wire == 4 * 1024


def test_the_ratio_follows_what_was_packed():
    assert Pace().succeeded(64 * 1024, 8 * 1024).ratio == 8


@given(
    st.lists(st.tuples(st.booleans(), st.integers(1, 10**7), st.integers(1, 10**7)), max_size=60)
)
def test_whatever_happens_the_pace_can_be_remembered(told):
    pace = Pace()
    for success, raw, packed in told:
        pace = pace.succeeded(raw, packed) if success else pace.failed(raw)

        assert SMALLEST <= pace.wire <= pace.ceiling <= LARGEST
        assert remembered(to_remember(pace)) == pace


@pytest.mark.parametrize(
    "raw",
    [
        None,
        b"",
        b"\xff",
        to_remember(Pace(wire=0)),
        to_remember(Pace(ratio=1e9)),
        to_remember(Pace(ceiling=1)),
    ],
)
def test_what_makes_no_sense_is_forgotten(raw):
    assert remembered(raw) == Pace()
