"""The program as it is started: with a window, without a screen, twice, and on a folder that cannot be opened."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
PROGRAM = [sys.executable, "-m", "ui.commands.main"]
BARE = {
    name: value
    for name, value in os.environ.items()
    if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "DAIBAN_DATA")
}
OFFSCREEN = {**BARE, "QT_QPA_PLATFORM": "offscreen"}
WATCHED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui.desktop import application
from ui.desktop.start import flow
class Told(flow.Flow):
    def begin(self):
        super().begin()
        self.shell.come_forward = lambda: (print("raised", flush=True), self.shell.close())
        self.tell()
    def tell(self):
        if self.shell.page is None:
            QTimer.singleShot(10, self.tell)
            return
        print("open", type(self.shell.page).__name__, flush=True)
        QTimer.singleShot(0, lambda: ({then}))
    def begin_with(self, error):
        super().begin_with(error)
        print("trouble", error.code, flush=True)
        QTimer.singleShot(0, self.shell.close)
flow.Flow = Told
sys.exit(application.run(Path(sys.argv[1])))
"""


def ended(*command, env, cwd=PROJECT):
    return subprocess.run(
        [*command], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=120
    )


def desktop(data, then="self.shell.close()", env=OFFSCREEN):
    """A process that opens the desktop, says what it shows, and then does something."""
    return subprocess.Popen(
        [sys.executable, "-c", WATCHED.format(then=then), str(data)],
        cwd=PROJECT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture
def running():
    """Desktops that are ended whatever happens."""
    started = []

    def begin(data, then="None"):
        process = desktop(data, then)
        started.append(process)
        assert process.stdout.readline() == "open CodeStep\n", process.stderr.read()
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def test_an_empty_folder_opens_at_the_first_start_and_closing_ends_with_0(tmp_path):
    process = desktop(tmp_path / "new")
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (0, "open CodeStep\n"), err
    assert err == ""


def test_a_second_start_raises_the_first_and_ends_with_0(tmp_path, running):
    first = running(tmp_path)
    second = ended(*PROGRAM, "--data", str(tmp_path), env=OFFSCREEN)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert first.stdout.readline() == "raised\n"
    assert first.wait(60) == 0


def test_one_that_was_killed_is_in_nobodys_way(tmp_path, running):
    first = running(tmp_path)
    first.send_signal(signal.SIGKILL)
    first.wait()
    running(tmp_path)


def test_without_a_screen_a_plain_sentence_is_said_and_the_program_ends_with_1(tmp_path):
    said = ended(*PROGRAM, env={**BARE, "DAIBAN_DATA": str(tmp_path)})
    assert (said.returncode, said.stdout) == (1, "")
    assert "没有可以显示窗口的屏幕" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only X11 can be named and away")
def test_a_screen_that_does_not_answer_is_no_crash(tmp_path):
    said = ended(*PROGRAM, "--data", str(tmp_path), env={**BARE, "DISPLAY": ":987"})
    assert said.returncode == 1
    assert "没有可以显示窗口的屏幕" in said.stderr
    assert "could not connect" not in said.stderr


def test_a_qt_that_does_not_load_names_what_is_missing(tmp_path):
    broken_qt = tmp_path / "PySide6"
    broken_qt.mkdir()
    (broken_qt / "__init__.py").touch()
    (broken_qt / "QtWidgets.py").write_text(
        "raise ImportError('libEGL.so.1: cannot open shared object file: No such file')",
        encoding="utf-8",
    )
    said = ended(
        *PROGRAM, "--data", str(tmp_path / "data"), env={**OFFSCREEN, "PYTHONPATH": str(tmp_path)}
    )
    assert said.returncode == 1
    assert "缺少系统组件" in said.stderr
    assert "libegl1" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_told_in_the_window(tmp_path):
    tmp_path.chmod(0o500)
    process = desktop(tmp_path / "new")
    out, _ = process.communicate(timeout=120)
    tmp_path.chmod(0o700)
    assert (process.returncode, out) == (1, "trouble folder_closed\n")


def test_a_file_where_the_folder_should_be_is_told_in_the_window(tmp_path):
    (tmp_path / "file").touch()
    process = desktop(tmp_path / "file" / "data")
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (1, "trouble folder_closed\n"), err


def test_qt_speaks_chinese_in_its_own_dialogs(tmp_path):
    asked = "print(self._application.translate('QPlatformTheme', 'Cancel')), self.shell.close()"
    process = desktop(tmp_path, asked)
    out, err = process.communicate(timeout=120)
    assert "取消" in out, err


def test_a_bug_in_a_slot_is_logged_told_once_and_the_work_goes_on(tmp_path):
    watched = (
        "QTimer.singleShot(0, lambda: 1 / 0), QTimer.singleShot(50, lambda: 1 / 0), "
        "QTimer.singleShot(1500, lambda: (print(len(["
        "one for one in self.shell.children() if type(one).__name__ == 'Notice'])), "
        "self._application.closeAllWindows()))"
    )
    process = desktop(tmp_path, watched)
    out, err = process.communicate(timeout=120)
    assert out.splitlines()[-1] == "1", err
    assert process.returncode == 0
    assert "ZeroDivisionError" in (tmp_path / "logs" / "daiban.log").read_text("utf-8")
    assert err == ""


def test_qt_reads_the_source_of_no_module_that_is_loaded_after_it():
    """A later PySide6 may put its hook elsewhere; then starting slows down by half."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import linecache\n"
            "from ui.desktop.application import qt_application\n"
            "application = qt_application()\n"
            "from ui.desktop.window.main_window import MainWindow\n"
            "print(any('main_window' in name for name in linecache.cache))\n",
        ],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert told.stdout == "False\n"
