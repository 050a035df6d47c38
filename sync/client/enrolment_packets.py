"""Enrolment by hand: the request onto a stick for the centre, and the centre's answer from one.

The keys are on the disk before the request is, so whoever writes another one asks for the same device.
What the answer must be measured by – the centre's address and the fingerprint of its CA – stays here too:
nothing that comes on a stick vouches for itself.
"""

from __future__ import annotations

import time
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.errors import Refused
from app.journal.refs import Continuation
from app.store import enrolling, intake, opening
from app.store.files import write_durably
from app.store.keyslots import Unlock
from app.store.store import Store
from app.usecases import enrolment as settling
from app.usecases.enrolment import NothingAsked
from sync import codec, enrolment_packet, packet, protocol
from sync.client import enrolment
from sync.client.messages import incoming
from sync.client.turns import alone
from sync.enrolment_code import outline, read_code, read_outline
from sync.enrolment_packet import Granted
from sync.packet import DamagedPacket
from sync.protocol import Answer
from sync.refusals import CentreNotTrusted, CentreRefusal

_FOR_ALL: Final = 0o644


class EnrolmentForAnother(Refused):
    """The answer is another computer's, or to another code."""

    code = "enrolment_for_another"


class EnrolmentAsksAgain(Refused):
    """The centre has this station's journal further than was offered: it must be asked once more, by a new request."""

    code = "enrolment_asks_again"


class AskedByPacket(msgspec.Struct, frozen=True, kw_only=True):
    """What a request that waits for its answer was for; times are ms since 1970 UTC."""

    station: str
    region: str
    tier: int
    url: str
    expires_ms: int


def waiting(data: Path) -> AskedByPacket | None:
    """What this folder has asked for by packet, if it has."""
    asked = enrolling.kept(data)
    if asked is None or not asked.outline:
        return None
    code = read_outline(asked.outline)
    return AskedByPacket(
        station=code.station,
        region=code.region,
        tier=code.tier,
        url=code.url,
        expires_ms=code.expires_ms,
    )


def write_request(text: str | None, data: Path, unlock: Unlock, to: Path) -> Path:
    """Write the request into a file, or into a folder under a name of its own; durable when this returns.

    Without a code it is the last one's request once more.

    Raises BadEnrolmentCode, NothingAsked, BadName, PasswordTooShort, AlreadyEnrolled, CentreHere, WrongKey,
    ExchangeUnderWay or FileNotWritten.
    """
    code = None if text is None else read_code(text)
    unlock = settling.checked(data, unlock)
    settling.offers_in(data, unlock)  # what cannot be is said before anything is written
    opening.private_folder(data)
    with alone(data):
        offers = settling.offers_in(data, unlock)
        if code is None:
            keys, asked = settling.keys_asked(data, unlock)
            code, kept = read_outline(asked.outline), asked.code
            offers = [*asked.held, *offers]
        else:
            kept = sha256(code.secret).digest()
            keys = settling.keys_for(data, unlock, kept)
            enrolling.note_outline(data, outline(code))
        raw = enrolment_packet.ask(keys, kept, offers, time.time_ns() // 1_000_000)
        file = to / enrolment_packet.request_name(code.station, keys.device) if to.is_dir() else to
        write_durably(file, raw, mode=_FOR_ALL)
    return file


def take_answer(data: Path, unlock: Unlock, raw: bytes) -> Store:
    """Become the device that the centre has made of this computer, and take in what it sent along.

    The store is open when this returns; of what was sent along nothing is missed for ever if that was cut off.

    Raises NothingAsked, AlreadyEnrolled, WrongKey, NotAPacket, DamagedPacket, UpgradeNeeded, EnrolmentForAnother,
    CentreNotTrusted or ExchangeUnderWay; then nothing was changed.
    Raises EnrolmentAsksAgain if another request must be written.
    """
    answered = enrolment_packet.read_answer(raw)
    settling.offers_in(data, unlock)
    if enrolling.kept(data) is None:
        raise NothingAsked
    with alone(data):
        offers = settling.offers_in(data, unlock)
        keys, asked = settling.keys_asked(data, unlock)
        code = read_outline(asked.outline)
        if (answered.header.code, answered.header.device) != (
            enrolment_packet.name_of(asked.code),
            keys.device,
        ):
            raise EnrolmentForAnother
        granted = enrolment_packet.open_answer(answered, keys.seal_private)
        if sha256(granted.ca).digest() != code.fingerprint:
            raise CentreNotTrusted
        if not enrolment_packet.is_signed(answered, _key_of(granted)):
            raise DamagedPacket(why="content")
        own = enrolment.trusted(granted.admission, keys, granted.ca)
        first = _first_in(granted)
        held = [*asked.held, *offers]
        if not enrolment.fits(own, held, data, unlock):
            _ask_again_with(data, unlock, own.continues)
        who = enrolment.identity_of(granted.admission, keys, code.url, granted.ca)
        store = settling.settle(data, unlock, who=who)
        brought = incoming(store.device, first, first.accepted.seq, first.accepted.digest)
        try:
            intake.take_in(store, brought)
        except BaseException:  # it is a device already, and whoever tries again opens it
            store.close()
            raise
        return store


def _ask_again_with(data: Path, unlock: Unlock, place: Continuation | None) -> None:
    assert place is not None
    ours = settling.place_at(data, unlock, place.device, place.seq)
    if ours is not None:
        enrolling.note_held(data, ours)
    raise EnrolmentAsksAgain


def _first_in(granted: Granted) -> Answer:
    try:
        return protocol.decode(codec.unpack(granted.first, packet.MAX_MESSAGE)[0], Answer)
    except CentreRefusal as error:
        raise DamagedPacket(why="content") from error


def _key_of(granted: Granted) -> bytes:
    key = x509.load_der_x509_certificate(granted.ca).public_key()  # the fingerprint was right
    if not isinstance(key, Ed25519PublicKey):
        raise CentreNotTrusted
    return key.public_bytes_raw()
