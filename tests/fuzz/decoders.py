"""Everything that reads bytes from elsewhere: what it reads, and what it may say no with."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import msgspec

import resources
from app.domain import receipt_code
from app.domain.catalogue import read_catalogue
from app.domain.events import KINDS, BadBody, decode_body
from app.domain.regions import BadRegions, read_table
from app.journal import certificate, entry
from app.journal.certificate import BadCertificate, SignedCertificate
from app.journal.entry import BadEntry
from app.journal.refs import DeviceId
from app.store import backup_file, keyslots
from app.workbooks.catalogue_reading import BadWorkbook, read_catalogue_workbook
from app.workbooks.catalogue_writing import write_catalogue
from app.workbooks.opening import WorkbookRefused
from sync import codec, enrolment_code, enrolment_packet, packet, protocol, tus
from sync.enrolment_code import BadEnrolmentCode
from sync.refusals import BadMessage, CentreRefusal, TooLarge, UnknownDictionary, UpgradeNeeded
from tests.fuzz.mutations import changed, hostile, repacked

Refusals = tuple[type[Exception], ...]
_VECTORS = Path(__file__).parents[1] / "vectors"
_NOBODY = DeviceId(bytes(16))
_MESSAGE: Refusals = (BadMessage, UpgradeNeeded)
_PACKET: Refusals = (
    packet.NotAPacket, packet.DamagedPacket, packet.PacketTooLarge, packet.PacketOfOtherDistrict, UpgradeNeeded,
)  # fmt: skip


class Decoder(NamedTuple):
    """`make` makes something hostile of a seed."""

    name: str
    read: Callable[[bytes], object]
    refusals: Refusals
    seeds: list[bytes]
    make: Callable[[bytes, Random], bytes] = hostile


def tried(decoder: Decoder, raw: bytes) -> bool:
    """Whether it was read; anything else than a documented refusal is raised."""
    try:
        decoder.read(raw)
    except decoder.refusals:
        return False
    return True


@cache
def decoders() -> tuple[Decoder, ...]:
    messages = _vectors("messages")
    entries = _vectors("entry")
    made = [
        Decoder("entry", _entry, (BadEntry,), _wires([*entries["entries"], entries["redacted"]])),
        Decoder("certificate", _certificate, (BadCertificate,), _wires([_vectors("certificate")])),
        Decoder("frame", codec.unpack, _FRAME, _frames(messages), repacked),
        Decoder("refusal", _heard, _MESSAGE, _wires(_of("Said", messages))),
        Decoder("enrolment code", _enrolment_code, (BadEnrolmentCode,), [_code_payload()]),
        Decoder("receipt code", _receipt_code, (receipt_code.BadCode,), [_receipt_payload()]),
        Decoder("packet", _packet, _PACKET, [_packet_file()], _a_packet),
        Decoder("enrolment packet", _request, _PACKET, [_a_request()], changed),
        Decoder("enrolment answer", enrolment_packet.read_answer, _PACKET, [enrolment_packet.ANSWER + bytes(300)]),
        Decoder("backup", _backup, _BACKUP, [_backup_header()]),
        Decoder("key slots", keyslots.operators_in, (keyslots.DamagedSlots,), [_slots()]),
        Decoder("workbook", read_catalogue_workbook, (WorkbookRefused, BadWorkbook), [_workbook()], _a_workbook),
        Decoder("regions", read_table, (BadRegions,), [_regions()], changed),
        Decoder("tus", _tus, (BadMessage,), [b"filename d29ybGQ=,is_confidential,sha256 YWJj"], changed),
    ]  # fmt: skip
    for shape in (
        "Request",
        "Answer",
        "EnrolRequest",
        "LifeRequest",
        "AdmitRequest",
        "Admission",
        "FleetRequest",
        "Fleet",
    ):
        read = _message(shape)
        made.append(Decoder(shape, read, _MESSAGE, _wires(_of(shape, messages))))
    made += [Decoder(kind, _body(kind), (BadBody,), [_empty_body(kind)]) for kind in sorted(KINDS)]
    return tuple(made)


_FRAME: Refusals = (BadMessage, TooLarge, UnknownDictionary)
_BACKUP: Refusals = (backup_file.NotABackup, backup_file.BackupTooNew, backup_file.DamagedBackup)


def _vectors(name: str) -> dict[str, Any]:
    return json.loads((_VECTORS / f"{name}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _wires(told) -> list[bytes]:
    return [bytes.fromhex(one["wire"]) for one in told]


def _of(shape, messages):
    return [one for one in messages["messages"] if one["shape"] == shape]


def _frames(messages) -> list[bytes]:
    return [bytes.fromhex(one["frame"]) for one in messages["frames"]]


# --- one for each ---------------------------------------------------------------------------------


def _entry(raw: bytes) -> object:
    read = entry.read(raw, device=_NOBODY, seq=3, lineage={})
    assert read.wire == raw
    return read


def _certificate(raw: bytes) -> object:
    try:
        signed = msgspec.msgpack.decode(raw, type=SignedCertificate)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    own = certificate.read(signed)
    return own.device, own.slot_text, own.is_practice


def _heard(raw: bytes) -> object:
    heard = protocol.heard(raw)
    assert isinstance(heard, CentreRefusal)
    return str(heard)


def _message(shape: str) -> Callable[[bytes], object]:
    kind = getattr(protocol, shape)

    def read(raw: bytes) -> object:
        message = protocol.decode(raw, kind)
        protocol.encode(message)  # what was read can be said
        return message

    return read


def _body(kind: str) -> Callable[[bytes], object]:
    return lambda raw: decode_body(kind, 1, raw)


def _empty_body(kind: str) -> bytes:
    """An array of as many elements as the body has, most of them of a wrong kind."""
    fields = KINDS[kind].bodies[0].__struct_fields__
    return msgspec.msgpack.encode(["" for _ in fields])


def _enrolment_code(raw: bytes) -> object:
    text = enrolment_code.PREFIX + base64.urlsafe_b64encode(raw).decode().rstrip("=")
    enrolment_code_of_text(raw.decode("utf-8", "replace"))
    return enrolment_code.read_code(text)


def enrolment_code_of_text(text: str) -> None:
    try:
        enrolment_code.read_code(text)
    except BadEnrolmentCode:
        return


def _code_payload() -> bytes:
    text = str(_vectors("enrolment_code")["text"]).removeprefix(enrolment_code.PREFIX)
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _receipt_code(raw: bytes) -> object:
    return receipt_code.read_code(receipt_code.PREFIX + base64.b32encode(raw).decode().rstrip("="))


def _receipt_payload() -> bytes:
    text = str(_vectors("receipt_code")["text"]).removeprefix(receipt_code.PREFIX)
    return base64.b32decode(text + "=" * (-len(text) % 8))


def _packet_file() -> bytes:
    return bytes.fromhex(str(_vectors("packet")["file"]))


def _packet(raw: bytes) -> object:
    told = _vectors("packet")
    looked = packet.read(raw, bytes.fromhex(str(told["district_public"])))
    return packet.opened(
        looked,
        sender=bytes.fromhex(str(told["sender_public"])),
        private=bytes.fromhex(str(told["receiver_seal_private"])),
    )


def _a_packet(raw: bytes, chance: Random) -> bytes:
    """One with a hostile header of the right length, or with other bytes anywhere."""
    if chance.random() < 0.5:
        return changed(raw, chance)
    start = len(packet.MAGIC) + 4
    length = int.from_bytes(raw[start - 4 : start], "big")
    header = hostile(raw[start : start + length], chance)
    return packet.MAGIC + len(header).to_bytes(4, "big") + header + raw[start + length :]


def _request(raw: bytes) -> object:
    return enrolment_packet.read_request(raw)


@cache
def _a_request() -> bytes:
    from app.journal.keys import DeviceKeys

    return enrolment_packet.ask(DeviceKeys.generate(), bytes(32), [], 1_795_000_000_000)


def _backup(raw: bytes) -> object:
    """A header with its length and digest put right."""
    begin = backup_file._START.pack(backup_file.MAGIC, backup_file.VERSION, len(raw)) + raw  # noqa: SLF001
    whole = begin + sha256(begin).digest()
    backup = backup_file.read_header(io.BytesIO(whole + bytes(16)), "a file")
    try:
        backup_file.key_by_recovery(backup, bytes(32))
    except backup_file.WrongBackupKey:
        return None
    return backup


@cache
def _backup_header() -> bytes:
    lock = backup_file.PassphraseLock(
        public=bytes(31) + b"\x09", salt=bytes(16), passes=1, memory_kib=64
    )
    about = backup_file.About(
        created_ms=1, region="450305200201", station="站", slot="A1", device=bytes(16), program="0.1.0",
        schema=1, entries=1, head_seq=1, head_digest=bytes(32), members=(),
    )  # fmt: skip
    file = io.BytesIO()
    backup_file.write_header(
        file, msgspec.msgpack.encode(about), bytes(32), lock, bytes(31) + b"\x09"
    )
    return file.getvalue()[backup_file._START.size : -32]  # noqa: SLF001


def _slots() -> bytes:
    slot = {"kind": "operator", "name": "", "salt": bytes(16), "wrapped": bytes(60)}
    return msgspec.msgpack.encode({"slots": [slot]})


@cache
def _workbook() -> bytes:
    told = read_catalogue(resources.read_bytes("catalogue/items.json"))
    return write_catalogue(told.items[:1], told.not_issued_here[:1], told.retired_terms[:1])


def _a_workbook(raw: bytes, chance: Random) -> bytes:
    """One with a hostile part in a sound package, or a hostile package."""
    if chance.random() < 0.2:
        return changed(raw, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as package, zipfile.ZipFile(made, "w") as another:
        names = package.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = package.read(name)
            another.writestr(name, changed(part, chance) if name == chosen else part)
    return made.getvalue()


def _regions() -> bytes:
    (table, *_) = sorted(resources.path("regions").glob("*.csv"))
    return b"".join(table.read_bytes().splitlines(keepends=True)[:12])


def _tus(raw: bytes) -> object:
    text = raw.decode("latin-1")
    tus.digest_named(text)
    for read in (tus.number, tus.said_range):
        try:
            read(text)
        except BadMessage:
            continue
    with suppress(tus.OutOfRange):
        tus.asked_range(text, 1000)
    return tus.read_metadata(text)
