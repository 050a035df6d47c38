"""Files that somebody names: read whole, or written whole."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.errors import Refused
from app.store.files import write_durably

_LARGEST: Final = 64 * 1024 * 1024
"""Bytes that are read of a file at most; whoever reads it says what is too large for them."""


class UnreadableFile(Refused):
    """A file that was named cannot be read (fact: file)."""

    code = "unreadable_file"


def read(file: Path) -> bytes:
    """Raises UnreadableFile."""
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError as error:
        raise UnreadableFile(file=str(file)) from error


def write(file: Path, content: bytes) -> None:
    """In place of what stood there. Raises FileNotWritten."""
    write_durably(file, content)


def write_for_all(file: Path, content: bytes) -> None:
    """The same for what another person's computer must be able to read. Raises FileNotWritten."""
    write_durably(file, content, mode=0o644)
