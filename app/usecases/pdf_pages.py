"""The pages of a PDF that somebody scanned, as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

ONE_AT_A_TIME = Lock()
"""pdfium knows nothing of threads: whoever uses it anywhere in the program holds this."""
_SMALLEST_SIDE = 1.0
"""Points: less is no page."""


class UnreadablePdf(Exception):
    """What pdfium says of it: never seen by people, `app.usecases.scans` says what it means."""

    def __init__(self, *, locked: bool) -> None:
        super().__init__()
        self.locked = locked


def pictures(pdf: bytes, longest_side: int, most: int) -> Iterator[Image]:
    """The pages one after another, each drawn so that its longer side has so many pixels; at most one more than `most`.

    Raises UnreadablePdf.
    """
    import pypdfium2

    try:
        with ONE_AT_A_TIME:
            document = pypdfium2.PdfDocument(pdf)
            pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf(locked="password" in str(error).lower()) from error
    try:
        for number in range(min(pages, most + 1)):
            try:
                with ONE_AT_A_TIME:
                    page = document[number]
                    width, height = page.get_size()
                    if not min(width, height) >= _SMALLEST_SIDE:
                        raise UnreadablePdf(locked=False)
                    bitmap = page.render(scale=(longest_side - 1) / max(width, height))
                    picture = bitmap.to_pil().convert("RGB")
                    bitmap.close()
                    page.close()
            except pypdfium2.PdfiumError as error:
                raise UnreadablePdf(locked=False) from error
            yield picture
    finally:
        with ONE_AT_A_TIME:
            document.close()
