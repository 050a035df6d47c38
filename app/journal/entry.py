"""One line of the journal, as bytes and as a value.

On the wire and on disk an entry is one MessagePack array of eight:

    [kind, version, region, actor, subject, after, clock, body]

The device and the number are not in it: they are its place in the journal, and the chain binds them.
`header` is everything before the body, `body` the last element; a redacted entry keeps its header and
the digest of its body.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Any

import msgspec

from app.errors import UNREADABLE, Damaged
from app.journal.refs import DEVICE_ID_SIZE, DeviceId, Lineage, Ref, WireRef, from_wire, to_wire

MAX_ENTRY_SIZE = 256 * 1024
"""Bytes. A registration is two hundred; a township's list of regions is the largest thing known."""


MAX_HEADS = 64
"""Entries of one subject that did not know of each other; more than two devices at once is rare."""


class BadEntry(Damaged):
    code = "bad_entry"


class _Wire(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    kind: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    version: Annotated[int, msgspec.Meta(ge=1, lt=2**16)]
    region: Annotated[str, msgspec.Meta(min_length=2, max_length=16)]
    actor: (
        WireRef  # checked in `_reference`: msgspec 0.22 crashes on constraints inside such a union
    )
    subject: WireRef
    after: Any  # None, one reference, or an array of them
    clock: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
    body: msgspec.Raw


class _Redacted(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    header: bytes
    body_digest: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What somebody did, as it was written.

    `subject` is the entry that opened the thing this one is about (itself, for an opening entry);
    `after` the last entries of that subject its writer had seen
    (one, unless several did not know of each other); `region` the subject's region;
    `clock` a hybrid time (`app.journal.clock`); `actor` the operator's own opening entry, or None for the device.
    """

    device: DeviceId
    seq: int
    kind: str
    version: int
    region: str
    actor: Ref | None
    subject: Ref
    after: tuple[Ref, ...]
    clock: int
    header: bytes
    body: bytes | None
    body_digest: bytes | None = None

    @property
    def ref(self) -> Ref:
        return Ref(self.device, self.seq)

    @property
    def opens(self) -> bool:
        return self.subject == (self.device, self.seq)

    @property
    def wire(self) -> bytes:
        """The bytes that travel: as written, or the redacted form."""
        if self.body is None:
            assert self.body_digest is not None
            return _encode(_Redacted(self.header, self.body_digest))
        return self.header + self.body


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An entry to be written: all but its place and time."""

    kind: str
    version: int
    region: str
    body: bytes
    actor: Ref | None = None
    subject: Ref | None = None
    after: tuple[Ref, ...] = ()


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Wire).decode
_decode_redacted = msgspec.msgpack.Decoder(_Redacted).decode
_REDACTED_MARK = 0x92
_MAX_SEQ = 2**53


def write(draft: Draft, *, device: DeviceId, seq: int, clock: int, lineage: Lineage) -> Entry:
    """The entry that `device` writes as its number `seq`."""
    wire = _Wire(
        kind=draft.kind,
        version=draft.version,
        region=draft.region,
        actor=to_wire(draft.actor, device, lineage),
        subject=to_wire(draft.subject, device, lineage),
        after=_several_to_wire(draft.after, device, lineage),
        clock=clock,
        body=msgspec.Raw(draft.body),
    )
    raw = _encode(wire)
    if len(raw) > MAX_ENTRY_SIZE:
        raise BadEntry(why="too large", size=len(raw))
    return read(raw, device=device, seq=seq, lineage=lineage)


def read(raw: bytes, *, device: DeviceId, seq: int, lineage: Lineage) -> Entry:
    """The entry that these bytes are, when they stand at `seq` in the journal of `device`.

    Raises BadEntry for anything that is not exactly one entry.
    """
    if len(raw) > MAX_ENTRY_SIZE:
        raise BadEntry(why="too large", size=len(raw))
    try:
        if raw[:1] == bytes((_REDACTED_MARK,)):
            redacted = _decode_redacted(raw)
            wire = _decode(redacted.header + b"\xc0")
            header, body, body_digest = redacted.header, None, redacted.body_digest
        else:
            wire = _decode(raw)
            body = bytes(wire.body)
            header, body_digest = raw[: len(raw) - len(body)], None
    except UNREADABLE as error:
        raise BadEntry(why="malformed", detail=str(error)) from error
    return Entry(
        device=device,
        seq=seq,
        kind=wire.kind,
        version=wire.version,
        region=wire.region,
        actor=_reference(wire.actor, device, lineage),
        subject=_reference(wire.subject, device, lineage) or Ref(device, seq),
        after=_references(wire.after, device, lineage),
        clock=wire.clock,
        header=header,
        body=body,
        body_digest=body_digest,
    )


def _reference(wire: WireRef, writer: DeviceId, lineage: Lineage) -> Ref | None:
    return None if wire is None else _checked(from_wire(wire, writer, lineage))


def _checked(ref: Ref | None) -> Ref:
    if ref is None or not (0 < ref.seq <= _MAX_SEQ and len(ref.device) == DEVICE_ID_SIZE):
        raise BadEntry(why="malformed", detail="reference")
    return ref


def _several_to_wire(refs: tuple[Ref, ...], writer: DeviceId, lineage: Lineage) -> object:
    wires = [to_wire(ref, writer, lineage) for ref in refs]
    return wires if len(wires) > 1 else wires[0] if wires else None


def _references(wire: object, writer: DeviceId, lineage: Lineage) -> tuple[Ref, ...]:
    if wire is None:
        return ()
    several = isinstance(wire, list) and not (wire and isinstance(wire[0], bytes))
    wires = wire if several and isinstance(wire, list) else [wire]
    if several and not 1 < len(wires) <= MAX_HEADS:
        raise BadEntry(why="malformed", detail="references")
    return tuple(_one_reference(one, writer, lineage) for one in wires)


def _one_reference(wire: object, writer: DeviceId, lineage: Lineage) -> Ref:
    match wire:
        case bool():
            pass
        case int():
            return _checked(from_wire(wire, writer, lineage))
        case [bytes(device), int(seq)] if not isinstance(seq, bool):
            return _checked(Ref(DeviceId(device), seq))
    raise BadEntry(why="malformed", detail="references")


def redact(entry: Entry) -> Entry:
    """The same entry without its body; the chain over it does not change."""
    if entry.body is None:
        return entry
    return msgspec.structs.replace(entry, body=None, body_digest=sha256(entry.body).digest())


def digest_of_body(entry: Entry) -> bytes:
    """SHA-256 of what the body was, whether it is still there or not."""
    if entry.body is None:
        assert entry.body_digest is not None
        return entry.body_digest
    return sha256(entry.body).digest()
