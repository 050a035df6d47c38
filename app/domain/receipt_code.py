"""The QR code of a document: what it claims, signed by the device that issued it.

    text      = "DB1" + base32(payload ‖ signature), upper case, no "=": QR alphanumeric mode
    payload   = MessagePack array
                [1, device, kind, [region, day, slot, running], item, day, digest, name]
    signature = Ed25519, 64 bytes, over "daiban receipt 1" ‖ 0x00 ‖ payload

`device` is 16 bytes, `kind` a `PaperKind.mark`, a day the days since 2000-01-01,
`digest` the first 8 bytes of the facts' digest, `name` the masked applicant, at most 15 characters.
`item` is empty on the receipt of a visit, which is of several.
Elements after the eighth are signed and not read: a later program may add them.
The format is frozen.

A code of practice mode begins otherwise, and stands for nothing: `practised`.
"""

from __future__ import annotations

import binascii
import unicodedata
from base64 import b32decode, b32encode
from collections.abc import Callable
from datetime import date
from typing import Annotated

import msgspec

from app.domain.numbers import LocalNumber, Running, Slot
from app.domain.papers import PaperFacts, PaperKind, facts_digest, kind_of
from app.domain.regions import RegionCode
from app.errors import Refused

Signer = Callable[[bytes], bytes]
"""The message in, 64 bytes of signature out."""

Check = Callable[[bytes, bytes], bool]
"""(signature, message): whether it is that of the key one has in mind."""

PREFIX = "DB1"
PRACTICE_PREFIX = "LIANXI:"
"""练习; nobody who types pinyin types the colon."""
MAX_TEXT = 1000
"""Characters, spaces included. A code of ours has about 230."""

_SIGNED = b"daiban receipt 1\x00"
_SIGNATURE_SIZE = 64
_DIGEST_SIZE = 8
_MAX_NAME = 15
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""What would turn or break a line of the screen.

Not what Python calls unprintable: private codes and characters newer than its tables stand in names.
"""
_EPOCH = date(2000, 1, 1).toordinal()
_DAYS = date.max.toordinal() - _EPOCH


class BadCode(Refused):
    """The text is not a code of ours, or is broken: fact `why`."""

    code = "bad_receipt_code"


_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=32, pattern=r"^[0-9A-Za-z_-]+\Z")]
_Item = Annotated[str, msgspec.Meta(max_length=32, pattern=r"^[0-9A-Za-z_-]*\Z")]
_Day = Annotated[int, msgspec.Meta(ge=1 - _EPOCH, le=_DAYS)]


class _Local(msgspec.Struct, array_like=True, frozen=True):
    region: _Word
    day: _Day
    slot: Slot
    running: Running


class _Payload(msgspec.Struct, array_like=True, frozen=True):
    version: Annotated[int, msgspec.Meta(ge=1, le=1)]
    device: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    kind: Annotated[int, msgspec.Meta(ge=1, lt=256)]
    local: _Local
    item: _Item
    day: _Day
    digest: Annotated[bytes, msgspec.Meta(min_length=_DIGEST_SIZE, max_length=_DIGEST_SIZE)]
    name: Annotated[str, msgspec.Meta(max_length=_MAX_NAME)]


class ReceiptCode(msgspec.Struct, frozen=True, kw_only=True):
    """What a code claims. Believe it only after `verify`."""

    device: bytes
    kind: PaperKind | None  # None: of a newer program
    local_number: LocalNumber
    item_id: str
    issued_on: date
    digest: bytes
    name: str
    signed: bytes
    signature: bytes


def write_code(
    facts: PaperFacts, *, device: bytes, local_number: LocalNumber, name: str, sign: Signer
) -> str:
    """The text for `facts.code`. `name` is the masked applicant, cut to 15 characters."""
    local = _Local(
        str(local_number.region),
        _from_day(local_number.day),
        local_number.slot,
        local_number.running,
    )
    payload = msgspec.msgpack.encode(
        _Payload(
            version=1,
            device=device,
            kind=facts.kind.mark,
            local=local,
            item=facts.item_id,
            day=_from_day(facts.issued_on),
            digest=facts_digest(facts)[:_DIGEST_SIZE],
            name="".join(sign for sign in name if not _is_unseen(sign))[:_MAX_NAME],
        )
    )
    return PREFIX + b32encode(payload + sign(_SIGNED + payload)).decode("ascii").rstrip("=")


def practised(code: str) -> str:
    """A code as practice mode prints it: it scans, says that it is practice, and is never read as a genuine one."""
    return PRACTICE_PREFIX + code if code else ""


def is_practice_code(text: str) -> bool:
    return _typed(text[: 4 * len(PRACTICE_PREFIX)]).startswith(PRACTICE_PREFIX)


def read_practice_code(text: str) -> ReceiptCode:
    """For the practice store alone, where scanning is learnt. Raises BadCode."""
    if len(text) > MAX_TEXT:
        raise BadCode(why="length")
    return read_code(_typed(text).removeprefix(PRACTICE_PREFIX))


def read_code(text: str) -> ReceiptCode:
    """What the scanned or typed text claims; raises BadCode.

    Spaces, line breaks, lower case and the full-width letters of a Chinese keyboard are forgiven.
    """
    if len(text) > MAX_TEXT:
        raise BadCode(why="length")
    typed = _typed(text)
    if typed.startswith(PRACTICE_PREFIX):
        raise BadCode(why="practice")
    if not typed.startswith(PREFIX):
        raise BadCode(why="prefix")
    data = _from_base32(typed[len(PREFIX) :])
    payload, signature = data[:-_SIGNATURE_SIZE], data[-_SIGNATURE_SIZE:]
    try:
        claim = msgspec.msgpack.decode(payload, type=_Payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadCode(why="payload") from error
    if any(map(_is_unseen, claim.name)):
        raise BadCode(why="payload")
    return ReceiptCode(
        device=claim.device,
        kind=kind_of(claim.kind),
        local_number=LocalNumber(
            region=RegionCode(claim.local.region),
            day=_to_day(claim.local.day),
            slot=claim.local.slot,
            running=claim.local.running,
        ),
        item_id=claim.item,
        issued_on=_to_day(claim.day),
        digest=claim.digest,
        name=claim.name,
        signed=_SIGNED + payload,
        signature=signature,
    )


def verify(code: ReceiptCode, check: Check) -> bool:
    """Whether the signature is that of the key behind `check`."""
    return check(code.signature, code.signed)


def matches(code: ReceiptCode, facts: PaperFacts) -> bool:
    """Whether the paper with that code says what `facts` say."""
    return facts_digest(facts)[:_DIGEST_SIZE] == code.digest and facts.kind is code.kind


def _typed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN


def _from_base32(letters: str) -> bytes:
    try:
        data = b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError) as error:
        raise BadCode(why="letters") from error
    if len(data) <= _SIGNATURE_SIZE:
        raise BadCode(why="length")
    if b32encode(data).decode("ascii").rstrip("=") != letters:  # one code has one spelling
        raise BadCode(why="letters")
    return data


def _from_day(day: date) -> int:
    return day.toordinal() - _EPOCH


def _to_day(days: int) -> date:
    return date.fromordinal(days + _EPOCH)
