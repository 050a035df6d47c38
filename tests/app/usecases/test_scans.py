"""Whatever somebody hands in as a picture becomes clean pages, or is refused with a reason; nothing else happens."""

from __future__ import annotations

import io
import struct
import zlib
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps, TiffImagePlugin

from app.domain.attachments import LONGEST_SIDE
from app.usecases import scans
from app.usecases.scans import NotAnImage, read_images
from tests.pictures import a_scene, file_of, is_alike, shown

SMALL = a_scene(120, 80)


def why(data: bytes) -> object:
    with pytest.raises(NotAnImage) as refused:
        read_images(data, "名字.jpg")
    assert refused.value.facts["file"] == "名字.jpg"
    return refused.value.facts["why"]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("PNG", "P"), ("PNG", "RGBA"), ("PNG", "LA"),
        ("PNG", "1"), ("TIFF", "RGB"), ("TIFF", "CMYK"), ("TIFF", "1"), ("BMP", "RGB"), ("BMP", "P"), ("WEBP", "RGB"),
    ],
)  # fmt: skip
def test_every_common_kind_of_picture_is_read(kind: str, mode: str):
    (scan,) = read_images(file_of(SMALL.convert(mode), kind), "x")
    assert (scan.sheet.width, scan.sheet.height) == SMALL.size
    assert is_alike(shown(scan), SMALL)


def test_sixteen_bits_a_tone_are_read_as_they_look():
    tones = Image.linear_gradient("L")
    deep = tones.convert("I").point(lambda tone: tone * 257).convert("I;16")
    assert deep.getextrema() == (0, 65_535)
    (scan,) = read_images(file_of(deep), "x")
    assert is_alike(shown(scan), tones)


def test_what_is_transparent_lies_on_white_paper():
    clear = Image.new("RGBA", (64, 48), (255, 0, 0, 0))
    (scan,) = read_images(file_of(clear), "x")
    assert shown(scan).getpixel((30, 20)) == (255, 255, 255)


def test_pages_of_a_tiff_and_of_a_pdf_follow_in_their_order():
    pages = [Image.new("L", (60 + n, 40), 255) for n in range(3)]
    for kind in ("TIFF", "PDF"):
        data = file_of(pages[0], kind, save_all=True, append_images=pages[1:])
        found = read_images(data, "x")
        ratios = [round(one.sheet.width / one.sheet.height, 1) for one in found]
        assert ratios == sorted(ratios)
        assert len(found) == 3


def test_a_moving_picture_is_its_first():
    frames = [SMALL, ImageOps.invert(SMALL)]
    data = file_of(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    (scan,) = read_images(data, "x")
    assert is_alike(shown(scan), SMALL)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_as_the_camera_was_held(orientation: int, kind: str):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = file_of(SMALL, kind, exif=exif)
    (scan,) = read_images(data, "x")
    with Image.open(io.BytesIO(data)) as opened:
        right = ImageOps.exif_transpose(opened)
    assert (scan.sheet.width, scan.sheet.height) == right.size
    assert is_alike(shown(scan), right)


def test_nothing_goes_on_but_what_is_seen():
    """Where it was taken, with what, by whom, in which colours of its own; and no second file behind the first."""
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825)[1] = "SecretNorth"
    data = file_of(
        SMALL, "JPEG", exif=exif, icc_profile=b"SecretProfile" * 40, comment=b"SecretWord"
    )
    data += b"%PDF-1.4 SecretSecond <script>"
    assert data.count(b"Secret") > 40
    (scan,) = read_images(data, "x")
    assert b"Secret" not in scan.content
    with Image.open(io.BytesIO(scan.content)) as opened:
        assert not opened.getexif()
        assert "icc_profile" not in opened.info
    assert not scan.content.rstrip().endswith(b"<script>")


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_what_is_broken_in_the_metadata_costs_nothing_of_the_picture():
    (scan,) = read_images(file_of(SMALL, "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f"), "x")
    assert is_alike(shown(scan), SMALL)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"hello", "unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown"),
        (b"GIF89a" + bytes(40), "unknown"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "heic"),
        (b"PK\3\4" + bytes(40), "unknown"),
        (b"%PDF-1.7 no more", "cut"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "cut"),
        (b"II*\0\xff\xff\xff\xff", "cut"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "cut"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(data: bytes, reason: str):
    assert why(data) == reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP"])
def test_half_a_picture_is_refused(kind: str):
    data = file_of(SMALL, kind)
    assert why(data[: len(data) // 2]) == "cut"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scans, "LARGEST_FILE", 100)
    assert why(file_of(SMALL)) == "too_large"


def a_bomb(width: int, height: int) -> bytes:
    """A PNG of so many pixels that takes next to nothing."""

    def chunk(kind: bytes, held: bytes) -> bytes:
        return (
            struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1 + 3 * 1000) * 100, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(60_000, 60_000), (9_500, 9_000), (8_800, 8_800), (2**31 - 1, 1)])
def test_a_bomb_is_not_unpacked(size: tuple[int, int]):
    assert why(a_bomb(*size)) == "too_many_pixels"


def test_a_tiff_that_says_it_is_huge_is_not_unpacked():
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[258] = (8, 8, 8)
    data = bytearray(file_of(SMALL, "TIFF", tiffinfo=tags))
    for tag in (256, 257):
        place = data.index(
            struct.pack("<HHI", tag, 4 if struct.pack("<HHI", tag, 4, 1) in data else 3, 1)
        )
        data[place : place + 12] = struct.pack("<HHII", tag, 4, 1, 200_000)
    assert why(bytes(data)) == "too_many_pixels"


def test_a_large_photograph_is_unpacked_at_a_part_of_its_size():
    """48 megapixels from a telephone: JPEG itself is asked for less."""
    (scan,) = read_images(file_of(Image.new("RGB", (8000, 6000), "white"), "JPEG"), "x")
    assert max(scan.sheet.width, scan.sheet.height) <= LONGEST_SIDE


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scans, "MOST_PAGES", 2)
    pages = [Image.new("1", (40, 30 + n)) for n in range(4)]
    for kind in ("TIFF", "PDF"):
        assert (
            why(file_of(pages[0], kind, save_all=True, append_images=pages[1:])) == "too_many_pages"
        )
        assert (
            len(read_images(file_of(pages[0], kind, save_all=True, append_images=pages[1:2]), "x"))
            == 2
        )


def test_a_pdf_under_a_password_is_said_to_be_so():
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    into = io.BytesIO()
    canvas = Canvas(into, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(72, 720, "x")
    canvas.save()
    assert why(into.getvalue()) == "locked"


SEEDS = [
    file_of(SMALL, "JPEG"),
    file_of(SMALL.convert("P")),
    file_of(SMALL, "TIFF", compression="tiff_lzw"),
    file_of(SMALL, "BMP"),
    file_of(SMALL, "WEBP"),
    file_of(SMALL, "PDF"),
]


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.sampled_from(SEEDS), st.integers(1, 12))
def test_no_bytes_whatever_do_anything_but_become_pages_or_be_refused(
    seed: int, data: bytes, changes: int
):
    random, hostile = Random(seed), bytearray(data)
    for _ in range(changes):
        hostile[random.randrange(len(hostile))] = random.randrange(256)
    try:
        found = read_images(bytes(hostile), "x")
    except NotAnImage:
        return
    assert all(one.sheet.is_sound for one in found)
