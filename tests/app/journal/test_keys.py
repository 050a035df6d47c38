"""Keys of a device, and what they sign."""

from hypothesis import given
from hypothesis import strategies as st

from app.journal.keys import SIGNATURE_SIZE, DeviceKeys, device_id, head_message, signed_by
from tests.builders import a_device

KEYS = DeviceKeys.generate()


def test_a_device_is_named_by_its_signing_key():
    assert KEYS.device == device_id(KEYS.sign_public)
    assert len(KEYS.device) == 16
    assert DeviceKeys.generate().device != KEYS.device


@given(st.binary(max_size=100))
def test_a_signature_is_known_again(message: bytes):
    signature = KEYS.sign(message)
    assert len(signature) == SIGNATURE_SIZE
    assert signed_by(KEYS.sign_public, signature, message)
    assert not signed_by(KEYS.sign_public, signature, message + b"\x00")
    assert not signed_by(DeviceKeys.generate().sign_public, signature, message)


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_noise_is_no_signature_and_no_reason_to_fall_over(key: bytes, signature: bytes):
    assert not signed_by(KEYS.sign_public, signature, b"message")
    assert not signed_by(key, KEYS.sign(b"message"), b"message")


def test_a_head_binds_device_number_and_digest():
    digest = bytes(32)
    messages = {
        head_message(a_device(1), 7, digest),
        head_message(a_device(2), 7, digest),
        head_message(a_device(1), 8, digest),
        head_message(a_device(1), 7, b"\x01" * 32),
    }
    assert len(messages) == 4
