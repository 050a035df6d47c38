"""Scanners through SANE: its `test` backend where Debian's sane-utils is installed, and what the program prints."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Thread

import pytest

from app.usecases.attachments import read_images
from ui.desktop.scans import scanner
from ui.desktop.scans.scanner import (
    Abilities,
    CoverOpen,
    FeederEmpty,
    FeederJammed,
    NoScannerProgram,
    ScanFailed,
    ScannerBusy,
    Scanning,
    ScanStopped,
)

HAS_SANE = shutil.which(scanner.PROGRAM) is not None
with_sane = pytest.mark.skipif(not HAS_SANE, reason="sane-utils (scanimage) is not installed")

OPTIONS = """
All options specific to device `fujitsu:fi-7160:1234':
  Scan Mode:
    --source ADF Front|ADF Back|ADF Duplex [ADF Front]
        Selects the scan source (such as a document-feeder).
    --mode Lineart|Halftone|Gray|Color [Lineart]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --resolution 50..600dpi (in steps of 1) [600]
"""


@pytest.fixture
def test_backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> scanner.Scanner:
    """SANE with its frontend-tester alone."""
    (tmp_path / "dll.conf").write_text("test\n")
    (tmp_path / "test.conf").write_text(
        'number_of_devices 1\nsource "Flatbed"\ntest-picture "Grid"\n'
    )
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    (found,) = scanner.scanners()
    return found


def unheard(*_: object) -> None:
    """Nobody watches the progress."""


@with_sane
def test_a_page_comes_from_the_glass_with_its_progress(test_backend):
    able = scanner.abilities(test_backend)
    assert (able.grey, able.colour, able.glass, able.dpi) == ("Gray", "Color", "Flatbed", 200)
    pages: list[bytes] = []
    told: list[tuple[int, float]] = []
    run = Scanning(test_backend, able)
    assert run.run(pages.append, lambda page, share: told.append((page, share))) == 1
    assert told[-1] == (0, 1.0)
    (scan,) = read_images(pages[0], "扫描 1")
    assert scan.sheet.width > 100


@with_sane
def test_all_that_lies_in_the_feeder_comes_page_by_page(test_backend):
    able = scanner.abilities(test_backend)
    pages: list[bytes] = []
    count = Scanning(test_backend, able, feeder=True, colour=True).run(pages.append, unheard)
    assert count == len(pages) == 10  # the tester's feeder is empty then


@with_sane
def test_whoever_presses_stop_ends_the_scanner_in_order(test_backend, tmp_path):
    conf = Path(tmp_path) / "test.conf"
    conf.write_text(conf.read_text() + "read-delay true\nread-delay-duration 200000\n")
    run = Scanning(test_backend, scanner.abilities(test_backend))
    ended: list[type[Exception]] = []

    def scan() -> None:
        try:
            run.run(unheard, lambda _page, _share: run.stop())
        except ScanStopped as error:
            ended.append(type(error))

    thread = Thread(target=scan)
    thread.start()
    thread.join()
    assert ended == [ScanStopped]


def test_a_question_that_takes_long_is_given_up_when_nobody_looks_any_more(tmp_path, monkeypatch):
    slow = tmp_path / scanner.PROGRAM
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    asking = scanner.Asking()
    ended: list[type[Exception]] = []

    def ask() -> None:
        try:
            scanner.scanners(asking)
        except ScanStopped as error:
            ended.append(type(error))

    thread = Thread(target=ask)
    thread.start()
    asking.stop()
    thread.join()
    assert ended == [ScanStopped]


def test_without_the_program_it_says_so(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert not scanner.is_there()
    with pytest.raises(NoScannerProgram):
        scanner.scanners()
    with pytest.raises(NoScannerProgram):
        Scanning(scanner.Scanner(device="x", label="x"), Abilities()).run(unheard, unheard)


def test_a_feeder_without_glass_is_asked_one_sided_and_in_grey():
    able = scanner.read_abilities(OPTIONS)
    assert able == Abilities(grey="Gray", colour="Color", glass="", feeder="ADF Front", dpi=200)


@pytest.mark.parametrize(
    ("values", "dpi"),
    [("75|100|150|300|600dpi", 300), ("100dpi", 100), ("50..150dpi (in steps of 1)", 150), ("", 0)],
)
def test_the_resolution_is_the_least_that_is_enough(values, dpi):
    assert scanner.read_abilities(f"\n    --resolution {values} [75]\n").dpi == dpi


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("scanimage: sane_start: Document feeder out of documents", FeederEmpty),
        ("scanimage: sane_read: Document feeder jammed", FeederJammed),
        ("scanimage: sane_start: Scanner cover is open", CoverOpen),
        ("scanimage: open of device x failed: Device busy", ScannerBusy),
        ("scanimage: sane_start: Error during device I/O", ScanFailed),
    ],
)
def test_what_the_driver_complains_of_is_said_in_our_words(tmp_path, monkeypatch, words, kind):
    program = tmp_path / "scanimage"
    program.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 7\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(kind):
        Scanning(scanner.Scanner(device="x", label="x"), Abilities()).run(unheard, unheard)
