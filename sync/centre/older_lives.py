"""What a ledger that was restored lacks of the lives that a device went on from, and who brings it again.

Nobody writes as an older life any more, so nobody would send what the ledger has lost of it.
The device that went on from it has all of it up to the place in its certificate, and its digest there:
so it is asked for that (`wants`), and the chain shows that what it brings is what was written.
"""

from __future__ import annotations

import msgspec

from app.journal import certificate as certificates
from app.journal.certificate import BadCertificate, SignedCertificate
from app.journal.refs import Continuation
from sync.centre import intake, quota, restoration
from sync.centre.authority import Authority
from sync.centre.devices import Device, Devices
from sync.centre.ledger import Ledger, accepted
from sync.protocol import Refusal, Run, Want


def lacking(ledger: Ledger, device: Device) -> list[Want]:
    """Stretches of the lives that a device continues, the oldest first; the first of all where a life is unknown."""
    wants: list[Want] = []
    for origin, old in _before(ledger, device):
        if old is None:
            wants.append(Want(origin.device, 1, origin.seq))
        elif old.accepted_seq < origin.seq:
            wants.append(Want(origin.device, old.accepted_seq + 1, origin.seq))
    return wants[::-1]


def take(
    ledger: Ledger,
    authority: Authority,
    device: Device,
    runs: list[Run],
    lives: list[SignedCertificate],
    now_ms: int,
) -> list[Refusal]:
    """Store what the ledger lacks of a device's older lives, if it is that; inside a transaction."""
    brought = [run for run in runs if run.device not in (None, device.id) and run.entries]
    if not brought and not lives:
        return []
    ledger.alone()
    for signed in lives:
        _enter(ledger, authority, device, signed, now_ms)
    refused: list[Refusal] = []
    for run in brought:
        for origin, old in _before(ledger, device):
            if old is not None and old.id == run.device:
                refused += _take_run(ledger, old, origin, run, now_ms)
    return refused


def refusals(ledger: Ledger, device: Device) -> list[Refusal]:
    """What was refused of a device's older lives: it may have lost its key before it heard of that."""
    return [
        msgspec.structs.replace(one, device=old.id)
        for origin, old in _before(ledger, device)
        if old is not None
        for one in ledger.refusals(old, 1, origin.seq)
    ]


def _enter(
    ledger: Ledger, authority: Authority, device: Device, signed: SignedCertificate, now_ms: int
) -> None:
    """An older life that is unknown, by its certificate."""
    try:
        certificate = certificates.opened(signed, authority.public)
    except BadCertificate:
        return
    if any(
        old is None and origin.device == certificate.device
        for origin, old in _before(ledger, device)
    ):
        restoration.known_again(ledger, authority, signed, now_ms)


def _take_run(
    ledger: Ledger, old: Device, origin: Continuation, run: Run, now_ms: int
) -> list[Refusal]:
    """A run that follows on what is there, up to the place where the younger life began and no further."""
    last = run.first_seq + len(run.entries) - 1
    if run.first_seq != old.accepted_seq + 1 or last > origin.seq:
        return []
    if quota.wait_s(old.even_ms, now_ms):
        return []  # it is asked for again
    weighed = intake.weigh(ledger, old, run, accepted(old), now_ms)
    if last == origin.seq and weighed.end.digest != origin.digest:
        return []
    refused = intake.keep_fresh(ledger, old, weighed.fresh, now_ms)
    return [msgspec.structs.replace(one, device=old.id) for one in refused]


def _before(ledger: Ledger, device: Device) -> list[tuple[Continuation, Device | None]]:
    """The lives that a device continues, the youngest first, each with where the next one left it."""
    devices = Devices(ledger.database)
    found: list[tuple[Continuation, Device | None]] = []
    seen = {device.id}
    origin = device.certificate.continues
    while origin is not None and origin.device not in seen:
        seen.add(origin.device)
        old = devices.known(origin.device)
        found.append((origin, old))
        origin = None if old is None else old.certificate.continues
    return found
