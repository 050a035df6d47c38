"""Documents that a command writes where somebody named a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.store.files import FileNotWritten, write_durably
from ui.commands.refusals import UnwritableFile


def write_pdf(out: Path, pdf: bytes) -> None:
    """In place of what stood there. Raises UnwritableFile."""
    try:
        write_durably(out, pdf, mode=0o644)
    except FileNotWritten as error:
        raise UnwritableFile(file=str(out)) from error


@contextmanager
def drawn_first(out: Path) -> Iterator[Callable[[bytes], bytes]]:
    """A number is used only for pages that are on the disk: what is given writes them beside `out`.

    They take its place when the block ends well, and go when it does not. Raises UnwritableFile.
    """
    fresh = out.with_name(f"{out.name}.new")

    def keep(pdf: bytes) -> bytes:
        try:
            write_durably(fresh, pdf, mode=0o644)
        except FileNotWritten as error:
            raise UnwritableFile(file=str(out)) from error
        return pdf

    try:
        yield keep
        try:
            fresh.replace(out)
        except OSError as error:
            raise UnwritableFile(file=str(out)) from error
    finally:
        fresh.unlink(missing_ok=True)
