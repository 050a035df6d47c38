"""A station that is killed while its token changes, again and again, is never shut out and never admitted anew."""

from __future__ import annotations

import signal
import time
from random import Random

import pytest

from app.store.opening import open_store
from sync.centre import office, safekeeping
from sync.client.transport import Line
from sync.refusals import Revoked
from tests.sync.builders import UNLOCK, VILLAGE
from tests.sync.processes import (
    EXCHANGE,
    CentreProcess,
    a_process,
    a_station,
    exchange,
    said_by,
)

ROUNDS = 6


@pytest.fixture
def centre(tmp_path):
    process = CentreProcess.founded(tmp_path / "centre")
    yield process
    if process.running:
        process.end()


def test_a_station_that_is_killed_while_its_token_changes_goes_on(centre, tmp_path):
    station = a_station(centre, VILLAGE, tmp_path / "village")
    folder, first = station.store.folder, station.store.identity.token
    station.store.close()
    chance = Random(6)
    for _ in range(ROUNDS):
        safekeeping.change_tokens(centre.data, None, unlock=UNLOCK)
        process = a_process(EXCHANGE, folder)
        assert said_by(process) == "open\n"
        time.sleep(chance.uniform(0, 0.12))
        process.send_signal(signal.SIGKILL)
        process.communicate()

    store = open_store(folder, UNLOCK)
    exchange(store)
    exchange(store)

    assert store.identity.token != first
    acts = [one.what for one in safekeeping.acts(centre.data, unlock=UNLOCK)]
    assert acts.count("tokens_changed") == ROUNDS
    assert "admitted" not in acts
    store.close()


def test_who_is_revoked_hears_it_at_once_on_a_line_that_is_open(centre, tmp_path):
    """The centre is another process than the one that revokes."""
    station = a_station(centre, VILLAGE, tmp_path / "village")
    who = station.store.identity
    line = Line(who.url, who.ca)
    line.post("/ca", b"", who.token)
    office.revoke(centre.data, station.store.device.hex(), unlock=UNLOCK)

    with pytest.raises(Revoked):
        line.post("/exchange", b"", who.token)

    line.close()
    station.store.close()
