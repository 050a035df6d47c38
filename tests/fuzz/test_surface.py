"""A centre on a real port, and everybody who reaches it: only documented refusals, and the ledger stays as it is."""

from __future__ import annotations

import logging
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sync import protocol
from sync.centre.doorkeeper import Limits
from sync.centre.http import Centre
from tests.fuzz.surface import SAID, Surface
from tests.sync.builders import VILLAGE, ACentre, a_centre, a_pen, listening

GENEROUS = Limits(address_most=1e9, device_most_s=1e9)


@pytest.fixture(scope="module")
def surface(tmp_path_factory):
    made = a_centre(tmp_path_factory.mktemp("surface") / "centre")
    http = Centre(made.ledger, made.authority, made.wall, limits=GENEROUS)
    centre = ACentre(made.folder, made.wall, made.ledger, made.authority, http)
    pen = a_pen(centre, VILLAGE)
    for _ in range(3):
        pen.write()
    pen.send()
    with listening(centre) as url:
        yield Surface(centre, url, pen)


def state(surface):
    """All that the ledger has, but for when the device was last heard and how it was."""
    rows = surface.pen.centre.ledger.database.rows
    tables = ("entry", "feed", "refusal", "code", "token", "act", "destruction")
    told = [rows(f"SELECT count(*) FROM {table}") for table in tables]
    return [
        *told,
        rows("SELECT id, payload, accepted_seq, accepted_digest, revoked_ms FROM device"),
    ]


def test_nothing_that_reaches_the_port_upsets_the_centre(surface, caplog):
    before = state(surface)

    @settings(max_examples=120, phases=(Phase.explicit, Phase.generate), database=None)
    @given(st.integers(0, 2**32 - 1))
    def try_one(seed: int) -> None:
        status = surface.attempt(Random(seed))
        assert status in SAID | {0, 100}

    with caplog.at_level(logging.ERROR):
        try_one()

    assert not caplog.records
    assert state(surface) == before
    exchanges_still(surface)


def exchanges_still(surface):
    """And an honest exchange works, over the same port."""
    from sync import codec
    from sync.client.transport import Line

    pen = surface.pen
    pen.write()
    line = Line(surface.url, pen.centre.authority.ca)
    body = codec.pack(protocol.encode(pen.request(first=len(pen.wires))))
    answer = protocol.decode(
        codec.unpack(line.post("/exchange", body, pen.token))[0], protocol.Answer
    )
    line.close()
    assert answer.accepted.seq == len(pen.wires)
