"""Key slots: the database key, wrapped once for each way to open it.

The key is 32 random bytes, used raw by SQLCipher. It is wrapped
for the device's passphrase (scripts, machines without a keyring),
for each operator's password, mixed with a machine secret from the system keyring where there is one,
so neither the disk nor the password alone opens it,
and for the district's recovery key (HPKE, RFC 9180), so a lost profile does not cost unsent cases.
The file `keys` holds the slots; the key is never written in the clear.
"""

from __future__ import annotations

import hmac
import os
import secrets
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.errors import UNREADABLE, Damaged, Refused
from app.store import machine
from app.store.files import write_durably

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite
    from filelock import BaseFileLock

FILE = "keys"
_LOCK = "keys.lock"
KEY_SIZE = 32
_SALT_SIZE = 16
_NONCE_SIZE = 12
# OWASP's smallest recommendation for Argon2id: about 25 ms on an old desktop.
_PASSES = 2
_MEMORY_KIB = 19 * 1024
_RECOVERY_INFO = b"daiban recovery slot 1"


class WrongKey(Refused):
    """The passphrase or password opens no slot."""

    code = "wrong_key"


class NoKey(Refused):
    """Nothing was given that could open the store."""

    code = "no_key"


class KeysLost(Refused):
    """The file of the key slots is not there, so nothing opens the database (facts: file, folder)."""

    code = "keys_lost"


class DamagedSlots(Damaged):
    code = "damaged_slots"


class Unlock(msgspec.Struct, frozen=True, kw_only=True):
    """What a person or script offers: the device's passphrase, or an operator's name and password."""

    passphrase: str | None = None
    operator: str | None = None
    password: str | None = None


class _For(StrEnum):
    DEVICE = "device"
    OPERATOR = "operator"
    RECOVERY = "recovery"


class _Slot(msgspec.Struct, frozen=True, kw_only=True):
    kind: _For
    name: str = ""
    salt: bytes = b""
    passes: int = _PASSES
    memory_kib: int = _MEMORY_KIB
    machine: bool = False
    wrapped: bytes


class _Slots(msgspec.Struct, frozen=True, kw_only=True):
    version: int = 1
    slots: tuple[_Slot, ...]


def new_key(unlock: Unlock) -> bytes:
    """A key that `create` will put into slots. Raises NoKey if `unlock` offers nothing."""
    if unlock.passphrase is None and (unlock.operator is None or unlock.password is None):
        raise NoKey
    return secrets.token_bytes(KEY_SIZE)


def create(folder: Path, unlock: Unlock, key: bytes | None = None) -> bytes:
    """First slots in `folder` for a key, a new one unless it is given. Raises NoKey if `unlock` offers nothing."""
    key = key or new_key(unlock)
    _write(folder, (_slot_for(folder, unlock, key),))
    return key


def exists(folder: Path) -> bool:
    return (folder / FILE).exists()


def open_key(folder: Path, unlock: Unlock) -> bytes:
    """The database key. Raises WrongKey, NoKey, KeysLost or DamagedSlots."""
    slots = _read(folder)
    if unlock.passphrase is not None:
        tried = [slot for slot in slots if slot.kind is _For.DEVICE]
        secret = unlock.passphrase
    elif unlock.operator is not None and unlock.password is not None:
        tried = [s for s in slots if s.kind is _For.OPERATOR and s.name == unlock.operator]
        secret = unlock.password
    else:
        raise NoKey
    for slot in tried:
        try:
            return _unwrap(folder, slot, secret)
        except InvalidTag:
            continue
        except ValueError as error:  # a salt, nonce or cost that cannot be
            raise DamagedSlots(file=FILE) from error
    raise WrongKey


def operators(folder: Path) -> tuple[str, ...]:
    """Whose password opens something here, in the order in which they got it. Raises KeysLost, DamagedSlots."""
    return tuple(slot.name for slot in _read(folder) if slot.kind is _For.OPERATOR)


def add_operator(folder: Path, key: bytes, name: str, password: str) -> None:
    """Give an operator a slot, in the place of the one that was theirs."""
    add(folder, key, Unlock(operator=name, password=password))


def add(folder: Path, key: bytes, unlock: Unlock) -> None:
    """Let this passphrase or password open the key as well, in the place of the same one's slot. Raises NoKey."""
    new = _slot_for(folder, unlock, key)
    with _locked(folder):
        _write(folder, _with(_read(folder), new))


def with_slot(raw: bytes, folder: Path, key: bytes, unlock: Unlock) -> bytes:
    """The slots of a backup, and one more, for the folder in which they will stand. Raises NoKey, DamagedSlots."""
    new = _slot_for(folder, unlock, key)
    return msgspec.msgpack.encode(_Slots(slots=_with(_decoded(raw), new)))


def operators_in(raw: bytes) -> tuple[str, ...]:
    """Whose passwords the slots of a backup are for. Raises DamagedSlots."""
    return tuple(slot.name for slot in _decoded(raw) if slot.kind is _For.OPERATOR)


