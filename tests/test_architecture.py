"""The design's import contracts hold, and each is seen failing once."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PACKAGES = ("app", "ui", "sync", "printing", "resources")
LINTER = "from importlinter.cli import lint_imports_command as lint; lint()"

ONE_WAY = "Imports point one way: ui, then sync or printing, then app, then resources"
IN_APP = "In app: usecases, then store or workbooks, then domain, then journal"
IN_SYNC = "In sync: client and centre know the protocol, not each other"
DOMAIN = "The domain imports its own small libraries only"
QT = "PySide6 only in the desktop and the printer"
DATABASE = "peewee only in the store and the centre"
HTTP = "requests only in the client"
PDF = "reportlab only in printing"
EXCEL = "openpyxl only in the workbooks"

OFFENCES = [
    (ONE_WAY, "app/usecases/__init__.py", "import sync.protocol"),
    (ONE_WAY, "sync/client/__init__.py", "import printing"),
    (ONE_WAY, "printing/__init__.py", "import sync"),
    (ONE_WAY, "printing/__init__.py", "import ui.commands"),
    (ONE_WAY, "resources/__init__.py", "import app"),
    (IN_APP, "app/store/__init__.py", "import app.usecases"),
    (IN_APP, "app/store/__init__.py", "import app.workbooks"),
    (IN_APP, "app/journal/__init__.py", "import app.store"),
    (IN_APP, "app/journal/__init__.py", "import app.domain"),
    (IN_SYNC, "sync/client/__init__.py", "import sync.centre"),
    (IN_SYNC, "sync/centre/__init__.py", "import sync.client"),
    (IN_SYNC, "sync/protocol.py", "import sync.client"),
    (DOMAIN, "app/domain/__init__.py", "import cryptography"),
    (DOMAIN, "app/domain/__init__.py", "from pypinyin import lazy_pinyin"),
    (QT, "ui/commands/__init__.py", "from PySide6.QtCore import QObject"),
    (QT, "printing/__init__.py", "import PySide6"),
    (DATABASE, "app/usecases/__init__.py", "import peewee"),
    (DATABASE, "sync/client/__init__.py", "import playhouse.sqlcipher_ext"),
    (DATABASE, "app/journal/__init__.py", "import sqlcipher3"),
    (HTTP, "ui/commands/__init__.py", "import requests"),
    (HTTP, "sync/centre/__init__.py", "import requests"),
    (EXCEL, "app/usecases/__init__.py", "import openpyxl"),
    (PDF, "ui/commands/__init__.py", "import reportlab.pdfgen.canvas"),
]


@pytest.fixture
def tree(tmp_path):
    """A copy of the sources that may be spoilt."""
    for package in PACKAGES:
        for source in (PROJECT / package).rglob("*.py"):
            copy = tmp_path / source.relative_to(PROJECT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
    (tmp_path / "tests").mkdir()
    shutil.copyfile(PROJECT / "tests" / "contracts.py", tmp_path / "tests" / "contracts.py")
    shutil.copyfile(PROJECT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def lint(tree):
    """The linter's exit code and, for each contract, whether it was kept."""
    run = subprocess.run(
        [sys.executable, "-c", LINTER, "--no-cache"],
        cwd=tree,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lines = run.stdout.splitlines()
    kept = {line.removesuffix(" KEPT"): True for line in lines if line.endswith(" KEPT")}
    broken = {line.removesuffix(" BROKEN"): False for line in lines if line.endswith(" BROKEN")}
    assert kept | broken, run.stdout + run.stderr
    return run.returncode, kept | broken


def contracts():
    config = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    return {contract["name"] for contract in config["tool"]["importlinter"]["contracts"]}


def test_the_sources_keep_every_contract(tree):
    assert lint(tree) == (0, dict.fromkeys(contracts(), True))


@pytest.mark.parametrize(
    ("contract", "file", "offence"), OFFENCES, ids=[f"{file}: {line}" for _, file, line in OFFENCES]
)
def test_one_offending_import_breaks_the_contract_against_it(tree, contract, file, offence):
    with (tree / file).open("a", encoding="utf-8") as source:
        source.write(f"\n{offence}\n")
    code, kept = lint(tree)
    assert code == 1
    assert kept[contract] is False


def test_every_contract_is_seen_failing():
    assert {contract for contract, _, _ in OFFENCES} == contracts()
