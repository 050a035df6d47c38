"""A packet: one message of the exchange in a file, for a stick that is carried where no line goes.

    file      = "daiban packet 1" ‖ 0x00 ‖ uint32(length of header) ‖ header ‖ signature 64 ‖ sealed
    header    = MessagePack [version, way, district 16, certificate, number, made ms, length of sealed]
    sealed    = HPKE of the packed message to the receiver, bound to the header
    signature = of the sender over "daiban packet signature 1" ‖ 0x00 ‖ header ‖ sealed

Up a Request goes to the district, signed by the station; down its Answer to that station, signed by the district.
The certificate is the station's both ways, so whoever finds a stick can say whose it is, and nobody else can read it.
Pure: bytes in, values out. `sync/README.md` describes each field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from hashlib import sha256
from typing import Annotated, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.domain.days import day_of
from app.errors import UNREADABLE, Damaged, Refused
from app.journal import certificate as certificates
from app.journal.certificate import BadCertificate, Certificate, SignedCertificate
from app.journal.keys import SIGNATURE_SIZE, signed_by
from sync import codec
from sync.refusals import BadMessage, TooLarge, UnknownDictionary, UpgradeNeeded

MAGIC: Final = b"daiban packet 1\x00"
VERSION: Final = 1
SUFFIX: Final = ".daiban"
ROOM: Final = 32 * 1024 * 1024
"""Bytes of entries that one packet carries at most, unless a single one is larger."""
MAX_MESSAGE: Final = 64 * 1024 * 1024
"""Bytes of its message unpacked."""
MAX_FILE: Final = 48 * 1024 * 1024
_MAX_HEADER: Final = 4096
_DISTRICT_SIZE: Final = 16
_HPKE_EXTRA: Final = 32 + 16
"""Bytes that sealing adds: the encapsulated key and the tag."""
_SIGNED: Final = b"daiban packet signature 1\x00"
_NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f\\/:*?"<>|.]+')
_LONGEST_PLACE: Final = 40
_LAST_MS: Final = 253_370_000_000_000
"""In the year 9998: a day can be said of it."""


class NotAPacket(Refused):
    """The file is something else."""

    code = "not_a_packet"


class DamagedPacket(Damaged):
    """Nothing of it was used (facts: why: `cut` if its end is missing, else `content`)."""

    code = "damaged_packet"


class PacketOfOtherDistrict(Refused):
    code = "packet_of_other_district"


class PacketTooLarge(Refused):
    """(facts: most_mb)."""

    code = "packet_too_large"


class Way(IntEnum):
    UP = 1
    DOWN = 2


class Header(msgspec.Struct, frozen=True, array_like=True):
    """`certificate` is the station's, whichever way it goes; an answer has the number of what it answers."""

    version: int
    way: Way
    district: Annotated[bytes, msgspec.Meta(min_length=_DISTRICT_SIZE, max_length=_DISTRICT_SIZE)]
    certificate: SignedCertificate
    number: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    made_ms: Annotated[int, msgspec.Meta(ge=0, le=_LAST_MS)]
    size: Annotated[int, msgspec.Meta(ge=_HPKE_EXTRA, le=MAX_FILE)] = _HPKE_EXTRA


class _Versioned(msgspec.Struct, frozen=True, array_like=True):
    version: int


class Packet(msgspec.Struct, frozen=True, kw_only=True):
    """What its outside says. The certificate is the district's own; the rest counts once it was opened."""

    header: Header
    certificate: Certificate
    written: bytes
    signature: bytes
    sealed: bytes


_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Header).decode
_peek: Final = msgspec.msgpack.Decoder(_Versioned).decode


def district_id(district_public: bytes) -> bytes:
    """How a packet names its district."""
    return sha256(district_public).digest()[:_DISTRICT_SIZE]


