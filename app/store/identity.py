"""The identity of this device: private keys, certificate, token, and the centre it trusts.

It lives in the system keyring, or on a machine without one in the file `identity`, sealed under the database key.
Either way it is outside the database and its backups: whoever restores a database starts a new life.
"""

from __future__ import annotations

import hmac
import os
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.errors import Damaged
from app.journal import certificate
from app.journal.certificate import Certificate, SignedCertificate
from app.journal.keys import DeviceKeys
from app.journal.refs import DeviceId
from app.store import machine
from app.store.files import write_durably

FILE = "identity"
_NONCE_SIZE = 12
_BOUND_TO = b"daiban identity 1"


class DamagedIdentity(Damaged):
    code = "damaged_identity"


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """`token` admits to the centre at `url`; `ca` is its authority's X.509 certificate (DER).

    `signed` is None while a new life waits for its certificate.
    """

    keys: DeviceKeys
    signed: SignedCertificate | None
    token: bytes
    url: str
    ca: bytes
    district_public: bytes
    recovery_public: bytes

    @property
    def device(self) -> DeviceId:
        return self.keys.device

    @property
    def certificate(self) -> Certificate | None:
        return None if self.signed is None else certificate.read(self.signed)


def keep(folder: Path, identity: Identity, database_key: bytes) -> None:
    """Put the identity where it belongs on this machine; one for practice goes with its folder, which is renamed."""
    raw = msgspec.msgpack.encode(identity)
    own = identity.certificate
    is_practice = own is not None and own.is_practice
    if is_practice or (folder / FILE).exists() or not machine.has_keyring():
        nonce = os.urandom(_NONCE_SIZE)
        write_durably(folder / FILE, nonce + _box(database_key).encrypt(nonce, raw, _BOUND_TO))
    else:
        machine.keep(folder, FILE, raw)


def kept(folder: Path, database_key: bytes) -> Identity | None:
    """The identity, or None where there is none (a restored or moved database). Raises DamagedIdentity."""
    path = folder / FILE
    try:
        if path.exists():
            sealed = path.read_bytes()
            nonce, rest = sealed[:_NONCE_SIZE], sealed[_NONCE_SIZE:]
            raw = _box(database_key).decrypt(nonce, rest, _BOUND_TO)
        else:
            found = machine.kept(folder, FILE) if machine.has_keyring() else None
            if found is None:
                return None
            raw = found
        return msgspec.msgpack.decode(raw, type=Identity)
    except (InvalidTag, ValueError, msgspec.MsgspecError) as error:
        raise DamagedIdentity(file=FILE) from error


def _box(database_key: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(hmac.digest(database_key, b"daiban identity key 1", sha256))
