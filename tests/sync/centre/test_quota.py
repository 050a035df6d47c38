"""How much one device may write into the ledger: far more than any honest one does, and not without an end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import codec, protocol
from sync.centre import audit, packets, quota
from sync.centre.device_summary import summaries
from sync.centre.quota import AHEAD_MS, DAY_MS
from sync.client.schedule import ordered_s
from sync.refusals import OverQuota
from tests.builders import a_case
from tests.sync.builders import (
    TOWNSHIP,
    VILLAGE,
    a_centre,
    a_pen,
    a_station,
    exchange,
    listening,
    opened,
    own_entries,
    sealed_packet,
)
from tests.sync.centre.test_admission import next_life, place
from tests.sync.centre.test_http import ask, bearing
from tests.sync.centre.test_packets import inside

NOW_MS = 1_700_000_000_000
at_once = pytest.mark.usefixtures("on_each")


def used_up(centre, device, over_ms=60_000):
    """As if it had sent half a million entries just now, and a minute's worth more."""
    with centre.ledger.writing():
        centre.ledger.database.run(
            "UPDATE device SET even_ms = ? WHERE id = ?",
            (centre.wall() + AHEAD_MS + over_ms, device),
        )


def acts(centre):
    return [one.what for one in audit.acts(centre.ledger)]


def refused(pen, **named):
    with pytest.raises(OverQuota) as over:
        pen.send(**named)
    return over.value


def sent(even_ms, now_ms, entries, size):
    return quota.moved_on_ms(even_ms, quota.cost_ms([bytes(size)] * entries), now_ms)


def test_half_a_million_entries_pass_at_once_and_not_twice():
    even_ms, push = 0, quota.cost_ms([bytes(600)] * 500)
    for _ in range(1_000):
        assert quota.wait_s(even_ms, NOW_MS) == 0
        even_ms = quota.moved_on_ms(even_ms, push, NOW_MS)
    even_ms = sent(even_ms, NOW_MS, 500, 600)

    assert 0 < quota.wait_s(even_ms, NOW_MS) < 3_600
    assert quota.wait_s(even_ms, NOW_MS + DAY_MS) == 0


def test_large_entries_are_counted_by_their_bytes():
    day = [bytes(1024 * 1024)] * 64
    assert quota.cost_ms(day) == DAY_MS
    assert quota.cost_ms([b""] * quota.ENTRIES_A_DAY) == DAY_MS


def test_what_a_station_writes_is_never_near_it():
    even_ms, day = 0, quota.cost_ms([bytes(1_000)] * 5_000)
    for now_ms in range(NOW_MS, NOW_MS + 3_650 * DAY_MS, DAY_MS):
        even_ms = quota.moved_on_ms(even_ms, day, now_ms)
        assert even_ms - now_ms < AHEAD_MS / 50


@given(st.lists(st.tuples(st.integers(0, DAY_MS), st.integers(0, 5_000)), max_size=60))
def test_over_any_time_no_more_is_taken_than_the_quota_and_one_request(steps):
    even_ms, now_ms, taken = NOW_MS, NOW_MS, 0
    for pause_ms, entries in steps:
        now_ms += pause_ms
        if quota.wait_s(even_ms, now_ms) == 0:
            even_ms, taken = sent(even_ms, now_ms, entries, 10), taken + entries
    days = (now_ms - NOW_MS + AHEAD_MS) / DAY_MS
    assert taken <= days * quota.ENTRIES_A_DAY + 5_000 + len(steps)


@given(st.integers(0, 2**45), st.integers(0, 2**45))
def test_a_wait_that_is_kept_is_over(even_ms, now_ms):
    wait_s = quota.wait_s(even_ms, now_ms)
    assert 0 <= wait_s <= AHEAD_MS / 1000
    assert quota.wait_s(even_ms, now_ms + wait_s * 1000) == 0


def test_a_centre_whose_clock_is_set_back_shuts_nobody_out():
    even_ms = sent(0, NOW_MS + 365 * DAY_MS, 10_000, 100)
    assert quota.wait_s(even_ms, NOW_MS) == 0
    assert sent(even_ms, NOW_MS, 1, 1) - NOW_MS < 60_000


