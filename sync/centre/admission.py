"""How a computer becomes a device of the district, goes on under a new key, or is known again."""

from __future__ import annotations

import secrets

import msgspec

from app.domain.regions import RegionCode, RegionTree, Tier
from app.journal import certificate as certificates
from app.journal.certificate import BadCertificate, Certificate
from app.journal.keys import device_id, signed_by
from app.journal.refs import Continuation
from sync import protocol
from sync.centre import audit, publishing, restoration, tokens
from sync.centre.audit import Act
from sync.centre.authority import Authority
from sync.centre.devices import Code, Device, Devices
from sync.centre.exchange import sender
from sync.centre.ledger import Ledger, accepted, base
from sync.enrolment_packet import Asked
from sync.protocol import Admission, AdmitRequest, EnrolRequest, LifeRequest
from sync.refusals import (
    BadProof,
    CodeExpired,
    CodeUsed,
    LifeUnknown,
    OtherStation,
    Revoked,
    UnknownCode,
)


def enrol(ledger: Ledger, authority: Authority, request: EnrolRequest, now_ms: int) -> Admission:
    """Admit a new device by its one-time code; the same device may ask again if it did not hear the answer.

    Raises UnknownCode, CodeUsed, CodeExpired, BadProof, LifeUnknown, OtherStation or Revoked.
    """
    if not signed_by(request.sign_public, request.signature, protocol.enrol_proof(request)):
        raise BadProof(what="key")
    with ledger.writing():
        code = Devices(ledger.database).code(request.secret)
        if code is None:
            raise UnknownCode
        return by_code(ledger, authority, code, request, now_ms)


def by_code(
    ledger: Ledger, authority: Authority, code: Code, request: EnrolRequest | Asked, now_ms: int
) -> Admission:
    """Admit whoever has shown this code; inside a transaction.

    Raises CodeUsed, CodeExpired, LifeUnknown, OtherStation or Revoked.
    """
    devices = Devices(ledger.database)
    device = devices.known(device_id(request.sign_public))
    act = Act.ENROLLED_AGAIN if device else Act.ENROLLED
    if code.device is not None and (device is None or device.n != code.device):
        raise CodeUsed
    if device is None:
        if now_ms > code.expires_ms:
            raise CodeExpired
        device = publishing.certify(
            ledger, authority, _first_certificate(ledger, code, request, now_ms), now_ms
        )
        devices.use(code, device)
    elif request.offers and _may_move(device):
        device = _moved(ledger, authority, device, request.offers, now_ms)
    return _admitted(ledger, authority, device, act, now_ms)


def begin_life(
    ledger: Ledger, authority: Authority, token: bytes, request: LifeRequest, now_ms: int
) -> Admission:
    """Let a device go on under a new key where its store and the ledger last agree.

    The old life stays as it is: where a disk was cloned, its other copy goes on using it.
    Raises UnknownDevice, Revoked, BadProof or LifeUnknown.
    """
    if not signed_by(request.sign_public, request.signature, protocol.life_proof(request)):
        raise BadProof(what="key")
    with ledger.writing():
        old = sender(ledger, token)
        spoken_for = protocol.handover_proof(request)
        if not signed_by(old.certificate.sign_public, request.old_signature, spoken_for):
            raise BadProof(what="old key")
        devices = Devices(ledger.database)
        device = devices.known(device_id(request.sign_public))
        if device is None:
            place = _agreed(ledger, old, request.offers)
            certificate = _next_certificate(devices, old, place, request, now_ms)
            device = publishing.certify(ledger, authority, certificate, now_ms)
        return _admitted(ledger, authority, device, Act.LIFE_BEGUN, now_ms)


def admit(ledger: Ledger, authority: Authority, request: AdmitRequest, now_ms: int) -> Admission:
    """Know a device again by its certificate: this ledger was restored from a copy made before it enrolled.

    Raises BadProof if the certificate is not this district's or the sender does not hold its key, or Revoked.
    """
    try:
        certificate = certificates.opened(request.certificate, authority.public)
    except BadCertificate as error:
        raise BadProof(what="certificate") from error
    if not signed_by(certificate.sign_public, request.signature, protocol.admit_proof(request)):
        raise BadProof(what="key")
    with ledger.writing():
        devices = Devices(ledger.database)
        device = devices.known(certificate.device)
        if device is None:
            device = restoration.known_again(ledger, authority, request.certificate, now_ms)
        return _admitted(ledger, authority, device, Act.ADMITTED, now_ms, request.token)


