"""A real line that is cut, at any byte: what was in flight is lost, and nothing else; nothing is doubled."""

import random
import subprocess
import threading
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.store import exchange as station_side
from app.store.opening import open_store
from sync.client import engine
from sync.client.transport import Line
from sync.refusals import Offline, Unintelligible
from tests.builders import a_case
from tests.sync.builders import (
    OTHER_VILLAGE,
    TOWNSHIP,
    UNLOCK,
    VILLAGE,
    a_centre,
    listening,
    own_entries,
    reopened,
)
from tests.sync.builders import a_station as a_station_of
from tests.sync.processes import EXCHANGE, CentreProcess, a_process, a_station, exchange
from tests.sync.proxy import Fault, Proxy, Then, Way

KB = 1024
STALL_S = "0.8"
MOST_TRIES = 40


def long_note(chance):
    """Text that hardly packs."""
    return "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(600))


# --- any byte, in one process ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A centre behind TLS on this machine, and a village of it."""
    top = tmp_path_factory.mktemp("served")
    centre = a_centre(top / "centre")
    village = a_station_of(centre, VILLAGE, top / "village")
    with listening(centre) as url:
        yield centre, village, int(url.rsplit(":", 1)[1])
    village.store.close()


@settings(max_examples=25)
@given(
    st.lists(
        st.builds(
            Fault,
            way=st.sampled_from(Way),
            after=st.integers(0, 6000),
            then=st.just(Then.CUT),
        ),
        min_size=1,
        max_size=4,
    ),
    st.integers(0, 3),
)
def test_a_cut_at_any_byte_loses_and_doubles_nothing(served, faults, cases):
    centre, village, port = served
    for _ in range(cases):
        a_case(village, note=long_note(random.Random(cases)))

    with Proxy(port=port, faults=list(faults)) as proxy:
        for _ in range(len(faults)):
            line = Line(proxy.url, centre.authority.ca)
            with suppress(Offline):
                engine.exchange(village.store, line)
            line.close()
        line = Line(proxy.url, centre.authority.ca)
        engine.exchange(village.store, line)
        line.close()

    assert centre.entries_of(village.device) == own_entries(village.store)
    assert station_side.pending(village.store) == 0


# --- real processes -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    process = CentreProcess.founded(tmp_path_factory.mktemp("cut") / "centre")
    yield process
    process.end()


@pytest.fixture
def village(centre, tmp_path):
    station = a_station(centre, VILLAGE, tmp_path / "village")
    exchange(station.store)
    return station


def tried(station, proxy):
    """One exchange by a process of its own, with little patience; whether it came to its end."""
    process = a_process(
        EXCHANGE, station.store.folder, proxy.url, STALL_S, errors=subprocess.DEVNULL
    )
    said, _ = process.communicate()
    return "done" in said


def agree(centre, station):
    store = open_store(station.store.folder, UNLOCK)
    try:
        assert station_side.pending(store) == 0
        assert centre.entries_of(store.device) == own_entries(store)
    finally:
        store.close()


def on_a_clear_line(centre, station):
    """Bytes that a whole exchange takes up and down, its handshake included."""
    with Proxy(port=centre.port) as proxy:
        line = Line(proxy.url, station.store.identity.ca)
        engine.exchange(station.store, line)
        line.close()
        return proxy.up, proxy.down


@pytest.mark.parametrize("then", Then)
@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("share", [0.0, 0.9])
def test_a_line_that_fails_on_its_way_is_overcome(centre, village, way, then, share):
    """Amid the handshake, the request or the answer; cut, or dead in one direction without a word."""
    a_case(village, note=long_note(random.Random(1)))
    up, down = on_a_clear_line(centre, village)
    a_case(village, note=long_note(random.Random(2)))
    village.store.close()
    after = int(share * (up if way is Way.UP else down))

    with Proxy(port=centre.port, faults=[Fault(way=way, after=after, then=then)]) as proxy:
        tries = 1
        while not tried(village, proxy):
            tries += 1
            assert tries < MOST_TRIES

    assert tries <= 2
    agree(centre, village)


