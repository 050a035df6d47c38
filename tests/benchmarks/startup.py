"""The command line, from the key to its end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from statistics import median

from tests.benchmarks import stores
from tests.benchmarks.results import Result, ms, seconds

_RUNS = 15
_CASES = 1_000
_ENTRY = "from ui.commands.main import main; main()"


def measure() -> Iterator[Result]:
    with stores.copy_with(_CASES) as store:
        commands = {
            "python that does nothing": ["-c", "pass"],
            "daiban --help": ["-c", _ENTRY, "--help"],
            "daiban case list": ["-c", _ENTRY, "case", "list", "--data", str(store.folder)],
            "daiban status": ["-c", _ENTRY, "status", "--data", str(store.folder)],
        }
        found: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(_RUNS):
            for name, arguments in commands.items():
                found[name].append(seconds(partial(_run, arguments)))
    bare, *others = [(name, median(took)) for name, took in found.items()]
    for name, took in others:
        yield Result(
            what=f"{name}, start to end",
            measured=f"p50 {ms(took)}",
            floor=f"{bare[0]}: {ms(bare[1])}",
            ratio=took / bare[1],
            runs=f"{_RUNS}",
        )


def _run(arguments: list[str]) -> None:
    assert stores.UNLOCK.passphrase is not None
    surroundings = {**os.environ, "DAIBAN_PASSPHRASE": stores.UNLOCK.passphrase}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=surroundings)
