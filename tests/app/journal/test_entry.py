"""Entries as bytes: what was written comes back, and nothing else is taken for an entry."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.journal import entry
from app.journal.entry import BadEntry, Draft
from app.journal.refs import Continuation, DeviceId, Ref
from tests.builders import a_device, an_entry

ME, ELDER, OTHER = a_device(1), a_device(2), a_device(3)
LINEAGE = {ME: Continuation(ELDER, 10, bytes(32))}

bodies = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**31), 2**32)
    | st.text(max_size=20)
    | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=10,
).map(msgspec.msgpack.encode)
refs = st.none() | st.builds(Ref, st.sampled_from([ME, ELDER, OTHER]), st.integers(1, 2**53))
drafts = st.builds(
    Draft,
    kind=st.text(min_size=1, max_size=64),
    version=st.integers(1, 2**16 - 1),
    region=st.text(st.characters(codec="ascii"), min_size=2, max_size=16),
    body=bodies,
    actor=refs,
    subject=refs,
    after=st.lists(refs.filter(bool), max_size=4, unique=True).map(tuple),
)
clocks = st.integers(0, 2**63 - 1)


@given(drafts, st.integers(11, 2**53), clocks)
def test_an_entry_is_read_as_it_was_written(draft: Draft, seq: int, clock: int):
    written = entry.write(draft, device=ME, seq=seq, clock=clock, lineage=LINEAGE)
    read = entry.read(written.wire, device=ME, seq=seq, lineage=LINEAGE)
    assert read == written
    assert (read.kind, read.version, read.region) == (draft.kind, draft.version, draft.region)
    assert (read.actor, read.after, read.clock) == (draft.actor, draft.after, clock)
    assert read.subject == (draft.subject or Ref(ME, seq))
    assert read.body == draft.body


@given(drafts, clocks)
def test_header_and_body_are_the_bytes_that_travel(draft: Draft, clock: int):
    written = entry.write(draft, device=ME, seq=11, clock=clock, lineage=LINEAGE)
    assert written.header + draft.body == written.wire
    assert len(msgspec.msgpack.decode(written.wire)) == 8


@given(drafts, clocks)
def test_a_redacted_entry_keeps_all_but_its_body(draft: Draft, clock: int):
    whole = entry.write(draft, device=ME, seq=11, clock=clock, lineage=LINEAGE)
    redacted = entry.redact(whole)
    read = entry.read(redacted.wire, device=ME, seq=11, lineage=LINEAGE)
    assert read == redacted
    assert read.body is None
    assert msgspec.structs.replace(read, body=whole.body, body_digest=None) == whole
    assert entry.redact(redacted) is redacted


@given(st.binary(max_size=200))
def test_noise_is_refused_as_a_bad_entry(noise: bytes):
    with pytest.raises(BadEntry):
        entry.read(noise, device=ME, seq=1, lineage={})


@given(drafts, st.data())
def test_a_damaged_entry_is_refused_or_differs(draft: Draft, data: st.DataObject):
    written = entry.write(draft, device=ME, seq=11, clock=1, lineage={})
    place = data.draw(st.integers(0, len(written.wire) - 1))
    flipped = bytearray(written.wire)
    flipped[place] ^= data.draw(st.integers(1, 255))
    try:
        read = entry.read(bytes(flipped), device=ME, seq=11, lineage={})
    except BadEntry:
        return
    assert read != written


@given(drafts, st.integers(1, 40))
def test_neither_more_nor_less_than_one_entry_is_taken(draft: Draft, count: int):
    wire = entry.write(draft, device=ME, seq=11, clock=1, lineage={}).wire
    for wrong in (wire + bytes(count), wire[:-count], wire + wire):
        with pytest.raises(BadEntry):
            entry.read(wrong, device=ME, seq=11, lineage={})


def an_array(*, elements: int = 8, **changed: object) -> bytes:
    fields: dict[str, object] = {
        "kind": "case.registered", "version": 1, "region": "450305", "actor": None,
        "subject": None, "after": None, "clock": 1, "body": None,
    }  # fmt: skip
    fields |= changed
    values = [*fields.values(), None, None][:elements]
    return msgspec.msgpack.encode(values)


def test_the_plain_array_is_an_entry():
    assert entry.read(an_array(), device=ME, seq=1, lineage={}).opens


@pytest.mark.parametrize(
    "wrong",
    [
        an_array(elements=7),
        an_array(elements=9),
        an_array(elements=2),
        an_array(kind=""),
        an_array(kind="k" * 65),
        an_array(version=0),
        an_array(version=2**16),
        an_array(region=""),
        an_array(region="4" * 17),
        an_array(clock=-1),
        an_array(clock=2**63),
        an_array(subject=0),
        an_array(subject=-1),
        an_array(after=2**53 + 1),
        an_array(actor=[bytes(15), 1]),
        an_array(actor=[bytes(16), 0]),
        an_array(after=[]),
        an_array(after=[1]),
        an_array(after=[1, None]),
        an_array(after=[[1, 2], [3, 4]]),
        an_array(after=[[bytes(16), 1], [bytes(16)]]),
        an_array(after=list(range(1, entry.MAX_HEADS + 2))),
        an_array(after=True),
        an_array(after=1.5),
        an_array(after={}),
        an_array(after=[bytes(16)]),
        an_array(after=[bytes(16), 1, 1]),
        an_array(after=[1, bytes(16)]),
        an_array(subject="1"),
        an_array(subject=1.0),
        msgspec.msgpack.encode({"kind": "case.registered"}),
        msgspec.msgpack.encode([an_array()[:-1], bytes(31)]),
        msgspec.msgpack.encode([an_array(), bytes(32)]),
        msgspec.msgpack.encode([b"", bytes(32)]),
    ],
)
def test_what_is_not_an_entry_is_refused(wrong: bytes):
    with pytest.raises(BadEntry):
        entry.read(wrong, device=ME, seq=1, lineage={})


def test_deeply_nested_bytes_are_refused_and_do_not_crash():
    nested = an_array()[:-1] + b"\x91" * 200_000 + b"\xc0"
    with pytest.raises(BadEntry):
        entry.read(nested, device=ME, seq=1, lineage={})


def test_an_entry_too_large_is_neither_written_nor_read():
    body = msgspec.msgpack.encode(bytes(entry.MAX_ENTRY_SIZE))
    with pytest.raises(BadEntry) as refused:
        an_entry(ME, 1, body=body)
    assert refused.value.facts["why"] == "too large"
    with pytest.raises(BadEntry):
        entry.read(an_array(body=bytes(entry.MAX_ENTRY_SIZE)), device=ME, seq=1, lineage={})


def test_the_same_bytes_mean_another_subject_in_another_place():
    wire = an_entry(ME, 4, subject=Ref(ME, 3), after=(Ref(ME, 3),)).wire
    moved = entry.read(wire, device=OTHER, seq=4, lineage={})
    assert moved.subject == Ref(OTHER, 3)
    assert moved.wire == wire


def test_a_life_names_its_elder_by_the_bare_number():
    written = an_entry(ME, 11, subject=Ref(ELDER, 3), after=(Ref(ELDER, 9),), lineage=LINEAGE)
    assert msgspec.msgpack.decode(written.wire)[4:6] == [3, 9]
    read = entry.read(written.wire, device=ME, seq=11, lineage=LINEAGE)
    assert (read.subject, read.after) == (Ref(ELDER, 3), (Ref(ELDER, 9),))


def test_the_entries_followed_are_nothing_one_reference_or_several():
    other = Ref(OTHER, 7)
    wires = [
        msgspec.msgpack.decode(an_entry(ME, 9, subject=Ref(ME, 1), after=after).wire)[5]
        for after in ((), (Ref(ME, 3),), (other,), (Ref(ME, 3), other))
    ]
    assert wires == [None, 3, [OTHER, 7], [3, [OTHER, 7]]]


def test_only_an_entry_about_itself_opens_something():
    assert an_entry(ME, 1).opens
    assert not an_entry(ME, 2, subject=Ref(ME, 1)).opens
    assert not an_entry(ME, 1, subject=Ref(DeviceId(OTHER), 1)).opens
