"""What the district says of a device: where it stands, and its public keys.

A certificate is a MessagePack array, signed by the district's Ed25519 key over a prefix and these bytes.
It is published as an entry of the district, so every device can check another's, and a restored centre re-admits by it.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from app.errors import UNREADABLE, Damaged
from app.journal.keys import device_id, signed_by
from app.journal.refs import Continuation, DeviceId

_PREFIX = b"daiban certificate 1\x00"
PRACTICE_LIFE = "LX"
"""练习: the life of every device of a practice district. A centre gives a device that goes on another letter."""
_Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class BadCertificate(Damaged):
    code = "bad_certificate"


class Certificate(msgspec.Struct, frozen=True, array_like=True):
    """`tier` is 1 village, 2 township, 3 district; `slot` the station's number for the device, `life` its letter."""

    version: int
    region: str
    tier: Annotated[int, msgspec.Meta(ge=1, le=3)]
    station: str
    slot: Annotated[int, msgspec.Meta(ge=1, lt=10_000)]
    life: Annotated[str, msgspec.Meta(pattern="^[A-Z]{1,3}$")]
    sign_public: _Key
    seal_public: _Key
    issued_ms: int
    continues: Continuation | None = None

    @property
    def device(self) -> DeviceId:
        return device_id(self.sign_public)

    @property
    def slot_text(self) -> str:
        """`A2`: the letter of the life, the number of the slot."""
        return f"{self.life}{self.slot}"

    @property
    def is_practice(self) -> bool:
        """Whether it is of a practice district, so that every number which its device gives says so: `LX1`."""
        return self.life == PRACTICE_LIFE


class SignedCertificate(msgspec.Struct, frozen=True, array_like=True):
    payload: bytes
    signature: bytes


def signing_input(certificate: Certificate) -> tuple[bytes, bytes]:
    """The payload, and the message that the district signs."""
    payload = msgspec.msgpack.encode(certificate)
    return payload, _PREFIX + payload


def opened(signed: SignedCertificate, district_public: bytes) -> Certificate:
    """The certificate, once its signature is found to be the district's. Raises BadCertificate."""
    if not signed_by(district_public, signed.signature, _PREFIX + signed.payload):
        raise BadCertificate(why="signature")
    return read(signed)


def read(signed: SignedCertificate) -> Certificate:
    """The certificate without a check of its signature (for one's own, already checked, copies)."""
    try:
        return msgspec.msgpack.decode(signed.payload, type=Certificate)
    except UNREADABLE as error:
        raise BadCertificate(why="malformed", detail=str(error)) from error
