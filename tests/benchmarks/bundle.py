"""The bundle against a bundled bare window: size on the disk, start, memory at rest."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import resources
from tests.benchmarks import stores
from tests.benchmarks.results import Result, ms

_ROOT = Path(__file__).parents[2]
_RUNS = 5
_REST_S = 3.0
_BYTES_IN_MB = 1_000_000


def measure() -> Iterator[Result]:
    with stores.scratch() as folder:
        program = _bundled(folder, "daiban", str(_ROOT / "build.spec"))
        bare = _bundled(
            folder,
            "bare",
            *("--onedir", "--name", "bare", "--paths", str(_ROOT)),
            *("--add-data", f"{resources.path('fonts')}{os.pathsep}fonts"),
            str(_ROOT / "tests" / "benchmarks" / "bare_window.py"),
        )
        floor = "bare window, bundled, same fonts"
        size, bare_size = _size_mb(program.parent), _size_mb(bare.parent)
        yield Result(
            what="bundle on the disk",
            measured=f"{size:.0f} MB",
            floor=f"{floor}: {bare_size:.0f} MB",
            ratio=size / bare_size,
        )
        starts, bares, memory = [], [], []
        for _ in range(_RUNS):
            bares.append(_bare(bare))
            starts.append(_start_s(program))
            memory.append(_memory_mb(program, folder))
        floor_s = median(run["painted"] for run in bares)
        floor_mb = median(run["memory"] for run in bares)
        yield Result(
            what="bundle: first window open",
            measured=f"p50 {ms(median(starts))}",
            floor=f"{floor}: {ms(floor_s)}",
            ratio=median(starts) / floor_s,
            runs=str(_RUNS),
        )
        yield Result(
            what=f"bundle: memory (PSS) {_REST_S:.0f} s after its start",
            measured=f"{median(memory):.0f} MB",
            floor=f"{floor}: {floor_mb:.0f} MB",
            ratio=median(memory) / floor_mb,
            runs=str(_RUNS),
        )


def _bundled(folder: Path, name: str, *arguments: str) -> Path:
    """Build it and return the program."""
    builder = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = [
        *("--distpath", str(folder / "dist")),
        *("--workpath", str(folder / "work")),
    ]
    if not arguments[0].endswith(".spec"):
        places += ["--specpath", str(folder)]
    subprocess.run([*builder, *places, *arguments], check=True, cwd=folder)
    return folder / "dist" / name / name


def _size_mb(folder: Path) -> float:
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sum(file.stat().st_size for file in files) / _BYTES_IN_MB


def _bare(program: Path) -> dict[str, float]:
    fonts = program.parent / "_internal" / "fonts"
    told = _run([str(program), str(time.time()), str(fonts)])
    found: dict[str, float] = json.loads(told.splitlines()[-1])
    return found


def _start_s(program: Path) -> float:
    """As the program itself says it: from the making of its process to its first window."""
    told = re.search(r"打开窗口：好，([\d.]+) 秒", _run([str(program), "--self-check"]))
    assert told is not None
    return float(told[1])


def _memory_mb(program: Path, folder: Path) -> float:
    process = subprocess.Popen(
        [str(program), "--data", str(folder / "new")],
        env=_surroundings(),
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(_REST_S)
        rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    finally:
        process.terminate()
        process.wait()
    pss = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
    assert pss is not None
    return int(pss[1]) * 1024 / _BYTES_IN_MB


def _run(words: list[str]) -> str:
    run = subprocess.run(words, check=True, stdout=subprocess.PIPE, env=_surroundings())
    return run.stdout.decode()


def _surroundings() -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
