"""Scans come down when somebody wants to see them, over TLS, and go on where they were cut off."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.store import attachments as images
from app.store.sheet_faults import sheet_faults
from sync.client.attachments import CentreWithoutScans
from sync.client.fetching import fetch
from sync.client.transport import Line, Reply
from sync.refusals import ExchangeStopped, Offline, Revoked
from tests.builders import a_case, act
from tests.sync import builders
from tests.sync.attaching import a_sheet, attached, some_bytes
from tests.sync.builders import (
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    a_centre,
    a_station,
    exchange,
    listening,
)
from tests.sync.proxy import Fault, Proxy, Way

KB = 1024
_seeds = iter(range(1, 1_000_000))


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    return a_centre(tmp_path_factory.mktemp("fetching") / "centre")


@pytest.fixture(scope="module")
def village(centre, tmp_path_factory):
    return a_station(centre, VILLAGE, tmp_path_factory.mktemp("fetching") / "village")


@pytest.fixture(scope="module")
def township(centre, tmp_path_factory):
    return a_station(centre, TOWNSHIP, tmp_path_factory.mktemp("fetching") / "township")


@pytest.fixture(scope="module")
def port(centre):
    with listening(centre) as url:
        yield int(url.rsplit(":", 1)[1])


@pytest.fixture(scope="module")
def sent(centre, village, township):
    """What sends scans of these sizes to the township by way of the centre; sheets and contents."""

    def send(*sizes):
        contents = [some_bytes(size, seed=next(_seeds)) for size in sizes]
        case = a_case(village)
        sheets = attached(village, case, *contents)
        act(village, case, "forward")
        exchange(village, centre)
        exchange(township, centre)
        named = [one for each in township.case(case).attachments for one in each.sheets]
        assert named == sheets
        return sheets, contents

    return send


def brought(station, sheets):
    return [images.content(station.store, one.digest) for one in sheets]


def test_the_authority_brings_the_scans_of_a_case_here(centre, township, sent):
    sheets, contents = sent(300 * KB, 9 * KB)
    told: list[Any] = []

    done = fetch(township.store, builders.Line(centre), sheets, told.append)

    assert brought(township, sheets) == contents
    assert (done.sheets, done.size, done.failed) == (2, 309 * KB, {})
    assert (told[0].done, told[0].sheets, told[0].here, told[0].size) == (0, 2, 0, 309 * KB)
    assert (told[-1].done, told[-1].here) == (2, 309 * KB)
    assert [one.here for one in told] == sorted(one.here for one in told)


def test_what_is_here_is_not_asked_for(centre, township, sent):
    sheets, _ = sent(9 * KB)
    fetch(township.store, builders.Line(centre), sheets)
    line = builders.Line(centre)

    assert fetch(township.store, line, sheets).sheets == 0
    assert line.traffic.down == 0


@settings(max_examples=25)
@given(faults=st.lists(st.integers(0, 60 * KB), min_size=1, max_size=3))
def test_a_cut_at_any_byte_costs_what_was_in_flight(centre, township, sent, port, faults):
    sheets, contents = sent(40 * KB)

    with Proxy(port=port, faults=[Fault(way=Way.DOWN, after=one) for one in faults]) as proxy:
        for _ in range(len(faults) + 1):
            line = Line(proxy.url, centre.authority.ca)
            try:
                fetch(township.store, line, sheets)
                break
            except Offline:
                continue
            finally:
                line.close()
        passed = proxy.down

    assert brought(township, sheets) == contents
    assert passed < 40 * KB + (len(faults) + 1) * 25 * KB


def test_it_goes_on_in_another_process_where_this_one_was_stopped(centre, township, sent):
    sheets, contents = sent(500 * KB)

    def stop(progress):
        if progress.here > 100 * KB:
            raise ExchangeStopped

    with pytest.raises(ExchangeStopped):
        fetch(township.store, builders.Line(centre), sheets, stop)
    here = images.partial(township.store, sheets[0].digest)
    again = builders.reopened(township.store.folder, centre.wall)
    done = fetch(again.store, builders.Line(centre), sheets)

    assert here > 100 * KB
    assert done.size == 500 * KB - here
    assert brought(again, sheets) == contents
    again.store.close()


def test_one_that_is_not_there_yet_does_not_keep_the_others(centre, village, township, sent):
    (there,), (content,) = sent(9 * KB)
    missing = a_sheet(b"nobody has sent this")

    done = fetch(township.store, builders.Line(centre), [missing, there])

    assert brought(township, [there]) == [content]
    assert done.failed == {missing.digest: "no_such_sheet"}
    assert [one.code for one in sheet_faults(township.store)] == ["no_such_sheet"]


def test_another_village_gets_nothing(centre, sent, tmp_path):
    sheets, _ = sent(9 * KB)
    other = a_station(centre, OTHER_VILLAGE, tmp_path / "other")

    done = fetch(other.store, builders.Line(centre), sheets)

    assert done.failed == {sheets[0].digest: "no_such_sheet"}
    assert brought(other, sheets) == [None]


def test_bytes_that_are_not_those_are_thrown_away_and_asked_for_again(
    centre, township, sent, monkeypatch
):
    sheets, contents = sent(30 * KB)
    ask, lies = centre.ask, [True]

    def lying(*asked):
        reply = ask(*asked)
        if lies and len(reply.content) > 0:
            lies.pop()
            return Reply(
                status=reply.status, headers=reply.headers, content=bytes(len(reply.content))
            )
        return reply

    monkeypatch.setattr(centre, "ask", lying)
    done = fetch(township.store, builders.Line(centre), sheets)

    assert done.failed == {}
    assert brought(township, sheets) == contents


def test_a_server_that_knows_no_ranges_is_understood(centre, township, sent, monkeypatch):
    sheets, contents = sent(300 * KB)
    ask = centre.ask
    monkeypatch.setattr(
        centre, "ask", lambda method, path, token, said, body: ask(method, path, token, {}, body)
    )

    assert fetch(township.store, builders.Line(centre), sheets).sheets == 1
    assert brought(township, sheets) == contents


def test_an_old_centre_is_told_apart_from_a_scan_that_is_not_there(
    centre, township, sent, monkeypatch
):
    sheets, _ = sent(9 * KB)
    nowhere = Reply(status=404, headers={"content-length": "9"}, content=b"Not Found")
    monkeypatch.setattr(centre, "ask", lambda *_: nowhere)

    with pytest.raises(CentreWithoutScans):
        fetch(township.store, builders.Line(centre), sheets)


def test_without_a_line_it_says_so_and_keeps_what_it_has(centre, township, sent):
    sheets, _ = sent(9 * KB)

    with pytest.raises(Offline):
        fetch(
            township.store,
            builders.Line(centre, [builders.Weather.LOST_REQUEST] * 9),
            sheets,
        )


def test_a_revoked_computer_sees_nothing_more(centre, sent, tmp_path):
    from sync.centre import publishing

    sheets, _ = sent(9 * KB)
    folder = tmp_path / "revoked"
    station = a_station(centre, TOWNSHIP, folder, staffed=False)
    with centre.ledger.writing():
        publishing.withdraw(centre.ledger, centre.device(station.device), "", now_ms=centre.wall())

    with pytest.raises(Revoked):
        fetch(station.store, builders.Line(centre), sheets)
