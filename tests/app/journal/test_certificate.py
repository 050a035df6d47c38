"""Certificates: the district says it, or nobody does."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.journal import certificate
from app.journal.certificate import BadCertificate, Certificate, SignedCertificate
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation
from tests.builders import VILLAGE, a_device

DISTRICT_KEYS, DEVICE_KEYS = DeviceKeys.generate(), DeviceKeys.generate()


def a_certificate(**changed: Any) -> Certificate:
    fields: dict[str, Any] = {
        "version": 1, "region": VILLAGE, "tier": 1, "station": "湖塘村政务服务站", "slot": 2, "life": "A",
        "sign_public": DEVICE_KEYS.sign_public, "seal_public": DEVICE_KEYS.seal_public, "issued_ms": 0,
    }  # fmt: skip
    return Certificate(**(fields | changed))


def signed(plain: Certificate, by: DeviceKeys = DISTRICT_KEYS) -> SignedCertificate:
    payload, message = certificate.signing_input(plain)
    return SignedCertificate(payload, by.sign(message))


@pytest.mark.parametrize("continues", [None, Continuation(a_device(1), 7, bytes(32))])
def test_a_certificate_is_read_as_the_district_signed_it(continues: Continuation | None):
    plain = a_certificate(continues=continues)
    assert certificate.opened(signed(plain), DISTRICT_KEYS.sign_public) == plain
    assert certificate.read(signed(plain)) == plain


def test_it_names_the_device_and_the_slot():
    assert a_certificate().device == DEVICE_KEYS.device
    assert a_certificate(life="B", slot=12).slot_text == "B12"


def test_nobody_but_the_district_can_sign_it():
    with pytest.raises(BadCertificate):
        certificate.opened(signed(a_certificate(), by=DEVICE_KEYS), DISTRICT_KEYS.sign_public)


def test_a_signature_over_the_bare_payload_is_not_enough():
    payload, _ = certificate.signing_input(a_certificate())
    bare = SignedCertificate(payload, DISTRICT_KEYS.sign(payload))
    with pytest.raises(BadCertificate):
        certificate.opened(bare, DISTRICT_KEYS.sign_public)


@given(st.data())
def test_any_changed_byte_is_noticed(data: st.DataObject):
    good = signed(a_certificate())
    place = data.draw(st.integers(0, len(good.payload) - 1))
    payload = bytearray(good.payload)
    payload[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadCertificate):
        certificate.opened(
            SignedCertificate(bytes(payload), good.signature), DISTRICT_KEYS.sign_public
        )


@pytest.mark.parametrize(
    "changed",
    [
        {"tier": 0}, {"tier": 4}, {"slot": 0}, {"slot": 10_000}, {"life": "a"}, {"life": ""}, {"life": "ABCD"},
        {"sign_public": bytes(31)}, {"seal_public": bytes(33)},
    ],
)  # fmt: skip
def test_a_certificate_that_makes_no_sense_is_refused_though_signed(changed: dict[str, Any]):
    with pytest.raises(BadCertificate):
        certificate.opened(signed(a_certificate(**changed)), DISTRICT_KEYS.sign_public)


def test_what_a_later_version_adds_at_the_end_does_not_stop_the_reading():
    fields = [*msgspec.msgpack.decode(certificate.signing_input(a_certificate())[0]), "more"]
    payload = msgspec.msgpack.encode(fields)
    assert certificate.read(SignedCertificate(payload, b"")) == a_certificate()


@given(st.binary(max_size=100))
def test_noise_is_a_bad_certificate(noise: bytes):
    with pytest.raises(BadCertificate):
        certificate.read(SignedCertificate(noise, bytes(64)))
