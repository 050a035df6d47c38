"""The file of a backup: what its header says, and how the rest is sealed (docs/decisions/0022-backup.md).

    magic (8) | version (1) | length of the header (4, big-endian) | header | SHA-256 of all before | sealed pieces

The header is MessagePack: what the backup is of (`About`, readable by anybody), and the file's key, sealed by HPKE
(RFC 9180) once for each who may open it. A passphrase is one of them: Argon2id makes an X25519 private key of it,
so a station that keeps only the public one makes its backups without asking, and opens none.

Pieces are 256 KiB of the members one after another, each under ChaCha20-Poly1305 with its number as the nonce,
and bound to `About`: none can be left out, moved, or come from another file. Nothing is held in memory as a whole.
"""

from __future__ import annotations

import os
import secrets
import struct
from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.errors import UNREADABLE, Damaged, Refused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import Suite

MAGIC: Final = b"DAIBANBK"
VERSION: Final = 2
"""1 had no scans; it is read as before."""
_OLDEST: Final = 1
KEY_SIZE: Final = 32
_PIECE: Final = 256 * 1024
_TAG: Final = 16
_LARGEST_HEADER: Final = 64 * 1024
_DIGEST: Final = 32
_START: Final = struct.Struct(">8sBI")
_SALT_SIZE: Final = 16
# RFC 9106's second recommendation: a file that was stolen is guessed at on other machines than ours.
_PASSES: Final = 3
_MEMORY_KIB: Final = 64 * 1024
_MOST_PASSES: Final = 16
_MOST_MEMORY_KIB: Final = 512 * 1024
_INFO: Final = b"daiban backup 1\x00"


class NotABackup(Refused):
    """The file is something else (fact: file)."""

    code = "not_a_backup"


class BackupTooNew(Refused):
    """A newer program wrote this file (fact: file)."""

    code = "backup_too_new"


class DamagedBackup(Damaged):
    """The file is cut off, or its bytes are not those that were written (facts: file; why: `cut` or `changed`)."""

    code = "damaged_backup"


class WrongBackupKey(Refused):
    """The passphrase, or the district's key, does not open this file (fact: file)."""

    code = "wrong_backup_key"


class Opener(StrEnum):
    """Who may open a backup."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One file in it, by its name in the data folder; `digest` is its SHA-256."""

    name: str
    size: int
    digest: bytes


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup is of. `head_seq`, `head_digest`: where the journal of `device` ended; `schema`: the database's.

    `entries` counts everybody's.
    """

    created_ms: int
    region: str
    station: str
    slot: str
    device: bytes
    program: str
    schema: int
    entries: int
    head_seq: int
    head_digest: bytes
    members: tuple[Member, ...]

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(one.size for one in self.members)


class PassphraseLock(msgspec.Struct, frozen=True, kw_only=True):
    """The public half of a passphrase: closes backups, opens none."""

    salt: bytes
    passes: int
    memory_kib: int
    public: bytes


class Lock(msgspec.Struct, frozen=True, kw_only=True):
    """The file's key, sealed to one who may open it; the costs are of a passphrase."""

    opener: Opener
    sealed: bytes
    salt: bytes = b""
    passes: int = 0
    memory_kib: int = 0


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """`about` is an About, as the bytes that everything is bound to."""

    about: bytes
    locks: tuple[Lock, ...]


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """A backup whose header was read; `raw` is `about` as its bytes, `start` where its pieces begin."""

    file: str
    about: About
    raw: bytes
    bound_to: bytes
    locks: tuple[Lock, ...]
    start: int


# --- keys -----------------------------------------------------------------------------------------


def lock_of(passphrase: str) -> PassphraseLock:
    """A new lock for a passphrase; half a second, and 64 MB for as long, on an old desktop."""
    salt = os.urandom(_SALT_SIZE)
    private = _private_of(passphrase, salt, _PASSES, _MEMORY_KIB)
    return PassphraseLock(
        salt=salt,
        passes=_PASSES,
        memory_kib=_MEMORY_KIB,
        public=private.public_key().public_bytes_raw(),
    )


def new_file_key() -> bytes:
    return secrets.token_bytes(KEY_SIZE)


def key_by_passphrase(backup: Opening, passphrase: str) -> bytes:
    """The file's key. Raises WrongBackupKey, DamagedBackup."""
    for lock in backup.locks:
        if lock.opener is Opener.PASSPHRASE:
            if not _is_bearable(lock):
                raise DamagedBackup(file=backup.file, why="changed")
            private = _private_of(passphrase, lock.salt, lock.passes, lock.memory_kib)
            key = _unsealed(lock, private, backup.bound_to)
            if key is not None:
                return key
    raise WrongBackupKey(file=backup.file)


