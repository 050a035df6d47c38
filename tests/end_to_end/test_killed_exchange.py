"""kill -9 of the station, or of the centre, around an exchange: nothing is lost and nothing doubled."""

import os
import random
import signal
import time

import pytest

from tests.end_to_end.paperwork import numbers, started, written

CASES = 120
ROUNDS = 4


@pytest.fixture
def stations(district):
    return district.begun_with(
        ("village", "450305200201", "韦代办", "agent"),
        ("township", "450305200", "李窗口", "clerk"),
    )


def held(district, station):
    """How many entries of a station's own journal the ledger has, and how many it has written."""
    own = station.do("status")
    devices = {one["device"]: one for one in district.centre.do("centre", "devices")["devices"]}
    return devices[own["device"]]["entries"], own["head"]["seq"]


def all_arrived(district, village, township):
    assert village.do("sync")["pending"] == 0
    township.do("sync")
    ledger, own = held(district, village)
    assert ledger == own
    assert sorted(numbers(township)) == sorted(numbers(village))
    assert village.do("verify")["ok"] is True
    assert township.do("verify")["ok"] is True


def test_the_station_dies_while_it_exchanges(district, stations, tmp_path):
    village, township = stations
    chance = random.Random(3)
    with district.open():
        for turn in range(ROUNDS):
            file = written(tmp_path / f"{turn}.jsonl", CASES // ROUNDS, first=1 + turn * CASES)
            village.do("case", "register", "--file", str(file))
            process = started(village, "sync")
            time.sleep(chance.uniform(0.15, 0.6))
            process.kill()
            process.communicate()
        for _ in range(ROUNDS):
            process = started(township, "sync")
            time.sleep(chance.uniform(0.15, 0.6))
            process.kill()
            process.communicate()
        all_arrived(district, village, township)


def test_the_centre_dies_while_it_is_asked(district, stations, tmp_path):
    village, township = stations
    chance = random.Random(4)
    for turn in range(ROUNDS):
        file = written(tmp_path / f"{turn}.jsonl", CASES // ROUNDS, first=1 + turn * CASES)
        village.do("case", "register", "--file", str(file))
        with district.open() as centre:
            process = started(village, "sync")
            time.sleep(chance.uniform(0.2, 0.5))
            os.kill(centre, getattr(signal, "SIGKILL", signal.SIGTERM))
            process.communicate()
            assert process.returncode in (0, 1)
    with district.open():
        all_arrived(district, village, township)
