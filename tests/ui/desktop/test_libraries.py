"""`make setup` names the packages that bring what Qt misses, and goes on."""

import os
import subprocess
import sys
from pathlib import Path

from ui.desktop.libraries import PACKAGES, advice, loader_errors

MISSING = "{}: cannot open shared object file: No such file or directory\n"


def test_a_complete_system_hears_nothing():
    assert advice("") == ""


def test_each_missing_library_is_named_with_its_package():
    for library, (debian, fedora) in PACKAGES.items():
        words = advice(MISSING.format(library))
        assert library in words
        assert f"apt install {debian}\n" in words
        assert words.endswith(f"dnf install {fedora}")


def test_several_libraries_make_one_command_that_names_each_package_once():
    words = advice("".join(map(MISSING.format, PACKAGES)))
    assert words.count("apt install") == 1
    assert words.count("libglib2.0-0") == 1


def test_a_library_nobody_thought_of_is_named_with_the_way_to_find_its_package():
    words = advice(MISSING.format("libnew.so.5"))
    assert "apt-file search libnew.so.5" in words
    assert "apt install" not in words


def test_another_fault_of_qt_is_told_as_it_is():
    assert "undefined symbol: qt_version" in advice("QtCore.so: undefined symbol: qt_version")


def test_the_libraries_of_this_machine_are_either_found_or_named():
    errors = loader_errors()
    assert bool(advice(errors)) == bool(errors)


def test_set_up_goes_on_when_a_library_is_missing(tmp_path):
    broken_qt = tmp_path / "PySide6"
    broken_qt.mkdir()
    (broken_qt / "__init__.py").touch()
    (broken_qt / "QtWidgets.py").write_text(
        f"raise ImportError({MISSING.format('libEGL.so.1').strip()!r})", encoding="utf-8"
    )
    run = subprocess.run(
        [sys.executable, "-m", "ui.desktop.libraries"],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0
    assert "libEGL.so.1" in run.stderr
    assert "libegl1" in run.stderr