def seal(
    header: Header,
    message: bytes,
    *,
    to: bytes,
    sign: Callable[[bytes], bytes],
    dictionary: int = codec.DICTIONARY,
) -> bytes:
    """The file. `to` is the receiver's X25519 key; the header's size is filled in. Raises PacketTooLarge."""
    packed = codec.pack(message, dictionary)
    whole = len(packed) + _HPKE_EXTRA
    if len(message) > MAX_MESSAGE or whole > MAX_FILE - 2 * _MAX_HEADER:
        raise PacketTooLarge(most_mb=MAX_FILE // 2**20)
    written = _encode(msgspec.structs.replace(header, size=whole))
    key = X25519PublicKey.from_public_bytes(to)
    sealed = suite().encrypt(packed, key, info=MAGIC + written)
    signature = sign(_SIGNED + written + sealed)
    return MAGIC + len(written).to_bytes(4, "big") + written + signature + sealed


def read(raw: bytes, district_public: bytes) -> Packet:
    """What is written on a packet of this district; its seal is not opened yet.

    Raises NotAPacket, DamagedPacket, PacketTooLarge, PacketOfOtherDistrict or UpgradeNeeded.
    """
    if len(raw) > MAX_FILE:
        raise PacketTooLarge(most_mb=MAX_FILE // 2**20)
    if raw[: len(MAGIC)] != MAGIC:
        raise DamagedPacket(why="cut") if raw and MAGIC.startswith(raw) else NotAPacket
    start = len(MAGIC) + 4
    length = int.from_bytes(raw[len(MAGIC) : start], "big")
    if length > _MAX_HEADER:
        raise DamagedPacket(why="content")
    written = raw[start : start + length]
    signature = raw[start + length : start + length + SIGNATURE_SIZE]
    sealed = raw[start + length + SIGNATURE_SIZE :]
    if len(signature) < SIGNATURE_SIZE:
        raise DamagedPacket(why="cut")
    header = _header(written)
    if header.district != district_id(district_public):
        raise PacketOfOtherDistrict
    try:
        certificate = certificates.opened(header.certificate, district_public)
    except BadCertificate as error:
        raise DamagedPacket(why="content") from error
    if len(sealed) != header.size:
        raise DamagedPacket(why="cut" if len(sealed) < header.size else "content")
    return Packet(
        header=header,
        certificate=certificate,
        written=written,
        signature=signature,
        sealed=sealed,
    )


def opened(packet: Packet, *, sender: bytes, private: bytes) -> tuple[bytes, int]:
    """The message inside, and the dictionary that it was packed with.

    `sender` is the Ed25519 key that must have signed, `private` the receiver's X25519 key.
    Raises DamagedPacket, PacketTooLarge or UpgradeNeeded.
    """
    check_signature(packet, sender)
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        packed = bytes(suite().decrypt(packet.sealed, key, info=MAGIC + packet.written))
    except (InvalidTag, ValueError) as error:
        raise DamagedPacket(why="content") from error
    try:
        return codec.unpack(packed, MAX_MESSAGE)
    except TooLarge as error:
        raise PacketTooLarge(most_mb=MAX_MESSAGE // 2**20) from error
    except UnknownDictionary as error:
        raise UpgradeNeeded(version=VERSION, known=VERSION) from error
    except BadMessage as error:
        raise DamagedPacket(why="content") from error


def for_file(name: str) -> str:
    """As much of a name as any stick takes in the name of a file."""
    return _NOT_IN_NAMES.sub("", name)[:_LONGEST_PLACE].strip()


def place_on_file(place: str, certificate: Certificate) -> str:
    """The place as files name it, and which of its computers unless it is the first: 湖塘村 A2; good on any stick."""
    place = for_file(place)
    return place if certificate.slot_text == "A1" else f"{place} {certificate.slot_text}"


def check_signature(packet: Packet, sender: bytes) -> None:
    """What anybody can tell of it without opening it. Raises DamagedPacket."""
    if not signed_by(sender, packet.signature, _SIGNED + packet.written + packet.sealed):
        raise DamagedPacket(why="content")


def file_name(place: str, header: Header) -> str:
    """湖塘村-20261122-1.daiban, and its answer 湖塘村-20261122-1-答复.daiban."""
    answer = "-答复" if header.way is Way.DOWN else ""
    return f"{place}-{day_of(header.made_ms):%Y%m%d}-{header.number}{answer}{SUFFIX}"


def _header(written: bytes) -> Header:
    try:
        version = _peek(written).version
        if version != VERSION:
            raise UpgradeNeeded(version=version, known=VERSION)
        return _decode(written)
    except UNREADABLE as error:
        raise DamagedPacket(why="content") from error


def suite() -> Suite:
    """How everything is sealed that travels by hand (RFC 9180, base mode)."""
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
