"""Pictures of pages, so that a paper can be looked at without a reader of PDF."""

from __future__ import annotations

from pathlib import Path

_SCALE = 1.5  # 108 pixels an inch: a page is about 900 by 1,260


def pictures_of(pdf: Path) -> list[str]:
    """Draw every page beside the file; the names of the pictures, or none where pypdfium2 is not installed."""
    try:
        import pypdfium2
    except ModuleNotFoundError:
        return []
    names = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, start=1):
            picture = pdf.with_name(f"{pdf.stem}-{number}.png")
            page.render(scale=_SCALE).to_pil().save(picture)
            names.append(picture.name)
    finally:
        document.close()
    return names
