"""The messages of the exchange. Pure: bytes in, values out.

Every message is a MessagePack array that may grow at its end: a peer ignores the elements that it does not know,
and takes the default for those it misses.
The first element is the version; it changes only when old peers could not read the rest.
Entries are embedded as they are written, so there is no framing and nothing is encoded twice.
`sync/README.md` describes each field; `tests/vectors` freezes the bytes.
"""

from __future__ import annotations

from typing import Annotated, Final, TypeVar

import msgspec

from app.errors import UNREADABLE
from app.journal.certificate import SignedCertificate
from app.journal.chain import DIGEST_SIZE
from app.journal.refs import DEVICE_ID_SIZE, Continuation
from sync.refusals import BY_CODE, BadMessage, CentreRefusal, UpgradeNeeded

VERSION: Final = 1
MAX_MESSAGE_SIZE: Final = 16 * 1024 * 1024
"""Bytes of one message before compression; a larger one is refused before it is unpacked."""
MAX_ROOM: Final = 4 * 1024 * 1024
"""Bytes of entries that one message carries at most, unless a single one is larger."""
TOKEN_SIZE: Final = 16
MAX_ENTRIES: Final = 200_000
"""Entries in one run."""
MAX_RUNS: Final = 20_000
"""Runs in one request."""
MAX_CARRIED: Final = 1_000
"""Packets of others in one request."""
MAX_HEALTH_TEXT: Final = 100
_MAX_SEQ: Final = 2**53

EXCHANGE: Final = "/exchange"
CARRY: Final = "/carry"
ENROL: Final = "/enrol"
LIFE: Final = "/life"
ADMIT: Final = "/admit"
CA: Final = "/ca"

DeviceBytes = Annotated[bytes, msgspec.Meta(min_length=DEVICE_ID_SIZE, max_length=DEVICE_ID_SIZE)]
Digest = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
PublicKey = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Signature = Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]
Secret = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Seq = Annotated[int, msgspec.Meta(ge=1, le=2**53)]
Place = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Fact = str | int
HealthText = Annotated[str, msgspec.Meta(max_length=MAX_HEALTH_TEXT)]
Offers = Annotated[list[Continuation], msgspec.Meta(max_length=200)]


class Run(msgspec.Struct, frozen=True, array_like=True):
    """Entries that follow one another in one device's journal. `device` None is the sender.

    Checked when used: the device's length, since msgspec 0.22 crashes on constraints inside such a union.
    """

    device: bytes | None
    first_seq: Seq
    entries: Annotated[list[msgspec.Raw], msgspec.Meta(max_length=MAX_ENTRIES)]


class Head(msgspec.Struct, frozen=True, array_like=True):
    """The place in the sender's journal after the last entry that it sends, and its signature of it."""

    seq: Place
    digest: Digest
    signature: Signature


class Health(msgspec.Struct, frozen=True, array_like=True):
    """What the district wants to know of its stations. `clock_ms` is the station's wall clock."""

    version: HealthText = ""
    backlog: int = 0
    clock_ms: int = 0
    disk_free_mb: int | None = None
    printer: HealthText = ""


class Request(msgspec.Struct, frozen=True, array_like=True):
    version: int
    runs: Annotated[list[Run], msgspec.Meta(max_length=MAX_RUNS)]
    head: Head
    cursor: bytes | None
    room: Annotated[int, msgspec.Meta(ge=0)]
    health: Health = Health()
    carried: Annotated[list[bytes], msgspec.Meta(max_length=MAX_CARRIED)] = []
    """Packets of other devices, sealed (a later version fills it)."""


class Accepted(msgspec.Struct, frozen=True, array_like=True):
    """How far the centre has a device's journal, and its digest there."""

    seq: Place
    digest: Digest


class Refusal(msgspec.Struct, frozen=True, array_like=True):
    """The centre keeps this entry aside. `device` None is the one that is answered."""

    device: bytes | None
    seq: Seq
    code: str
    facts: dict[str, Fact] = {}


class Notice(msgspec.Struct, frozen=True, array_like=True):
    """Something said beside the exchange; an unknown code is shown as it is."""

    code: str
    facts: dict[str, Fact] = {}


class Want(msgspec.Struct, frozen=True, array_like=True):
    """Entries of a lost journal that others may hold: from `first_seq` through `last_seq`."""

    device: DeviceBytes
    first_seq: Seq
    last_seq: Seq


class Answer(msgspec.Struct, frozen=True, array_like=True):
    version: int
    accepted: Accepted
    refused: list[Refusal]
    runs: list[Run]
    cursor: bytes
    more: bool
    centre_ms: int
    notices: list[Notice] = []
    wants: list[Want] = []
    forked_at: Seq | None = None
    """The first number at which the centre has another entry; `accepted` is then the place before it."""


