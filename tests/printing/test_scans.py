"""Scans on paper: each on a sheet of its own, as large as fits, and a JPEG as it was."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

from printing.scans import scans_pdf

_A4 = (595, 842)


def encoded(size: tuple[int, int], kind: str, mode: str = "L") -> bytes:
    into = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(into, kind)
    return into.getvalue()


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [tuple(round(side) for side in page.get_size()) for page in document]


def test_each_page_has_a_sheet_and_a_wide_one_lies_across():
    images = [
        encoded((620, 877), "JPEG"),
        encoded((900, 500), "JPEG", "RGB"),
        encoded((620, 877), "PNG", "1"),
    ]
    assert sizes(scans_pdf(images, title="扫描件")) == [_A4, _A4[::-1], _A4]


def test_a_jpeg_goes_in_as_it_is():
    image = encoded((1240, 1754), "JPEG")
    pdf = scans_pdf([image], title="户口簿")
    with pypdfium2.PdfDocument(pdf) as document:
        (held,) = document[0].get_objects()
        assert bytes(held.get_data(decode_simple=True)) == image


def test_the_same_images_give_the_same_bytes():
    images = [encoded((300, 400), "PNG", "1")]
    assert scans_pdf(images, title="x") == scans_pdf(images, title="x")
