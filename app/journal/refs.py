"""Names of entries.

An entry is named by the device that wrote it and its number there.
On the wire an entry names its own device's entries by the bare number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, NewType

import msgspec

DeviceId = NewType("DeviceId", bytes)
"""First 16 bytes of the SHA-256 of the device's Ed25519 public key."""

DEVICE_ID_SIZE = 16

WireRef = int | tuple[bytes, int] | None


class Ref(NamedTuple):
    """The name of one entry; `seq` counts from 1."""

    device: DeviceId
    seq: int

    def __str__(self) -> str:
        return f"{self.device.hex()}:{self.seq}"


class Continuation(msgspec.Struct, frozen=True, array_like=True):
    """A new life begins where an old one's entry `seq`, with this chain digest, was the last."""

    device: DeviceId
    seq: int
    digest: bytes


Lineage = Mapping[DeviceId, Continuation]
"""For each life that continues another: which, and from where."""


def author_of(device: DeviceId, seq: int, lineage: Lineage) -> DeviceId:
    """Whose entry the bare number `seq` means when `device` writes it."""
    while (origin := lineage.get(device)) is not None and seq <= origin.seq:
        device = origin.device
    return device


def to_wire(ref: Ref | None, writer: DeviceId, lineage: Lineage) -> WireRef:
    """A bare number where that is enough, else the pair."""
    if ref is None:
        return None
    if author_of(writer, ref.seq, lineage) == ref.device:
        return ref.seq
    return (ref.device, ref.seq)


def from_wire(wire: WireRef, writer: DeviceId, lineage: Lineage) -> Ref | None:
    if wire is None:
        return None
    if isinstance(wire, int):
        return Ref(author_of(writer, wire, lineage) if lineage else writer, wire)
    return Ref(DeviceId(wire[0]), wire[1])