class EnrolRequest(msgspec.Struct, frozen=True, array_like=True):
    """A new device, or an old store whose identity is lost, shows its one-time code.

    `offers` are places in the lost life's journal that the store holds, newest first.
    """

    version: int
    secret: Secret
    sign_public: PublicKey
    seal_public: PublicKey
    signature: Signature
    offers: Offers = []


class LifeRequest(msgspec.Struct, frozen=True, array_like=True):
    """A device whose store was restored or cloned goes on under a new key."""

    version: int
    sign_public: PublicKey
    seal_public: PublicKey
    signature: Signature
    offers: Offers


class AdmitRequest(msgspec.Struct, frozen=True, array_like=True):
    """A device that a restored centre does not know shows its certificate and a token of its choice."""

    version: int
    certificate: SignedCertificate
    token: Secret
    signature: Signature


class Admission(msgspec.Struct, frozen=True, array_like=True):
    """The answer to /enrol, /life and /admit."""

    version: int
    certificate: SignedCertificate
    token: Secret
    district_public: PublicKey
    recovery_public: PublicKey
    centre_ms: int


class Said(msgspec.Struct, frozen=True, array_like=True):
    """A refusal on its way."""

    code: str
    facts: dict[str, Fact] = {}


def enrol_proof(request: EnrolRequest) -> bytes:
    """What the new key signs to enrol."""
    keys = request.sign_public + request.seal_public
    return b"daiban enrol 1\x00" + request.secret + keys + _places(request.offers)


def life_proof(request: LifeRequest) -> bytes:
    """What the new key signs to go on where the old one stopped."""
    return (
        b"daiban life 1\x00" + request.sign_public + request.seal_public + _places(request.offers)
    )


def admit_proof(request: AdmitRequest) -> bytes:
    """What a certified key signs to be known again."""
    return b"daiban admit 1\x00" + request.token + request.certificate.payload


def _places(offers: list[Continuation]) -> bytes:
    return b"".join(place.device + place.seq.to_bytes(8, "big") + place.digest for place in offers)


_encode: Final = msgspec.msgpack.Encoder().encode
_decoders: Final[dict[type[msgspec.Struct], msgspec.msgpack.Decoder[msgspec.Struct]]] = {
    shape: msgspec.msgpack.Decoder(shape)
    for shape in (Request, Answer, EnrolRequest, LifeRequest, AdmitRequest, Admission, Said)
}
_M = TypeVar("_M", bound=msgspec.Struct)


class _Versioned(msgspec.Struct, frozen=True, array_like=True):
    version: int


_peek: Final = msgspec.msgpack.Decoder(_Versioned).decode


def encode(message: msgspec.Struct) -> bytes:
    return _encode(message)


def decode(raw: bytes, shape: type[_M]) -> _M:
    """The message that these bytes are.

    Raises BadMessage, or UpgradeNeeded when it is of a version that this program cannot read.
    """
    try:
        if "version" in shape.__struct_fields__ and (version := _peek(raw).version) != VERSION:
            raise UpgradeNeeded(version=version, known=VERSION)
        message = _decoders[shape].decode(raw)
    except UNREADABLE as error:
        raise BadMessage(detail=str(error)) from error
    assert isinstance(message, shape)
    _check(message)
    return message


def _check(message: msgspec.Struct) -> None:
    """What msgspec 0.22 cannot: it crashes on constraints inside a union with None."""
    devices: list[bytes | None] = []
    if isinstance(message, Request | Answer):
        devices += [run.device for run in message.runs]
    if isinstance(message, Answer):
        devices += [refusal.device for refusal in message.refused]
    if isinstance(message, EnrolRequest | LifeRequest):
        devices += [place.device for place in message.offers]
        if not all(
            0 <= place.seq <= _MAX_SEQ and len(place.digest) == DIGEST_SIZE
            for place in message.offers
        ):
            raise BadMessage(detail="offers")
    if any(device is not None and len(device) != DEVICE_ID_SIZE for device in devices):
        raise BadMessage(detail="device")


def said(refusal: CentreRefusal) -> bytes:
    """A refusal as it travels. Facts that are neither text nor number stay at home."""
    facts = {name: fact for name, fact in refusal.facts.items() if isinstance(fact, str | int)}
    return _encode(Said(refusal.code, facts))


def heard(raw: bytes) -> CentreRefusal:
    """The refusal that these bytes say."""
    told = decode(raw, Said)
    facts: dict[str, object] = {
        name: fact for name, fact in told.facts.items() if name not in ("self", "said")
    }
    shape = BY_CODE.get(told.code)
    return CentreRefusal(said=told.code, **facts) if shape is None else shape(**facts)
