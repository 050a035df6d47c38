"""The identity of a device lives outside its database: in the keyring, or sealed beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import keyring
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keyring.backends import null

from app.store import identity, machine
from app.store.identity import DamagedIdentity
from tests.builders import VILLAGE, a_district, an_identity
from tests.keyrings import MemoryKeyring

KEY = bytes(range(32))


def test_without_a_keyring_it_is_a_sealed_file(tmp_path: Path):
    who = an_identity(a_district(), VILLAGE)
    identity.keep(tmp_path, who, KEY)
    assert identity.kept(tmp_path, KEY) == who
    written = (tmp_path / identity.FILE).read_bytes()
    for secret in (who.keys.sign_private, who.keys.seal_private, who.token):
        assert secret not in written
    assert (tmp_path / identity.FILE).stat().st_mode & 0o077 == 0


def test_with_a_keyring_the_folder_holds_nothing_of_it(
    tmp_path: Path, memory_keyring: MemoryKeyring
):
    who = an_identity(a_district(), VILLAGE)
    identity.keep(tmp_path, who, KEY)
    assert identity.kept(tmp_path, KEY) == who
    assert list(tmp_path.iterdir()) == []
    memory_keyring.forget()
    assert identity.kept(tmp_path, KEY) is None


def test_a_folder_without_one_has_none(tmp_path: Path):
    assert identity.kept(tmp_path, KEY) is None


def test_two_folders_have_two_identities(tmp_path: Path, memory_keyring: MemoryKeyring):
    district = a_district()
    for name in ("village", "township"):
        (tmp_path / name).mkdir()
        identity.keep(tmp_path / name, an_identity(district, VILLAGE), KEY)
    one, other = (identity.kept(tmp_path / name, KEY) for name in ("village", "township"))
    assert one is not None
    assert other is not None
    assert one.device != other.device
    assert len(memory_keyring.kept) == 2


def test_a_copied_folder_has_no_identity_where_there_is_a_keyring(
    tmp_path: Path, memory_keyring: MemoryKeyring
):
    (tmp_path / "first").mkdir()
    identity.keep(tmp_path / "first", an_identity(a_district(), VILLAGE), KEY)
    shutil.copytree(tmp_path / "first", tmp_path / "copy")
    assert identity.kept(tmp_path / "copy", KEY) is None


def test_a_later_one_takes_the_place_of_the_first(tmp_path: Path):
    district = a_district()
    identity.keep(tmp_path, an_identity(district, VILLAGE), KEY)
    later = an_identity(district, VILLAGE)
    identity.keep(tmp_path, later, KEY)
    assert identity.kept(tmp_path, KEY) == later
    assert [path.name for path in tmp_path.iterdir()] == [identity.FILE]


def test_another_databases_key_opens_it_not(tmp_path: Path):
    identity.keep(tmp_path, an_identity(a_district(), VILLAGE), KEY)
    with pytest.raises(DamagedIdentity):
        identity.kept(tmp_path, bytes(32))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.data())
def test_any_changed_or_missing_byte_is_noticed(tmp_path: Path, data: st.DataObject):
    path = tmp_path / identity.FILE
    if not path.exists():
        identity.keep(tmp_path, an_identity(a_district(), VILLAGE), KEY)
    good = path.read_bytes()
    place = data.draw(st.integers(0, len(good) - 1))
    flipped = bytes(byte ^ (at == place) for at, byte in enumerate(good))
    try:
        for wrong in (flipped, good[:place], good + b"\x00"):
            path.write_bytes(wrong)
            with pytest.raises(DamagedIdentity):
                identity.kept(tmp_path, KEY)
    finally:
        path.write_bytes(good)


def test_a_keyring_that_keeps_nothing_is_none(tmp_path: Path):
    keyring.set_keyring(null.Keyring())
    assert not machine.has_keyring()
    who = an_identity(a_district(), VILLAGE)
    identity.keep(tmp_path, who, KEY)
    assert identity.kept(tmp_path, KEY) == who


def test_a_machines_secret_stays_the_same_until_it_is_lost(
    tmp_path: Path, memory_keyring: MemoryKeyring
):
    assert machine.has_keyring()
    first = machine.secret(tmp_path)
    assert len(first) == 32
    assert machine.secret(tmp_path) == first
    assert machine.secret(tmp_path / "elsewhere") != first
    memory_keyring.forget()
    assert machine.secret(tmp_path) != first
