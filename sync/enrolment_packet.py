"""Enrolment by a stick: a computer without a line asks to become a device, and is answered, in one file each.

    request = "daiban enrolment 1" ‖ 0x00 ‖ asked ‖ signature 64 of the new key
    asked   = MessagePack [version, code 16, sign key, seal key, made ms, offers, proof 32]
    answer  = "daiban enrolment answer 1" ‖ 0x00 ‖ uint32(length of header) ‖ header ‖ signature 64 ‖ sealed
    header  = MessagePack [version, code 16, device, made ms]
    sealed  = HPKE of MessagePack [CA certificate, Admission, packed first Answer] to the new key, bound to the header

The request shows that its writer has the one-time code without telling it: whoever finds the stick can enrol nothing.
The answer is signed by the district's key, which counts because the CA's fingerprint is the one in the code.
Pure: bytes in, values out. `sync/README.md` describes each field.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from app.errors import UNREADABLE
from app.journal.keys import SIGNATURE_SIZE, DeviceKeys, signed_by
from app.journal.refs import Continuation, DeviceId
from sync.packet import MAX_FILE, DamagedPacket, NotAPacket, PacketTooLarge, for_file, suite
from sync.protocol import (
    Admission,
    DeviceBytes,
    Digest,
    Offers,
    PublicKey,
    check_offers,
    places,
)
from sync.refusals import BadMessage, UpgradeNeeded

REQUEST: Final = b"daiban enrolment 1\x00"
ANSWER: Final = b"daiban enrolment answer 1\x00"
VERSION: Final = 1
SUFFIX: Final = ".daiban-enrol"
MAX_REQUEST: Final = 64 * 1024
_SIGNED: Final = b"daiban enrolment signature 1\x00"
_PROVED: Final = b"daiban enrolment proof 1\x00"
_NAMED: Final = b"daiban enrolment code 1\x00"
_NAME_SIZE: Final = 16

DistrictSign = Callable[[bytes], bytes]
"""Signs with the district's key."""
CodeName = Annotated[bytes, msgspec.Meta(min_length=_NAME_SIZE, max_length=_NAME_SIZE)]
Moment = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """What a computer asks: `code` names the one-time code, `proof` shows that it has it.

    `offers` are places in a lost life's journal that its store holds, newest first.
    """

    version: int
    code: CodeName
    sign_public: PublicKey
    seal_public: PublicKey
    made_ms: Moment
    offers: Offers
    proof: Digest


class Header(msgspec.Struct, frozen=True, array_like=True):
    """The outside of an answer: to which code, and for which device."""

    version: int
    code: CodeName
    device: DeviceBytes
    made_ms: Moment


class Granted(msgspec.Struct, frozen=True, array_like=True):
    """The inside of an answer. `ca` is the DER of the district's CA certificate.

    `first` is a packed Answer as an exchange's: what a device of its place may read, so that it can work at once.
    """

    ca: bytes
    admission: Admission
    first: bytes


class _Versioned(msgspec.Struct, frozen=True, array_like=True):
    version: int


_encode: Final = msgspec.msgpack.Encoder().encode
_asked: Final = msgspec.msgpack.Decoder(Asked).decode
_header: Final = msgspec.msgpack.Decoder(Header).decode
_granted: Final = msgspec.msgpack.Decoder(Granted).decode
_peek: Final = msgspec.msgpack.Decoder(_Versioned).decode


def request_name(station: str, device: DeviceId) -> str:
    """登记-湖塘村政务服务站-3fa2c1.daiban-enrol: two computers of a station have each their own on one stick."""
    return f"{_name(station, device)}{SUFFIX}"


def answer_name(station: str, device: DeviceId) -> str:
    """登记-湖塘村政务服务站-3fa2c1-答复.daiban-enrol."""
    return f"{_name(station, device)}-答复{SUFFIX}"


def _name(station: str, device: DeviceId) -> str:
    return f"登记-{for_file(station)}-{device.hex()[:6]}"


def is_one(raw: bytes) -> bool:
    """Whether a file is about an enrolment, either way."""
    return raw.startswith((REQUEST, ANSWER))


def name_of(kept: bytes) -> bytes:
    """How a request names its code; `kept` is SHA-256 of the code's secret, which is all that a centre has."""
    return sha256(_NAMED + kept).digest()[:_NAME_SIZE]


