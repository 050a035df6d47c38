"""No test of the foundation touches the keyring of whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from tests.app.store.keyrings import MemoryKeyring


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    """A machine without one, as servers are."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def memory_keyring(no_keyring: None) -> MemoryKeyring:
    """A machine with one, as desktops are."""
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    return ring
