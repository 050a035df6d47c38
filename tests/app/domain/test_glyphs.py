"""Characters as people name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.glyphs import code_in, is_private, named, unusual


@pytest.mark.parametrize(
    ("typed", "code"),
    [("𱈴", 0x31234), (" U+31234 ", 0x31234), ("u+e123", 0xE123), ("\ue123", 0xE123)],
)
def test_a_character_is_named_by_itself_or_by_its_code(typed, code):
    assert code_in(typed) == code


@pytest.mark.parametrize(
    "typed",
    ["", "两字", "31234", "U+", "U+XY", "U+110000", "U+D800", "U+20", "\u200b", "\u0301", "U+-5"],
)
def test_what_has_no_shape_is_no_character(typed):
    assert code_in(typed) is None


@given(st.characters(codec="utf-8"))
def test_a_code_is_read_as_it_is_written(character):
    assert code_in(named(ord(character))) in (None, ord(character))


def test_only_unusual_characters_are_asked_about():
    assert unusual("韦小妹，湖塘村3组12号（二楼）·A") == ""
    assert unusual("韦𠮷\ue123妹𠮷") == "𠮷\ue123"


def test_a_private_code_is_told():
    assert is_private(0xE123)
    assert is_private(0xF0000)
    assert not is_private(0x31234)
