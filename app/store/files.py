"""Small files that must be whole after a power cut."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from app.errors import Refused


class FileNotWritten(Refused):
    """What stood in the file stays as it was (facts: file; why: `full`, or `closed` for anything else)."""

    code = "file_not_written"


def write_durably(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace a file in one step, readable by its owner only unless `mode` says otherwise; then it is on the disk.

    Raises FileNotWritten.
    """
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)  # half of it only takes room
        raise FileNotWritten(file=str(path), why=why_not(error)) from error


def why_not(error: OSError) -> str:
    """`full` if there was no room, else `closed`."""
    return "full" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else "closed"


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable, where the system lets a folder be opened."""
    if os.name == "nt":  # Windows opens no folders and writes their entries through
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