def add_recovery(folder: Path, key: bytes, district_public: bytes) -> None:
    """Seal the key to the district's X25519 recovery key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    sealed = _suite().encrypt(
        key, X25519PublicKey.from_public_bytes(district_public), info=_RECOVERY_INFO
    )
    with _locked(folder):
        others = [slot for slot in _read(folder) if slot.kind is not _For.RECOVERY]
        _write(folder, (*others, _Slot(kind=_For.RECOVERY, wrapped=sealed)))


def recover(folder: Path, district_private: bytes) -> bytes:
    """Open the recovery slot with the district's private key. Raises WrongKey."""
    return _recovered(_read(folder), district_private)


def handed_back(raw: bytes, district_private: bytes, name: str, password: str) -> bytes:
    """The slots of a station that has lost its keyring, with one for an operator that needs no machine's secret.

    For the district; the operator takes another password afterwards, which is mixed with the new secret.
    Raises WrongKey, DamagedSlots.
    """
    slots = _decoded(raw)
    key = _recovered(slots, district_private)
    blank = _Slot(kind=_For.OPERATOR, name=name, salt=os.urandom(_SALT_SIZE), wrapped=b"")
    return msgspec.msgpack.encode(
        _Slots(slots=_with(slots, _wrapped(Path(), blank, password, key)))
    )


def _recovered(slots: tuple[_Slot, ...], district_private: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.from_private_bytes(district_private)
    for slot in slots:
        if slot.kind is _For.RECOVERY:
            try:
                return bytes(_suite().decrypt(slot.wrapped, private, info=_RECOVERY_INFO))
            except InvalidTag:
                continue
    raise WrongKey


def _locked(folder: Path) -> BaseFileLock:
    # Loaded by whoever changes a slot: everybody who opens one would wait for it.
    from filelock import FileLock

    return FileLock(folder / _LOCK, mode=0o600)


def _suite() -> Suite:
    # For the recovery key alone: whoever logs in would wait for it.
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _with(slots: tuple[_Slot, ...], new: _Slot) -> tuple[_Slot, ...]:
    """In the place of the same one's slot, or after all others."""
    theirs = [slot for slot in slots if (slot.kind, slot.name) == (new.kind, new.name)]
    return tuple(new if slot in theirs else slot for slot in slots) if theirs else (*slots, new)


def _slot_for(folder: Path, unlock: Unlock, key: bytes) -> _Slot:
    if unlock.passphrase is not None:
        slot = _Slot(kind=_For.DEVICE, salt=os.urandom(_SALT_SIZE), wrapped=b"")
        secret = unlock.passphrase
    elif unlock.operator is not None and unlock.password is not None:
        slot = _Slot(
            kind=_For.OPERATOR,
            name=unlock.operator,
            salt=os.urandom(_SALT_SIZE),
            machine=machine.has_keyring(),
            wrapped=b"",
        )
        secret = unlock.password
    else:
        raise NoKey
    return _wrapped(folder, slot, secret, key)


def _wrapped(folder: Path, slot: _Slot, secret: str, key: bytes) -> _Slot:
    nonce = os.urandom(_NONCE_SIZE)
    box = ChaCha20Poly1305(_wrapping_key(folder, slot, secret))
    wrapped = nonce + box.encrypt(nonce, key, _bound_to(slot))
    return msgspec.structs.replace(slot, wrapped=wrapped)


def _unwrap(folder: Path, slot: _Slot, secret: str) -> bytes:
    if slot.machine and not machine.has_keyring():  # made on another machine
        raise InvalidTag
    box = ChaCha20Poly1305(_wrapping_key(folder, slot, secret))
    nonce, sealed = slot.wrapped[:_NONCE_SIZE], slot.wrapped[_NONCE_SIZE:]
    return box.decrypt(nonce, sealed, _bound_to(slot))


def _wrapping_key(folder: Path, slot: _Slot, secret: str) -> bytes:
    stretched = Argon2id(
        salt=slot.salt,
        length=KEY_SIZE,
        iterations=slot.passes,
        lanes=1,
        memory_cost=slot.memory_kib,
    ).derive(secret.encode())
    mixed_in = machine.secret(folder) if slot.machine else b""
    return hmac.digest(stretched, b"daiban slot 1\x00" + mixed_in, sha256)


def _bound_to(slot: _Slot) -> bytes:
    return f"{slot.kind}\x00{slot.name}".encode()


def _read(folder: Path) -> tuple[_Slot, ...]:
    try:
        return _decoded((folder / FILE).read_bytes())
    except FileNotFoundError as error:
        raise KeysLost(file=FILE, folder=str(folder)) from error


def _decoded(raw: bytes) -> tuple[_Slot, ...]:
    try:
        return msgspec.msgpack.decode(raw, type=_Slots).slots
    except UNREADABLE as error:
        raise DamagedSlots(file=FILE) from error


def _write(folder: Path, slots: tuple[_Slot, ...]) -> None:
    write_durably(folder / FILE, msgspec.msgpack.encode(_Slots(slots=slots)))
