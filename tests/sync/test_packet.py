"""The file itself: what it shows, to whom it opens, and that nothing of a damaged one is used."""

import json
from pathlib import Path

import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given, settings
from hypothesis import strategies as st

from app.journal.keys import SIGNATURE_SIZE, DeviceKeys
from sync import packet
from sync.packet import (
    DamagedPacket,
    Header,
    NotAPacket,
    PacketOfOtherDistrict,
    PacketTooLarge,
    Way,
)
from sync.refusals import UpgradeNeeded
from tests.sync.packeteers import DAY_MS, ADistrict, a_packet

DISTRICT = ADistrict()
KEYS = DeviceKeys.generate()
RAW = a_packet(DISTRICT, KEYS, b"what was registered " * 20)
REFUSED = (DamagedPacket, NotAPacket, PacketOfOtherDistrict, PacketTooLarge, UpgradeNeeded)
MAGIC = len(packet.MAGIC)
HEADER = MAGIC + 4 + int.from_bytes(RAW[MAGIC : MAGIC + 4], "big")
REGIONS = {
    "magic": (0, MAGIC),
    "length": (MAGIC, MAGIC + 4),
    "header": (MAGIC + 4, HEADER),
    "signature": (HEADER, HEADER + SIGNATURE_SIZE),
    "sealed": (HEADER + SIGNATURE_SIZE, len(RAW)),
}
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def opened(raw, district=DISTRICT, keys=KEYS):
    looked = packet.read(raw, district.public)
    return packet.opened(looked, sender=keys.sign_public, private=district.private)[0]


@settings(max_examples=50)
@given(st.binary(min_size=1, max_size=5000))
def test_what_is_sealed_comes_out_as_it_was(message):
    assert opened(a_packet(DISTRICT, KEYS, message)) == message


def test_the_outside_says_whose_it_is_and_nothing_of_what_is_inside():
    looked = packet.read(RAW, DISTRICT.public)
    assert (looked.certificate.station, looked.header.way) == ("湖塘村政务服务站", Way.UP)
    assert b"registered" not in RAW


@pytest.mark.parametrize("region", REGIONS)
@settings(max_examples=60)
@given(st.data())
def test_a_bit_that_turned_over_anywhere_has_the_whole_packet_refused(region, data):
    first, end = REGIONS[region]
    place, bit = data.draw(st.integers(first, end - 1)), data.draw(st.integers(0, 7))
    damaged = bytearray(RAW)
    damaged[place] ^= 1 << bit
    with pytest.raises(REFUSED):
        opened(bytes(damaged))


@given(st.integers(1, len(RAW) - 1))
def test_one_that_was_not_copied_to_its_end_is_refused_and_says_so(length):
    with pytest.raises(DamagedPacket) as refused:
        opened(RAW[:length])
    assert length < HEADER or refused.value.facts["why"] == "cut"


@given(st.binary(min_size=1, max_size=50))
def test_one_with_something_after_its_end_is_refused(more):
    with pytest.raises(DamagedPacket):
        opened(RAW + more)


@given(st.binary(max_size=400))
def test_any_other_file_is_no_packet(raw):
    with pytest.raises((NotAPacket, DamagedPacket)):
        opened(raw)
    with pytest.raises(REFUSED):
        opened(packet.MAGIC + raw)


def test_another_districts_is_told_apart():
    with pytest.raises(PacketOfOtherDistrict):
        packet.read(RAW, ADistrict().public)


def test_a_certificate_that_the_district_did_not_sign_is_refused():
    forged = a_packet(DISTRICT, KEYS, certificate=ADistrict().certify(KEYS))
    with pytest.raises(DamagedPacket):
        packet.read(forged, DISTRICT.public)


def test_a_packet_signed_by_somebody_else_is_refused():
    thief = DeviceKeys.generate()
    forged = a_packet(DISTRICT, thief, certificate=DISTRICT.certify(KEYS))
    with pytest.raises(DamagedPacket):
        opened(forged)


def test_a_packet_opens_to_its_receiver_only():
    looked = packet.read(RAW, DISTRICT.public)
    with pytest.raises(DamagedPacket):
        packet.opened(looked, sender=KEYS.sign_public, private=KEYS.seal_private)


