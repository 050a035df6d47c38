"""Scans over lines that are cut, slow or dead, and with processes that die: nothing is lost, little sent twice."""

import signal
import subprocess
import threading
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.store import attachments as images
from app.store.exchange import pending
from app.store.opening import open_store
from sync.client import engine
from sync.client.fetching import fetch
from sync.client.transport import Line
from sync.refusals import Offline
from tests.builders import a_case, act
from tests.sync import builders
from tests.sync.attaching import at_centre, attached, some_bytes
from tests.sync.builders import TOWNSHIP, UNLOCK, VILLAGE, a_centre, listening
from tests.sync.processes import EXCHANGE, CentreProcess, a_process, a_station, exchange, said_by
from tests.sync.proxy import Fault, Proxy, Then, Way

KB = 1024
STALL_S = 0.8
_seeds = iter(range(1, 1_000_000))


def scan(size=60 * KB):
    return some_bytes(size, seed=next(_seeds))


# --- any byte, in one process ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A centre behind TLS on this machine, and a village of it."""
    top = tmp_path_factory.mktemp("served")
    centre = a_centre(top / "centre")
    village = builders.a_station(centre, VILLAGE, top / "village")
    with listening(centre) as url:
        yield centre, village, int(url.rsplit(":", 1)[1])
    village.store.close()


def exchanged(store, proxy, stall_s=30.0):
    line = Line(proxy.url, store.identity.ca, stall_s)
    try:
        return engine.exchange(store, line)
    finally:
        line.close()


