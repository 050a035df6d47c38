"""The keys of a device that has not heard the answer are on the disk, and nobody else's to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.journal.keys import DeviceKeys
from app.store import enrolling

KEY, CODE = bytes(range(32)), bytes(32)


def test_what_is_kept_is_read_again_under_the_same_key_only(tmp_path: Path):
    keys = DeviceKeys.generate()
    enrolling.keep(tmp_path, keys, KEY, code=CODE, new_slots=True)
    kept = enrolling.kept(tmp_path)
    assert kept is not None
    assert (kept.code, kept.new_slots) == (CODE, True)
    assert enrolling.keys_in(kept, KEY) == keys
    assert enrolling.keys_in(kept, bytes(32)) is None


def test_the_file_shows_no_key_and_is_its_owners_alone(tmp_path: Path):
    keys = DeviceKeys.generate()
    enrolling.keep(tmp_path, keys, KEY, code=CODE, new_slots=False)
    path = tmp_path / enrolling.FILE
    for secret in (keys.sign_private, keys.seal_private):
        assert secret not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"\x00", b"x" * 100])
def test_a_file_that_cannot_be_read_counts_as_none(tmp_path: Path, content: bytes):
    (tmp_path / enrolling.FILE).write_bytes(content)
    assert enrolling.kept(tmp_path) is None


def test_nothing_is_left_when_it_is_forgotten(tmp_path: Path):
    assert enrolling.kept(tmp_path) is None
    enrolling.keep(tmp_path, DeviceKeys.generate(), KEY, code=CODE, new_slots=True)
    enrolling.forget(tmp_path)
    enrolling.forget(tmp_path)
    assert list(tmp_path.iterdir()) == []