def test_the_seal_holds_under_its_own_header_only():
    """Whoever signs another's sealed part under a header of their own has nothing that opens."""
    thief = DeviceKeys.generate()
    theirs = a_packet(DISTRICT, thief, b"what was registered " * 20)
    first = MAGIC + 4 + int.from_bytes(theirs[MAGIC : MAGIC + 4], "big")
    written, sealed = theirs[MAGIC + 4 : first], RAW[REGIONS["sealed"][0] :]
    signature = thief.sign(b"daiban packet signature 1\x00" + written + sealed)
    stolen = theirs[:first] + signature + sealed
    looked = packet.read(stolen, DISTRICT.public)
    with pytest.raises(DamagedPacket):
        packet.opened(looked, sender=thief.sign_public, private=DISTRICT.private)


def test_a_newer_programs_packet_asks_for_an_upgrade():
    with pytest.raises(UpgradeNeeded):
        packet.read(a_packet(DISTRICT, KEYS, version=2), DISTRICT.public)


def sealed_by_hand(packed):
    """A packet of an enrolled device that means harm: what it seals is up to it."""
    looked = packet.read(RAW, DISTRICT.public)
    header = (*looked.header.__reduce__()[1][:-1], len(packed) + 48)
    written = packet._encode(Header(*header))  # noqa: SLF001
    key = X25519PublicKey.from_public_bytes(DISTRICT.seal_public)
    sealed = SUITE.encrypt(packed, key, info=packet.MAGIC + written)
    signature = KEYS.sign(b"daiban packet signature 1\x00" + written + sealed)
    return packet.MAGIC + len(written).to_bytes(4, "big") + written + signature + sealed


def test_a_bomb_is_refused_by_what_it_claims_before_anything_is_unpacked():
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(packet.MAX_MESSAGE + 1))
    assert len(bomb) < 10_000
    with pytest.raises(PacketTooLarge):
        opened(sealed_by_hand(bomb))


def test_a_frame_that_hides_its_size_is_refused():
    hiding = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    with pytest.raises(DamagedPacket):
        opened(sealed_by_hand(hiding.compress(bytes(1000)) + hiding.flush()))


def test_a_file_that_is_too_large_is_not_looked_into():
    with pytest.raises(PacketTooLarge):
        packet.read(RAW + bytes(packet.MAX_FILE), DISTRICT.public)


@pytest.mark.parametrize(
    ("place", "slot", "way", "name"),
    [
        ("湖塘村", 1, Way.UP, "湖塘村-20261122-7.daiban"),
        ("湖塘村", 1, Way.DOWN, "湖塘村-20261122-7-答复.daiban"),
        ("湖塘村", 2, Way.UP, "湖塘村 A2-20261122-7.daiban"),
        ('湖/塘\\村:*?"<>|..\n', 1, Way.UP, "湖塘村-20261122-7.daiban"),
        ("长" * 300, 1, Way.UP, "长" * 40 + "-20261122-7.daiban"),
    ],
)
def test_a_file_has_a_name_that_people_understand_and_every_stick_bears(place, slot, way, name):
    raw = a_packet(DISTRICT, KEYS, way=way, number=7, certificate=DISTRICT.certify(KEYS, slot))
    looked = packet.read(raw, DISTRICT.public)
    at = packet.place_on_file(place, looked.certificate)
    assert packet.file_name(at, looked.header) == name


def test_the_day_in_a_name_is_chinas():
    late = DAY_MS + 15 * 3_600_000 + 59 * 60_000
    looked = packet.read(a_packet(DISTRICT, KEYS, made_ms=late), DISTRICT.public)
    assert packet.file_name("湖塘村", looked.header) == "湖塘村-20261122-1.daiban"
    looked = packet.read(a_packet(DISTRICT, KEYS, made_ms=late + 60_000), DISTRICT.public)
    assert packet.file_name("湖塘村", looked.header) == "湖塘村-20261123-1.daiban"


def test_a_packet_of_the_first_format_opens():
    kept = json.loads((Path(__file__).parents[1] / "vectors" / "packet.json").read_text("utf-8"))
    district_public = bytes.fromhex(kept["district_public"])
    looked = packet.read(bytes.fromhex(kept["file"]), district_public)
    message, dictionary = packet.opened(
        looked,
        sender=bytes.fromhex(kept["sender_public"]),
        private=bytes.fromhex(kept["receiver_seal_private"]),
    )
    assert (message.hex(), dictionary) == (kept["message"], kept["dictionary"])
    assert looked.written.hex() == kept["header"]


def test_the_receivers_key_is_an_ordinary_x25519_key():
    key = X25519PrivateKey.from_private_bytes(DISTRICT.private)
    assert key.public_key().public_bytes_raw() == DISTRICT.seal_public
