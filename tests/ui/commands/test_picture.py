"""daiban picture keeps what the window shows, and changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from PIL import Image

from tests.ui.commands.desk import PASSPHRASE, Desk


def picture(desk: Desk, *words: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """In a process of its own: there is one QApplication in each."""
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "ui.commands.main",
            "picture",
            *map(str, words),
            "--data",
            desk.data,
        ],
        env={**os.environ, "DAIBAN_PASSPHRASE": PASSPHRASE},
        input=stdin,
        capture_output=True,
        check=False,
    )


def test_a_page_becomes_a_picture_of_the_size_that_was_asked(village, tmp_path):
    number = village.a_case()
    before = village.json("status")["entries"]
    file = tmp_path / "case.png"

    done = picture(village, "cases", "--number", number, "--out", file, "--size", 900, 500)

    assert done.returncode == 0, done.stderr.decode()
    with Image.open(file) as drawn:
        assert drawn.size == (900, 500)
        assert len(drawn.convert("RGB").getcolors(1 << 24) or ()) > 50
    assert village.json("status")["entries"] == before


def test_several_pictures_are_asked_for_line_by_line(village, tmp_path):
    first, second = tmp_path / "1.png", tmp_path / "2.png"
    lines = [
        {"page": "home", "file": str(first)},
        {"page": "nowhere", "file": str(first)},
        {"page": "cases", "number": "450305200201-20261121-A1-9999", "file": str(second)},
        {"page": "items", "file": str(second)},
    ]

    done = picture(village, "-", stdin=b"".join(json.dumps(one).encode() + b"\n" for one in lines))

    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [set(one) for one in told] == [set(), {"error"}, {"error"}, set()]
    assert "nowhere" in told[1]["error"]
    assert first.exists()
    assert second.exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [(("home",), 2), (("nowhere", "--out", "x.png"), 1), (("home", "--out", "no/x.png"), 1)],
)
def test_what_cannot_be_drawn_is_refused_in_words(village, tmp_path, monkeypatch, words, code):
    monkeypatch.chdir(tmp_path)
    done = picture(village, *words)
    assert done.returncode == code
    assert done.stderr.decode().strip()
    assert b"Traceback" not in done.stderr


def test_a_folder_without_a_station_is_refused(tmp_path):
    done = picture(Desk(tmp_path), "home", "--out", tmp_path / "x.png")
    assert done.returncode == 1
    assert "还没有登记设备" in done.stderr.decode()
