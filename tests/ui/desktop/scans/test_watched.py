"""The folder of a scanner's own program: whole and recent files only, each once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ui.desktop.scans.watched import RECENT_S, NoScanFolder, Watched

NOW_S = 1_800_000_000.0


def put(folder: Path, name: str, content: bytes = b"page", age_s: float = 5) -> Path:
    file = folder / name
    file.write_bytes(content)
    os.utime(file, (NOW_S - age_s, NOW_S - age_s))
    return file


def looked(watched: Watched) -> list[str]:
    return [file.name for file in watched.look(now_s=NOW_S)]


def test_a_file_is_there_when_two_looks_find_it_the_same(tmp_path):
    watched = Watched(tmp_path)
    put(tmp_path, "1.jpg")
    assert looked(watched) == []
    put(tmp_path, "1.jpg", b"page is longer now", age_s=4)  # still being written
    assert looked(watched) == []
    assert looked(watched) == ["1.jpg"]


def test_what_was_taken_is_not_offered_again_unless_it_is_another(tmp_path):
    watched = Watched(tmp_path)
    file = put(tmp_path, "1.jpg")
    looked(watched)
    assert looked(watched) == ["1.jpg"]
    watched.took(file)
    assert looked(watched) == []
    put(tmp_path, "1.jpg", b"the next page", age_s=1)
    looked(watched)
    assert looked(watched) == ["1.jpg"]


def test_old_empty_and_other_files_are_nobodys_business(tmp_path):
    watched = Watched(tmp_path)
    put(tmp_path, "old.jpg", age_s=RECENT_S + 1)
    put(tmp_path, "empty.pdf", b"")
    put(tmp_path, "letter.docx")
    (tmp_path / "folder.png").mkdir()
    put(tmp_path, "b.PDF", age_s=9)
    put(tmp_path, "a.tif", age_s=3)
    looked(watched)
    assert looked(watched) == ["b.PDF", "a.tif"]  # in the order of scanning


def test_a_folder_that_is_gone_is_said(tmp_path):
    with pytest.raises(NoScanFolder):
        Watched(tmp_path / "gone").look(now_s=NOW_S)
