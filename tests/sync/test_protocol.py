import tracemalloc

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.journal.certificate import SignedCertificate
from app.journal.refs import Continuation, DeviceId
from sync import protocol
from sync.protocol import (
    Accepted,
    Admission,
    AdmitRequest,
    Answer,
    EnrolRequest,
    Head,
    Health,
    LifeRequest,
    Notice,
    Refusal,
    Request,
    Run,
    Said,
    Want,
)
from sync.refusals import BY_CODE, BadMessage, CentreRefusal, UnknownDevice, UpgradeNeeded

SEQS = st.integers(1, 2**53)
PLACES = st.integers(0, 2**53)
DEVICES = st.binary(min_size=16, max_size=16)
DIGESTS = st.binary(min_size=32, max_size=32)
SIGNATURES = st.binary(min_size=64, max_size=64)
FACTS = st.dictionaries(
    st.text(max_size=8), st.text(max_size=8) | st.integers(-(2**63), 2**63 - 1), max_size=3
)
RAWS = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2**32) | st.text(max_size=8) | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=4),
).map(lambda value: msgspec.Raw(msgspec.msgpack.encode(value)))
RUNS = st.lists(st.builds(Run, st.none() | DEVICES, SEQS, st.lists(RAWS, max_size=3)), max_size=2)
OFFERS = st.lists(st.builds(Continuation, DEVICES, PLACES, DIGESTS), max_size=3)
CERTIFICATES = st.builds(SignedCertificate, st.binary(max_size=20), SIGNATURES)

MESSAGES = st.one_of(
    st.builds(
        Request,
        st.just(1),
        RUNS,
        st.builds(Head, PLACES, DIGESTS, SIGNATURES),
        st.none() | st.binary(max_size=30),
        st.integers(0, 2**40),
        st.builds(
            Health, st.text(max_size=8), PLACES, PLACES, st.none() | PLACES, st.text(max_size=8)
        ),
        st.lists(st.binary(max_size=9), max_size=2),
    ),
    st.builds(
        Answer,
        st.just(1),
        st.builds(Accepted, PLACES, DIGESTS),
        st.lists(
            st.builds(Refusal, st.none() | DEVICES, SEQS, st.text(max_size=8), FACTS), max_size=2
        ),
        RUNS,
        st.binary(max_size=30),
        st.booleans(),
        PLACES,
        st.lists(st.builds(Notice, st.text(max_size=8), FACTS), max_size=2),
        st.lists(st.builds(Want, DEVICES, SEQS, SEQS), max_size=2),
        st.none() | SEQS,
    ),
    st.builds(EnrolRequest, st.just(1), DEVICES, DIGESTS, DIGESTS, SIGNATURES, OFFERS),
    st.builds(LifeRequest, st.just(1), DIGESTS, DIGESTS, SIGNATURES, OFFERS),
    st.builds(AdmitRequest, st.just(1), CERTIFICATES, DEVICES, SIGNATURES),
    st.builds(Admission, st.just(1), CERTIFICATES, DEVICES, DIGESTS, DIGESTS, PLACES),
    st.builds(Said, st.text(max_size=8), FACTS),
)
SHAPES = (Request, Answer, EnrolRequest, LifeRequest, AdmitRequest, Admission, Said)


@given(MESSAGES)
def test_a_message_is_read_back(message):
    assert protocol.encode(
        protocol.decode(protocol.encode(message), type(message))
    ) == protocol.encode(message)


@given(MESSAGES)
def test_a_newer_peer_may_add_elements_at_the_end(message):
    parts = msgspec.msgpack.decode(protocol.encode(message), type=list[msgspec.Raw])
    longer = msgspec.msgpack.encode([*parts, {"new": [1, 2]}])

    read = protocol.decode(longer, type(message))

    assert protocol.encode(read) == protocol.encode(message)


@pytest.mark.parametrize(("shape", "needed"), [(Request, 5), (Answer, 7), (EnrolRequest, 5)])
def test_an_older_peer_may_leave_the_last_elements_out(shape, needed):
    fields = msgspec.structs.fields(shape)

    assert [field.required for field in fields] == [True] * needed + [False] * (
        len(fields) - needed
    )


@given(st.binary(max_size=200), st.sampled_from(SHAPES))
def test_rubbish_is_no_message(raw, shape):
    try:
        protocol.decode(raw, shape)
    except (BadMessage, UpgradeNeeded):
        return
    assert protocol.encode(protocol.decode(raw, shape))


@given(MESSAGES, st.data())
def test_a_damaged_message_is_refused_or_says_something_else(message, data):
    raw = bytearray(protocol.encode(message))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))

    try:
        read = protocol.decode(bytes(raw), type(message))
    except (BadMessage, UpgradeNeeded):
        return
    assert isinstance(read, type(message))