def _admitted(
    ledger: Ledger,
    authority: Authority,
    device: Device,
    act: Act,
    now_ms: int,
    token: bytes | None = None,
) -> Admission:
    if device.revoked_ms is not None:
        raise Revoked
    shown = None if token is None else Devices(ledger.database).by_token(token)
    if shown is not None and shown.n != device.n:
        raise BadProof(what="token")
    if shown is None:  # else it asks for what it has
        token = token or secrets.token_bytes(protocol.TOKEN_SIZE)
        tokens.give(ledger, device, token, now_ms)
        audit.note(ledger, act, audit.which(device), now_ms)
    assert token is not None
    return Admission(
        version=protocol.VERSION,
        certificate=device.signed,
        token=token,
        district_public=authority.public,
        recovery_public=authority.recovery_public,
        centre_ms=now_ms,
    )


def _may_move(device: Device) -> bool:
    """Whether it has neither sent nor asked anything: a request to enrol that comes late must not move it then."""
    return device.accepted_seq == base(device).seq and device.contact_ms is None


def _moved(
    ledger: Ledger,
    authority: Authority,
    device: Device,
    offers: list[Continuation],
    now_ms: int,
) -> Device:
    """A life that has not begun to send, certified anew if its store says that another place fits better."""
    before = device.certificate.continues
    # It goes on with the very life that it was certified to continue: lives never run in a circle.
    old = None if before is None else Devices(ledger.database).known(before.device)
    if old is None or old.id == device.id or not _same_slot(old, device):
        raise LifeUnknown
    place = _agreed(ledger, old, offers)
    if place == device.certificate.continues:
        return device
    fits = msgspec.structs.replace(device.certificate, continues=place, issued_ms=now_ms)
    return publishing.certify_again(ledger, authority, device, fits, now_ms)


def _same_slot(one: Device, other: Device) -> bool:
    return (one.region, one.certificate.slot) == (other.region, other.certificate.slot)


def _first_certificate(
    ledger: Ledger, code: Code, request: EnrolRequest | Asked, now_ms: int
) -> Certificate:
    devices, tree = Devices(ledger.database), ledger.tree
    if request.offers:
        old = devices.known(request.offers[0].device)
        if old is None:
            raise LifeUnknown
        # What went into another place gets no codes of its own any more: that one's lets it go on.
        if _today(tree, old.region) != _today(tree, code.region):
            raise OtherStation(station=code.station, kept=old.certificate.station)
        place = _agreed(ledger, old, request.offers)
        return _next_certificate(devices, old, place, request, now_ms)
    if code.region in tree and tree.region(code.region).until is not None:
        raise CodeExpired  # with the place that it was given for
    return Certificate(
        version=1,
        region=code.region,
        tier=code.tier,
        station=code.station,
        slot=devices.next_slot(code.region),
        life="A",
        sign_public=request.sign_public,
        seal_public=request.seal_public,
        issued_ms=now_ms,
    )


def _today(tree: RegionTree, region: RegionCode) -> RegionCode:
    """Where a region stands now; a ledger that was restored may not know it yet."""
    return tree.present(region) if region in tree else region


def _next_certificate(
    devices: Devices,
    old: Device,
    place: Continuation,
    request: EnrolRequest | LifeRequest | Asked,
    now_ms: int,
) -> Certificate:
    """The same station and slot, the next letter."""
    was = old.certificate
    return Certificate(
        version=1,
        region=was.region,
        tier=Tier(was.tier),
        station=was.station,
        slot=was.slot,
        life=devices.next_life(RegionCode(was.region), was.slot),
        sign_public=request.sign_public,
        seal_public=request.seal_public,
        issued_ms=now_ms,
        continues=place,
    )


def _agreed(ledger: Ledger, old: Device, offers: list[Continuation]) -> Continuation:
    """The last place in the old life where the store and the ledger agree, as far as the offers tell.

    What the ledger has beyond the highest offer that fits may be in the store too; only the store can tell.
    So unless an offer contradicts it, the ledger's own last place is answered, and a store that has
    something else there asks again with its digest at that place among its offers.
    Raises LifeUnknown if no offer fits and none leaves that open.
    """
    if any(offer.device != old.id for offer in offers):
        raise LifeUnknown
    have = accepted(old)
    ordered = sorted(offers, key=lambda offer: offer.seq, reverse=True)
    differing = [
        offer.seq
        for offer in ordered
        if offer.seq <= have.seq and ledger.digest_at(old, offer.seq) != offer.digest
    ]
    if ordered and have.seq <= ordered[0].seq and not differing:
        return Continuation(old.id, have.seq, have.digest)
    lowest_differing = min(differing, default=2**53)
    for offer in ordered:
        if offer.seq <= have.seq and offer.seq < lowest_differing:
            return offer
    first = base(old)
    if differing and min(differing) > first.seq:
        return Continuation(old.id, first.seq, first.digest)
    raise LifeUnknown
