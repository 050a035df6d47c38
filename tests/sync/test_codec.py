from datetime import date

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from app.domain import events
from app.domain.items import Mode
from app.domain.regions import RegionCode
from app.journal import clock
from app.journal.entry import Draft, write
from app.journal.keys import DeviceKeys
from sync import codec, protocol
from sync.dictionary import train
from sync.protocol import Head, Request, Run
from sync.refusals import BadMessage, TooLarge, UnknownDictionary


@given(st.binary(min_size=1, max_size=4000), st.sampled_from([codec.DICTIONARY, codec.PLAIN]))
def test_what_is_packed_is_unpacked(message, dictionary):
    assert codec.unpack(codec.pack(message, dictionary)) == (message, dictionary)


@given(st.binary(max_size=300))
def test_rubbish_is_refused(frame):
    with pytest.raises((BadMessage, TooLarge, UnknownDictionary)):
        codec.unpack(frame)


@given(st.data())
def test_a_damaged_frame_is_refused_or_says_something_else(data):
    frame = bytearray(codec.pack(b"some words that could be a message " * 20))
    place = data.draw(st.integers(0, len(frame) - 1))
    frame[place] ^= data.draw(st.integers(1, 255))

    try:
        message, _ = codec.unpack(bytes(frame))
    except (BadMessage, TooLarge, UnknownDictionary):
        return
    assert isinstance(message, bytes)


@pytest.mark.parametrize("dictionary", [codec.DICTIONARY, codec.PLAIN])
def test_a_bomb_is_refused_by_what_it_claims(dictionary):
    bomb = codec.pack(bytes(40_000_000), dictionary)

    assert len(bomb) < 10_000
    with pytest.raises(TooLarge):
        codec.unpack(bomb)


def test_a_bomb_that_hides_its_size_is_refused():
    compressor = zstandard.ZstdCompressor(write_content_size=False)

    with pytest.raises(BadMessage):
        codec.unpack(compressor.compress(bytes(40_000_000)))


def test_a_frame_of_many_frames_is_refused():
    with pytest.raises(BadMessage):
        codec.unpack(codec.pack(b"one") + codec.pack(b"two"))


def test_a_dictionary_that_is_not_here_is_named():
    other = zstandard.train_dictionary(
        1024, [bytes([n % 250, n % 7]) * 40 for n in range(500)], dict_id=50_000
    )
    frame = zstandard.ZstdCompressor(dict_data=other).compress(b"message")

    with pytest.raises(UnknownDictionary) as caught:
        codec.unpack(frame)
    assert caught.value.facts == {"dictionary": 50_000}


def test_the_dictionary_is_trained_alike_each_time():
    trained = train()

    assert trained == train()
    assert zstandard.ZstdCompressionDict(trained).dict_id() == codec.DICTIONARY


def test_a_lone_registration_travels_much_smaller_with_the_dictionary_that_ships():
    message = a_registration()

    assert len(codec.pack(message)) < 0.8 * len(codec.pack(message, codec.PLAIN))


def a_registration():
    """A request with one registration, by nobody the dictionary was trained on."""
    body = events.CaseRegistered(
        item="IT022",
        item_version=1,
        mode=Mode.PROXY,
        urgent=False,
        mandate=True,
        told=True,
        backlog=False,
        station=RegionCode("450305200201"),
        received_on=date(2026, 11, 21),
        slot="A1",
        running=7,
        parties=(
            events.Party(
                name="韦小妹",
                id_number="450305196203151028",
                phone="13877300000",
                address="湖塘村3组12号",
            ),
        ),
        materials=(
            events.MaterialTaken(index=0, copies=1),
            events.MaterialTaken(index=1, copies=1),
        ),
    )
    kind, version = events.name_of(body)
    draft = Draft(kind=kind, version=version, region="450305200201", body=events.encode_body(body))
    keys = DeviceKeys.generate()
    wire = write(
        draft, device=keys.device, seq=9, clock=clock.hybrid(1_795_000_000_000), lineage={}
    ).wire
    head = Head(9, bytes(range(32)), keys.sign(b"head"))
    runs = [Run(None, 9, [msgspec.Raw(wire)])]
    return protocol.encode(Request(1, runs, head, keys.sign(b"cursor")[:24], 65_536))


@pytest.mark.parametrize("dictionary", [codec.DICTIONARY, codec.PLAIN])
def test_nothing_is_no_message_whatever_follows_it(dictionary):
    """The library does not look behind a frame that says it holds nothing: junk passed for an empty message."""
    for junk in (b"", b"junk", codec.pack(b"another")):
        with pytest.raises(BadMessage):
            codec.unpack(codec.pack(b"", dictionary) + junk)


def test_neither_two_frames_nor_a_skippable_one_before_it_are_one():
    frame = codec.pack(b"message")
    skippable = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"

    for raw in (frame + frame, skippable + frame, frame + skippable):
        with pytest.raises(BadMessage):
            codec.unpack(raw)


def test_a_frame_that_holds_more_than_it_claims_is_refused():
    raw = bytearray(zstandard.ZstdCompressor().compress(bytes(1000)))
    place = raw.index((1000 - 256).to_bytes(2, "little"))
    raw[place : place + 2] = (10).to_bytes(2, "little")

    with pytest.raises(BadMessage):
        codec.unpack(bytes(raw))