def test_an_answer_that_is_lost_after_the_centre_has_committed_costs_nothing(centre, village):
    a_case(village, note=long_note(random.Random(1)))
    _, down = on_a_clear_line(centre, village)
    a_case(village, note=long_note(random.Random(2)))
    before = own_entries(village.store)

    with Proxy(port=centre.port, faults=[Fault(way=Way.DOWN, after=down - 60)] * 4) as proxy:
        line = Line(proxy.url, village.store.identity.ca)
        with pytest.raises(Offline):
            engine.exchange(village.store, line)
        line.close()
    assert station_side.pending(village.store) == 1
    assert centre.entries_of(village.device) == before  # it has them and could not say so

    report = exchange(village.store)

    assert (report.sent, report.pending) == (1, 0)
    assert centre.entries_of(village.device) == before


def test_a_line_that_is_cut_every_16_kilobytes_finishes_and_costs_what_was_in_flight(
    centre, tmp_path
):
    """Up and down: what the village sends, a township on the same line receives.

    Of the 16 KB between two cuts three or so are the handshake; some of the rest must have come to stay.
    """
    chance = random.Random(5)
    village = a_station(centre, VILLAGE, tmp_path / "village")
    clear = a_station(centre, OTHER_VILLAGE, tmp_path / "clear")
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    for station in (village, clear, township):
        exchange(station.store)
    for _ in range(45):
        note = long_note(chance)
        a_case(village, note=note)
        a_case(clear, note=note)
    up, down = on_a_clear_line(centre, clear)

    sent, cuts = to_its_end(centre, village)

    assert centre.entries_of(village.device) == own_entries(village.store)
    assert cuts > 2
    assert sent <= 1.05 * (up + down) + cuts * 13 * KB

    received, cuts = to_its_end(centre, township)

    assert subjects(township) >= subjects(village)
    assert cuts > 4
    assert received <= 1.05 * 2 * (up + down) + cuts * 13 * KB


def to_its_end(centre, station):
    """However often it is cut: the bytes that passed, and how many cuts there were."""
    with Proxy(port=centre.port, cut_every=16 * KB) as proxy:
        tries = 1
        while not through(station.store, proxy):
            tries += 1
            assert tries < MOST_TRIES
        return proxy.passed, proxy.cuts


def through(store, proxy):
    line = Line(proxy.url, store.identity.ca)
    try:
        engine.exchange(store, line)
    except (Offline, Unintelligible):
        return False
    finally:
        line.close()
    return True


def subjects(station):
    rows = station.store.database.rows("SELECT subject_device, subject_seq FROM case_row")
    return {station.store.journal.ref(*row) for row in rows}


def test_a_slow_line_with_long_delays_takes_its_time_and_comes_through(centre, village):
    """At 40 KB a second the upload takes longer than a stall may."""
    chance = random.Random(7)
    for _ in range(25):
        a_case(village, note=long_note(chance))
    village.store.remember("pace", b"")

    with Proxy(port=centre.port, rate=40 * KB, latency_s=0.002) as proxy:
        line = Line(proxy.url, village.store.identity.ca, stall_s=float(STALL_S))
        report = engine.exchange(village.store, line)
        line.close()

    assert (report.pending, proxy.cuts) == (0, 0)
    assert report.seconds > float(STALL_S)


# --- the counter goes on --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "share"),
    [(Way.UP, 0), (Way.DOWN, 0), (Way.UP, 0.2), (Way.UP, 0.6), (Way.DOWN, 0.97)],
    ids=["connecting", "handshake", "request line", "request", "answer"],
)
def test_people_register_while_an_exchange_hangs(served, way, share):
    """Whatever it waits for, the store is nobody's: a registration by another program is durable at once."""
    centre, village, port = served
    counter = reopened(village.store.folder, centre.wall)
    with Proxy(port=port) as proxy:
        assert through(village.store, proxy)
    a_case(counter, note=long_note(random.Random(1)))
    with Proxy(port=port) as proxy:
        assert through(village.store, proxy)
        after = int(share * (proxy.up if way is Way.UP else proxy.down))
    a_case(counter, note=long_note(random.Random(2)))
    ended = threading.Event()

    def hang(url):
        line = Line(url, centre.authority.ca, stall_s=20)
        with suppress(Offline):
            engine.exchange(village.store, line)
        line.close()
        ended.set()

    with Proxy(port=port, faults=[Fault(way=way, after=after, then=Then.HANG)]) as proxy:
        thread = threading.Thread(target=hang, args=(proxy.url,))
        thread.start()
        assert proxy.hung.wait(10)
        before = station_side.pending(counter.store)
        a_case(counter)
        assert not ended.is_set()
        assert station_side.pending(counter.store) == before + 1
    thread.join()
    counter.store.close()
