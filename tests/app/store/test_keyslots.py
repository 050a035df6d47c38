"""Ways to the key: a passphrase, a password with the machine's secret, the recovery key of the district."""

from __future__ import annotations

from pathlib import Path

import keyring
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keyring.backends import fail

from app.errors import DaibanError
from app.journal.keys import DeviceKeys
from app.store import keyslots
from app.store.keyslots import DamagedSlots, KeysLost, NoKey, Unlock, WrongKey
from app.store.machine import KeyringClosed
from tests.keyrings import MemoryKeyring

DEVICE = Unlock(passphrase="湖塘 correct horse")


def test_the_key_is_opened_by_the_passphrase_it_was_made_with(tmp_path: Path):
    key = keyslots.create(tmp_path, DEVICE)
    assert len(key) == keyslots.KEY_SIZE
    assert keyslots.open_key(tmp_path, DEVICE) == key
    with pytest.raises(WrongKey):
        keyslots.open_key(tmp_path, Unlock(passphrase="湖塘 correct horsf"))


def test_each_store_has_a_key_of_its_own(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert keyslots.create(tmp_path / "a", DEVICE) != keyslots.create(tmp_path / "b", DEVICE)


def test_the_key_is_never_in_the_file_in_the_clear(tmp_path: Path):
    key = keyslots.create(tmp_path, DEVICE)
    keyslots.add_operator(tmp_path, key, "韦代办", "secret")
    keyslots.add_recovery(tmp_path, key, DeviceKeys.generate().seal_public)
    written = (tmp_path / keyslots.FILE).read_bytes()
    assert key not in written
    assert key.hex().encode() not in written
    assert (tmp_path / keyslots.FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "nothing", [Unlock(), Unlock(operator="韦代办"), Unlock(password="secret")]
)
def test_nothing_given_is_said_so(tmp_path: Path, nothing: Unlock):
    with pytest.raises(NoKey):
        keyslots.create(tmp_path, nothing)
    assert not keyslots.exists(tmp_path)
    keyslots.create(tmp_path, DEVICE)
    with pytest.raises(NoKey):
        keyslots.open_key(tmp_path, nothing)


def test_a_folder_without_slots_says_that_they_are_gone(tmp_path: Path):
    with pytest.raises(KeysLost):
        keyslots.open_key(tmp_path, DEVICE)


def test_an_operator_opens_the_store_with_their_own_password_only(tmp_path: Path):
    key = keyslots.create(tmp_path, DEVICE)
    keyslots.add_operator(tmp_path, key, "韦代办", "one")
    keyslots.add_operator(tmp_path, key, "李窗口", "two")
    assert keyslots.open_key(tmp_path, Unlock(operator="韦代办", password="one")) == key
    for wrong in (("韦代办", "two"), ("李窗口", "one"), ("莫须有", "one")):
        with pytest.raises(WrongKey):
            keyslots.open_key(tmp_path, Unlock(operator=wrong[0], password=wrong[1]))
    assert keyslots.open_key(tmp_path, DEVICE) == key


def test_a_new_password_takes_the_place_of_the_old(tmp_path: Path):
    key = keyslots.create(tmp_path, DEVICE)
    keyslots.add_operator(tmp_path, key, "韦代办", "old")
    keyslots.add_operator(tmp_path, key, "韦代办", "new")
    assert keyslots.open_key(tmp_path, Unlock(operator="韦代办", password="new")) == key
    with pytest.raises(WrongKey):
        keyslots.open_key(tmp_path, Unlock(operator="韦代办", password="old"))


def test_the_names_are_listed_as_they_came_and_a_new_password_moves_nobody(tmp_path: Path):
    key = keyslots.create(tmp_path, DEVICE)
    assert keyslots.operators(tmp_path) == ()
    keyslots.add_recovery(tmp_path, key, DeviceKeys.generate().seal_public)
    for name in ("韦代办", "李窗口", "韦代办"):
        keyslots.add_operator(tmp_path, key, name, "secret")
    assert keyslots.operators(tmp_path) == ("韦代办", "李窗口")
    (tmp_path / keyslots.FILE).unlink()
    with pytest.raises(KeysLost):
        keyslots.operators(tmp_path)


def test_the_devices_passphrase_is_nobodys_password(tmp_path: Path):
    keyslots.create(tmp_path, DEVICE)
    with pytest.raises(WrongKey):
        keyslots.open_key(tmp_path, Unlock(operator="", password=DEVICE.passphrase))


def test_a_password_needs_the_machines_secret_too(tmp_path: Path, memory_keyring: MemoryKeyring):
    key = keyslots.create(tmp_path, DEVICE)
    unlock = Unlock(operator="韦代办", password="secret")
    keyslots.add_operator(tmp_path, key, "韦代办", "secret")
    assert keyslots.open_key(tmp_path, unlock) == key
    memory_keyring.forget()
    with pytest.raises(WrongKey):
        keyslots.open_key(tmp_path, unlock)
    assert keyslots.open_key(tmp_path, DEVICE) == key


def test_a_password_made_with_a_keyring_opens_nothing_on_a_machine_without(
    tmp_path: Path, memory_keyring: MemoryKeyring
):
    key = keyslots.create(tmp_path, DEVICE)
    keyslots.add_operator(tmp_path, key, "韦代办", "secret")
    keyring.set_keyring(fail.Keyring())
    with pytest.raises(WrongKey):
        keyslots.open_key(tmp_path, Unlock(operator="韦代办", password="secret"))
    assert keyslots.open_key(tmp_path, DEVICE) == key


def test_a_locked_keyring_is_said_to_be_locked(tmp_path: Path, memory_keyring: MemoryKeyring):
    key = keyslots.create(tmp_path, DEVICE)
    memory_keyring.locked = True
    with pytest.raises(KeyringClosed):
        keyslots.add_operator(tmp_path, key, "韦代办", "secret")
    assert keyslots.open_key(tmp_path, DEVICE) == key


def test_the_district_opens_what_nobody_else_can_any_more(tmp_path: Path):
    district = DeviceKeys.generate()
    key = keyslots.create(tmp_path, DEVICE)
    keyslots.add_recovery(tmp_path, key, district.seal_public)
    assert keyslots.recover(tmp_path, district.seal_private) == key
    with pytest.raises(WrongKey):
        keyslots.recover(tmp_path, DeviceKeys.generate().seal_private)


def test_a_new_recovery_key_takes_the_place_of_the_old(tmp_path: Path):
    old, new = DeviceKeys.generate(), DeviceKeys.generate()
    key = keyslots.create(tmp_path, DEVICE)
    keyslots.add_recovery(tmp_path, key, old.seal_public)
    keyslots.add_recovery(tmp_path, key, new.seal_public)
    assert keyslots.recover(tmp_path, new.seal_private) == key
    with pytest.raises(WrongKey):
        keyslots.recover(tmp_path, old.seal_private)


@pytest.mark.parametrize("content", [b"", b"\xc0", b"noise", b"\x81\xa5slots\x90" * 2])
def test_a_slot_file_that_is_none_is_damaged(tmp_path: Path, content: bytes):
    (tmp_path / keyslots.FILE).write_bytes(content)
    with pytest.raises(DamagedSlots):
        keyslots.open_key(tmp_path, DEVICE)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_changed_byte_opens_nothing_wrong(tmp_path: Path, data: st.DataObject):
    path = tmp_path / keyslots.FILE
    if not path.exists():
        (tmp_path / "key").write_bytes(keyslots.create(tmp_path, DEVICE))
        (tmp_path / "good").write_bytes(path.read_bytes())
    key, good = (tmp_path / "key").read_bytes(), (tmp_path / "good").read_bytes()
    changed = bytearray(good)
    changed[data.draw(st.integers(0, len(good) - 1))] ^= data.draw(st.sampled_from([1, 4, 32]))
    path.write_bytes(bytes(changed))
    try:
        opened = keyslots.open_key(tmp_path, DEVICE)
    except DaibanError:
        return
    assert opened == key


def test_a_slot_that_asks_for_impossible_work_is_damaged(tmp_path: Path):
    keyslots.create(tmp_path, DEVICE)
    path = tmp_path / keyslots.FILE
    for field in ("salt", "wrapped"):
        told = msgspec.msgpack.decode(path.read_bytes())
        told["slots"][0][field] = b""
        path.write_bytes(msgspec.msgpack.encode(told))
        with pytest.raises(DamagedSlots):
            keyslots.open_key(tmp_path, DEVICE)


def test_after_a_lost_keyring_the_district_gives_an_operator_another_password(
    tmp_path: Path, memory_keyring: MemoryKeyring
):
    district = DeviceKeys.generate()
    key = keyslots.create(tmp_path, Unlock(operator="韦代办", password="first-one"))
    keyslots.add_operator(tmp_path, key, "莫代办", "another-one")
    keyslots.add_recovery(tmp_path, key, district.seal_public)
    memory_keyring.forget()
    with pytest.raises(WrongKey):
        keyslots.open_key(tmp_path, Unlock(operator="韦代办", password="first-one"))
    raw = (tmp_path / keyslots.FILE).read_bytes()
    with pytest.raises(WrongKey):
        keyslots.handed_back(raw, DeviceKeys.generate().seal_private, "韦代办", "second-one")
    handed = keyslots.handed_back(raw, district.seal_private, "韦代办", "second-one")
    (tmp_path / keyslots.FILE).write_bytes(handed)
    assert keyslots.open_key(tmp_path, Unlock(operator="韦代办", password="second-one")) == key
    assert keyslots.operators(tmp_path) == ("韦代办", "莫代办")
    keyslots.add_operator(tmp_path, key, "韦代办", "third-one")  # mixed with the new secret
    memory_keyring.forget()
    with pytest.raises(WrongKey):
        keyslots.open_key(tmp_path, Unlock(operator="韦代办", password="third-one"))
