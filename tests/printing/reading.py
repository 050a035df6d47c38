"""A printed document, read back as somebody else's program reads it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image
from pypdfium2 import raw

MM = 72 / 25.4


class Printed:
    """A PDF opened by pdfium. Positions are points from the top left corner of the page."""

    def __init__(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(pdf)
        self.pages = list(self._document)

    @cached_property
    def texts(self) -> list[str]:
        """What one copies from each page, without line ends and spaces."""
        return ["".join(page.get_textpage().get_text_range().split()) for page in self.pages]

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def picture(self, page: int = 0, *, dots_per_point: float = 2.0) -> Image.Image:
        picture: Image.Image = self.pages[page].render(scale=dots_per_point).to_pil()
        return picture.convert("L")

    def codes(self, page: int = 0) -> list[str]:
        only = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        found = zxingcpp.read_barcodes(self.picture(page, dots_per_point=3), formats=only)
        return [code.text for code in found]

    def size_mm(self, page: int = 0) -> tuple[int, int]:
        width, height = self.pages[page].get_size()
        return round(width / MM), round(height / MM)

    def origins(self, page: int = 0) -> Iterator[tuple[str, float, float, float]]:
        """Each UTF-16 unit with x and y of its origin on the baseline, and its size."""
        text = self.pages[page].get_textpage()
        height = self.pages[page].get_height()
        for n in range(text.count_chars()):
            x, y = _two_doubles(raw.FPDFText_GetCharOrigin, text, n)
            unit = chr(raw.FPDFText_GetUnicode(text.raw, n))
            yield unit, x, height - y, raw.FPDFText_GetFontSize(text.raw, n)

    def font_of(self, character: str, page: int = 0) -> str:
        """Name of the font in which the first such character is drawn."""
        text = self.pages[page].get_textpage()
        unit = int.from_bytes(character.encode("utf-16-be")[:2], "big")  # pdfium counts in these
        for n in range(text.count_chars()):
            if raw.FPDFText_GetUnicode(text.raw, n) == unit:
                name = raw.create_string_buffer(100)
                raw.FPDFText_GetFontInfo(text.raw, n, name, 100, None)
                return str(name.value, "ascii")
        raise LookupError(character)


def _two_doubles(call: Any, text: Any, n: int) -> tuple[float, float]:
    x, y = raw.c_double(), raw.c_double()
    assert call(text.raw, n, x, y)
    return x.value, y.value
