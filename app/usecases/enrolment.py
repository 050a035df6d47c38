"""A device becomes one of a station, or goes on as the next life of one that was.

Whoever is cut off at any moment runs the same command again:

1. Key slots and the device's keys are on the disk before the centre is asked (`app.store.enrolling`).
2. The database is made under another name, the identity is put away, then the database gets its name.
3. What was only for the enrolment goes.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.errors import Refused
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation, DeviceId
from app.store import enrolling, identity, keyslots, lives, opening, practice, swap
from app.store.enrolling import Enrolling
from app.store.identity import DamagedIdentity, Identity
from app.store.keyslots import Unlock, WrongKey
from app.store.opening import AlreadyEnrolled
from app.store.store import Store
from app.usecases import operators


class NothingAsked(Refused):
    """No request by packet was written in this folder, or its keys are under another passphrase."""

    code = "no_enrolment_asked"


class CentreHere(Refused):
    """The folder is a district centre's."""

    code = "centre_here"


def checked(data: Path, unlock: Unlock) -> Unlock:
    """A head's name as their card will have it, and a password fit for a slot that is yet to be made.

    The card itself is written when the store is there (`operators.add`). Raises BadName, PasswordTooShort.
    """
    if unlock.operator is None or unlock.password is None:
        return unlock
    if not keyslots.exists(data):
        operators.check_password(unlock.password)
    return msgspec.structs.replace(unlock, operator=operators.checked_name(unlock.operator))


def offers_in(data: Path, unlock: Unlock) -> list[Continuation]:
    """Where a new life could go on from; empty for a folder without a store.

    Raises AlreadyEnrolled if the store there still has its identity, CentreHere;
    NotInPractice or PracticeMixed for a practice store, or where one has its place.
    """
    swap.finish(data)
    if opening.holds_centre(data):
        raise CentreHere(folder=str(data))
    if practice.is_place(data):
        raise practice.NotInPractice(why="enrol")
    if not (data / opening.FILE).exists():
        return []
    key = keyslots.open_key(data, unlock)
    if _has_identity(data, key):
        enrolling.forget(data)
        raise AlreadyEnrolled(folder=str(data))
    if opening.is_unfinished(data, key):
        return []
    opening.check_own(data, key)
    offers = lives.offers_of(data / opening.FILE, key)
    asking = enrolling.kept(data)
    keys = enrolling.keys_in(asking, key) if asking else None
    if keys is not None and offers and offers[0].device == keys.device:
        return []  # the very device that has asked already
    return offers


def keys_for(data: Path, unlock: Unlock, code: bytes) -> DeviceKeys:
    """The keys that show this code (the hash of its secret), on the disk: those of the last try if there was one.

    Raises NoKey, and WrongKey if a store or an earlier try with the same code is under another passphrase.
    """
    opening.private_folder(data)
    opening.sweep(data)
    asked = enrolling.kept(data)
    new_slots = asked is not None and asked.new_slots
    try:
        key = keyslots.open_key(data, unlock) if keyslots.exists(data) else None
    except WrongKey:
        if asked is None or not asked.new_slots or asked.code == code:
            raise
        # Those slots guard nothing but the keys of another code.
        (data / keyslots.FILE).unlink()
        key = None
    if key is not None and asked is not None and asked.code == code:
        keys = enrolling.keys_in(asked, key)
        if keys is not None:
            return keys
    keys = DeviceKeys.generate()
    if key is None:
        key = keyslots.new_key(unlock)
        new_slots = True
        enrolling.keep(data, keys, key, code=code, new_slots=True)
        keyslots.create(data, unlock, key)
    else:
        enrolling.keep(data, keys, key, code=code, new_slots=new_slots)
    return keys


def give_up(data: Path) -> None:
    """The centre will have nothing of this code: leave the folder as it was before it was shown."""
    asked = enrolling.kept(data)
    if asked is not None and asked.new_slots and not (data / opening.FILE).exists():
        (data / keyslots.FILE).unlink(missing_ok=True)
    enrolling.forget(data)


def keys_asked(data: Path, unlock: Unlock) -> tuple[DeviceKeys, Enrolling]:
    """The keys for which an enrolment was asked by packet, and what is kept with them.

    Raises NothingAsked or WrongKey.
    """
    asked = enrolling.kept(data)
    if asked is None or not asked.outline or not keyslots.exists(data):
        raise NothingAsked
    keys = enrolling.keys_in(asked, keyslots.open_key(data, unlock))
    if keys is None:
        raise NothingAsked
    return keys, asked


def place_at(data: Path, unlock: Unlock, device: DeviceId, seq: int) -> Continuation | None:
    """What the store holds at one place of its lost life; None if it holds nothing of its own there."""
    return lives.place_in(data / opening.FILE, keyslots.open_key(data, unlock), device, seq)


def settle(data: Path, unlock: Unlock, *, who: Identity) -> Store:
    """Make the store of a device that the centre has just certified, or let an old one go on under its new identity."""
    opening.private_folder(data)
    key = (
        keyslots.open_key(data, unlock) if keyslots.exists(data) else keyslots.create(data, unlock)
    )
    if (data / opening.FILE).exists() and not opening.is_unfinished(data, key):
        store = opening.adopt(data, unlock, who)
    else:
        keyslots.add_recovery(data, key, who.recovery_public)
        store = opening.create_store(data, key, who)
    enrolling.forget(data)
    opening.sweep(data)
    return store


def _has_identity(data: Path, key: bytes) -> bool:
    try:
        return identity.kept(data, key) is not None
    except DamagedIdentity:
        return False  # as good as lost: enrolling again puts another in its place
