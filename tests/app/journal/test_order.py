"""The one order of a subject's entries, on every machine."""

from collections.abc import Collection
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.journal.entry import Entry
from app.journal.order import heads, in_order
from app.journal.refs import DeviceId, Ref
from tests.builders import a_device, an_entry

DISTRICT, TOWNSHIP, TOWNSHIP_TOO, VILLAGE, NEIGHBOUR = (a_device(number) for number in range(1, 6))
TIERS = {DISTRICT: 3, TOWNSHIP: 2, TOWNSHIP_TOO: 2, VILLAGE: 1, NEIGHBOUR: 1}
OPENING = an_entry(VILLAGE, 1, clock=50)


def tier_of(device: DeviceId) -> int:
    return TIERS[device]


def order(entries: Collection[Entry], skip: Collection[Ref] = ()) -> list[Ref]:
    ordered, _ = in_order(entries, tier_of, skip)
    return [one.ref for one in ordered]


def follows(device: DeviceId, seq: int, *after: Entry, clock: int = 100) -> Entry:
    return an_entry(
        device, seq, subject=OPENING.ref, after=tuple(one.ref for one in after), clock=clock
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """An opening, then entries that follow any earlier ones: who knew of what is left to chance."""
    told = [OPENING]
    for place in range(draw(st.integers(0, 8))):
        device = draw(st.sampled_from(list(TIERS)))
        after = draw(st.lists(st.sampled_from(told), min_size=1, max_size=3, unique_by=id))
        told.append(follows(device, place + 2, *after, clock=draw(st.integers(0, 3))))
    return told


def seen_by(one: Entry, told: Collection[Entry]) -> set[Ref]:
    """All that the writer of an entry knew of the subject."""
    here = {other.ref: other for other in told}
    seen: set[Ref] = set()
    ahead = [*one.after]
    while ahead:
        ref = ahead.pop()
        if ref not in seen:
            seen.add(ref)
            ahead += here[ref].after
    return seen


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_is_the_same_however_entries_arrived(told: list[Entry], chance: Random):
    shuffled = [*told, *told[::2]]
    chance.shuffle(shuffled)
    assert order(shuffled) == order(told)


@given(histories())
def test_nothing_is_lost_and_everything_comes_after_what_its_writer_had_seen(told: list[Entry]):
    place = {ref: at for at, ref in enumerate(order(told))}
    assert place.keys() == {one.ref for one in told}
    for one in told:
        assert all(place[ref] < place[one.ref] for ref in seen_by(one, told))


@given(histories(), st.sampled_from([2, 3]))
def test_what_lower_tiers_did_unseen_comes_after_all_that_higher_ones_did(
    told: list[Entry], tier: int
):
    """Neither there nor not there, it cannot change how the higher tiers' part reads."""
    above = [one for one in told if tier_of(one.device) >= tier]
    part = {one.ref for one in above}.union(*(seen_by(one, told) for one in above))
    higher = order([one for one in told if one.ref in part])
    assert order(told)[: len(part)] == higher


@given(histories(), st.sampled_from(list(TIERS)), st.integers(0, 3))
def test_whoever_has_seen_everything_comes_last_and_moves_nothing(
    told: list[Entry], device: DeviceId, clock: int
):
    ordered, _ = in_order(told, tier_of)
    after = heads(ordered)
    new = an_entry(device, 99, subject=OPENING.ref, after=after, clock=clock)
    assert order([*told, new]) == [*order(told), new.ref]


@given(histories())
def test_the_heads_are_what_nobody_followed_and_the_last_entry_is_one(told: list[Entry]):
    ordered, _ = in_order(told, tier_of)
    followed = {ref for one in told for ref in one.after}
    assert set(heads(ordered)) == {one.ref for one in told} - followed
    assert heads(ordered)[-1] == ordered[-1].ref
    whole = set().union(
        *(seen_by(one, told) | {one.ref} for one in told if one.ref in heads(ordered))
    )
    assert whole == {one.ref for one in told}


@given(histories(), st.data())
def test_what_lacks_its_predecessor_waits_and_is_not_lost(told: list[Entry], data: st.DataObject):
    missing = data.draw(st.sampled_from(told))
    rest = [one for one in told if one is not missing]
    ordered, waiting = in_order(rest, tier_of)
    assert {one.ref for one in waiting} == {
        one.ref for one in rest if missing.ref in seen_by(one, told)
    }
    assert {one.ref for one in [*ordered, *waiting]} == {one.ref for one in rest}


def test_a_late_refusal_of_one_township_device_does_not_undo_what_the_district_decided_after_another():
    accepted = follows(TOWNSHIP, 2, OPENING, clock=80)
    refused_elsewhere = follows(TOWNSHIP_TOO, 2, OPENING, clock=60)
    decided = follows(DISTRICT, 2, accepted, clock=90)
    assert order([OPENING, refused_elsewhere, accepted, decided]) == [
        OPENING.ref, accepted.ref, decided.ref, refused_elsewhere.ref,
    ]  # fmt: skip


def test_of_two_that_did_not_know_of_each_other_the_higher_tier_goes_first():
    early_village = follows(VILLAGE, 2, OPENING, clock=60)
    late_township = follows(TOWNSHIP, 2, OPENING, clock=90)
    assert order([OPENING, early_village, late_township]) == [
        OPENING.ref,
        late_township.ref,
        early_village.ref,
    ]


def test_within_a_tier_the_clock_then_the_device_then_the_number_decide():
    one, two = follows(VILLAGE, 2, OPENING, clock=70), follows(NEIGHBOUR, 2, OPENING, clock=60)
    assert order([OPENING, one, two])[1:] == [two.ref, one.ref]
    one, two = follows(VILLAGE, 2, OPENING, clock=60), follows(NEIGHBOUR, 2, OPENING, clock=60)
    assert order([OPENING, two, one])[1:] == [one.ref, two.ref]
    one, two = follows(VILLAGE, 2, OPENING, clock=60), follows(VILLAGE, 3, OPENING, clock=60)
    assert order([OPENING, two, one])[1:] == [one.ref, two.ref]


def test_a_clock_set_back_does_not_put_an_act_before_what_it_follows():
    second = follows(VILLAGE, 2, OPENING, clock=1)
    third = follows(TOWNSHIP, 3, second, clock=0)
    assert order([third, second, OPENING]) == [OPENING.ref, second.ref, third.ref]


def test_what_follows_a_refused_entry_follows_what_that_followed():
    refused = follows(VILLAGE, 2, OPENING)
    again = follows(VILLAGE, 3, refused)
    after = follows(VILLAGE, 4, again)
    told = [OPENING, refused, again, after]
    assert order(told, {refused.ref}) == [OPENING.ref, again.ref, after.ref]
    assert order(told, {refused.ref, again.ref}) == [OPENING.ref, after.ref]


def test_whoever_follows_nothing_still_comes_after_the_beginning():
    forged = follows(DISTRICT, 2, clock=0)
    for arrival in ([forged, OPENING], [OPENING, forged]):
        assert order(arrival) == [OPENING.ref, forged.ref]


def test_entries_that_follow_each_other_in_a_ring_wait():
    one = follows(VILLAGE, 2)
    ring = [
        follows(VILLAGE, 3, follows(VILLAGE, 4, one)),
        follows(VILLAGE, 4, follows(VILLAGE, 3, one)),
    ]
    ordered, waiting = in_order([OPENING, *ring], tier_of)
    assert [one.ref for one in ordered] == [OPENING.ref]
    assert {one.ref for one in waiting} == {one.ref for one in ring}


def test_the_short_way_for_a_plain_line_gives_what_the_long_way_gives():
    line = [OPENING]
    for seq in range(2, 6):
        line.append(follows(TOWNSHIP, seq, line[-1], clock=100 + seq))
    ordered, _ = in_order(line[::-1], tier_of)
    by_long_way, _ = in_order(line[::-1], tier_of, {Ref(a_device(9), 1)})
    assert ordered == by_long_way == line


def test_a_thousand_entries_that_did_not_know_of_each_other_are_put_in_order():
    crowd = [follows(VILLAGE, seq, OPENING, clock=5000 - seq) for seq in range(2, 1002)]
    assert order([OPENING, *crowd]) == [OPENING.ref, *(one.ref for one in reversed(crowd))]
