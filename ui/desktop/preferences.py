"""How this computer's desktop is set up; nothing personal, so it stands open beside the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from app.errors import UNREADABLE
from app.store.files import write_durably
from printing.choice import PrinterChoice

FILE = "desktop.json"
ANY_DOCUMENT = ""
"""The key in `Preferences.printers` of the choice for documents that have none of their own."""


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """`printers` by kind of document (a `PaperKind`'s value); `scale` in percent; `file_folder`: where PDF files go.

    `camera` and `scanner` are those used last, by the system's names for them;
    `scan_folder` is where a scanner's own program puts what it scanned.
    """

    theme: Literal["ordinary", "contrast"] = "ordinary"
    scale: Literal[100, 125, 150] = 100
    printers: dict[str, PrinterChoice] = {}
    file_folder: str = ""
    lock_after_min: Annotated[int, msgspec.Meta(ge=1, le=240)] = 10
    rail_collapsed: bool = False
    camera: str = ""
    scanner: str = ""
    scan_folder: str = ""

    def printer_for(self, document: str) -> PrinterChoice:
        """The choice for a kind of document, else the one for any."""
        return self.printers.get(document) or self.printers.get(ANY_DOCUMENT) or PrinterChoice()


def read(folder: Path) -> Preferences:
    """What was kept; the defaults for a new folder or a file that somebody damaged."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Preferences)
    except (OSError, *UNREADABLE):
        return Preferences()


def keep(folder: Path, preferences: Preferences) -> None:
    """Writes to the disk and waits for it: not on the GUI thread. Raises FileNotWritten."""
    write_durably(folder / FILE, msgspec.json.format(msgspec.json.encode(preferences), indent=1))
