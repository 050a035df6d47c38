"""The floor of the documents: the same pages without a program, drawn by reportlab alone."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import msgspec
import pypdfium2
import zxingcpp
from pypdfium2 import raw
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import resources

_SEGMENTS = 5
"""Of a rectangle in a PDF."""


class BareText(msgspec.Struct, frozen=True, kw_only=True):
    x: float
    y: float
    font: str
    points: float
    text: str


class BareShape(msgspec.Struct, frozen=True, kw_only=True):
    """So many rectangles in one: the code is a shape of many."""

    left: float
    bottom: float
    right: float
    top: float
    rectangles: int


class BarePage(msgspec.Struct, frozen=True, kw_only=True):
    width: float
    height: float
    texts: tuple[BareText, ...]
    shapes: tuple[BareShape, ...]


class BarePages(msgspec.Struct, frozen=True, kw_only=True):
    """`code` is what the QR code says; "" if there is none."""

    pages: tuple[BarePage, ...]
    code: str

    def draw(self) -> bytes:
        if self.code:
            zxingcpp.create_barcode(self.code, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        content = BytesIO()
        canvas = Canvas(content, pageCompression=1)
        for page in self.pages:
            canvas.setPageSize((page.width, page.height))
            for text in page.texts:
                canvas.setFont(_registered(text.font), text.points)
                canvas.drawString(text.x, text.y, text.text)
            for shape in page.shapes:
                path = canvas.beginPath()
                high = (shape.top - shape.bottom) / shape.rectangles
                for n in range(shape.rectangles):
                    path.rect(shape.left, shape.bottom + n, shape.right - shape.left, high)
                canvas.drawPath(path)
            canvas.showPage()
        canvas.save()
        return content.getvalue()


def read(pdf: bytes, code: str) -> BarePages:
    document = pypdfium2.PdfDocument(pdf)
    return BarePages(pages=tuple(map(_page, document)), code=code)


def _page(page: Any) -> BarePage:
    width, height = page.get_size()
    return BarePage(
        width=width, height=height, texts=tuple(_texts(page)), shapes=tuple(_shapes(page))
    )


def _texts(page: Any) -> Iterator[BareText]:
    words = page.get_textpage()
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        matrix = one.get_matrix()
        length = raw.FPDFTextObj_GetText(one.raw, words.raw, None, 0)
        buffer = raw.create_string_buffer(length)
        raw.FPDFTextObj_GetText(
            one.raw, words.raw, raw.cast(buffer, raw.POINTER(raw.FPDF_WCHAR)), length
        )
        points = raw.c_float()
        raw.FPDFTextObj_GetFontSize(one.raw, points)
        name = raw.create_string_buffer(100)
        raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(one.raw), name, 100)
        yield BareText(
            x=matrix.e,
            y=matrix.f,
            font=name.value.decode().rpartition("+")[2],
            points=points.value,
            text=buffer.raw[: length - 2].decode("utf-16-le", "ignore"),
        )


def _shapes(page: Any) -> Iterator[BareShape]:
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = one.get_bounds()
        rectangles = max(1, raw.FPDFPath_CountSegments(one.raw) // _SEGMENTS)
        yield BareShape(left=left, bottom=bottom, right=right, top=top, rectangles=rectangles)


def _registered(name: str) -> str:
    bare = f"bare {name}"
    if bare not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(bare, str(resources.path(f"fonts/{name}.ttf"))))
    return bare
