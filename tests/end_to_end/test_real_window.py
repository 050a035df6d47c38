"""The desktop in a real window of a real X server."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.conftest import District
from tests.end_to_end.desktops import Desktop

VILLAGE = "450305200201"
SIZE = 1366, 768
FEWEST_COLOURS = 16
"""A blank window has one or two."""


@pytest.fixture
def display() -> Iterator[str]:
    server = shutil.which("Xvfb")
    if server is None:
        if os.environ.get("DAIBAN_NEEDS_XVFB"):
            pytest.fail("there is no Xvfb, and DAIBAN_NEEDS_XVFB is set")
        pytest.skip("there is no Xvfb")
    readable, writable = os.pipe()
    process = subprocess.Popen(
        [server, "-displayfd", str(writable), "-screen", "0", "1600x900x24", "-nolisten", "tcp"],
        pass_fds=[writable],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writable)
    with os.fdopen(readable) as said:
        number = said.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    process.terminate()
    process.wait()


def test_a_case_is_registered_and_its_receipt_filed(
    district: District, tmp_path: Path, display: str
):
    desktop = Desktop(
        tmp_path / "desk", tmp_path / "home", {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    )
    with district.open():
        code = district.centre.do("centre", "enrol-code", "--region", VILLAGE)["code"]
        told = desktop.work("short-day", "--code", code, "--size", f"{SIZE[0]}x{SIZE[1]}")
    seen = told["seen"]
    assert len(seen["numbers"]) == 2
    assert all(Path(name).read_bytes().startswith(b"%PDF") for name in seen["papers"])
    assert tuple(seen["picture"]) == SIZE
    assert seen["colours"] > FEWEST_COLOURS
