"""What every test stands on."""

from __future__ import annotations

import os
from collections.abc import Iterator

import keyring
import pytest
from hypothesis import settings

from tests.keyrings import MemoryKeyring

# No test, and no program that a test starts, touches the keyring of whoever runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# A slow machine is not a wrong answer, and CI tries the same examples each time.
settings.register_profile("daiban", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("daiban")


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    """A machine with a keyring, as desktops are."""
    before = keyring.get_keyring()
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)
