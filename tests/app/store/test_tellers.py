"""Processes that tell cases: they answer in the order of asking, and leave with whoever asked them."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest

from app.domain.publications import Publications
from app.journal.entry import BadEntry
from app.journal.refs import DeviceId
from app.store.tellers import Oneself, Tellers, TellersGone
from app.store.telling import Known, Told

NOTHING = Known(devices={}, lineage={}, publications=Publications(), refused=frozenset())
_ASKING = """
from multiprocessing import active_children
import time
from app.store.tellers import Tellers
tellers = Tellers()
print(len(active_children()), flush=True)
time.sleep(600)
"""


def test_they_end_with_a_program_that_is_killed():
    asking = subprocess.Popen([sys.executable, "-c", _ASKING], stdout=subprocess.PIPE, text=True)
    assert asking.stdout is not None
    assert int(asking.stdout.readline()) >= 1
    asking.kill()
    asking.wait()

    assert asking.stdout.read() == ""  # it ends once nobody who could write there is left
    asking.stdout.close()


def test_each_is_asked_one_thing_at_a_time():
    tellers = Tellers()
    for _ in range(2):
        asked = 0
        while tellers.has_idle:
            tellers.give([], NOTHING)
            asked += 1
        assert asked >= 1
        assert [tellers.take() for _ in range(asked)] == [Told([], [])] * asked
    tellers.close()


def test_what_cannot_be_told_is_no_answer():
    """An entry that is none: whoever asked is told that nobody answers, and finds out by themselves."""
    somebody = msgspec.structs.replace(NOTHING, devices={1: DeviceId(bytes(16))})
    tellers = Tellers()
    tellers.give([(1, 1, b"\xff")], somebody)
    with pytest.raises(TellersGone):
        tellers.take()
    tellers.close()

    alone = Oneself()
    alone.give([(1, 1, b"\xff")], somebody)
    assert not alone.has_idle
    with pytest.raises(BadEntry):
        alone.take()
