"""A code is read from whatever picture somebody has of it; what is no such picture is said plainly."""

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.errors import DaibanError
from tests.ui.desktop.start.codes import a_code, packed, qr
from ui import code_pictures as pictures
from ui.code_pictures import (
    BadPicture,
    NoCodeInPicture,
    PictureTooLarge,
    text_in,
    text_in_file,
)

CODE = a_code()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "GIF", "WEBP"])
def test_a_code_is_read_from_each_usual_format(form):
    assert text_in(packed(qr(CODE).convert("RGB"), form)) == CODE


def test_a_photograph_that_is_large_turned_and_dim_is_read():
    sheet = Image.new("L", (6000, 4500), 140)
    sheet.paste(qr(CODE, scale=30).point(lambda v: 60 + v // 3), (900, 300))
    photograph = sheet.rotate(17, fillcolor=140)
    assert text_in(packed(photograph, "JPEG", quality=70)) == CODE


def test_a_code_in_a_corner_of_a_screenshot_is_read():
    screen = Image.new("RGB", (1366, 768), "white")
    screen.paste(qr(CODE, scale=3), (1366 - 260, 768 - 260))
    assert text_in(packed(screen)) == CODE


def test_a_code_drawn_on_nothing_is_read():
    dark = qr(CODE)
    drawn = Image.new("RGBA", dark.size, (0, 0, 0, 0))
    drawn.paste((0, 0, 0, 255), mask=dark.point(lambda v: 255 - v))
    assert text_in(packed(drawn)) == CODE


def test_a_picture_without_a_code_is_told_from_one_that_cannot_be_read():
    with pytest.raises(NoCodeInPicture):
        text_in(packed(Image.new("RGB", (400, 400), "white")))
    with pytest.raises(BadPicture):
        text_in(b"DAIBAN1.not-a-picture")
    with pytest.raises(BadPicture):
        text_in(b"")


@pytest.mark.parametrize("form", ["TIFF", "PPM", "PDF", "ICO"])
def test_other_formats_are_not_even_tried(form):
    with pytest.raises(BadPicture):
        text_in(packed(qr(CODE).convert("RGB"), form))


def test_a_picture_that_unpacks_to_far_more_than_it_is_is_left_packed():
    bomb = _png(50_000, 50_000)
    assert len(bomb) < 1000
    with pytest.raises(PictureTooLarge):
        text_in(bomb)
    with pytest.raises(PictureTooLarge):
        text_in(_png(6_000, 6_000))


def _png(width, height):
    """A PNG whose head promises a size and whose data is a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def test_a_file_that_is_too_long_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_BYTES", 1000)
    long = tmp_path / "long.png"
    long.write_bytes(bytes(1001))
    with pytest.raises(PictureTooLarge):
        text_in_file(long)


def test_a_file_is_read(tmp_path):
    file = tmp_path / "登记码.png"
    file.write_bytes(packed(qr(CODE)))
    assert text_in_file(file) == CODE


@pytest.mark.parametrize("name", ["nothing.png", "."])
def test_a_file_that_is_not_there_or_a_folder_is_said_plainly(tmp_path, name):
    with pytest.raises(BadPicture):
        text_in_file(tmp_path / name)


WHOLE = {form: packed(qr(CODE).convert("RGB"), form) for form in ("PNG", "JPEG", "GIF", "WEBP")}


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_a_picture_that_was_damaged_anywhere_is_read_or_refused(form, data):
    broken = bytearray(WHOLE[form])
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)))
    for content in (bytes(broken), bytes(broken[:cut])):
        with suppress(DaibanError):
            assert text_in(content)
