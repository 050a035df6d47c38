import msgspec
import pytest

from app.journal import chain
from app.journal.keys import DeviceKeys, head_message
from app.journal.refs import Ref
from sync.protocol import Head, Run
from sync.refusals import BadMessage, BadProof
from tests.sync.builders import DISTRICT, OTHER_VILLAGE, TOWNSHIP, VILLAGE, a_centre, a_pen

pytestmark = pytest.mark.usefixtures("on_each")


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def village(centre):
    return a_pen(centre, VILLAGE)


def test_entries_are_stored_as_they_were_written(centre, village):
    wires = [village.write() for _ in range(5)]

    answer = village.send()

    assert (answer.accepted.seq, answer.accepted.digest) == (5, village.digests[-1])
    assert answer.refused == []
    assert centre.entries_of(village.device) == wires


def test_a_repeat_changes_nothing(centre, village):
    village.write()
    village.send()
    head = centre.ledger.district.head

    answer = village.send(first=1)

    assert answer.accepted.seq == 1
    assert centre.ledger.count() == len(centre.entries_of(village.device)) + head - 1
    assert centre.ledger.district.head == head


def test_a_run_may_overlap_what_the_centre_has(centre, village):
    for _ in range(4):
        village.write()
    village.send(last=3)

    answer = village.send(first=2, last=4)

    assert answer.accepted.seq == 4
    assert centre.entries_of(village.device) == village.wires


def test_a_gap_is_answered_with_where_to_go_on(centre, village):
    for _ in range(4):
        village.write()
    village.send(last=1)

    answer = village.send(first=3)

    assert (answer.accepted.seq, answer.accepted.digest) == (1, village.digests[0])
    assert len(centre.entries_of(village.device)) == 1


def test_a_redacted_entry_is_accepted_and_the_chain_goes_on(centre, village):
    from app.journal import entry

    village.write()
    village.write()
    read = entry.read(village.wires[0], device=village.device, seq=1, lineage={})
    village.wires[0] = entry.redact(read).wire

    assert village.send().accepted.seq == 2
    assert centre.entries_of(village.device) == village.wires


@pytest.mark.parametrize(
    ("kind", "region", "code"),
    [
        ("case.registered", OTHER_VILLAGE, "region_out_of_scope"),
        ("case.registered", TOWNSHIP, "region_out_of_scope"),
        ("case.registered", "990101", "unknown_region"),
        ("device.revoked", VILLAGE, "tier_not_allowed"),
        ("item.published", VILLAGE, "tier_not_allowed"),
    ],
)
def test_a_village_may_not_write(centre, village, kind, region, code):
    village.write(kind=kind, region=region)

    answer = village.send()

    assert [(one.device, one.seq, one.code) for one in answer.refused] == [(None, 1, code)]
    assert answer.refused[0].facts == {"kind": kind, "region": region}


def test_a_township_may_write_for_the_villages_under_it(centre):
    township = a_pen(centre, TOWNSHIP)
    township.write(kind="case.taken_over", region=VILLAGE)

    assert township.send().refused == []


def test_a_refused_entry_blocks_nothing(centre, village):
    village.write()
    village.write(kind="item.published")
    village.write()
    township = a_pen(centre, TOWNSHIP)
    township.send()

    answer = village.send()

    assert answer.accepted.seq == 3
    assert [one.seq for one in answer.refused] == [2]
    assert centre.entries_of(village.device) == village.wires  # kept, aside
    received = [run for run in township.send().runs if run.device == village.device]
    assert [run.first_seq for run in received] == [1, 3]


def test_what_follows_a_refused_entry_is_refused_with_it(centre, village):
    village.write()
    village.write(region=OTHER_VILLAGE)
    village.send()
    village.write(kind="case.forwarded", after=(Ref(village.device, 2),))
    village.write(kind="case.supplied", after=(Ref(village.device, 3),))
    village.write(kind="case.forwarded", after=(Ref(village.device, 1),))

    answer = village.send(first=3)

    assert [(one.seq, one.code) for one in answer.refused] == [
        (3, "follows_refused"),
        (4, "follows_refused"),
    ]


def test_a_verdict_is_said_again_to_whoever_missed_it(village):
    village.write(kind="item.published")
    village.send()

    assert [one.seq for one in village.send(first=1).refused] == [1]


def test_an_entry_of_an_unknown_kind_is_held_and_handed_on(centre, village):
    wire = village.write(kind="case.dreamt_of")
    district = a_pen(centre, DISTRICT)

    assert village.send().refused == []
    assert wire in [bytes(raw) for run in district.send().runs for raw in run.entries]
    held = centre.ledger.database.row("SELECT held FROM entry WHERE device > 1 AND seq = 1")
    assert held == (1,)


