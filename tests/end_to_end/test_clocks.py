"""A station whose clock is years off: it is told, nothing is lost, and all agree when it is right again.

Debian's `faketime` shows a process another time; where it is not there, these tests say so.
"""

from pathlib import Path

import pytest

from tests.end_to_end.paperwork import numbers
from tests.end_to_end.test_restored import (
    assert_agreed,
    exchange_all,
    register,
    stations,
)

__all__ = ("stations",)

LIBRARY = next(iter(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)

pytestmark = pytest.mark.skipif(LIBRARY is None, reason="faketime is not installed")


def set_clock(place, off):
    """What its clock shows from now on; "" for the right time."""
    if off:
        place.environment |= {"LD_PRELOAD": str(LIBRARY), "FAKETIME": off}
    else:
        for name in ("LD_PRELOAD", "FAKETIME"):
            place.environment.pop(name)


def test_three_years_ahead_and_right_again(stations, district, tmp_path):
    village, township = stations
    register(village, tmp_path, "a", 2, 1)
    set_clock(village, "+3y")
    register(village, tmp_path, "b", 2, 3)
    with district.open():
        told = village.attempt("sync")
        assert "本机的时钟比区中心快了 109" in told.messages  # days
        exchange_all(village, township)
    set_clock(village, "")

    refused = village.attempt("case", "register", "--file", str(tmp_path / "b.jsonl"))
    assert refused.code == 1
    assert refused.document["registered"] == []
    assert "--clock-is-right" in refused.messages
    assert len(numbers(village)) == 4  # looking goes on
    village.attempt("doctor", "--clock-is-right")
    register(village, tmp_path, "c", 2, 5)
    with district.open():
        exchange_all(village, township)
    assert_agreed(village, township)
    assert len(numbers(township)) == 6


def test_five_years_behind_and_right_again(stations, district, tmp_path):
    village, township = stations
    register(village, tmp_path, "a", 2, 1)
    set_clock(village, "-5y")

    refused = village.attempt("case", "register", "--file", str(tmp_path / "a.jsonl"))
    assert (refused.code, refused.document["registered"]) == (1, [])
    with district.open():  # certificates are no obstacle, and the centre says how far it is off
        told = village.attempt("sync")
        assert "本机的时钟比区中心慢了 182" in told.messages  # days
        assert told.document["pending"] == 0
    set_clock(village, "")

    register(village, tmp_path, "b", 2, 3)
    with district.open():
        exchange_all(village, township)
    assert_agreed(village, township)
    assert len(numbers(township)) == 4
