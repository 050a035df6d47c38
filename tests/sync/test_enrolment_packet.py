"""The two files of an enrolment by hand, byte for byte."""

import json
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation, DeviceId
from sync import enrolment_packet
from sync.packet import DamagedPacket, NotAPacket, PacketTooLarge

KEPT = json.loads(
    (Path(__file__).parents[1] / "vectors" / "enrolment_packet.json").read_text("utf-8")
)
KEYS = DeviceKeys(
    sign_private=bytes.fromhex(KEPT["sign_private"]),
    seal_private=bytes.fromhex(KEPT["seal_private"]),
)
CODE = sha256(bytes.fromhex(KEPT["secret"])).digest()
OFFERS = [
    Continuation(DeviceId(bytes.fromhex(device)), seq, bytes.fromhex(digest))
    for device, seq, digest in KEPT["offers"]
]


def test_a_request_is_these_bytes():
    raw = enrolment_packet.ask(KEYS, CODE, OFFERS, KEPT["made_ms"])
    assert raw.hex() == KEPT["request"]
    asked = enrolment_packet.read_request(raw)
    assert (asked.code.hex(), asked.offers) == (KEPT["code"], OFFERS)
    assert enrolment_packet.is_proved(asked, CODE)


def test_an_answer_is_opened_so():
    answered = enrolment_packet.read_answer(bytes.fromhex(KEPT["answer"]))
    granted = enrolment_packet.open_answer(answered, KEYS.seal_private)
    assert answered.written.hex() == KEPT["header"]
    assert msgspec.msgpack.encode(granted).hex() == KEPT["inside"]
    assert enrolment_packet.is_signed(answered, bytes.fromhex(KEPT["district_public"]))
    assert not enrolment_packet.is_signed(answered, KEYS.sign_public)


def test_another_code_is_not_shown_by_it():
    asked = enrolment_packet.read_request(bytes.fromhex(KEPT["request"]))
    assert not enrolment_packet.is_proved(asked, bytes(32))
    changed = msgspec.structs.replace(asked, offers=[])
    assert not enrolment_packet.is_proved(changed, CODE)


@given(st.binary(max_size=2000))
def test_rubbish_is_no_request_and_no_answer(raw):
    for known in (b"", enrolment_packet.REQUEST, enrolment_packet.ANSWER):
        with pytest.raises((NotAPacket, DamagedPacket)):
            enrolment_packet.read_request(known + raw)
        with pytest.raises((NotAPacket, DamagedPacket)):
            opened(known + raw)


def opened(raw):
    return enrolment_packet.open_answer(enrolment_packet.read_answer(raw), KEYS.seal_private)


def test_what_is_too_large_is_not_looked_into():
    with pytest.raises(PacketTooLarge):
        enrolment_packet.read_request(enrolment_packet.REQUEST + bytes(70_000))