def test_an_entry_that_only_looks_like_one_is_refused_and_the_chain_goes_on(centre, village):
    village.write()
    odd = msgspec.msgpack.encode(["", 0, "x", None, None, None, -1, []])
    village.wires.append(odd)
    body = msgspec.msgpack.encode([])
    from hashlib import sha256

    outline = odd[: len(odd) - len(body)]
    village.digests.append(sha256(village.digests[-1] + outline + sha256(body).digest()).digest())

    answer = village.send()

    assert answer.accepted.seq == 2
    assert [(one.seq, one.code) for one in answer.refused] == [(2, "bad_entry")]


def test_what_has_not_even_the_outline_of_an_entry_is_no_message(centre, village):
    village.write()
    request = village.request()
    runs = [Run(None, 1, [msgspec.Raw(b"\x01")])]

    with pytest.raises(BadMessage):
        village.send(msgspec.structs.replace(request, runs=runs))
    assert centre.entries_of(village.device) == []


def test_a_head_that_another_key_signed_is_refused(centre, village):
    village.write()
    request = village.request()
    digest = village.digests[-1]
    forged = DeviceKeys.generate().sign(head_message(village.device, 1, digest))

    with pytest.raises(BadProof):
        village.send(msgspec.structs.replace(request, head=Head(1, digest, forged)))
    assert centre.entries_of(village.device) == []


def test_entries_that_do_not_lead_to_the_signed_head_are_not_stored(centre, village):
    village.write()
    village.write()
    request = village.request()
    swapped = [Run(None, 1, list(reversed(request.runs[0].entries)))]

    with pytest.raises(BadMessage):
        village.send(msgspec.structs.replace(request, runs=swapped))
    assert centre.entries_of(village.device) == []


def test_a_cloned_disk_is_found_out_at_the_first_entry_that_differs(centre, village):
    for _ in range(3):
        village.write()
    clone = a_clone(village)
    village.write()
    village.write()
    village.send()
    clone.write(kind="case.supplied")

    answer = clone.send(first=1)

    assert answer.forked_at == 4
    assert (answer.accepted.seq, answer.accepted.digest) == (3, clone.digests[2])
    assert centre.entries_of(village.device) == village.wires


def test_a_journal_that_differs_before_what_it_sends_is_asked_for_from_its_beginning(
    centre, village
):
    village.write()
    clone = a_clone(village)
    village.write()
    village.send()
    clone.write(kind="case.supplied")
    clone.write()

    first = clone.send(first=3)
    again = clone.send(first=first.accepted.seq + 1)

    assert first.accepted.seq == 0
    assert first.accepted.digest == chain.genesis(village.device, None)
    assert again.forked_at == 2
    assert centre.entries_of(village.device) == village.wires


def test_a_restored_store_is_told_that_the_centre_has_more(village):
    village.write()
    old = a_clone(village)
    village.write()
    village.send()

    answer = old.send(first=2)

    assert answer.forked_at is None
    assert answer.accepted.seq == 2 > len(old.wires)


def test_entries_of_others_are_passed_over(centre, village):
    other = a_pen(centre, VILLAGE)
    other.write()
    request = village.request()
    runs = [Run(other.device, 1, [msgspec.Raw(other.wires[0])])]

    assert village.send(msgspec.structs.replace(request, runs=runs)).accepted.seq == 0
    assert centre.entries_of(other.device) == []


def a_clone(pen):
    from dataclasses import replace

    return replace(pen, wires=list(pen.wires), digests=list(pen.digests))


@pytest.mark.parametrize("kind", ["device.certified", "device.revoked"])
def test_only_the_centre_certifies_and_revokes(centre, kind):
    desk = a_pen(centre, DISTRICT)
    desk.write(kind=kind)

    assert [one.code for one in desk.send().refused] == ["tier_not_allowed"]


@pytest.mark.parametrize("kind", ["operator.added", "regions.published"])
def test_a_publication_is_in_the_writers_own_name(centre, kind):
    desk = a_pen(centre, DISTRICT)
    desk.write(kind=kind, region=TOWNSHIP)

    assert [one.code for one in desk.send().refused] == ["region_out_of_scope"]


def test_a_township_adds_operators_of_its_own(centre):
    township = a_pen(centre, TOWNSHIP)
    township.write(kind="operator.added")
    township.write(kind="operator.added", region=VILLAGE)

    assert [(one.seq, one.code) for one in township.send().refused] == [(2, "region_out_of_scope")]


@pytest.mark.parametrize("place", [VILLAGE, TOWNSHIP, DISTRICT])
def test_a_look_may_come_from_every_tier_within_its_scope(centre, place):
    pen = a_pen(centre, place)
    pen.write(kind="case.numbers_shown", region=VILLAGE)

    assert pen.send().refused == []
    assert centre.ledger.database.row("SELECT held FROM entry WHERE device > 1 AND seq = 1") == (0,)


def test_a_look_at_a_neighbours_case_is_refused(village):
    village.write(kind="case.numbers_shown", region=OTHER_VILLAGE)

    assert [one.code for one in village.send().refused] == ["region_out_of_scope"]
