"""The file of a backup: whatever is done to it, it gives what was put in or it is refused."""

from __future__ import annotations

import io
from hashlib import sha256

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.errors import DaibanError
from app.store import backup_file
from app.store.backup_file import (
    About,
    BackupTooNew,
    DamagedBackup,
    Header,
    Member,
    NotABackup,
    PassphraseLock,
    Sealer,
    WrongBackupKey,
)

DISTRICT = X25519PrivateKey.generate()
PASSPHRASE = "湖塘村的备份"
LOCK = backup_file.lock_of(PASSPHRASE)
KEY = bytes(range(32))


def about(*contents: bytes) -> About:
    return About(
        created_ms=1,
        region="450305200201",
        station="湖塘村",
        slot="A1",
        device=b"d" * 16,
        program="0",
        schema=1,
        entries=1,
        head_seq=1,
        head_digest=b"h",
        members=tuple(
            Member(name=f"file{n}", size=len(content), digest=sha256(content).digest())
            for n, content in enumerate(contents)
        ),
    )


def written(*contents: bytes, lock: PassphraseLock = LOCK) -> bytes:
    file = io.BytesIO()
    raw = msgspec.msgpack.encode(about(*contents))
    bound_to = backup_file.write_header(
        file, raw, KEY, lock, DISTRICT.public_key().public_bytes_raw()
    )
    sealer = Sealer(file, KEY, bound_to)
    for content in contents:
        sealer.write(content)
    sealer.finish()
    return file.getvalue()


def read(raw: bytes) -> list[bytes]:
    file = io.BytesIO(raw)
    opening = backup_file.read_header(file, "f")
    told = {member.name: b"" for member in opening.about.members}
    for member, part in backup_file.pieces(file, opening, KEY):
        told[member.name] += part
    return list(told.values())


SMALL = written(b"k" * 32, b"slots", b"database" * 100)


@pytest.mark.parametrize("size", [0, 1, 262_143, 262_144, 262_145, 524_288, 700_000])
def test_what_was_put_in_comes_out_whatever_its_size(size: int):
    content = bytes(n % 251 for n in range(size))
    assert read(written(b"first", content, b"")) == [b"first", content, b""]
    assert read(written(content)) == [content]


@given(st.lists(st.binary(max_size=400), max_size=5))
def test_members_keep_their_borders(contents: list[bytes]):
    assert read(written(*contents)) == contents


@given(st.integers(0, len(SMALL) * 8 - 1))
def test_one_flipped_bit_anywhere_is_found(bit: int):
    raw = bytearray(SMALL)
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises((DamagedBackup, NotABackup, BackupTooNew)):
        read(bytes(raw))


@given(st.integers(0, len(SMALL) - 1))
def test_a_file_that_was_cut_off_is_refused_before_anything_is_opened(length: int):
    with pytest.raises((DamagedBackup, NotABackup)) as refused:
        backup_file.read_header(io.BytesIO(SMALL[:length]), "f")
    assert refused.value.facts.get("why", "cut") == "cut"


@given(st.binary(max_size=300), st.booleans())
def test_a_hostile_file_is_refused_with_a_reason(rubbish: bytes, with_magic: bool):
    raw = (b"DAIBANBK\x01" if with_magic else b"") + rubbish
    with pytest.raises((DamagedBackup, NotABackup)):
        backup_file.read_header(io.BytesIO(raw), "f")


def test_a_file_with_something_after_it_is_refused():
    with pytest.raises(DamagedBackup):
        read(SMALL + b"x")


def test_pieces_cannot_be_exchanged_between_files():
    one, other = written(b"a" * 600_000), written(b"b" * 600_000)
    at = len(one) - backup_file.sealed_size(600_000)
    with pytest.raises(DamagedBackup):
        read(one[:at] + other[at:])
    piece = 262_144 + 16
    swapped = one[:at] + one[at + piece : at + 2 * piece] + one[at : at + piece]
    with pytest.raises(DamagedBackup):
        read(swapped + one[at + 2 * piece :])


@pytest.mark.parametrize("version", [0, backup_file.VERSION + 1, 255])
def test_a_newer_format_is_named_as_such(version: int):
    with pytest.raises(BackupTooNew):
        read(b"DAIBANBK" + bytes([version]) + SMALL[9:])


# --- who opens it ---------------------------------------------------------------------------------


def header_of(raw: bytes) -> backup_file.Opening:
    return backup_file.read_header(io.BytesIO(raw), "f")


def test_the_passphrase_opens_it_and_no_other():
    assert backup_file.key_by_passphrase(header_of(SMALL), PASSPHRASE) == KEY
    with pytest.raises(WrongBackupKey):
        backup_file.key_by_passphrase(header_of(SMALL), PASSPHRASE + " ")


def test_the_districts_key_opens_it_and_no_other():
    assert backup_file.key_by_recovery(header_of(SMALL), DISTRICT.private_bytes_raw()) == KEY
    with pytest.raises(WrongBackupKey):
        backup_file.key_by_recovery(
            header_of(SMALL), X25519PrivateKey.generate().private_bytes_raw()
        )


def test_what_a_store_keeps_of_the_passphrase_opens_nothing():
    with pytest.raises(WrongBackupKey):
        backup_file.key_by_recovery(header_of(SMALL), LOCK.public)


@pytest.mark.parametrize("cost", [{"memory_kib": 2**31 - 1}, {"passes": 10**6}, {"salt": b""}])
def test_a_hostile_cost_is_not_paid(cost: dict[str, object]):
    raw = SMALL
    length = int.from_bytes(raw[9:13], "big")
    header = msgspec.msgpack.decode(raw[13 : 13 + length], type=Header)
    locks = tuple(msgspec.structs.replace(one, **cost) for one in header.locks)
    hostile = msgspec.msgpack.encode(msgspec.structs.replace(header, locks=locks))
    begin = raw[:9] + len(hostile).to_bytes(4, "big") + hostile
    forged = begin + sha256(begin).digest() + raw[13 + length + 32 :]
    with pytest.raises(DaibanError):
        backup_file.key_by_passphrase(header_of(forged), PASSPHRASE)
