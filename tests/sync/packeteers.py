"""Packets between keys that stand for a district and a station; nothing else is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.journal.certificate import Certificate, SignedCertificate, signing_input
from app.journal.keys import DeviceKeys
from sync import packet
from sync.packet import Header, Way

DAY_MS = 1_795_305_600_000
"""2026-11-22, 08:00 in China."""


@dataclass
class ADistrict:
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    recovery: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    @property
    def seal_public(self) -> bytes:
        return self.recovery.public_key().public_bytes_raw()

    @property
    def private(self) -> bytes:
        return self.recovery.private_bytes_raw()

    def certify(self, keys: DeviceKeys, slot: int = 1) -> SignedCertificate:
        certificate = Certificate(
            version=1,
            region="450305200201",
            tier=1,
            station="湖塘村政务服务站",
            slot=slot,
            life="A",
            sign_public=keys.sign_public,
            seal_public=keys.seal_public,
            issued_ms=DAY_MS,
        )
        payload, message = signing_input(certificate)
        return SignedCertificate(payload, self.key.sign(message))


def a_packet(
    district: ADistrict, keys: DeviceKeys, message: bytes = b"a message", **changes: Any
) -> bytes:
    """One on its way up."""
    header = Header(
        version=1,
        way=Way.UP,
        district=packet.district_id(district.public),
        certificate=district.certify(keys),
        number=1,
        made_ms=DAY_MS,
    )
    header = msgspec.structs.replace(header, **changes)
    return packet.seal(header, message, to=district.seal_public, sign=keys.sign)
