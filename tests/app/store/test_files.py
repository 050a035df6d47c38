"""Small files that are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.store.files import write_durably


def test_a_file_is_replaced_in_one_step_and_is_its_owners_alone(tmp_path: Path):
    path = tmp_path / "keys"
    for content in (b"one", b"two"):
        write_durably(path, content)
        assert path.read_bytes() == content
        assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_where_nothing_can_be_written_the_old_file_stays(tmp_path: Path):
    path = tmp_path / "keys"
    write_durably(path, b"one")
    with pytest.raises(TypeError):
        write_durably(path, "not bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"one"


def test_what_a_crash_left_half_written_is_in_nobodys_way(tmp_path: Path):
    path = tmp_path / "keys"
    with pytest.raises(TypeError):
        write_durably(path, "not bytes")  # type: ignore[arg-type]
    write_durably(path, b"two")
    assert list(tmp_path.iterdir()) == [path]
