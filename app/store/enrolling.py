"""A device that has asked to be one and has not heard the answer: its keys, under the code it showed.

A code is used up for everybody but the keys that showed it.
So they are on the disk before the centre is asked, and whoever is cut off asks again with the same ones.
The file is sealed under the database key, and goes when the device is enrolled.
"""

from __future__ import annotations

import hmac
import os
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.errors import UNREADABLE
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation
from app.store.files import write_durably

FILE = "enrolling"
_NONCE_SIZE = 12


class Enrolling(msgspec.Struct, frozen=True, kw_only=True):
    """`code` is the hash of the code's secret; `new_slots` says that the key slots were made for this.

    Of what was asked by packet, `outline` is the rest of the code, whatever `sync` put there, and `held` the places
    that the centre wants to know of beside those offered.
    """

    code: bytes
    new_slots: bool
    sealed: bytes
    outline: bytes = b""
    held: list[Continuation] = []


def keep(folder: Path, keys: DeviceKeys, key: bytes, *, code: bytes, new_slots: bool) -> None:
    nonce = os.urandom(_NONCE_SIZE)
    sealed = nonce + _box(key).encrypt(nonce, msgspec.msgpack.encode(keys), code)
    kept_file = Enrolling(code=code, new_slots=new_slots, sealed=sealed)
    write_durably(folder / FILE, msgspec.msgpack.encode(kept_file))


def note_outline(folder: Path, outline: bytes) -> None:
    """Keep what the answer to a packet will be measured by; an enrolment must have been begun."""
    _change(folder, outline=outline)


def note_held(folder: Path, place: Continuation) -> None:
    """Offer this place too when the centre is asked again."""
    _change(folder, held=[place])


def _change(folder: Path, **changes: object) -> None:
    begun = kept(folder)
    assert begun is not None
    changed = msgspec.structs.replace(begun, **changes)
    write_durably(folder / FILE, msgspec.msgpack.encode(changed))


def kept(folder: Path) -> Enrolling | None:
    """What an enrolment that did not end left, or None; a file that cannot be read counts as none."""
    try:
        return msgspec.msgpack.decode((folder / FILE).read_bytes(), type=Enrolling)
    except (FileNotFoundError, *UNREADABLE):
        return None


def keys_in(one: Enrolling, key: bytes) -> DeviceKeys | None:
    """Its keys, or None if they are under another database key."""
    nonce, rest = one.sealed[:_NONCE_SIZE], one.sealed[_NONCE_SIZE:]
    try:
        return msgspec.msgpack.decode(_box(key).decrypt(nonce, rest, one.code), type=DeviceKeys)
    except (InvalidTag, ValueError, *UNREADABLE):
        return None


def forget(folder: Path) -> None:
    (folder / FILE).unlink(missing_ok=True)


def _box(key: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(hmac.digest(key, b"daiban enrolling key 1", sha256))
