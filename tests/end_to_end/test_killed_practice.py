"""A practice store that is killed while it is made is there whole afterwards, or not at all."""

import random
import signal
import subprocess
import sys
import time

import pytest

from app.store import keyslots
from tests.builders import VILLAGE, a_district, a_station
from tests.practising import UNLOCK
from ui.demo.places import Place

COMMAND = (sys.executable, "-m", "ui.commands.main", "practice")


@pytest.fixture
def station(tmp_path):
    made = a_station(a_district(), VILLAGE, tmp_path / "village")
    keyslots.create(tmp_path / "village", UNLOCK, made.store.key)
    made.store.close()
    return Place(tmp_path / "village", "practice")


def killed_after(seconds, station, act):
    process = subprocess.Popen(
        [*COMMAND, act, "--data", str(station.folder)],
        env=station.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_whenever_it_is_killed_there_is_nothing_or_a_whole_one(station):
    chance = random.Random(20261122)
    started = time.monotonic()
    station.do("practice", "start")
    whole_s = time.monotonic() - started
    practice = Place(station.folder / "practice", "practice")
    for act in ("reset", "start", "reset"):
        killed_after(chance.uniform(0.2, 1.0) * whole_s, station, act)
        if (practice.folder / "daiban.db").exists():
            station.do("practice", "start")  # its slots may be what was cut off
            assert practice.do("verify")["ok"]
            assert len(practice.do("case", "list")["cases"]) == 33
        assert station.do("verify")["ok"]
    station.do("practice", "start")
    assert practice.do("verify")["ok"]
    assert not [*station.folder.glob("practice.*.new"), *station.folder.glob("practice.*.gone")]
