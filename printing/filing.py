"""Documents kept as PDF files, where no printer is or somebody wants the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from app.errors import Refused
from app.store.files import FileNotWritten, why_not, write_durably

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(
    r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE
)  # Windows keeps them for itself
_LONGEST_BYTES = 210  # of 255: " (2)", the ending, and what a file is called while it is written


class PapersUnwritable(Refused):
    """The PDF could not be written: facts `folder`, `why` (`full`, or anything else)."""

    code = "papers_unwritable"


def file_pdf(pdf: bytes, *, title: str, folder: Path) -> Path:
    """Write a PDF under its title; it is on the disk when this returns. A file that is there stays.

    Raises PapersUnwritable.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = next(file for file in _names(folder / file_name(title)) if not file.exists())
    except OSError as error:
        raise PapersUnwritable(folder=str(folder), why=why_not(error)) from error
    return save_pdf(pdf, file)


def save_pdf(pdf: bytes, file: Path) -> Path:
    """Write a PDF where somebody chose, over what is there. Raises PapersUnwritable."""
    try:
        write_durably(file, pdf)
    except FileNotWritten as error:
        raise PapersUnwritable(folder=str(file.parent), why=error.facts["why"]) from error
    return file


def file_name(title: str) -> str:
    """The title as a file may be called."""
    name = _UNFIT.sub("_", title).strip(" .").encode(errors="replace")[:_LONGEST_BYTES]
    told = name.decode(errors="ignore").rstrip(" .") or "文书"
    return f"{'_' * bool(_RESERVED.match(told))}{told}.pdf"


def _names(first: Path) -> Iterator[Path]:
    yield first
    for n in count(2):
        yield first.with_name(f"{first.stem} ({n}){first.suffix}")
