"""What every test stands on."""

from __future__ import annotations

import gc
import os
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import keyring
import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import settings

from app.store import backup_file, keyslots
from tests.keyrings import MemoryKeyring
from ui import logs

# No test, and no program that a test starts, touches the keyring of whoever runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# A slow machine is not a wrong answer, and CI tries the same examples each time.
settings.register_profile("daiban", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("long", parent=settings.get_profile("daiban"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "daiban"))

gc.disable()  # what is loaded now stays


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What tries Python's collector comes first: later it would take what thousands of tests have left of Qt, at once,
    and Qt's bindings do not always survive that.
    """
    items.sort(key=lambda item: item.path.name != "test_collecting.py")


def pytest_collection_finish() -> None:
    """The cycle collector need not look through it after every test: that takes longer than most tests do."""
    gc.collect()
    gc.freeze()
    gc.enable()


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


class _Remembered:
    """Argon2id, which is slow on purpose, once for each secret, salt and cost: it says the same each time."""

    def __init__(self, **said: Any) -> None:
        self._said = said

    def derive(self, secret: bytes) -> bytes:
        return _stretched(secret, **self._said)


@cache
def _stretched(secret: bytes, **said: Any) -> bytes:
    return Argon2id(**said).derive(secret)


@pytest.fixture(scope="session", autouse=True)
def _what_was_stretched_is_remembered() -> Iterator[None]:
    with (
        patch.object(keyslots, "Argon2id", _Remembered),
        patch.object(backup_file, "Argon2id", _Remembered),
    ):
        yield


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
