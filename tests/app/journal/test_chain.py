"""The chain: whoever changes, swaps or leaves out an entry changes the last digest."""

from hypothesis import given
from hypothesis import strategies as st

from app.journal import chain, entry
from app.journal.entry import Entry
from app.journal.refs import Continuation
from tests.builders import a_device, an_entry

ME, OTHER = a_device(1), a_device(2)
START = chain.genesis(ME, None)


def a_journal(bodies: list[bytes]) -> list[Entry]:
    return [
        an_entry(ME, seq, clock=seq, body=b"\xc4" + bytes([len(body)]) + body)
        for seq, body in enumerate(bodies, 1)
    ]


journals = st.lists(st.binary(max_size=20), min_size=1, max_size=8).map(a_journal)


@given(journals)
def test_each_digest_follows_from_the_one_before(journal: list[Entry]):
    digests = chain.digests(START, journal)
    assert len(digests) == len(journal)
    assert all(len(digest) == chain.DIGEST_SIZE for digest in digests)
    for place, one in enumerate(journal):
        assert chain.link(digests[place - 1] if place else START, one) == digests[place]


@given(journals, st.data())
def test_taking_bodies_away_leaves_the_chain_as_it_is(journal: list[Entry], data: st.DataObject):
    gone = data.draw(st.sets(st.sampled_from(range(len(journal)))))
    redacted = [entry.redact(one) if place in gone else one for place, one in enumerate(journal)]
    assert chain.digests(START, redacted) == chain.digests(START, journal)


@given(journals, st.data())
def test_an_entry_changed_changes_every_digest_after_it(journal: list[Entry], data: st.DataObject):
    place = data.draw(st.integers(0, len(journal) - 1))
    one = journal[place]
    changed = [*journal]
    changed[place] = an_entry(ME, one.seq, clock=one.clock + 1000, body=one.body or b"")
    was, now = chain.digests(START, journal), chain.digests(START, changed)
    assert was[:place] == now[:place]
    assert all(a != b for a, b in zip(was[place:], now[place:], strict=True))


@given(st.lists(st.binary(min_size=1, max_size=9), min_size=2, max_size=6, unique=True), st.data())
def test_entries_swapped_or_left_out_change_the_last_digest(
    bodies: list[bytes], data: st.DataObject
):
    journal = a_journal(bodies)
    place = data.draw(st.integers(1, len(journal) - 1))
    swapped = [*journal]
    swapped[place - 1 : place + 1] = [journal[place], journal[place - 1]]
    left_out = journal[: place - 1] + journal[place:]
    ends = {chain.digests(START, told)[-1] for told in (journal, swapped, left_out)}
    assert len(ends) == 3


def test_the_beginning_binds_the_device_and_the_place_it_goes_on_from():
    place = Continuation(OTHER, 7, bytes(32))
    beginnings = {
        chain.genesis(ME, None),
        chain.genesis(OTHER, None),
        chain.genesis(ME, place),
        chain.genesis(OTHER, place),
        chain.genesis(ME, Continuation(OTHER, 8, bytes(32))),
        chain.genesis(ME, Continuation(ME, 7, bytes(32))),
        chain.genesis(ME, Continuation(OTHER, 7, b"\x01" * 32)),
    }
    assert len(beginnings) == 7
