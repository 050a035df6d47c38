"""Pages of a PDF as pictures."""

from threading import Thread

import pytest
from PIL import Image, ImageChops

from printing import render
from printing.pages import Pages, UnreadablePages
from tests.printing.reading import Printed
from tests.printing.samples import a_receipt, a_slip


def test_a_page_is_drawn_as_anybody_draws_it():
    pdf = render(a_receipt())
    with Pages(pdf) as pages:
        drawn = pages.picture(1, 2.0)
    bitmap = Printed(pdf).pages[1].render(scale=2, grayscale=True)
    assert (drawn.width, drawn.height, drawn.stride) == (bitmap.width, bitmap.height, bitmap.stride)
    assert drawn.dots == bytes(bitmap.buffer)


@pytest.mark.parametrize("rows", [100, 255, 256, 841, 842, 843, 10_000])
def test_the_bands_of_a_page_make_the_page(rows):
    with Pages(render(a_slip())) as pages:
        width, height = pages.size_in_dots(0, 2.7)
        bands = list(pages.bands(0, 2.7, rows=rows))
        whole = pages.picture(0, 2.7)
    assert all(band.height == rows for band in bands[:-1])
    assert sum(band.height for band in bands) == height
    assert (whole.width, whole.height) == (width, height)
    size = (width, height)
    joined = Image.frombytes("L", size, b"".join(map(rows_of, bands)))
    difference = ImageChops.difference(joined, Image.frombytes("L", size, rows_of(whole)))
    assert sum(difference.histogram()[5:]) == 0  # of 255: pdfium rounds positions


def test_sizes_are_told_in_points():
    with Pages(render(a_slip())) as pages:
        assert len(pages) == 2
        assert pages.sizes[0].width == pytest.approx(80 / 25.4 * 72, abs=0.01)


@pytest.mark.parametrize("garbage", [b"", b"%PDF-1.4", b"no paper at all"])
def test_what_is_no_pdf_is_told(garbage):
    with pytest.raises(UnreadablePages):
        Pages(garbage)


def test_several_threads_draw_at_once():
    pdf = render(a_receipt())
    drawn = []

    def draw() -> None:
        with Pages(pdf) as pages:
            drawn.append(b"".join(rows_of(band) for band in pages.bands(0, 1.5, rows=40)))

    threads = [Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 4
    assert len(set(drawn)) == 1


def test_two_pages_may_be_drawn_in_turns():
    with Pages(render(a_receipt())) as pages, Pages(render(a_slip())) as others:
        turns = list(
            zip(pages.bands(0, 1.0, rows=400), others.bands(0, 1.0, rows=400), strict=False)
        )
    assert len(turns) == 2


def rows_of(picture):
    return b"".join(
        picture.dots[row * picture.stride :][: picture.width] for row in range(picture.height)
    )
