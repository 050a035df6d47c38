"""The conflict that `sync/README.md` works through, with a real centre and two real stores.

A village withdraws without a line what its township, an hour later, decides.
"""

from datetime import datetime

import pytest

from app.domain.case import State
from app.domain.days import CHINA
from app.domain.events import Role
from app.journal.entry import read
from app.usecases import operators
from tests.builders import Wall, a_case, act
from tests.sync.builders import (
    TOWNSHIP,
    VILLAGE,
    a_centre,
    a_station,
    exchange,
    own_entries,
)


def at(hour, minute):
    return int(datetime(2026, 11, 23, hour, minute, tzinfo=CHINA).timestamp() * 1000)


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Step by step as it is written there; the stations, the case, and what each step left."""
    folder = tmp_path_factory.mktemp("conflict")
    centre = a_centre(folder / "centre", Wall(at(8, 0)))
    village = a_station(centre, VILLAGE, folder / "village")
    township = a_station(centre, TOWNSHIP, folder / "township")
    approver = operators.add(township.store, "李主任", Role.APPROVER)
    exchange(village, centre)
    exchange(township, centre)
    before = len(own_entries(village.store)), len(own_entries(township.store))

    centre.wall.turn(ms=at(9, 0) - centre.wall())
    case = a_case(village)
    act(village, case, "forward")
    exchange(village, centre)
    exchange(township, centre)
    centre.wall.turn(ms=at(10, 0) - centre.wall())
    act(village, case, "withdraw", reason="家属商量后先不办")
    centre.wall.turn(ms=at(11, 0) - centre.wall())
    act(township, case, "take_over", by=approver)
    act(township, case, "accept", by=approver)
    act(township, case, "decide", approved=True, result="准予享受")
    first = township.case(case).state
    exchange(township, centre)
    sent = exchange(village, centre)
    exchange(township, centre)
    return village, township, case, before, first, sent


def written(station, skipped):
    """What a device wrote after its first entries, as (kind, number, after, day's minute)."""
    lives = station.store.journal.lineage
    entries = [
        read(wire, device=station.device, seq=seq, lineage=lives)
        for seq, wire in enumerate(own_entries(station.store), 1)
    ]
    return [(one.kind, one.seq, one.after) for one in entries[skipped:]]


def test_each_entry_names_what_its_writer_had_seen(story):
    village, township, _, (v, t), _, _ = story
    by_village, by_township = written(village, v), written(township, t)

    assert [kind for kind, _, _ in by_village] == [
        "case.registered",
        "case.forwarded",
        "case.withdrawn",
    ]
    assert [kind for kind, _, _ in by_township] == [
        "case.taken_over",
        "case.accepted",
        "case.decided",
    ]
    assert [seq for _, seq, _ in by_village] == [2, 3, 4]
    assert [seq for _, seq, _ in by_township] == [3, 4, 5]
    assert [(ref.device, ref.seq) for ref in by_village[2][2]] == [(village.device, 3)]
    assert [(ref.device, ref.seq) for ref in by_township[0][2]] == [(village.device, 3)]


def test_the_village_was_told_at_once_and_both_sides_agree(story):
    village, township, case, _, first, sent = story

    assert first is State.DECIDED
    assert (sent.sent, sent.received, sent.pending) == (1, 3, 0)
    for station in (village, township):
        assert station.case(case).state is State.DECIDED


def test_the_withdrawal_stays_and_is_shown_as_without_effect(story):
    village, township, case, _, _, _ = story

    for station in (village, township):
        (misfit,) = station.case(case).out_of_place
        assert (misfit.kind, misfit.state) == ("case.withdrawn", State.DECIDED)
