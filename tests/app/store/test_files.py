"""Small files that are whole or not there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app.store.files import FileNotWritten, write_durably


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


@pytest.mark.parametrize(
    ("number", "why"), [(errno.ENOSPC, "full"), (errno.EFBIG, "full"), (errno.EIO, "closed")]
)
def test_a_disk_that_takes_no_more_is_named_and_nothing_is_left_of_the_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, why: str
):
    path = tmp_path / "keys"
    write_durably(path, b"one")

    def refuse(_: int) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(FileNotWritten) as error:
        write_durably(path, b"two")
    assert error.value.facts == {"file": str(path), "why": why}
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_has_gone_is_named(tmp_path: Path):
    with pytest.raises(FileNotWritten):
        write_durably(tmp_path / "gone" / "keys", b"one")
