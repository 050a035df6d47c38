"""The centre's own journal: what the district tells its stations."""

from __future__ import annotations

import msgspec

from app.domain.events import (
    Body,
    DeviceCertified,
    DeviceRevoked,
    RegionsPublished,
    encode_body,
    name_of,
)
from app.domain.regions import Tier
from app.journal.certificate import Certificate, SignedCertificate
from app.journal.chain import link
from app.journal.clock import tick
from app.journal.entry import Draft, write
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation, DeviceId, Ref
from sync.centre.authority import Authority
from sync.centre.devices import Device, Devices
from sync.centre.keeping import keep
from sync.centre.ledger import Ledger, Stored


def publish(
    ledger: Ledger, bodies: list[Body], now_ms: int, subject: Ref | None = None
) -> list[int]:
    """Write publications of the district; inside a transaction. Returns their numbers in the centre's journal."""
    ledger.alone()
    district = ledger.district
    own = ledger.own
    clock, seq, digest = district.clock, own.accepted_seq, own.accepted_digest
    if any(isinstance(body, RegionsPublished) for body in bodies):
        clock = max(clock, ledger.table_in_force()[0])  # the later table counts, by its clock
    stored: list[Stored] = []
    for body in bodies:
        kind, version = name_of(body)
        clock, seq = tick(clock, now_ms), seq + 1
        draft = Draft(
            kind=kind,
            version=version,
            region=district.region,
            body=encode_body(body),
            subject=subject,
            after=() if subject is None else (subject,),
        )
        entry = write(draft, device=own.id, seq=seq, clock=clock, lineage={})
        digest = link(digest, entry)
        stored.append(
            Stored(
                seq=seq,
                digest=digest,
                raw=entry.wire,
                region=entry.region,
                publication=True,
                table=isinstance(body, RegionsPublished),
            )
        )
    keep(ledger, own, stored, now_ms)
    ledger.set_own(own, clock)
    return [one.seq for one in stored]


def certify(ledger: Ledger, authority: Authority, certificate: Certificate, now_ms: int) -> Device:
    """Enter a new life of a device and tell the district's stations of it."""
    return enter(ledger, authority.certify(certificate), now_ms)


def enter(ledger: Ledger, signed: SignedCertificate, now_ms: int) -> Device:
    """Enter a life by its certificate, and publish it."""
    devices = Devices(ledger.database)
    device = devices.add(signed, now_ms)
    announce(ledger, device, now_ms)
    return devices.numbered(device.n)


def certify_again(
    ledger: Ledger, authority: Authority, device: Device, certificate: Certificate, now_ms: int
) -> Device:
    """Replace the certificate of a life that has not begun to send."""
    devices = Devices(ledger.database)
    devices.replace(device, authority.certify(certificate))
    device = devices.numbered(device.n)
    announce(ledger, device, now_ms)
    return devices.numbered(device.n)


def announce(ledger: Ledger, device: Device, now_ms: int) -> None:
    """Publish a device's certificate."""
    (seq,) = publish(ledger, [DeviceCertified(certificate=device.signed)], now_ms)
    Devices(ledger.database).certified_at(device, (ledger.own.n, seq))


def withdraw(ledger: Ledger, device: Device, reason: str, now_ms: int) -> None:
    """Revoke a device: its token opens nothing from its next request on."""
    devices = Devices(ledger.database)
    devices.revoke(device, now_ms)
    if device.certified is not None:
        number, seq = device.certified
        certified = Ref(DeviceId(devices.id_of(number)), seq)
        publish(ledger, [DeviceRevoked(reason=reason)], now_ms, subject=certified)


def begin_own_life(ledger: Ledger, authority: Authority, station: str, now_ms: int) -> None:
    """Give the centre's own journal a new key: at its founding, and after the ledger was restored from a copy.

    A restored ledger has forgotten numbers that stations may have seen; it must not give them again.
    """
    devices = Devices(ledger.database)
    district = ledger.district
    keys = DeviceKeys.generate()
    slot, continues = devices.next_slot(district.region), None
    if district.own is not None:
        before = devices.numbered(district.own)
        slot = before.certificate.slot
        continues = Continuation(before.id, before.accepted_seq, before.accepted_digest)
    certificate = Certificate(
        version=1,
        region=district.region,
        tier=Tier.DISTRICT,
        station=station,
        slot=slot,
        life=devices.next_life(district.region, slot),
        sign_public=keys.sign_public,
        seal_public=keys.seal_public,
        issued_ms=now_ms,
        continues=continues,
    )
    ledger.keep_secret("device", msgspec.msgpack.encode(keys))
    own = devices.add(authority.certify(certificate), now_ms)
    ledger.set_own(own, district.clock)
