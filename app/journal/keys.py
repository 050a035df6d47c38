"""The keys of one life of a device: Ed25519 to sign, X25519 to be sealed to.

`cryptography` is imported where it is needed: most commands sign nothing.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

import msgspec

from app.journal.refs import DEVICE_ID_SIZE, DeviceId

SIGNATURE_SIZE = 64


def device_id(sign_public: bytes) -> DeviceId:
    return DeviceId(sha256(sign_public).digest()[:DEVICE_ID_SIZE])


class DeviceKeys(msgspec.Struct, frozen=True, kw_only=True):
    """Private keys, 32 raw bytes each. Kept outside the database and its backups."""

    sign_private: bytes
    seal_private: bytes

    @classmethod
    def generate(cls) -> DeviceKeys:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return cls(
            sign_private=Ed25519PrivateKey.generate().private_bytes_raw(),
            seal_private=X25519PrivateKey.generate().private_bytes_raw(),
        )

    @property
    def sign_public(self) -> bytes:
        return _sign_public(self.sign_private)

    @property
    def seal_public(self) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        key = X25519PrivateKey.from_private_bytes(self.seal_private)
        return key.public_key().public_bytes_raw()

    @property
    def device(self) -> DeviceId:
        return device_id(self.sign_public)

    def sign(self, message: bytes) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.sign_private).sign(message)


@lru_cache(maxsize=4)
def _sign_public(sign_private: bytes) -> bytes:
    """Asked for with every entry that is written: a device is named by it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(sign_private).public_key().public_bytes_raw()


def signed_by(sign_public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` over `message` is that key's. Never raises for bad input."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(sign_public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def head_message(device: DeviceId, seq: int, digest: bytes) -> bytes:
    """What a device signs with each exchange: how far its journal goes, and its digest there."""
    return b"daiban head 1\x00" + device + seq.to_bytes(8, "big") + digest