@settings(max_examples=30)
@given(
    st.lists(
        st.builds(
            Fault,
            way=st.sampled_from(Way),
            after=st.integers(0, 70 * KB),
            then=st.just(Then.CUT),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_cut_at_any_byte_loses_nothing_and_costs_what_was_in_flight(served, faults):
    centre, village, port = served
    sheets = attached(village, a_case(village), scan(), scan(5 * KB))

    with Proxy(port=port, faults=list(faults)) as proxy:
        for _ in range(2 * len(faults) + 1):
            with suppress(Offline):
                if not exchanged(village.store, proxy).sheets_waiting:
                    break
        passed = proxy.up

    assert at_centre(centre, *sheets) == sheets
    assert images.waiting(village.store)[0] == 0
    assert passed < 1.05 * 65 * KB + (proxy.cuts + 1) * 24 * KB


def test_a_line_that_is_cut_every_64_kilobytes_costs_little_more_than_a_clear_one(served):
    centre, village, port = served
    sheets = attached(village, a_case(village), *(scan(150 * KB) for _ in range(6)))

    with Proxy(port=port, cut_every=64 * KB) as proxy:
        for _ in range(200):
            with suppress(Offline):
                if not exchanged(village.store, proxy).sheets_waiting:
                    break

    assert at_centre(centre, *sheets) == sheets
    assert proxy.cuts > 10
    assert proxy.passed < 1.05 * 900 * KB + proxy.cuts * 24 * KB


def test_a_slow_line_brings_them_through_and_what_is_new_goes_first(served, monkeypatch):
    """The scans take longer than a stall may; a case that is registered meanwhile does not wait for them."""
    centre, village, port = served
    monkeypatch.setattr("sync.client.sheet_pace.LONGEST_S", 0.3)
    sheets = attached(village, a_case(village), *(scan(40 * KB) for _ in range(3)))
    counter = builders.reopened(village.store.folder, centre.wall)
    arrived: list[Any] = []

    def register(progress):
        if progress.sheet_bytes > 20 * KB and not arrived:
            a_case(counter)
            arrived.append(None)
        elif arrived == [None] and pending(village.store) == 0:
            arrived[0] = progress.sheets_waiting

    with Proxy(port=port, rate=60 * KB) as proxy:
        line = Line(proxy.url, village.store.identity.ca, stall_s=STALL_S)
        report = engine.exchange(village.store, line, after_round=register)
        line.close()

    assert at_centre(centre, *sheets) == sheets
    assert report.seconds > STALL_S
    assert arrived[0] >= 2  # scans that were still to go when the case was there
    counter.store.close()


@pytest.mark.parametrize("way", Way)
def test_people_register_while_a_scan_hangs(served, way):
    centre, village, port = served
    sheets = attached(village, a_case(village), scan(300 * KB))
    builders.exchange(
        village, centre, [builders.Weather.CLEAR, *[builders.Weather.LOST_REQUEST] * 9]
    )
    counter = builders.reopened(village.store.folder, centre.wall)
    after = 100 * KB if way is Way.UP else 1400
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
        started = time.monotonic()
        a_case(counter)
        attached(counter, a_case(counter), scan(9 * KB))
        assert time.monotonic() - started < 5
        assert not ended.is_set()
    thread.join()
    builders.exchange(village, centre)

    assert at_centre(centre, *sheets) == sheets
    counter.store.close()


# --- real processes -------------------------------------------------------------------------------


@pytest.fixture
def centre(tmp_path):
    process = CentreProcess.founded(tmp_path / "centre")
    yield process
    if process.running:
        process.end(signal.SIGKILL)


@pytest.mark.parametrize("pieces", [1, 3, 6])
def test_a_centre_that_dies_amid_the_scans_is_sent_the_rest(centre, tmp_path, pieces):
    village = a_station(centre, VILLAGE, tmp_path / "village")
    contents = [scan(200 * KB) for _ in range(4)]
    sheets = attached(village, a_case(village), *contents)
    asked: list[str] = []

    class Deadly(Line):
        def ask(self, method, *rest, **more):
            asked.extend({"PATCH", "POST"} & {method})
            if len(asked) != pieces or not centre.running:
                return super().ask(method, *rest, **more)
            knife = threading.Timer(0.003, centre.end, [signal.SIGKILL])
            knife.start()
            try:
                return super().ask(method, *rest, **more)
            finally:
                knife.join()

    line = Deadly(village.store.identity.url, village.store.identity.ca)
    with suppress(Offline):
        engine.exchange(village.store, line)
    line.close()
    centre.start()
    report = exchange(village.store)

    assert report.sheets_waiting == 0
    assert fetched_elsewhere(centre, village, tmp_path, sheets) == contents


@pytest.mark.parametrize("after_s", [0.02, 0.06, 0.12])
def test_a_station_that_dies_amid_the_scans_goes_on_where_it_was(centre, tmp_path, after_s):
    village = a_station(centre, VILLAGE, tmp_path / "village")
    contents = [scan(400 * KB) for _ in range(4)]
    case = a_case(village)
    sheets = attached(village, case, *contents)
    village.store.close()
    with Proxy(port=centre.port, rate=8000 * KB) as proxy:
        process = a_process(EXCHANGE, tmp_path / "village", proxy.url)
        assert said_by(process) == "open\n"
        time.sleep(after_s)
        process.kill()
        process.communicate()
        first = proxy.up

        village.store = open_store(tmp_path / "village", UNLOCK)
        report = exchanged(village.store, proxy)
        total = proxy.up

    assert report.sheets_waiting == 0
    assert total < 1600 * KB * 1.05 + 700 * KB  # what was in the pipes, and one piece
    assert first <= total
    assert fetched_elsewhere(centre, village, tmp_path, sheets) == contents


def fetched_elsewhere(centre, village, tmp_path, sheets):
    """What a township sees of it on another machine."""
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    exchange(township.store)
    line = engine.open_line(township.store)
    done = fetch(township.store, line, sheets)
    line.close()
    assert done.failed == {}
    return [images.content(township.store, one.digest) for one in sheets]


def test_two_machines_exchange_scans_as_programs(centre, tmp_path):
    """A village's goes up by one process; the township's comes down, and its answer's scan goes back."""
    village = a_station(centre, VILLAGE, tmp_path / "village")
    case = a_case(village)
    content = scan()
    sheets = attached(village, case, content)
    act(village, case, "forward")
    village.store.close()
    process = a_process(EXCHANGE, tmp_path / "village", errors=subprocess.DEVNULL)
    assert process.communicate()[0] == "open\ndone\n"
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    exchange(township.store)
    line = engine.open_line(township.store)
    fetch(township.store, line, sheets)

    assert images.content(township.store, sheets[0].digest) == content
    (own,) = attached(township, case, scan(9 * KB))
    assert engine.exchange(township.store, line).sheets == 1
    line.close()
    village.store = open_store(tmp_path / "village", UNLOCK)
    exchange(village.store)
    line = engine.open_line(village.store)
    assert fetch(village.store, line, [own]).sheets == 1
    line.close()
    assert [one.sheets[0] for one in village.case(case).attachments] == [*sheets, own]