@pytest.mark.parametrize(
    "shape", [Request, Answer, EnrolRequest, LifeRequest, AdmitRequest, Admission]
)
def test_a_message_of_another_version_asks_for_an_upgrade(shape):
    with pytest.raises(UpgradeNeeded) as caught:
        protocol.decode(msgspec.msgpack.encode([2, "who knows"]), shape)
    assert caught.value.facts == {"version": 2, "known": 1}


@pytest.mark.parametrize(
    "place",
    [
        Continuation(DeviceId(b"short"), 1, bytes(32)),
        Continuation(DeviceId(bytes(16)), -1, bytes(32)),
        Continuation(DeviceId(bytes(16)), 2**60, bytes(32)),
        Continuation(DeviceId(bytes(16)), 1, b""),
    ],
)
def test_a_place_that_cannot_be_is_no_message(place):
    request = LifeRequest(1, bytes(32), bytes(32), bytes(64), [place])

    with pytest.raises(BadMessage):
        protocol.decode(protocol.encode(request), LifeRequest)


def test_a_device_of_another_length_is_no_message():
    run = Run(b"short", 1, [])
    request = Request(1, [run], Head(0, bytes(32), bytes(64)), None, 0)

    with pytest.raises(BadMessage):
        protocol.decode(protocol.encode(request), Request)


def test_deep_nesting_is_no_message():
    with pytest.raises(BadMessage):
        protocol.decode(b"\x91" * 100_000, Request)


@pytest.mark.parametrize("shape", BY_CODE.values())
def test_a_refusal_is_heard_as_it_was_said(shape):
    heard = protocol.heard(protocol.said(shape(limit=3, why="so")))

    assert type(heard) is shape
    assert heard.facts == {"limit": 3, "why": "so"}


def test_a_refusal_with_an_unknown_code_is_still_a_refusal():
    heard = protocol.heard(msgspec.msgpack.encode(["new_reason", {"why": "so"}]))

    assert type(heard) is CentreRefusal
    assert heard.facts == {"said": "new_reason", "why": "so"}


def test_facts_cannot_break_whoever_hears_them():
    heard = protocol.heard(
        msgspec.msgpack.encode(["unknown_device", {"self": 1, "said": 2, "": 3}])
    )

    assert type(heard) is UnknownDevice
    assert heard.facts == {"": 3}


def test_what_is_neither_text_nor_number_stays_at_home():
    assert protocol.heard(protocol.said(UnknownDevice(what=["a", "list"]))).facts == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"runs": [Run(None, 1, [msgspec.Raw(b"\xc0")] * (protocol.MAX_ENTRIES + 1))]},
        {"runs": [Run(None, 1, [])] * (protocol.MAX_RUNS + 1)},
        {"carried": [b""] * (protocol.MAX_CARRIED + 1)},
        {"health": Health(version="v" * (protocol.MAX_HEALTH_TEXT + 1))},
        {"health": Health(printer="p" * (protocol.MAX_HEALTH_TEXT + 1))},
    ],
)
def test_a_request_has_bounds(changes):
    request = Request(1, [], Head(0, bytes(32), bytes(64)), None, 0)
    assert protocol.decode(protocol.encode(request), Request) == request

    with pytest.raises(BadMessage):
        protocol.decode(protocol.encode(msgspec.structs.replace(request, **changes)), Request)


def many(entries, of=b"\xc0", runs=1):
    """A Request of so many entries, each of these bytes."""
    run = b"\x93\xc0\x01\xdd" + entries.to_bytes(4, "big") + of * entries
    head = msgspec.msgpack.encode(Head(0, bytes(32), bytes(64)))
    return b"\x95\x01\xdc" + runs.to_bytes(2, "big") + run * runs + head + b"\xc0\x00"


@pytest.mark.parametrize(("entries", "runs"), [(200_000, 80), (150_000, 1), (3, 15_000)])
def test_more_entries_than_so_many_bytes_can_be_are_refused_before_they_are_decoded(entries, runs):
    raw = many(entries, runs=runs)
    tracemalloc.start()

    with pytest.raises(BadMessage):
        protocol.decode(raw, Request)

    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


def test_as_many_as_there_can_be_are_taken():
    wire = b"\xc4\x1e" + bytes(30)

    assert len(protocol.decode(many(100_000, of=wire), Request).runs[0].entries) == 100_000
    assert len(protocol.decode(many(900), Request).runs[0].entries) == 900


def test_an_answer_has_the_same_limit():
    accepted = Accepted(0, bytes(32))
    answer = Answer(
        1, accepted, [], [Run(bytes(16), 1, [msgspec.Raw(b"\xc0")] * 5_000)], b"", False, 0
    )

    with pytest.raises(BadMessage):
        protocol.decode(protocol.encode(answer), Answer)


def test_a_refusal_is_short():
    with pytest.raises(BadMessage):
        protocol.heard(msgspec.msgpack.encode(["busy", {"why": "x" * 20_000}]))
