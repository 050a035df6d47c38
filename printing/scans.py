"""Scans put on paper as they are: each page image as large as fits on A4, which lies across where the image is wide."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

_MARGIN: Final = 24.0
"""Points: what most printers cannot reach."""


def scans_pdf(images: Sequence[bytes], *, title: str) -> bytes:
    """A PDF of JPEG and PNG images in their order; a JPEG goes in as it is, without being encoded again.

    Raises OSError for what is no image.
    """
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    into = io.BytesIO()
    canvas = Canvas(into, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    for content in images:
        image = ImageReader(io.BytesIO(content))
        width, height = image.getSize()
        sheet = landscape(A4) if width > height else A4
        canvas.setPageSize(sheet)
        room = (sheet[0] - 2 * _MARGIN, sheet[1] - 2 * _MARGIN)
        scale = min(room[0] / width, room[1] / height)
        size = (width * scale, height * scale)
        canvas.drawImage(
            image, (sheet[0] - size[0]) / 2, (sheet[1] - size[1]) / 2, *size, mask=None
        )
        canvas.showPage()
    canvas.save()
    return into.getvalue()
