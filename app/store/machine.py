"""What belongs to this machine and this login, kept in the system keyring.

A headless machine has no keyring; there the device's passphrase stands alone.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from app.errors import Refused

_SERVICE = "daiban"
_SECRET_SIZE = 32


class KeyringClosed(Refused):
    """The system keyring is there but gives nothing: locked, or somebody said no (fact: detail)."""

    code = "keyring_closed"


def has_keyring() -> bool:
    """Whether the system offers a keyring that can be used."""
    import keyring
    from keyring.backends import fail, null

    return not isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring)


def keep(folder: Path, name: str, value: bytes) -> None:
    import keyring

    with _translated():
        keyring.set_password(_SERVICE, _account(folder, name), base64.b64encode(value).decode())


def kept(folder: Path, name: str) -> bytes | None:
    import keyring

    with _translated():
        text = keyring.get_password(_SERVICE, _account(folder, name))
    return None if text is None else base64.b64decode(text)


def forget(folder: Path, name: str) -> None:
    import keyring

    with _translated():
        if keyring.get_password(_SERVICE, _account(folder, name)) is not None:
            keyring.delete_password(_SERVICE, _account(folder, name))


def secret(folder: Path) -> bytes:
    """The machine secret of this folder, made at its first use.

    One that was lost is made anew, and opens nothing: then the recovery slot is the way in.
    """
    value = kept(folder, "machine")
    if value is None:
        value = secrets.token_bytes(_SECRET_SIZE)
        keep(folder, "machine", value)
    return value


@contextmanager
def _translated() -> Iterator[None]:
    from keyring.errors import KeyringError

    try:
        yield
    except KeyringError as error:
        raise KeyringClosed(detail=str(error)) from error


def _account(folder: Path, name: str) -> str:
    return f"{name}:{sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"
