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
SMALLEST_ENTRY: Final = 32
"""Bytes of an entry at least, on the average of a message: it has eight elements, or a digest."""
MAX_REFUSAL: Final = 16 * 1024
"""Bytes of a refusal."""
MAX_NOTICES: Final = 1_000
MAX_WANTS: Final = 10_000
MAX_LIVES: Final = 100
MAX_CARRIED: Final = 1_000
"""Packets of others in one request."""
MAX_SHEETS: Final = 1000
"""Scans in one packet."""
MAX_LACKS: Final = 64
"""Scans that one answer asks for."""
MAX_HEALTH_TEXT: Final = 100
MAX_FLEET: Final = 20_000
"""Stations in one answer about the fleet."""
_MAX_SEQ: Final = 2**53
_SHORT_ARRAY: Final = 9
_SLACK: Final = 1_000
"""So many small ones in a message are not worth counting."""

EXCHANGE: Final = "/exchange"
CARRY: Final = "/carry"
ENROL: Final = "/enrol"
LIFE: Final = "/life"
ADMIT: Final = "/admit"
CA: Final = "/ca"
FLEET: Final = "/fleet"

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
    """What the district wants to know of its stations. `clock_ms` is the station's wall clock.

    `printer` is a code (`app.domain.printer_health`), `sheets_waiting` how many scans the centre lacks,
    `backup_days` the age of the last backup (-1: none was ever made), `verified` what the last check of the store
    found: "" nobody looked, "ok", else the code of the first problem.
    """

    version: HealthText = ""
    backlog: int = 0
    clock_ms: int = 0
    disk_free_mb: int | None = None
    printer: HealthText = ""
    sheets_waiting: int = 0
    backup_days: int | None = None
    verified: HealthText = ""


class Request(msgspec.Struct, frozen=True, array_like=True):
    version: int
    runs: Annotated[list[Run], msgspec.Meta(max_length=MAX_RUNS)]
    head: Head
    cursor: bytes | None
    room: Annotated[int, msgspec.Meta(ge=0)]
    health: Health = Health()
    carried: Annotated[list[bytes], msgspec.Meta(max_length=MAX_CARRIED)] = []
    """Packets of other devices, sealed (a later version fills it)."""
    lives: Annotated[list[SignedCertificate], msgspec.Meta(max_length=MAX_LIVES)] = []
    """Older lives of the sender which the centre does not know."""
    sheets: Annotated[list[bytes], msgspec.Meta(max_length=MAX_SHEETS)] = []
    """Scans whole, in packets only: over the line they go by themselves (`tus`)."""


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
    refused: Annotated[list[Refusal], msgspec.Meta(max_length=MAX_ENTRIES)]
    runs: Annotated[list[Run], msgspec.Meta(max_length=MAX_ENTRIES)]
    cursor: bytes
    more: bool
    centre_ms: int
    notices: Annotated[list[Notice], msgspec.Meta(max_length=MAX_NOTICES)] = []
    wants: Annotated[list[Want], msgspec.Meta(max_length=MAX_WANTS)] = []
    forked_at: Seq | None = None
    """The first number at which the centre has another entry; `accepted` is then the place before it."""
    token: Annotated[bytes, msgspec.Meta(max_length=TOKEN_SIZE)] = b""
    """What is to take the place of the token that was shown; the old one is good until this one was."""
    lacks: Annotated[list[Digest], msgspec.Meta(max_length=MAX_LACKS)] = []
    """Scans that accepted entries of the one that is answered name, and that it has not sent whole."""
    kept: Annotated[list[Digest], msgspec.Meta(max_length=MAX_SHEETS)] = []
    """Those of the packet that is answered which the centre has now."""


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
    """A device whose store was restored or cloned goes on under a new key, for which its old key speaks too."""

    version: int
    sign_public: PublicKey
    seal_public: PublicKey
    signature: Signature
    offers: Offers
    old_signature: Annotated[bytes, msgspec.Meta(max_length=64)] = b""
    """Of the old life's key, over `handover_proof`: a token alone makes nobody its device."""


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


class FleetRequest(msgspec.Struct, frozen=True, array_like=True):
    """How are the stations below me, and mine?"""

    version: int


class SeenStation(msgspec.Struct, frozen=True, array_like=True):
    """The present life of one device as the centre saw it last; `contact_ms` 0: it has never exchanged."""

    device: DeviceBytes
    station: HealthText
    region: HealthText
    tier: Annotated[int, msgspec.Meta(ge=1, le=3)]
    slot: HealthText
    enrolled_ms: int
    contact_ms: int
    health: Health = Health()


class Fleet(msgspec.Struct, frozen=True, array_like=True):
    """The devices whose entries the asker may read, and its own."""

    version: int
    centre_ms: int
    stations: Annotated[list[SeenStation], msgspec.Meta(max_length=MAX_FLEET)]


class Said(msgspec.Struct, frozen=True, array_like=True):
    """A refusal on its way."""

    code: str
    facts: dict[str, Fact] = {}


def enrol_proof(request: EnrolRequest) -> bytes:
    """What the new key signs to enrol."""
    keys = request.sign_public + request.seal_public
    return b"daiban enrol 1\x00" + request.secret + keys + places(request.offers)


def life_proof(request: LifeRequest) -> bytes:
    """What the new key signs to go on where the old one stopped."""
    return b"daiban life 1\x00" + request.sign_public + request.seal_public + places(request.offers)


