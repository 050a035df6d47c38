"""The scanner's panel over a program that behaves as `scanimage` does, in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.desktop import walks
from tests.ui.desktop.scans.papers import png
from tests.ui.desktop.widgets.showing import show
from ui.desktop.scans.incoming import Brought
from ui.desktop.scans.scanner_panel import ScannerPanel

_PROGRAM = '''#!{python}
"""Says what SANE's program says (recorded from its `test` backend), and gives the same page again and again."""
import signal, sys, time
from pathlib import Path

asked = sys.argv[1:]
said = {{one.partition("=")[0]: one.partition("=")[2] for one in asked}}
if "--formatted-device-list" in said:
    print("test:0\\nNoname frontend-tester")
elif "--all-options" in asked:
    print("    --mode Gray|Color [Gray]\\n    --resolution 1..1200dpi (in steps of 1) [50]")
    print("    --source Flatbed|Automatic Document Feeder [Flatbed]")
else:
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    Path(r"{folder}/asked").write_text(" ".join(asked))
    pages = 3 if "Automatic Document Feeder" in asked else 1
    for page in range(1, min(pages, int(said["--batch-count"])) + 1):
        for share in ("47.1", "94.1", "100.0"):
            print(f"Progress: {{share}}%", end="\\r", file=sys.stderr, flush=True)
        while Path(r"{folder}/slow").exists():
            time.sleep(0.01)
        Path(said["--batch"] % page).write_bytes(Path(r"{folder}/page.png").read_bytes())
        print(f"Scanned page {{page}}. (scanner status = 5)", file=sys.stderr, flush=True)
    if Path(r"{folder}/empty").exists():
        sys.exit("scanimage: sane_start: Document feeder out of documents")
'''


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "scanimage"
    program.write_text(_PROGRAM.format(python=sys.executable, folder=tmp_path), encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "page.png").write_bytes(png(1))
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.fixture
def panel(qtbot: QtBot, folder: Path) -> ScannerPanel:
    made = ScannerPanel()
    made.resize(700, 500)
    show(qtbot, made)
    made.begin()
    qtbot.waitUntil(made.scan.isEnabled)
    return made


@pytest.fixture
def pages(panel: ScannerPanel) -> list[Brought]:
    came: list[Brought] = []
    panel.scanned.connect(came.append)
    return came


def test_a_page_comes_with_one_press_in_grey_and_sharp_enough(panel, pages, qtbot, folder):
    assert panel.scanners.currentText() == "Noname frontend-tester"
    panel.scan.click()
    assert not panel.scan.isEnabled()
    qtbot.waitUntil(lambda: not panel.busy)
    (page,) = pages
    assert len(page.read()) == 1
    asked = (folder / "asked").read_text()
    assert "--mode Gray --source Flatbed --resolution 200" in asked
    assert panel.progress.isHidden()


def test_the_feeder_gives_all_its_pages_in_colour(panel, pages, qtbot, folder):
    panel.colour.setChecked(True)
    panel.feeder.setChecked(True)
    panel.scan.click()
    qtbot.waitUntil(lambda: not panel.busy)
    assert [page.name for page in pages] == ["扫描 1", "扫描 2", "扫描 3"]
    assert "--mode Color --source Automatic Document Feeder" in (folder / "asked").read_text()


def test_it_is_stopped_with_one_press_and_can_begin_again(panel, pages, qtbot, folder):
    (folder / "slow").touch()
    panel.scan.click()
    qtbot.waitUntil(lambda: any("100%" in text for text in walks.texts(panel)))
    panel.progress.cancelled.emit()
    qtbot.waitUntil(lambda: not panel.busy)
    assert pages == []
    assert panel.said.isHidden()
    (folder / "slow").unlink()
    panel.scan.click()
    qtbot.waitUntil(lambda: not panel.busy)
    assert len(pages) == 1


def test_a_scanner_that_is_gone_is_looked_for_again(panel, qtbot, folder):
    (folder / "scanimage").unlink()
    panel.again.click()
    qtbot.waitUntil(lambda: "没有找到扫描仪" in walks.texts(panel))
    assert "扫描文件夹" in " ".join(walks.texts(panel))
    assert walks.faults(panel) == []


def test_nothing_is_left_on_the_disk(panel, pages, qtbot, folder):
    panel.scan.click()
    qtbot.waitUntil(lambda: not panel.busy)
    where = (folder / "asked").read_text().partition("--batch=")[2].partition("/%03d")[0]
    assert where
    assert not Path(where).exists()