def ask(keys: DeviceKeys, kept: bytes, offers: list[Continuation], now_ms: int) -> bytes:
    """The request of a computer with these keys and this code (`kept` as in `name_of`)."""
    asked = Asked(
        version=VERSION,
        code=name_of(kept),
        sign_public=keys.sign_public,
        seal_public=keys.seal_public,
        made_ms=now_ms,
        offers=offers,
        proof=_proof(kept, keys.sign_public, keys.seal_public, offers),
    )
    written = _encode(asked)
    return REQUEST + written + keys.sign(_SIGNED + written)


def read_request(raw: bytes) -> Asked:
    """What is asked; whose code it is and whether it was shown is for `is_proved`.

    Raises NotAPacket, DamagedPacket, PacketTooLarge or UpgradeNeeded.
    """
    _check_size(raw, MAX_REQUEST)
    if not raw.startswith(REQUEST):
        raise DamagedPacket(why="cut") if raw and REQUEST.startswith(raw) else NotAPacket
    written, signature = raw[len(REQUEST) : -SIGNATURE_SIZE], raw[-SIGNATURE_SIZE:]
    try:
        _check_version(written)
        asked = _asked(written)
        check_offers(asked.offers)
    except (BadMessage, *UNREADABLE) as error:
        raise DamagedPacket(why="content") from error
    if not signed_by(asked.sign_public, signature, _SIGNED + written):
        raise DamagedPacket(why="content")
    return asked


def is_proved(asked: Asked, kept: bytes) -> bool:
    """Whether its writer has the code of which the centre keeps this hash."""
    expected = _proof(kept, asked.sign_public, asked.seal_public, asked.offers)
    return hmac.compare_digest(expected, asked.proof)


def grant(header: Header, granted: Granted, *, to: bytes, sign: DistrictSign) -> bytes:
    """The answer's file; `to` is the new device's X25519 key."""
    written = _encode(header)
    key = X25519PublicKey.from_public_bytes(to)
    sealed = suite().encrypt(_encode(granted), key, info=ANSWER + written)
    signature = sign(_SIGNED + written + sealed)
    return ANSWER + len(written).to_bytes(4, "big") + written + signature + sealed


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """An answer whose outside was read; nothing in it counts before `open_answer`."""

    header: Header
    written: bytes
    signature: bytes
    sealed: bytes


def read_answer(raw: bytes) -> Answered:
    """Raises NotAPacket, DamagedPacket, PacketTooLarge or UpgradeNeeded."""
    _check_size(raw, MAX_FILE)
    if not raw.startswith(ANSWER):
        raise DamagedPacket(why="cut") if raw and ANSWER.startswith(raw) else NotAPacket
    start = len(ANSWER) + 4
    end = start + int.from_bytes(raw[len(ANSWER) : start], "big")
    written = raw[start:end]
    signature, sealed = raw[end : end + SIGNATURE_SIZE], raw[end + SIGNATURE_SIZE :]
    if len(raw) < start or len(signature) < SIGNATURE_SIZE:
        raise DamagedPacket(why="cut")
    try:
        _check_version(written)
        header = _header(written)
    except UNREADABLE as error:
        raise DamagedPacket(why="content") from error
    return Answered(header=header, written=written, signature=signature, sealed=sealed)


def open_answer(answered: Answered, private: bytes) -> Granted:
    """What the centre granted, with the X25519 key it was sealed to. Raises DamagedPacket.

    Whoever calls compares the CA's fingerprint, and then `is_signed` by that CA's key.
    """
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        plain = suite().decrypt(answered.sealed, key, info=ANSWER + answered.written)
        return _granted(bytes(plain))
    except (InvalidTag, ValueError, *UNREADABLE) as error:
        raise DamagedPacket(why="content") from error


def is_signed(answered: Answered, district_public: bytes) -> bool:
    """Whether the district itself gave this answer."""
    message = _SIGNED + answered.written + answered.sealed
    return signed_by(district_public, answered.signature, message)


def _proof(kept: bytes, sign: bytes, seal: bytes, offers: list[Continuation]) -> bytes:
    return hmac.digest(kept, _PROVED + sign + seal + places(offers), sha256)


def _check_size(raw: bytes, most: int) -> None:
    if len(raw) > most:
        raise PacketTooLarge(most_mb=-(-most // 2**20))


def _check_version(written: bytes) -> None:
    version = _peek(written).version
    if version != VERSION:
        raise UpgradeNeeded(version=version, known=VERSION)
