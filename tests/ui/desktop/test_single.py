"""A data folder has one desktop; a second start raises it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from ui.desktop.single import Single

PROJECT = Path(__file__).parents[3]
FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.desktop.single import Single
app = QCoreApplication([])
single = Single(Path(sys.argv[1]))
assert single.claim()
single.listen()
single.raised.connect(lambda: print("raised", flush=True))
print("claimed", flush=True)
app.exec()
"""


@pytest.fixture
def first(tmp_path):
    """Another process that has claimed the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", FIRST, str(tmp_path)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "claimed\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_start_raises_the_first(first, tmp_path, qapp):
    second = Single(tmp_path)
    assert not second.claim()
    assert second.raise_first()
    assert first.stdout.readline() == "raised\n"


def test_one_that_crashed_is_in_nobodys_way(first, tmp_path, qapp):
    first.send_signal(signal.SIGKILL)
    first.wait()
    next_one = Single(tmp_path)
    assert next_one.claim()
    next_one.release()


def test_after_a_crash_a_second_start_still_finds_the_new_first(first, tmp_path, qtbot):
    first.kill()
    first.wait()
    next_one = Single(tmp_path)
    assert next_one.claim()
    next_one.listen()
    process = subprocess.Popen([sys.executable, "-c", SECOND, str(tmp_path)], cwd=PROJECT)
    with qtbot.waitSignal(next_one.raised, timeout=30_000):
        pass
    assert process.wait(30) == 0
    next_one.release()


SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.desktop.single import Single
app = QCoreApplication([])
single = Single(Path(sys.argv[1]))
sys.exit(0 if not single.claim() and single.raise_first() else 1)
"""


def test_another_folder_is_another_desktop(first, tmp_path, qapp):
    (tmp_path / "other").mkdir()
    other = Single(tmp_path / "other")
    assert other.claim()
    other.release()


def test_a_folder_that_was_left_can_be_claimed_again(tmp_path, qapp):
    before = Single(tmp_path)
    assert before.claim()
    before.release()
    after = Single(tmp_path)
    assert after.claim()
    after.release()


def test_one_that_is_only_starting_is_waited_for(tmp_path, qtbot):
    first = Single(tmp_path)
    assert first.claim()
    process = subprocess.Popen([sys.executable, "-c", SECOND, str(tmp_path)], cwd=PROJECT)
    QTimer.singleShot(1_000, first, first.listen)
    with qtbot.waitSignal(first.raised, timeout=30_000):
        pass
    assert process.wait(30) == 0
    first.release()


def test_one_that_hangs_is_told_apart_from_one_that_answers(first, tmp_path, qapp, monkeypatch):
    monkeypatch.setattr("ui.desktop.single._ANSWER_MS", 300)
    first.send_signal(signal.SIGSTOP)
    try:
        assert not Single(tmp_path).raise_first()
    finally:
        first.send_signal(signal.SIGCONT)
