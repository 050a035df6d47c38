"""A folder into which a scanner's own program puts what it scanned: what is new there, once it is whole.

Knows no Qt; looked at again and again, off the GUI thread (the folder may be another computer's).
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from app.errors import Refused

SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".pdf", ".tif", ".tiff", ".bmp"})
RECENT_S: Final = 600
"""What was scanned so long before somebody looks belongs to this visit."""


class NoScanFolder(Refused):
    """The folder is not there, or cannot be read (fact: folder)."""

    code = "no_scan_folder"


class Watched:
    """What lies in one folder. A file is whole when two looks find it the same."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: dict[Path, tuple[int, int]] = {}
        self._taken: set[tuple[Path, int, int]] = set()

    def look(self, *, now_s: float | None = None) -> list[Path]:
        """Recent files that nobody has taken, in the order of writing. Raises NoScanFolder."""
        now = time.time() if now_s is None else now_s
        there: dict[Path, tuple[int, int]] = {}
        try:
            for file in self.folder.iterdir():
                if file.suffix.lower() in SUFFIXES and file.is_file():
                    state = file.stat()
                    if state.st_size and now - state.st_mtime < RECENT_S:
                        there[file] = (state.st_mtime_ns, state.st_size)
        except OSError as error:
            raise NoScanFolder(folder=str(self.folder)) from error
        whole = [
            file
            for file, state in there.items()
            if self._seen.get(file) == state and (file, *state) not in self._taken
        ]
        self._seen = there
        return sorted(whole, key=lambda file: (there[file], file.name))

    def took(self, file: Path) -> None:
        """Not offered again, unless something else is written under its name."""
        if file in self._seen:
            self._taken.add((file, *self._seen[file]))