def handover_proof(request: LifeRequest) -> bytes:
    """What the old key signs for the new one."""
    keys = request.sign_public + request.seal_public
    return b"daiban handover 1\x00" + keys + places(request.offers)


def admit_proof(request: AdmitRequest) -> bytes:
    """What a certified key signs to be known again."""
    return b"daiban admit 1\x00" + request.token + request.certificate.payload


def places(offers: list[Continuation]) -> bytes:
    """Places in a journal, as they stand in what is signed."""
    return b"".join(place.device + place.seq.to_bytes(8, "big") + place.digest for place in offers)


_encode: Final = msgspec.msgpack.Encoder().encode
_decoders: Final[dict[type[msgspec.Struct], msgspec.msgpack.Decoder[msgspec.Struct]]] = {
    shape: msgspec.msgpack.Decoder(shape)
    for shape in (
        *(Request, Answer, EnrolRequest, LifeRequest, AdmitRequest, Admission, Said),
        *(FleetRequest, Fleet),
    )
}
_M = TypeVar("_M", bound=msgspec.Struct)


class _Versioned(msgspec.Struct, frozen=True, array_like=True):
    version: int


class _Sending(msgspec.Struct, frozen=True, array_like=True):
    """A Request as far as its runs, which are not looked into."""

    version: int
    runs: Annotated[list[msgspec.Raw], msgspec.Meta(max_length=MAX_RUNS)]


class _Answering(msgspec.Struct, frozen=True, array_like=True):
    """The same of an Answer."""

    version: int
    accepted: msgspec.Raw
    refused: msgspec.Raw
    runs: Annotated[list[msgspec.Raw], msgspec.Meta(max_length=MAX_ENTRIES)]


class _Bundle(msgspec.Struct, frozen=True, array_like=True):
    """A Run whose entries are not looked into."""

    device: msgspec.Raw
    first_seq: msgspec.Raw
    entries: msgspec.Raw


_peek: Final = msgspec.msgpack.Decoder(_Versioned).decode
_sending: Final = msgspec.msgpack.Decoder(_Sending).decode
_answering: Final = msgspec.msgpack.Decoder(_Answering).decode
_bundle: Final = msgspec.msgpack.Decoder(_Bundle).decode


def encode(message: msgspec.Struct) -> bytes:
    return _encode(message)


def decode(raw: bytes, shape: type[_M]) -> _M:
    """The message that these bytes are.

    Raises BadMessage, or UpgradeNeeded when it is of a version that this program cannot read.
    """
    try:
        if "version" in shape.__struct_fields__ and (version := _peek(raw).version) != VERSION:
            raise UpgradeNeeded(version=version, known=VERSION)
        if shape is Request or shape is Answer:
            _weigh(raw, (_sending if shape is Request else _answering)(raw).runs)
        message = _decoders[shape].decode(raw)
    except UNREADABLE as error:
        raise BadMessage(detail=str(error)) from error
    assert isinstance(message, shape)
    _check(message)
    return message


def _weigh(raw: bytes, runs: list[msgspec.Raw]) -> None:
    """Raises BadMessage if there are more entries than so many bytes can be.

    Sixteen megabytes of nothings are a kilobyte when packed, and would be one gigabyte once decoded.
    """
    most = len(raw) // SMALLEST_ENTRY + _SLACK
    if sum(_length(bytes(_bundle(run).entries)) for run in runs) > most:
        raise BadMessage(detail="more entries than bytes")


def _length(array: bytes) -> int:
    """How many elements an array says it has; 0 for anything else, which is refused later."""
    match array[:1]:
        case b"\xdc":
            return int.from_bytes(array[1:3], "big")
        case b"\xdd":
            return int.from_bytes(array[1:5], "big")
    return array[0] & 0x0F if array[0] >> 4 == _SHORT_ARRAY else 0


def _check(message: msgspec.Struct) -> None:
    """What msgspec 0.22 cannot: it crashes on constraints inside a union with None."""
    devices: list[bytes | None] = []
    if isinstance(message, Request | Answer):
        devices += [run.device for run in message.runs]
    if isinstance(message, Answer):
        devices += [refusal.device for refusal in message.refused]
    if isinstance(message, EnrolRequest | LifeRequest):
        check_offers(message.offers)
    if any(device is not None and len(device) != DEVICE_ID_SIZE for device in devices):
        raise BadMessage(detail="device")


def check_offers(offers: list[Continuation]) -> None:
    """Raises BadMessage unless each has the sizes of one."""
    if not all(
        len(place.device) == DEVICE_ID_SIZE
        and 0 <= place.seq <= _MAX_SEQ
        and len(place.digest) == DIGEST_SIZE
        for place in offers
    ):
        raise BadMessage(detail="offers")


def said(refusal: CentreRefusal) -> bytes:
    """A refusal as it travels. Facts that are neither text nor number stay at home."""
    facts = {name: fact for name, fact in refusal.facts.items() if isinstance(fact, str | int)}
    return _encode(Said(refusal.code, facts))


def heard(raw: bytes) -> CentreRefusal:
    """The refusal that these bytes say. Raises BadMessage or UpgradeNeeded."""
    if len(raw) > MAX_REFUSAL:
        raise BadMessage(detail="too large")
    told = decode(raw, Said)
    facts: dict[str, object] = {
        name: fact for name, fact in told.facts.items() if name not in ("self", "said")
    }
    shape = BY_CODE.get(told.code)
    return CentreRefusal(said=told.code, **facts) if shape is None else shape(**facts)
