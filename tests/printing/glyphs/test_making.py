"""Fonts of one character and of several, the same bytes for the same outlines."""

import subprocess
import sys
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from printing.glyphs import joined, made, traced
from tests.printing.glyph_pictures import a_picture

A, BEYOND = 0xE123, 0x31234
SHAPE = traced(a_picture("鼎"))


@pytest.mark.parametrize("code", [A, BEYOND])
def test_a_font_has_the_one_character_and_may_be_embedded(code):
    font = TTFont(BytesIO(made(code, SHAPE)))
    assert list(font.getBestCmap()) == [code]
    assert font["OS/2"].fsType == 0
    assert font["head"].unitsPerEm == 1000
    assert len(made(code, SHAPE)) < 10_000


def test_the_same_outlines_give_the_same_font_another_day():
    program = (
        "import sys; from printing.glyphs import *; from tests.printing.glyph_pictures import *;"
        f"sys.stdout.buffer.write(made({A}, traced(a_picture('鼎'))))"
    )
    elsewhere = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert elsewhere.stdout == made(A, SHAPE)


def test_several_are_joined_in_any_order_into_one_with_a_name_of_its_own():
    other = traced(a_picture("国"))
    one, two = made(A, SHAPE), made(BEYOND, other)
    font = TTFont(BytesIO(joined({A: one, BEYOND: two})))
    assert joined({BEYOND: two, A: one}) == joined({A: one, BEYOND: two})
    assert set(font.getBestCmap()) == {A, BEYOND}
    names = {
        TTFont(BytesIO(joined(some)))["name"].getDebugName(1)
        for some in ({A: one}, {A: made(A, other)})
    }
    assert len(names) == 2
