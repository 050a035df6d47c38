"""`make` explains itself, and says plainly what is wrong with the Python it is given."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).parents[1] / "Makefile"

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="there is no make here")


def make(folder, *words):
    """Run make where nothing is set up yet; its exit code and all it said."""
    command = ["make", "--file", MAKEFILE, *words]
    for needed in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        (folder / needed).touch()
    # These tests may themselves be run by make, which tells its children so.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MF"))}
    run = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def a_python_that_fails_at(folder, question):
    """A stand-in for python3 that fails when its arguments hold `question`."""
    program = folder / "python3"
    program.write_text(f'#!/bin/sh\ncase "$*" in *{question}*) exit 1;; esac\necho Python 3.9.2\n')
    program.chmod(0o755)
    return f"PYTHON={program}"


def test_make_alone_explains_every_target(tmp_path):
    targets = re.findall(r"^\.PHONY: (.*)$", MAKEFILE.read_text("utf-8"), re.MULTILINE)[0].split()
    code, said = make(tmp_path)
    assert code == 0
    assert [line.split()[1] for line in said.splitlines()] == targets


def test_an_old_python_is_named_with_its_version(tmp_path):
    code, said = make(tmp_path, "setup", a_python_that_fails_at(tmp_path, "version_info"))
    assert code != 0
    assert "needs Python 3.11 or later" in said
    assert "Python 3.9.2" in said


def test_a_python_without_venv_is_told_with_the_package_that_brings_it(tmp_path):
    code, said = make(tmp_path, "setup", a_python_that_fails_at(tmp_path, "ensurepip"))
    assert code != 0
    assert "apt install python3-venv" in said


def test_no_python_at_all_is_told_with_the_package_that_brings_it(tmp_path):
    code, said = make(tmp_path, "setup", "PYTHON=no-such-python3")
    assert code != 0
    assert "apt install python3 python3-venv" in said
