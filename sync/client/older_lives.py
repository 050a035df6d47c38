"""What a centre that was restored asks for again: stretches of the lives that this device went on from."""

from __future__ import annotations

from typing import Final

import msgspec

from app.domain import events
from app.journal import certificate
from app.journal.certificate import SignedCertificate
from app.journal.refs import DeviceId
from app.store.store import Store
from sync.protocol import Run, Want


class Again(msgspec.Struct, frozen=True):
    """Entries of older lives, and the certificates of those lives, as they travel."""

    runs: tuple[Run, ...] = ()
    lives: tuple[SignedCertificate, ...] = ()


NOTHING_AGAIN: Final = Again()
_MOST: Final = 2_000
"""Entries in one request."""


def wanted(store: Store, wants: list[Want], room: int) -> Again:
    """The first of these stretches that is here, about so many bytes of it; nothing if none is one's own."""
    older = set(store.journal.lives_of(store.device)[1:])
    for want in wants:
        device = DeviceId(want.device)
        if device in older:
            run = _stretch(store, device, want, room)
            lives = _certificates(store, {one.device for one in wants})
            return Again(() if run is None else (run,), lives)
    return NOTHING_AGAIN


def _stretch(store: Store, device: DeviceId, want: Want, room: int) -> Run | None:
    origin = store.journal.lineage.get(device)
    first = max(want.first_seq, (origin.seq if origin else 0) + 1)
    wires: list[msgspec.Raw] = []
    for one, _ in store.journal.run(device, first, _MOST):
        room -= len(one.wire)
        if one.seq != first + len(wires) or one.seq > want.last_seq or (wires and room < 0):
            break
        wires.append(msgspec.Raw(one.wire))
    return Run(device, first, wires) if wires else None


def _certificates(store: Store, devices: set[bytes]) -> tuple[SignedCertificate, ...]:
    """Those that the district published; in the order in which they came."""
    found: dict[bytes, SignedCertificate] = {}
    for one in store.journal.publications():
        if one.kind == "device.certified" and one.body is not None:
            body = events.decode_body(one.kind, one.version, one.body)
            assert isinstance(body, events.DeviceCertified)
            known = certificate.read(body.certificate)
            if known.device in devices:
                found[known.device] = body.certificate
    return tuple(found.values())
