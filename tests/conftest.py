"""What every test stands on."""

from __future__ import annotations

import gc
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import keyring
import pytest
from hypothesis import settings

from tests.keyrings import MemoryKeyring
from ui import logs

# No test, and no program that a test starts, touches the keyring of whoever runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# A slow machine is not a wrong answer, and CI tries the same examples each time.
settings.register_profile("daiban", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("long", parent=settings.get_profile("daiban"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "daiban"))


def pytest_collection_finish() -> None:
    """What is loaded stays: the cycle collector need not look through it again after every test, which takes longer
    than most tests do.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    """A machine with a keyring, as desktops are."""
    before = keyring.get_keyring()
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def _no_log_is_left() -> Iterator[None]:
    """A test that leaves its log behind would have the next one write into its folder."""
    yield
    if logs.path_in_use() is not None:
        logs.begin(Path("nowhere"))


_started: list[subprocess.Popen[Any]] = []


class _Noted(subprocess.Popen[Any]):
    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        _started.append(self)


@pytest.fixture(autouse=True)
def _no_process_outlives_its_test() -> Iterator[None]:
    """A test that fails halfway does not leave it to the next one to stumble over its processes."""
    with patch.object(subprocess, "Popen", _Noted):
        yield
    outlived = [process.args for process in _started if process.poll() is None]
    while _started:
        process = _started.pop()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
    assert not outlived