def key_by_recovery(backup: Opening, district_private: bytes) -> bytes:
    """The same by the district's recovery key. Raises WrongBackupKey."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.from_private_bytes(district_private)
    for lock in backup.locks:
        if lock.opener is Opener.RECOVERY:
            key = _unsealed(lock, private, backup.bound_to)
            if key is not None:
                return key
    raise WrongBackupKey(file=backup.file)


def _private_of(passphrase: str, salt: bytes, passes: int, memory_kib: int) -> X25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    stretched = Argon2id(
        salt=salt, length=KEY_SIZE, iterations=passes, lanes=1, memory_cost=memory_kib
    ).derive(passphrase.encode("utf-8", "surrogatepass"))
    return X25519PrivateKey.from_private_bytes(stretched)


def _is_bearable(lock: Lock) -> bool:
    """A hostile header must not make us work for hours, or take all memory."""
    return (
        len(lock.salt) >= _SALT_SIZE // 2
        and 1 <= lock.passes <= _MOST_PASSES
        and 8 <= lock.memory_kib <= _MOST_MEMORY_KIB
    )


def _suite() -> Suite:
    # Loaded by whoever makes or opens a backup: whoever logs in only asks when the last one was.
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _sealed(key: bytes, public: bytes, bound_to: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return _suite().encrypt(key, X25519PublicKey.from_public_bytes(public), info=_INFO + bound_to)


def _unsealed(lock: Lock, private: X25519PrivateKey, bound_to: bytes) -> bytes | None:
    try:
        key = bytes(_suite().decrypt(lock.sealed, private, info=_INFO + bound_to))
    except (InvalidTag, ValueError):
        return None
    return key if len(key) == KEY_SIZE else None


# --- writing --------------------------------------------------------------------------------------


def write_header(
    file: BinaryIO, raw: bytes, key: bytes, lock: PassphraseLock, recovery_public: bytes
) -> bytes:
    """Begin a file that the passphrase and the district open; `raw` is its About. What the pieces are bound to."""
    bound_to = sha256(raw).digest()
    locks = (
        Lock(
            opener=Opener.PASSPHRASE,
            sealed=_sealed(key, lock.public, bound_to),
            salt=lock.salt,
            passes=lock.passes,
            memory_kib=lock.memory_kib,
        ),
        Lock(opener=Opener.RECOVERY, sealed=_sealed(key, recovery_public, bound_to)),
    )
    header = msgspec.msgpack.encode(Header(about=raw, locks=locks))
    begin = _START.pack(MAGIC, VERSION, len(header)) + header
    file.write(begin + sha256(begin).digest())
    return bound_to


class Sealer:
    """Takes bytes, writes sealed pieces; `finish` writes the last."""

    def __init__(self, file: BinaryIO, key: bytes, bound_to: bytes) -> None:
        self._file = file
        self._box = ChaCha20Poly1305(key)
        self._bound_to = bound_to
        self._held = bytearray()
        self._n = 0

    def write(self, content: bytes) -> None:
        self._held += content
        while len(self._held) > _PIECE:  # the last one is written by `finish`, whatever its size
            self._put(bytes(self._held[:_PIECE]), is_last=False)
            del self._held[:_PIECE]

    def finish(self) -> None:
        self._put(bytes(self._held), is_last=True)
        self._held.clear()

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        self._file.write(self._box.encrypt(_nonce(self._n, is_last=is_last), piece, self._bound_to))
        self._n += 1


def _nonce(n: int, *, is_last: bool) -> bytes:
    """The key is the file's own, so a count is enough; the last byte says where the file ends."""
    return n.to_bytes(11, "big") + bytes([is_last])


# --- reading --------------------------------------------------------------------------------------


def read_header(file: BinaryIO, name: str) -> Opening:
    """What a file says of itself, and that it has the length that it should have.

    Raises NotABackup, BackupTooNew, DamagedBackup. `name` stands in errors.
    """
    begin = file.read(_START.size)
    if len(begin) < _START.size or not begin.startswith(MAGIC):
        raise NotABackup(file=name)
    _, version, length = _START.unpack(begin)
    if not _OLDEST <= version <= VERSION:
        raise BackupTooNew(file=name)
    if length > _LARGEST_HEADER:
        raise DamagedBackup(file=name, why="changed")
    raw, digest = file.read(length), file.read(_DIGEST)
    if len(digest) < _DIGEST:
        raise DamagedBackup(file=name, why="cut")
    if sha256(begin + raw).digest() != digest:
        raise DamagedBackup(file=name, why="changed")
    try:
        header = msgspec.msgpack.decode(raw, type=Header)
        about = msgspec.msgpack.decode(header.about, type=About)
    except UNREADABLE as error:
        raise DamagedBackup(file=name, why="changed") from error
    start = _START.size + length + _DIGEST
    if any(one.size < 0 for one in about.members):
        raise DamagedBackup(file=name, why="changed")
    _check_length(file, name, start + sealed_size(about.size))
    bound_to = sha256(header.about).digest()
    return Opening(
        file=name,
        about=about,
        raw=header.about,
        bound_to=bound_to,
        locks=header.locks,
        start=start,
    )


def _check_length(file: BinaryIO, name: str, should_be: int) -> None:
    place = file.tell()
    size = file.seek(0, os.SEEK_END)
    file.seek(place)
    if size != should_be:
        raise DamagedBackup(file=name, why="cut" if size < should_be else "changed")


def sealed_size(size: int) -> int:
    """Bytes of the pieces that hold `size` bytes."""
    return size + _TAG * max(1, -(-size // _PIECE))


def pieces(file: BinaryIO, backup: Opening, key: bytes) -> Iterator[tuple[Member, bytes]]:
    """The members' bytes in their order, piece by piece; each member's digest is checked at its end.

    Raises DamagedBackup. What was given out before that is as it was written.
    """
    file.seek(backup.start)
    contents = _opened_pieces(file, backup, key)
    held = b""
    for member in backup.about.members:
        left, digest = member.size, sha256()
        while left:
            held = held or next(contents)
            part, held = held[:left], held[left:]
            digest.update(part)
            left -= len(part)
            yield member, part
        if digest.digest() != member.digest:
            raise DamagedBackup(file=backup.file, why="changed")


def _opened_pieces(file: BinaryIO, backup: Opening, key: bytes) -> Iterator[bytes]:
    box = ChaCha20Poly1305(key)
    left, n = sealed_size(backup.about.size), 0
    while left:
        sealed = file.read(min(_PIECE + _TAG, left))
        left -= len(sealed)
        try:
            piece = box.decrypt(_nonce(n, is_last=not left), sealed, backup.bound_to)
        except (InvalidTag, ValueError) as error:
            raise DamagedBackup(file=backup.file, why="changed") from error
        if piece:
            yield piece
        n += 1
