"""Characters traced from pictures, judged by what is drawn."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFont

from printing.glyphs import BadGlyphPicture, Shape, made, traced
from printing.glyphs.making import ASCENT, UNITS
from printing.glyphs.picture import MOST_DOTS
from tests.printing.glyph_pictures import a_picture

SIDE = 200


def why(picture):
    with pytest.raises(BadGlyphPicture) as error:
        traced(picture)
    return error.value.facts["why"]


def drawn(shape: Shape) -> Image.Image:
    """By FreeType, as large as its ink allows."""
    face = ImageFont.truetype(BytesIO(made(0xE000, shape)), 400)
    picture = Image.new("L", (600, 600), 255)
    ImageDraw.Draw(picture).text((100, 100), "\ue000", font=face, fill=0)
    return fitted(picture)


def fitted(picture: Image.Image) -> Image.Image:
    ink = picture.point([255 if level < 128 else 0 for level in range(256)])
    return ink.crop(ink.getbbox()).resize((SIDE, SIDE))


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that differ."""
    return (
        ImageChops.difference(one, other).point(lambda level: level > 127).histogram()[1] / SIDE**2
    )


@pytest.mark.parametrize("character", "国鼎永口龘")
@pytest.mark.parametrize(
    "how", [{}, {"shade": True}, {"ink": 255, "paper": 0}, {"kind": "JPEG"}, {"size": 700}], ids=str
)
def test_a_traced_character_looks_like_its_picture(character, how):
    original = Image.open(BytesIO(a_picture(character, size=700)))
    assert unlike(drawn(traced(a_picture(character, **how))), fitted(original)) < 0.06


def test_holes_are_holes():
    picture = drawn(traced(a_picture("口")))
    across = [picture.getpixel((x, SIDE // 2)) for x in range(SIDE)]
    assert across[SIDE // 2] == 0
    assert 255 in across


def test_a_single_stroke_is_a_character():
    assert len(traced(a_picture("一")).contours) == 1


def test_a_character_stands_in_the_middle_of_its_box():
    contours, advance = traced(a_picture("国"))
    xs = [x for contour in contours for x, _, _ in contour]
    ys = [y for contour in contours for _, y, _ in contour]
    assert advance == UNITS
    assert abs(min(xs) + max(xs) - UNITS) <= 2
    assert abs(min(ys) + max(ys) - (2 * ASCENT - UNITS)) <= 2
    assert max(max(xs) - min(xs), max(ys) - min(ys)) == pytest.approx(900, abs=2)


def test_dust_is_no_part_of_a_character():
    picture = Image.open(BytesIO(a_picture("口", size=400)))
    draw = ImageDraw.Draw(picture)
    for place in (8, 30, 380):
        draw.rectangle((place, 8, place + 2, 10), fill=0)
    out = BytesIO()
    picture.save(out, "PNG")
    assert len(traced(out.getvalue()).contours) == 2


def test_a_drawing_on_nothing_is_on_white():
    picture = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((60, 20, 90, 180), fill=(0, 0, 0, 255))
    out = BytesIO()
    picture.save(out, "PNG")
    assert len(traced(out.getvalue()).contours) == 1


def png(picture):
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_what_cannot_be_traced_says_why():
    assert why(b"") == "kind"
    assert why(b"GIF89a" + bytes(100)) == "kind"
    assert why(a_picture()[:300]) == "damaged"
    assert why(png(Image.new("L", (10, 10)))) == "small"
    assert why(png(Image.new("L", (300, 300), 255))) == "blank"
    assert why(png(Image.new("L", (300, 300), 0))) == "blank"
    assert why(png(Image.effect_noise((400, 400), 200))) == "busy"


def test_a_picture_that_would_be_too_large_is_not_unpacked():
    """A PNG of a few hundred bytes that says it is 60,000 dots wide and high."""

    def chunk(name, content):
        return (
            struct.pack(">L", len(content)) + name + content
            + struct.pack(">L", zlib.crc32(name + content))
        )  # fmt: skip

    side = 60_000
    assert side * side > MOST_DOTS
    head = struct.pack(">LLBBBBB", side, side, 8, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    assert why(bomb) == "large"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_bytes_a_picture_has_it_gives_a_character_or_a_reason(data):
    picture = bytearray(a_picture("口", size=64, kind=data.draw(st.sampled_from(["PNG", "JPEG"]))))
    for _ in range(data.draw(st.integers(1, 10))):
        picture[data.draw(st.integers(0, len(picture) - 1))] = data.draw(st.integers(0, 255))
    try:
        made(0xE000, traced(bytes(picture)))
    except BadGlyphPicture:
        return