@at_once
def test_what_is_over_waits_and_is_taken_then(tmp_path):
    centre = a_centre(tmp_path)
    pen, other = a_pen(centre, VILLAGE), a_pen(centre, TOWNSHIP)
    used_up(centre, pen.device)
    first = pen.write()
    over = refused(pen)

    assert over.facts == {"retry_after_s": 60}
    assert 60 <= ordered_s(over, 0.5) <= 90
    assert centre.entries_of(pen.device) == []
    other.write()
    assert other.send().accepted.seq == 1  # nobody else waits

    centre.wall.turn(ms=60_000)
    assert pen.send().accepted.seq == 1
    assert centre.entries_of(pen.device) == [first]
    assert centre.device(pen.device).even_ms > centre.wall() + AHEAD_MS


@at_once
def test_who_sends_nothing_new_is_answered_all_the_while(tmp_path):
    centre = a_centre(tmp_path)
    pen, township = a_pen(centre, VILLAGE), a_pen(centre, TOWNSHIP)
    pen.write()
    pen.send()
    used_up(centre, pen.device)
    used_up(centre, township.device)

    before = centre.device(pen.device).even_ms
    assert pen.send().accepted.seq == 1  # again, as after a lost answer
    assert township.send(township.request()).runs
    assert centre.device(pen.device).even_ms == before


def test_it_outlasts_the_process(tmp_path):
    centre = a_centre(tmp_path)
    pen = a_pen(centre, VILLAGE)
    used_up(centre, pen.device)
    centre.ledger.close()
    pen.centre = opened(tmp_path, centre.wall)
    pen.write()
    assert refused(pen).facts["retry_after_s"] == 60


@at_once
def test_a_new_life_has_no_more_left_than_the_one_before_it(tmp_path):
    centre = a_centre(tmp_path)
    pen = a_pen(centre, VILLAGE)
    pen.write()
    pen.send()
    used_up(centre, pen.device)
    old = centre.device(pen.device)
    next_life(pen, [place(pen, 1)])

    (_, new) = centre.devices.lives(old.region, old.certificate.slot)
    assert new.even_ms == old.even_ms
    other = a_pen(centre, VILLAGE)
    assert centre.device(other.device).even_ms == 0  # another computer of that station


@at_once
def test_it_is_noted_once_a_day_and_shown(tmp_path):
    centre = a_centre(tmp_path)
    pen = a_pen(centre, VILLAGE)
    used_up(centre, pen.device, over_ms=2 * DAY_MS)
    pen.write()
    for _ in range(3):
        refused(pen)
    assert acts(centre).count("over_quota") == 1

    (first, *rest) = summaries(centre.ledger, centre.wall())
    assert first.device == pen.device.hex()
    assert first.over_quota_until is not None
    assert all(one.over_quota_until is None for one in rest)
    centre.wall.turn(ms=DAY_MS)
    refused(pen)
    assert acts(centre).count("over_quota") == 2


@at_once
def test_a_packet_is_answered_and_what_is_over_stays_at_the_station(tmp_path):
    centre = a_centre(tmp_path)
    pen = a_pen(centre, VILLAGE)
    used_up(centre, pen.device)
    pen.write()
    done = packets.answer(centre.ledger, centre.authority, sealed_packet(pen), centre.wall())

    told = inside(pen, done)
    assert done.over_quota
    assert done.taken == told.accepted.seq == 0
    assert told.runs
    assert acts(centre)[-2:] == ["over_quota", "packet_answered"]


def test_it_is_said_in_the_header_too(tmp_path):
    centre = a_centre(tmp_path)
    pen = a_pen(centre, VILLAGE)
    used_up(centre, pen.device)
    pen.write()
    body = codec.pack(protocol.encode(pen.request()))
    with listening(centre) as url:
        status, headers, said = ask(centre, url, "POST", "/exchange", body, bearing(pen.token))

    assert (status, headers["retry-after"]) == (429, "60")
    assert isinstance(protocol.heard(said), OverQuota)


def test_a_station_goes_on_by_itself(tmp_path):
    centre = a_centre(tmp_path / "centre")
    village = a_station(centre, VILLAGE, tmp_path / "village")
    exchange(village, centre)
    used_up(centre, village.device)
    case = a_case(village)
    with pytest.raises(OverQuota):
        exchange(village, centre)
    assert village.case(case).local_number  # nothing is lost, nothing blocks

    centre.wall.turn(ms=120_000)
    report = exchange(village, centre)
    assert (report.pending, report.refused) == (0, 0)
    assert centre.entries_of(village.device) == own_entries(village.store)
