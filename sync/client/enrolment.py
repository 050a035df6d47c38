"""How a computer becomes a device of a station, goes on under a new key, or makes itself known again."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.journal import certificate as certificates
from app.journal.certificate import BadCertificate, Certificate, SignedCertificate
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation
from app.store import opening
from app.store.identity import Identity
from app.store.keyslots import NoKey, Unlock
from app.store.store import Store
from app.usecases import enrolment as settling
from sync import protocol
from sync.client import credentials, turns
from sync.client.transport import Line, Transport, fetch_unverified
from sync.client.turns import alone
from sync.enrolment_code import EnrolmentCode, read_code
from sync.protocol import Admission, AdmitRequest, EnrolRequest, LifeRequest
from sync.refusals import (
    CentreNotTrusted,
    CentreRefusal,
    CodeExpired,
    CodeUsed,
    Offline,
    Unintelligible,
    UnknownCode,
)

_TRIES: Final = 3
_UNSIGNED: Final = bytes(64)


def enrol(text: str, data: Path, unlock: Unlock) -> Store:
    """Make the folder's computer a device by its one-time code; an old store without an identity goes on.

    Whoever is cut off runs it again with the same code: it is the same device that asks.
    Raises BadEnrolmentCode, BadName, PasswordTooShort, AlreadyEnrolled, CentreHere, Offline, CentreNotTrusted,
    ExchangeUnderWay, UnknownCode, CodeUsed, CodeExpired, LifeUnknown or OtherStation.
    """
    code = read_code(text)
    unlock = settling.checked(data, unlock)
    settling.offers_in(data, unlock)  # what cannot be is said without asking anybody
    ca = _vouched_for(code)
    was_there = data.exists()
    opening.private_folder(data)
    try:
        with alone(data):
            return _enrol_alone(code, ca, data, unlock)
    except (UnknownCode, CodeUsed, CodeExpired, NoKey):
        settling.give_up(data)
        if not was_there:
            turns.leave(data)
        raise


def _enrol_alone(code: EnrolmentCode, ca: bytes, data: Path, unlock: Unlock) -> Store:
    offers = settling.offers_in(data, unlock)
    keys = settling.keys_for(data, unlock, sha256(code.secret).digest())
    line = Line(code.url, ca)
    try:
        admission = _enrolled(line, code, keys, offers)
        own = trusted(admission, keys, ca)
        if not fits(own, offers, data, unlock):
            # The ledger has something else there than the store. Say what the store has, and ask again.
            assert own.continues is not None
            held = settling.place_at(data, unlock, own.continues.device, own.continues.seq)
            offers = offers if held is None else [held, *offers]
            admission = _enrolled(line, code, keys, offers)
            own = trusted(admission, keys, ca)
    finally:
        line.close()
    who = identity_of(admission, keys, code.url, ca)
    return settling.settle(data, unlock, who=who)


def identity_of(admission: Admission, keys: DeviceKeys, url: str, ca: bytes) -> Identity:
    """What the device keeps of its admission."""
    return Identity(
        keys=keys,
        signed=admission.certificate,
        token=admission.token,
        url=url,
        ca=ca,
        district_public=admission.district_public,
        recovery_public=admission.recovery_public,
    )


def next_life(
    line: Transport, who: Identity, place: Continuation
) -> tuple[DeviceKeys, SignedCertificate, bytes]:
    """New keys, certified to go on after `place`, and their token."""
    keys = DeviceKeys.generate()
    request = LifeRequest(
        version=protocol.VERSION,
        sign_public=keys.sign_public,
        seal_public=keys.seal_public,
        signature=_UNSIGNED,
        offers=[place],
    )
    signed = msgspec.structs.replace(
        request,
        signature=keys.sign(protocol.life_proof(request)),
        old_signature=who.keys.sign(protocol.handover_proof(request)),
    )
    admission = _heard(line.post(protocol.LIFE, protocol.encode(signed), who.token))
    if trusted(admission, keys, who.ca).continues != place:
        raise Unintelligible(why="another place")
    return keys, admission.certificate, admission.token


def make_known(line: Transport, who: Identity) -> None:
    """Show the certificate to a centre that was restored from a copy older than it; the token stays."""
    assert who.signed is not None
    request = AdmitRequest(
        version=protocol.VERSION, certificate=who.signed, token=who.token, signature=_UNSIGNED
    )
    signature = who.keys.sign(protocol.admit_proof(request))
    signed = msgspec.structs.replace(request, signature=signature)
    trusted(_heard(line.post(protocol.ADMIT, protocol.encode(signed))), who.keys, who.ca)


def show_again(store: Store, line: Transport) -> None:
    """After the centre knew no such token: another program of this device has a new one, or the certificate speaks.

    Raises what `make_known` does.
    """
    if not credentials.read_again(store):
        make_known(line, store.identity)


def _vouched_for(code: EnrolmentCode) -> bytes:
    """The authority's certificate, from whoever answers, if its fingerprint is the code's."""
    ca = fetch_unverified(code.url, protocol.CA)
    if sha256(ca).digest() == code.fingerprint:
        return ca
    with suppress(Unintelligible):  # it was given new dates since the code was issued
        ca = fetch_unverified(code.url, f"{protocol.CA}/{code.fingerprint.hex()}")
    if sha256(ca).digest() != code.fingerprint:
        raise CentreNotTrusted
    return ca


def _enrolled(
    line: Transport, code: EnrolmentCode, keys: DeviceKeys, offers: list[Continuation]
) -> Admission:
    """Show the code. A lost answer is asked for again: the code is used up for everybody but these keys."""
    request = EnrolRequest(
        version=protocol.VERSION,
        secret=code.secret,
        sign_public=keys.sign_public,
        seal_public=keys.seal_public,
        signature=_UNSIGNED,
        offers=offers,
    )
    signature = keys.sign(protocol.enrol_proof(request))
    body = protocol.encode(msgspec.structs.replace(request, signature=signature))
    for tried in range(1, _TRIES + 1):
        try:
            return _heard(line.post(protocol.ENROL, body))
        except Offline:
            if tried == _TRIES:
                raise
    raise AssertionError


def _heard(body: bytes) -> Admission:
    try:
        return protocol.decode(body, Admission)
    except CentreRefusal as error:
        raise Unintelligible(why=error.code) from error


def trusted(admission: Admission, keys: DeviceKeys, ca: bytes) -> Certificate:
    """The certificate, if the pinned authority itself signed it and it is for these keys."""
    authority = x509.load_der_x509_certificate(ca).public_key()
    if (
        not isinstance(authority, Ed25519PublicKey)
        or authority.public_bytes_raw() != admission.district_public
    ):
        raise CentreNotTrusted
    try:
        own = certificates.opened(admission.certificate, admission.district_public)
    except BadCertificate as error:
        raise CentreNotTrusted from error
    if own.sign_public != keys.sign_public or own.seal_public != keys.seal_public:
        raise Unintelligible(why="another device")
    return own


def fits(own: Certificate, offers: list[Continuation], data: Path, unlock: Unlock) -> bool:
    """Whether the place where this life begins is one that the store holds alike."""
    place = own.continues
    if place is None or place in offers:
        return True
    return settling.place_at(data, unlock, place.device, place.seq) == place
